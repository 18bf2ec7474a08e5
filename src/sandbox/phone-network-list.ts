import type { PhoneMessage } from './phone-network-state.ts';
import { segments } from './phone-network-webhooks.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** One page, newest first, in Twilio's envelope. */
export function listMessages(messages: readonly PhoneMessage[], url: URL, accountSid: string) {
  const query = url.searchParams;
  const found = messages.filter((message) => matches(message, query)).toReversed();
  const size = Math.min(Number(query.get('PageSize') ?? 50) || 50, 1000);
  const page = Number(query.get('Page') ?? 0) || 0;
  const start = page * size;
  const uriOf = (number: number): string => {
    const next = new URLSearchParams(query);
    next.set('PageSize', String(size));
    next.set('Page', String(number));
    return `${url.pathname}?${next}`;
  };
  return {
    first_page_uri: uriOf(0),
    end: Math.max(start, Math.min(start + size, found.length) - 1),
    messages: found.slice(start, start + size).map((message) => messageJson(message, accountSid)),
    next_page_uri: found.length > start + size ? uriOf(page + 1) : null,
    page,
    page_size: size,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
    start,
    uri: uriOf(page),
  };
}

export function messageJson(message: PhoneMessage, accountSid: string) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === undefined ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.sentAt ?? message.createdAt),
    direction: message.direction,
    error_code: message.errorCode ?? null,
    error_message: null,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid ?? null,
    num_media: String(message.mediaCount),
    num_segments: String(segments(message.body)),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** `DateSent>` and `DateSent<` are names of parameters; both include the instant itself. */
function matches(message: PhoneMessage, query: URLSearchParams): boolean {
  const at = wholeSeconds(Date.parse(message.sentAt ?? message.createdAt));
  const [to, from] = [query.get('To'), query.get('From')];
  const [on, since, until] = [query.get('DateSent'), query.get('DateSent>'), query.get('DateSent<')];
  return (
    (to === null || message.to === to) &&
    (from === null || message.from === from) &&
    (on === null || dayOf(at) === dayOf(Date.parse(on))) &&
    (since === null || at >= wholeSeconds(Date.parse(since))) &&
    (until === null || at < endOf(until))
  );
}

function dayOf(ms: number): number {
  return Math.floor(ms / dayMs);
}

/** The end of a named day, or of a named second. */
function endOf(date: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) + dayMs : wholeSeconds(Date.parse(date)) + 1000;
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function rfc2822(instant: string): string {
  return new Date(instant).toUTCString().replace('GMT', '+0000');
}
