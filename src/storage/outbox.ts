import { randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, gt, inArray, lt, ne, notInArray, or, sql } from 'drizzle-orm';
import { readInPlace } from '../ports/channel.ts';
import type { ConversationId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { messages, type OutboxState, outbox, receipts } from './schema/conversations.ts';

export type OutboxRow = typeof outbox.$inferSelect;
type NewOutboxRow = Omit<typeof outbox.$inferInsert, 'id'>;

export async function insertOutbox(tx: Tx, rows: readonly NewOutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert(outbox).values(rows.map((row) => ({ ...row, id: randomUUIDv7() })));
}

/** In the order they must arrive. */
export function waitingOutbox(tx: Tx | Db, conversationId: ConversationId): Promise<OutboxRow[]> {
  return (
    tx
      .select()
      .from(outbox)
      // In the words of its index, which holds those that wait only.
      .where(and(eq(outbox.conversationId, conversationId), sql`${outbox.state} = 'waiting'`))
      .orderBy(asc(outbox.seq))
  );
}

/**
 * Whether somebody can have read this message: no part of it was refused or held back, or still waits. One
 * that was tried once may be there although we do not know it yet; one tried again was looked for in vain.
 */
export async function mayHaveArrived(
  tx: Tx | Db,
  conversationId: ConversationId,
  seq: number,
): Promise<boolean> {
  const [part] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .innerJoin(messages, eq(messages.id, outbox.messageId))
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.seq, seq),
        notInArray(outbox.channel, [...readInPlace]),
        or(
          inArray(outbox.state, ['refused', 'suppressed']),
          and(eq(outbox.state, 'waiting'), ne(outbox.attempts, 1)),
        ),
      ),
    )
    .limit(1);
  return part === undefined;
}

/** Only of a text that was never tried: afterwards it is looked for by its words. */
export async function rewordOutbox(tx: Tx, id: string, body: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ body })
    .where(and(eq(outbox.id, id), eq(outbox.attempts, 0)));
}

/** When it was first tried, and whether that was before now: then the provider may already have it. */
export async function markTried(
  db: Db,
  id: string,
): Promise<{ readonly firstTriedAt: Date; readonly again: boolean }> {
  const [row] = await db
    .update(outbox)
    .set({
      firstTriedAt: sql`coalesce(${outbox.firstTriedAt}, now())`,
      attempts: sql`${outbox.attempts} + 1`,
    })
    .where(eq(outbox.id, id))
    .returning({ firstTriedAt: outbox.firstTriedAt, attempts: outbox.attempts });
  if (!row?.firstTriedAt) throw new Error('No such outbox row.');
  return { firstTriedAt: row.firstTriedAt, again: row.attempts > 1 };
}

export async function settleOutbox(
  tx: Tx | Db,
  id: string,
  state: Exclude<OutboxState, 'waiting'>,
  detail: { readonly providerId?: string; readonly errorCode?: string } = {},
): Promise<void> {
  await tx
    .update(outbox)
    .set({ state, settledAt: sql`now()`, ...detail })
    .where(eq(outbox.id, id));
}

/** The texts take the place of one that was not delivered, and what waits behind it stays behind them. */
export async function replaceByTemplates(tx: Tx, row: OutboxRow, bodies: readonly string[]): Promise<void> {
  const [first = row.body, ...others] = bodies;
  await tx
    .update(outbox)
    .set({ ...asNew, body: first, viaTemplate: true })
    .where(eq(outbox.id, row.id));
  if (others.length === 0) return;
  // In one statement: one of them may be on its way out just now, and then it stays.
  const behind = await tx
    .delete(outbox)
    .where(
      and(
        eq(outbox.conversationId, row.conversationId),
        sql`${outbox.state} = 'waiting'`,
        gt(outbox.seq, row.seq),
        eq(outbox.attempts, 0),
      ),
    )
    .returning();
  const { store, conversationId, messageId, channel, address, unprompted } = row;
  const kept = { store, conversationId, messageId, channel, address, unprompted };
  await insertOutbox(tx, [
    ...others.map((body) => ({ ...kept, body, viaTemplate: true })),
    ...behind.sort((one, other) => one.seq - other.seq).map(({ id: _id, seq: _seq, ...rest }) => rest),
  ]);
}

/** Once more, without what the provider did not take below it. */
export async function sendPlain(tx: Tx, id: string): Promise<void> {
  await tx.update(outbox).set(asNew).where(eq(outbox.id, id));
}

const asNew = {
  state: 'waiting',
  buttons: null,
  providerId: null,
  firstTriedAt: null,
  attempts: 0,
  settledAt: null,
} as const;

export type Receipt = ReceiptKey & {
  readonly status: string;
  readonly rank: number;
  readonly errorCode: string | undefined;
};
type ReceiptKey = { readonly store: string; readonly providerId: string };

/** Who records that a text failed and who records that it was sent each see what the other did. */
export async function lockReceipt(tx: Tx, { store, providerId }: ReceiptKey): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`receipt:${store}:${providerId}`}, 0))`,
  );
}

/** The text that was sent under this id, unless it was taken back. */
export async function findSentText(
  tx: Tx,
  { store, providerId }: ReceiptKey,
): Promise<OutboxRow | undefined> {
  const [row] = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.store, store), eq(outbox.providerId, providerId), eq(outbox.state, 'sent')));
  return row;
}

export async function readReceipt(
  tx: Tx,
  { store, providerId }: ReceiptKey,
): Promise<{ readonly status: string; readonly errorCode: string | null } | undefined> {
  const [row] = await tx
    .select({ status: receipts.status, errorCode: receipts.errorCode })
    .from(receipts)
    .where(and(eq(receipts.store, store), eq(receipts.providerId, providerId)));
  return row;
}

/** Receipts arrive in any order; one of a lower or equal rank changes nothing. */
export async function recordReceipt(db: Db | Tx, receipt: Receipt): Promise<void> {
  const { status, rank, errorCode = null } = receipt;
  await db
    .insert(receipts)
    .values({ ...receipt, errorCode })
    .onConflictDoUpdate({
      target: [receipts.store, receipts.providerId],
      set: { status, rank, errorCode },
      setWhere: lt(receipts.rank, rank),
    });
}

/** Which of these provider ids already belong to texts of ours: they cannot be the lost one. */
export async function areRecorded(
  db: Db,
  store: string,
  providerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (providerIds.length === 0) return new Set();
  const rows = await db
    .select({ providerId: outbox.providerId })
    .from(outbox)
    .where(and(eq(outbox.store, store), inArray(outbox.providerId, [...providerIds])));
  return new Set(rows.map((row) => row.providerId).filter((id) => id !== null));
}
