import { randomUUIDv7 } from 'node:crypto';
import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { ConversationId, OrderId, RefundId, ReturnId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import type { RefundRow } from './refunds.ts';
import { quotes, refunds, returns, type StoredQuote } from './schema/refunds.ts';

export type ReturnRow = typeof returns.$inferSelect;

/** The one of this refund: written once, whoever asks to open it and how often. */
export async function insertReturn(tx: Tx, refund: RefundRow): Promise<void> {
  const { store, conversationId, orderId, orderName } = refund;
  await tx
    .insert(returns)
    .values({
      id: randomUUIDv7() as ReturnId,
      store,
      conversationId,
      refundId: refund.id,
      orderId,
      orderName,
      state: 'opening',
    })
    .onConflictDoNothing({ target: returns.refundId });
}

export async function readReturn(db: Tx | Db, id: ReturnId): Promise<ReturnRow | undefined> {
  const [row] = await db.select().from(returns).where(eq(returns.id, id));
  return row;
}

export async function lockReturn(tx: Tx, id: ReturnId): Promise<ReturnRow | undefined> {
  const [row] = await tx.select().from(returns).where(eq(returns.id, id)).for('update');
  return row;
}

export async function lockReturnOf(tx: Tx, refundId: RefundId): Promise<ReturnRow | undefined> {
  const [row] = await tx.select().from(returns).where(eq(returns.refundId, refundId)).for('update');
  return row;
}

export async function updateReturn(
  tx: Tx,
  id: ReturnId,
  change: Partial<typeof returns.$inferInsert>,
): Promise<void> {
  await tx.update(returns).set(change).where(eq(returns.id, id));
}

/** Every movement of money of it, those that were split included; oldest first. */
export function refundsOfReturn(tx: Tx | Db, id: ReturnId): Promise<RefundRow[]> {
  return tx.select().from(refunds).where(eq(refunds.returnId, id)).orderBy(refunds.createdAt, refunds.id);
}

export type QuotedRefund = { readonly refund: RefundRow; readonly quote: StoredQuote };

export function quotedRefundsOf(tx: Tx | Db, id: ReturnId): Promise<QuotedRefund[]> {
  return tx
    .select({ refund: refunds, quote: quotes.quote })
    .from(refunds)
    .innerJoin(quotes, eq(quotes.id, refunds.quoteId))
    .where(eq(refunds.returnId, id))
    .orderBy(refunds.createdAt, refunds.id);
}

/** What was agreed to when it was opened. */
export async function readQuoteOfReturn(db: Tx | Db, id: ReturnId): Promise<StoredQuote | undefined> {
  const [row] = await db
    .select({ quote: quotes.quote })
    .from(returns)
    .innerJoin(refunds, eq(refunds.id, returns.refundId))
    .innerJoin(quotes, eq(quotes.id, refunds.quoteId))
    .where(eq(returns.id, id));
  return row?.quote;
}

/** What of it has not come yet, with what was agreed to for that: one refund at most. */
export async function awaitedRefund(db: Tx | Db, id: ReturnId): Promise<QuotedRefund | undefined> {
  const all = await quotedRefundsOf(db, id);
  return all.find(({ refund }) => refund.state === 'awaiting-arrival');
}

/** The same under lock. */
export async function lockAwaitedRefund(tx: Tx, id: ReturnId): Promise<RefundRow | undefined> {
  const [row] = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.returnId, id), eq(refunds.state, 'awaiting-arrival')))
    .for('update');
  return row;
}

/** Those of an order, or agreed to in a conversation, that have not ended; newest first. */
export function openReturnsOf(
  db: Tx | Db,
  store: string,
  of: { readonly orderId: OrderId } | { readonly conversationId: ConversationId },
): Promise<ReturnRow[]> {
  const isOf =
    'orderId' in of ? eq(returns.orderId, of.orderId) : eq(returns.conversationId, of.conversationId);
  return db
    .select()
    .from(returns)
    .where(and(eq(returns.store, store), isOf, isNull(returns.endedAt)))
    .orderBy(desc(returns.createdAt));
}

/** Open ones whose customer does not know yet how to send it back. */
export function untoldReturns(tx: Tx, conversationId: ConversationId): Promise<ReturnRow[]> {
  return tx
    .select()
    .from(returns)
    .where(
      and(eq(returns.conversationId, conversationId), eq(returns.state, 'open'), isNull(returns.toldAt)),
    );
}

/** Not ended yet, and known to the shop by this name or for this order. */
export async function findOpenReturns(
  tx: Tx | Db,
  store: string,
  by: { readonly shopReturnIds: readonly string[]; readonly orderIds: readonly OrderId[] },
): Promise<readonly ReturnId[]> {
  const rows = await tx
    .select({ id: returns.id })
    .from(returns)
    .where(
      and(
        eq(returns.store, store),
        isNull(returns.endedAt),
        or(inArray(returns.shopReturnId, [...by.shopReturnIds]), inArray(returns.orderId, [...by.orderIds])),
      ),
    );
  return rows.map(({ id }) => id);
}
