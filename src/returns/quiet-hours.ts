import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Minutes since midnight. Where `from` is the larger one, the night is between them. */
export type QuietHours = { readonly fromMinute: number; readonly toMinute: number };

/**
 * When the night is over where somebody at this address may be; undefined when it is day there, or when
 * nothing tells where that is. A number only names a country: in a wide one it has to be day from end to end.
 */
export function quietUntil(now: Date, address: string, quiet: QuietHours): Date | undefined {
  const zones = zonesOf(address);
  let instant = now;
  for (let step = 0; step < 100; step++) {
    const left = Math.max(0, ...zones.map((zone) => minutesLeft(minuteOfDay(instant, zone), quiet)));
    if (left === 0) return instant === now ? undefined : instant;
    // In small steps: in one, a change of the clocks on the way would be missed.
    const minute = Math.floor(instant.getTime() / 60_000);
    instant = new Date((minute + Math.min(left, 30)) * 60_000);
  }
  return instant;
}

function minutesLeft(minute: number, { fromMinute, toMinute }: QuietHours): number {
  const isQuiet =
    fromMinute < toMinute
      ? minute >= fromMinute && minute < toMinute
      : minute >= fromMinute || minute < toMinute;
  return isQuiet ? (toMinute - minute + 1440) % 1440 : 0;
}

/** IANA names of where the owner of a number, or of a WhatsApp id such as `whatsapp:US.1349…`, may be. */
function zonesOf(address: string): readonly string[] {
  const bare = address.replace(/^whatsapp:/, '');
  const number = parsePhoneNumberFromString(bare);
  const country = number?.country ?? number?.getPossibleCountries()[0] ?? /^([A-Z]{2})\./.exec(bare)?.[1];
  if (country === undefined) return [];
  if (country === 'US') return farStates[bare.slice(2, 5)] ?? wide.US;
  return wide[country as CountryCode] ?? zonesOfCountry(country);
}

/** By their area codes. */
const farStates: Readonly<Record<string, readonly string[]>> = {
  '808': ['Pacific/Honolulu'],
  '907': ['America/Anchorage'],
};

/** Where few people live in the outermost zones, the outermost in which many do. */
const wide: { readonly US: readonly string[] } & { readonly [Country in CountryCode]?: readonly string[] } = {
  US: ['America/New_York', 'America/Los_Angeles'],
  CA: ['America/St_Johns', 'America/Vancouver'],
  AU: ['Australia/Sydney', 'Australia/Perth'],
  BR: ['America/Sao_Paulo', 'America/Rio_Branco'],
};

function zonesOfCountry(country: string): readonly string[] {
  // Node has it; the types do not yet.
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[] | undefined };
  return locale.getTimeZones?.() ?? [];
}

function minuteOfDay(instant: Date, zone: string): number {
  const [hour = '0', minute = '0'] = clockOf(zone).format(instant).split(':');
  return Number(hour) * 60 + Number(minute);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(timeZone, clock);
  return clock;
}
