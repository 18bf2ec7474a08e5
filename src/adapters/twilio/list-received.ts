import { ExternalError } from '../../errors.ts';
import type { ReceivedText, ReceivedTexts } from '../../ports/received-texts.ts';
import { askTwilio, type TwilioCredentials } from './ask-twilio.ts';
import { parseInboundMessage, textOf } from './parse-message.ts';

export type ReceivedTextsConfig = TwilioCredentials & {
  /** Our senders as the channels write them: `+1…`, `whatsapp:+1…`. */
  readonly addresses: readonly string[];
  /** Its numbers are not known here, so that the whole account is listed for it. */
  readonly messagingServiceSid?: string | undefined;
  readonly onCall?: (call: {
    readonly operation: 'list';
    readonly outcome: 'answered' | 'failed';
    readonly durationMs: number;
  }) => void;
};

const pageSize = 200;
const mostPages = 100;

/** The list tells no OptOutType: whether Twilio answered a keyword itself is not known from it. */
export function createReceivedTexts(config: ReceivedTextsConfig): ReceivedTexts {
  const lists = config.messagingServiceSid === undefined ? config.addresses : [undefined];
  return {
    async list(since) {
      const startedAt = performance.now();
      let outcome: 'answered' | 'failed' = 'failed';
      try {
        const found = new Map<string, ReceivedText>();
        for (const to of lists) {
          for (const each of await listOf(config, to, since)) found.set(each.messageSid, each);
        }
        outcome = 'answered';
        return [...found.values()].sort((one, other) => one.sentAt.getTime() - other.sentAt.getTime());
      } finally {
        config.onCall?.({ operation: 'list', outcome, durationMs: performance.now() - startedAt });
      }
    },
  };
}

/** https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources */
async function listOf(
  config: ReceivedTextsConfig,
  to: string | undefined,
  since: Date,
): Promise<readonly ReceivedText[]> {
  const query = new URLSearchParams({
    'DateSent>': `${since.toISOString().slice(0, 19)}Z`,
    PageSize: String(pageSize),
  });
  if (to !== undefined) query.set('To', to);
  let path: string | undefined = `/2010-04-01/Accounts/${config.accountSid}/Messages.json?${query}`;
  const found: ReceivedText[] = [];
  for (let page = 0; path !== undefined; page++) {
    const answer = await askTwilio(config, path);
    // More than can be read is no reason to forget the rest.
    if (answer.kind === 'declined' || page >= mostPages) throw unreadable();
    const { messages, next_page_uri: next } = answer.body;
    if (!Array.isArray(messages)) throw unreadable();
    found.push(...messages.flatMap((each: unknown) => readReceived(each, config, since)));
    path = typeof next === 'string' ? next : undefined;
  }
  return found;
}

/** Read as its webhook would have been. */
function readReceived(item: unknown, us: ReceivedTextsConfig, since: Date): readonly ReceivedText[] {
  const fields: Readonly<Record<string, unknown>> = { ...Object(item) };
  if (fields.direction !== 'inbound') return [];
  const form = new URLSearchParams();
  for (const [name, listed] of webhookNames) {
    if (typeof fields[listed] === 'string') form.set(name, fields[listed]);
  }
  // Where a picture is kept is listed elsewhere; that there is one is all that is said of it.
  if (Number(fields.num_media) > 0) form.set('MediaUrl0', 'listed');
  const message = parseInboundMessage(Buffer.from(form.toString()));
  const sentAt = new Date(String(fields.date_sent ?? fields.date_created));
  if (message.kind !== 'text' || !(sentAt >= wholeSecond(since))) return [];
  const { messageSid, messagingServiceSid, channel, from, phone, to } = message;
  const isOurs =
    us.addresses.includes(to) ||
    (messagingServiceSid !== undefined && messagingServiceSid === us.messagingServiceSid);
  return isOurs ? [{ messageSid, channel, from, phone, text: textOf(message), sentAt }] : [];
}

const webhookNames = [
  ['MessageSid', 'sid'],
  ['AccountSid', 'account_sid'],
  ['MessagingServiceSid', 'messaging_service_sid'],
  ['From', 'from'],
  ['To', 'to'],
  ['Body', 'body'],
  ['NumMedia', 'num_media'],
] as const;

function wholeSecond(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}

function unreadable(): ExternalError {
  return new ExternalError({ service: 'twilio', retryable: true, outcome: 'refused', code: 'no-list' });
}
