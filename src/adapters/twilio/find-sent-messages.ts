import { ExternalError } from '../../errors.ts';
import type { OutgoingText } from '../../ports/channel.ts';
import { askTwilio, type TwilioAnswer, type TwilioCredentials } from './ask-twilio.ts';

const pageSize = 50;
const maxPages = 4;

/**
 * The ids of messages with this text, oldest first. The list comes newest first; it is not narrowed by
 * DateSent, because a message that is still queued has none.
 */
export async function findSentMessages(
  credentials: TwilioCredentials,
  wanted: {
    readonly text: OutgoingText;
    readonly since: Date;
    readonly from: string | undefined;
    /** The text may stand between the words of a template. */
    readonly inTemplate: boolean;
  },
): Promise<readonly string[]> {
  const { text, from } = wanted;
  const query = new URLSearchParams({ To: text.to, PageSize: String(pageSize) });
  if (from) query.set('From', from);
  let path: string | undefined = `/2010-04-01/Accounts/${credentials.accountSid}/Messages.json?${query}`;
  // Twilio's dates have whole seconds.
  const notBefore = Math.floor(wanted.since.getTime() / 1000) * 1000;
  const body = comparable(text.body);
  const isThisText = (listed: string) => listed === body || (wanted.inTemplate && listed.includes(body));
  const found: string[] = [];
  for (let page = 0; path && page < maxPages; page++) {
    const answer: TwilioAnswer = await askTwilio(credentials, path).catch(noList);
    if (answer.kind === 'declined') break;
    const messages = readMessages(answer.body.messages);
    for (const message of messages) {
      const ours = message.to === text.to && message.direction.startsWith('outbound');
      if (
        ours &&
        !message.isUntaken &&
        message.createdAt >= notBefore &&
        isThisText(comparable(message.body))
      )
        found.push(message.sid);
    }
    if (messages.some((message) => message.createdAt < notBefore)) break;
    path = typeof answer.body.next_page_uri === 'string' ? answer.body.next_page_uri : undefined;
  }
  return found.reverse();
}

/** Where no list is to be had, nothing can be found: a text twice is better than none, and moves no money. */
function noList(error: unknown): TwilioAnswer {
  if (error instanceof ExternalError && listless.has(error.code ?? '')) {
    return { kind: 'declined', code: 'no-list' };
  }
  throw error;
}

const listless = new Set(['http_404', 'http_405', '20404', '20004']);

type ListedMessage = {
  readonly sid: string;
  readonly to: string;
  readonly body: string;
  readonly direction: string;
  readonly createdAt: number;
  /** WhatsApp did not take it, so that it is to be sent again. */
  readonly isUntaken: boolean;
};

function readMessages(value: unknown): readonly ListedMessage[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): readonly ListedMessage[] => {
    if (typeof item !== 'object' || item === null) return [];
    const fields: Readonly<Record<string, unknown>> = { ...item };
    const { sid, to, body, direction } = fields;
    const isUntaken = String(fields.error_code) === '63016';
    const createdAt = Date.parse(String(fields.date_created ?? fields.date_sent));
    return typeof sid === 'string' &&
      typeof to === 'string' &&
      typeof body === 'string' &&
      typeof direction === 'string'
      ? [{ sid, to, body, direction, createdAt, isUntaken }]
      : [];
  });
}

/** Smart encoding replaces typographic characters on the way; white space may change in a template. */
function comparable(body: string): string {
  return body
    .normalize('NFKC')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
