import { createHash, randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, inArray, lt, ne, sql } from 'drizzle-orm';
import type { CleanMedia, FetchedMedia } from '../ports/media.ts';
import type { ConversationId, MediaId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { type MediaState, media } from './schema/media.ts';

export type MediaFacts = {
  readonly id: MediaId;
  readonly messageId: string;
  readonly state: MediaState;
  readonly kind: 'picture' | 'voice' | null;
  readonly contentType: string | null;
  /** Of the picture or sound as it is kept. */
  readonly bytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly reason: string | null;
};

type Refused = Extract<CleanMedia | FetchedMedia, { kind: 'refused' }>['reason'] | 'unavailable';

export type SettledMedia =
  | Exclude<CleanMedia, { kind: 'refused' }>
  | { readonly kind: 'refused'; readonly reason: Refused };

/** What a message brought along, in the transaction that takes it in; each is to be fetched. */
export async function noteMedia(
  tx: Tx,
  message: { readonly id: string; readonly store: string; readonly conversationId: ConversationId },
  sources: readonly string[],
): Promise<readonly MediaId[]> {
  if (sources.length === 0) return [];
  const { id: messageId, store, conversationId } = message;
  const rows = sources.map((source, position) => ({
    id: randomUUIDv7() as MediaId,
    store,
    conversationId,
    messageId,
    position,
    source,
  }));
  await tx.insert(media).values(rows);
  return rows.map(({ id }) => id);
}

export type WaitingMedia = {
  readonly id: MediaId;
  readonly source: string;
  readonly conversationId: ConversationId;
  readonly messageId: string;
};

/** What is to be fetched, and from where; undefined when that is done, given up or erased. */
export async function findWaitingMedia(db: Db, id: MediaId): Promise<WaitingMedia | undefined> {
  const [row] = await db.select().from(media).where(isWaiting(id));
  return row?.source ? { ...row, id, source: row.source } : undefined;
}

/** Keeps what was made of it: true the first time. Nothing comes back to a row that was erased meanwhile. */
export async function settleMedia(db: Db | Tx, id: MediaId, settled: SettledMedia): Promise<boolean> {
  const over = { source: null, settledAt: sql`now()` };
  if (settled.kind === 'refused') {
    const refused = await db
      .update(media)
      .set({ ...over, state: 'refused', reason: settled.reason })
      .where(isWaiting(id))
      .returning({ id: media.id });
    return refused.length > 0;
  }
  const { kind, contentType, bytes: data } = settled;
  const size = kind === 'picture' ? { width: settled.width, height: settled.height } : {};
  const sha256 = createHash('sha256').update(data).digest('hex');
  const stored = await db
    .update(media)
    .set({ ...over, state: 'stored', kind, contentType, ...size, data, bytes: data.length, sha256 })
    .where(isWaiting(id))
    .returning({ id: media.id });
  return stored.length > 0;
}

/** The bytes, for whoever may see them; undefined when nothing is kept. */
export async function readMedia(
  db: Db,
  id: MediaId,
): Promise<{ readonly contentType: string; readonly data: Buffer } | undefined> {
  const [row] = await db
    .select({ contentType: media.contentType, data: media.data })
    .from(media)
    .where(and(eq(media.id, id), eq(media.state, 'stored')));
  if (!row?.data || row.contentType === null) return undefined;
  return { contentType: row.contentType, data: row.data };
}

/** What messages brought along, in their order, without the bytes. */
export async function mediaOf(db: Db | Tx, messageIds: readonly string[]): Promise<readonly MediaFacts[]> {
  if (messageIds.length === 0) return [];
  const rows = await db
    .select({
      id: media.id,
      messageId: media.messageId,
      state: media.state,
      kind: media.kind,
      contentType: media.contentType,
      bytes: media.bytes,
      width: media.width,
      height: media.height,
      reason: media.reason,
    })
    .from(media)
    .where(inArray(media.messageId, [...messageIds]))
    .orderBy(asc(media.messageId), asc(media.position));
  return rows.map((row) => ({ ...row, id: row.id as MediaId }));
}

/** Whether the conversation holds a picture of the last day that came after what was last settled in it. */
export async function hasFreshPicture(db: Db, conversationId: ConversationId): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from media where conversation_id = ${conversationId} and state = 'stored' and kind = 'picture'
      and created_at > now() - interval '1 day'
      and created_at > coalesce(
        (select max(created_at) from refunds where conversation_id = ${conversationId}), '-infinity')
    limit 1`);
  return rows.length > 0;
}

/** Leaves the row, which says that there was something, and nothing of what it was. Returns how many. */
export async function eraseMedia(
  tx: Tx | Db,
  which: { readonly store: string } & (
    | { readonly before: Date }
    | { readonly conversationIds: readonly ConversationId[] }
  ),
): Promise<number> {
  const chosen =
    'before' in which
      ? lt(media.createdAt, which.before)
      : inArray(media.conversationId, [...which.conversationIds]);
  const rows = await tx
    .update(media)
    .set({ state: 'erased', source: null, data: null, sha256: null, bytes: null, width: null, height: null })
    .where(and(eq(media.store, which.store), ne(media.state, 'erased'), chosen))
    .returning({ id: media.id });
  return rows.length;
}

function isWaiting(id: MediaId) {
  return and(eq(media.id, id), eq(media.state, 'waiting'));
}
