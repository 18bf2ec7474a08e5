import { ExternalError } from '../../errors.ts';
import type { SlackClient } from './slack-client.ts';

type MessageQuery = {
  readonly channel: string;
  /** Search the replies to this message instead of the channel. */
  readonly threadTs?: string;
  /** By Slack's clock. */
  readonly since?: Date;
} & (
  | { readonly eventType: string; readonly payload: Readonly<Record<string, string>> }
  /** It shows a file of this name. */
  | { readonly fileName: string }
);

const maxPages = 50;

/**
 * What Slack answers when this app may not read, now or later. Posts move no money: one that may be there
 * twice is better than one that is never there.
 */
const mayNotRead = new Set(['unknown_method', 'missing_scope', 'not_allowed_token_type', 'access_denied']);

/**
 * The ts of a message that carries this metadata; undefined also where the app may not read at all.
 * Throws rather than answer "none" before it saw everything it may see.
 */
export async function findMessage(client: SlackClient, query: MessageQuery): Promise<string | undefined> {
  try {
    return await search(client, query);
  } catch (error) {
    if (error instanceof ExternalError && mayNotRead.has(error.code ?? '')) return undefined;
    throw error;
  }
}

async function search(client: SlackClient, query: MessageQuery): Promise<string | undefined> {
  let cursor = '';
  for (let page = 0; page < maxPages; page += 1) {
    const { messages = [], response_metadata } = await readPage(client, query, cursor);
    const found = messages.find((message) => message.ts !== undefined && fits(message, query));
    if (found?.ts !== undefined) return found.ts;
    cursor = response_metadata?.next_cursor ?? '';
    if (cursor === '') return undefined;
  }
  throw new ExternalError({
    service: 'slack',
    retryable: false,
    outcome: 'refused',
    code: 'history_too_long',
  });
}

type Page = {
  readonly messages?: readonly Found[];
  readonly response_metadata?: { readonly next_cursor?: string };
};
type Found = {
  readonly ts?: string;
  readonly metadata?: Metadata;
  readonly files?: readonly { readonly name?: string | null }[];
};
type Metadata = { readonly event_type?: string; readonly event_payload?: object };

async function readPage(client: SlackClient, query: MessageQuery, cursor: string): Promise<Page> {
  const shared = {
    channel: query.channel,
    include_all_metadata: true,
    limit: 200,
    ...(query.since === undefined ? {} : { oldest: (query.since.getTime() / 1000).toFixed(6) }),
    ...(cursor === '' ? {} : { cursor }),
  };
  return query.threadTs === undefined
    ? await client.call('conversations.history', shared)
    : await client.call('conversations.replies', { ...shared, ts: query.threadTs });
}

function fits({ metadata, files = [] }: Found, query: MessageQuery): boolean {
  if ('fileName' in query) return files.some(({ name }) => name === query.fileName);
  if (metadata?.event_type !== query.eventType) return false;
  const carried = new Map<string, unknown>(Object.entries(metadata.event_payload ?? {}));
  return Object.entries(query.payload).every(([key, value]) => carried.get(key) === value);
}
