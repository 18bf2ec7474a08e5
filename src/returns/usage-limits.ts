export type UsageLimit = { readonly most: number; readonly seconds: number };

const minutes = 60;
const hours = 3_600;

/** How much may be used in a window. A window begins with the first use and ends so many seconds later. */
export const usageLimits = {
  'sender-messages': { most: 100, seconds: 10 * minutes },
  'sender-messages-daily': { most: 600, seconds: 24 * hours },
  /** How often somebody is told that the whole store's limit is used up. */
  'sender-notices-hourly': { most: 1, seconds: hours },
  'sender-texts-daily': { most: 500, seconds: 24 * hours },
  'conversation-turns-daily': { most: 400, seconds: 24 * hours },
  /** Past it the guided model answers in this conversation. */
  'conversation-tokens-daily': { most: 2_000_000, seconds: 24 * hours },
  /** Of `/api/chat`. Where one server writes for all visitors, this is for all of them together. */
  'address-messages': { most: 1_200, seconds: 10 * minutes },
  'store-messages-hourly': { most: 20_000, seconds: hours },
  'store-texts-daily': { most: 10_000, seconds: 24 * hours },
  /** Wrong ones; each sender has five a day. */
  'store-proofs-hourly': { most: 100, seconds: hours },
  /** Whoever opens many chat sessions could have a text sent to every customer. */
  'store-codes-hourly': { most: 200, seconds: hours },
} as const satisfies Readonly<Record<string, UsageLimit>>;

export type UsageLimitName = keyof typeof usageLimits;
export type UsageLimits = Readonly<Record<UsageLimitName, UsageLimit>>;

export type UsageVerdict = 'within' | 'just-over' | 'over';

/** `used` holds `amount` already. In every window exactly one use is the first that goes over. */
export function judgeUsage({ most }: Pick<UsageLimit, 'most'>, used: number, amount: number): UsageVerdict {
  if (used <= most) return 'within';
  return used - amount <= most ? 'just-over' : 'over';
}
