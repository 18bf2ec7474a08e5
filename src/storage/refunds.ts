import { randomUUIDv7 } from 'node:crypto';
import { and, desc, eq, exists, inArray, isNull, ne, not, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { ConversationId, OrderId, RefundId } from '../returns/ids.ts';
import type { Money } from '../returns/money.ts';
import type { RefundState } from '../returns/refund.ts';
import type { Db, Tx } from './database.ts';
import { quotes, refunds } from './schema/refunds.ts';

export type RefundRow = typeof refunds.$inferSelect;
type NewRefund = typeof refunds.$inferInsert;

/** Undefined when this quote was submitted before: the unique quote id is what makes a second yes harmless. */
export async function insertRefund(
  tx: Tx,
  refund: Omit<NewRefund, 'id' | 'idempotencyKey'>,
): Promise<RefundRow | undefined> {
  const [row] = await tx
    .insert(refunds)
    .values({ ...refund, id: randomUUIDv7() as RefundId, idempotencyKey: randomUUIDv7() })
    .onConflictDoNothing({ target: refunds.quoteId })
    .returning();
  return row;
}

export async function lockRefund(tx: Tx, id: RefundId): Promise<RefundRow> {
  const [row] = await tx.select().from(refunds).where(eq(refunds.id, id)).for('update');
  if (!row) throw new Error('No such refund.');
  return row;
}

export async function readRefund(tx: Tx | Db, id: RefundId): Promise<RefundRow> {
  const [row] = await tx.select().from(refunds).where(eq(refunds.id, id));
  if (!row) throw new Error('No such refund.');
  return row;
}

/** Behind whoever is changing it: their job may have been folded into the one that reads now. */
export async function readSettledRefund(db: Db, id: RefundId): Promise<RefundRow> {
  const [row] = await db.select().from(refunds).where(eq(refunds.id, id)).for('share');
  if (!row) throw new Error('No such refund.');
  return row;
}

export async function readRefundOfQuote(
  tx: Tx | Db,
  quoteId: RefundRow['quoteId'],
): Promise<RefundRow | undefined> {
  const [row] = await tx.select().from(refunds).where(eq(refunds.quoteId, quoteId));
  return row;
}

/** The refund of a lower amount that took the place of this one. */
export async function readReplacement(tx: Tx | Db, refund: RefundRow): Promise<RefundRow | undefined> {
  const [row] = await tx
    .select()
    .from(refunds)
    .where(
      and(
        eq(refunds.store, refund.store),
        eq(refunds.orderId, refund.orderId),
        sql`${refunds.lowered}->>'replaces' = ${refund.id}`,
      ),
    )
    // One that came in its place after the order changed names the same.
    .orderBy(refunds.createdAt)
    .limit(1);
  return row;
}

export async function updateRefund(tx: Tx, id: RefundId, change: Partial<NewRefund>): Promise<void> {
  await tx.update(refunds).set(change).where(eq(refunds.id, id));
}

const abandoned: readonly RefundState[] = [
  'denied',
  'expired',
  'stale',
  'rejected',
  'lowered',
  'split',
  'withdrawn',
  'not-received',
  'by-hand',
];

/**
 * What counts against the threshold beside the refund at hand: everything of the last 24 hours that moved
 * or may still move money on this order or for this customer.
 */
export async function recentAmounts(
  tx: Tx | Db,
  of: {
    readonly store: string;
    readonly orderId: OrderId;
    readonly shopifyCustomerId: string | null;
    readonly except?: RefundId;
  },
): Promise<readonly Money[]> {
  const rows = await tx
    .select({ minor: refunds.amountMinor, currency: refunds.currency })
    .from(refunds)
    .where(
      and(
        eq(refunds.store, of.store),
        or(
          eq(refunds.orderId, of.orderId),
          of.shopifyCustomerId ? eq(refunds.shopifyCustomerId, of.shopifyCustomerId) : undefined,
        ),
        notInArray(refunds.state, [...abandoned]),
        // An offer in whose place another quote came can never be taken.
        or(ne(refunds.state, 'offered'), not(hasQuote(tx, eq(quotes.state, 'superseded')))),
        // Made then, or not yet: one that waited a day for its approval moves money today.
        sql`coalesce(${refunds.settledAt}, now()) > now() - interval '24 hours'`,
        of.except ? ne(refunds.id, of.except) : undefined,
      ),
    );
  return rows;
}

/** Serialises decisions about one order and one customer, so that two small refunds cannot pass side by side. */
export async function lockSpending(
  tx: Tx,
  store: string,
  orderId: OrderId,
  customerId: string | null,
): Promise<void> {
  const keys = [
    `order:${store}:${orderId}`,
    ...(customerId ? [`customer:${store}:${customerId}`] : []),
  ].sort();
  for (const key of keys) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

const ended: readonly RefundState[] = [
  'refunded',
  'rejected',
  'denied',
  'expired',
  'stale',
  'withdrawn',
  'not-received',
  'by-hand',
];

/** Ended refunds whose customer has not been told, and offers not yet made to them, oldest first. */
export function untoldRefunds(tx: Tx, conversationId: ConversationId): Promise<RefundRow[]> {
  return tx
    .select()
    .from(refunds)
    .where(
      and(
        eq(refunds.conversationId, conversationId),
        isNull(refunds.toldAt),
        or(
          inArray(refunds.state, [...ended]),
          and(eq(refunds.state, 'offered'), hasQuote(tx, isNull(quotes.shownInSeq))),
        ),
      ),
    )
    .orderBy(refunds.createdAt);
}

function hasQuote(tx: Tx | Db, such: SQL): SQL {
  const quote = tx
    .select({ id: quotes.id })
    .from(quotes)
    .where(and(eq(quotes.id, refunds.quoteId), such));
  return exists(quote);
}

export function refundsOfConversation(tx: Tx | Db, conversationId: ConversationId): Promise<RefundRow[]> {
  return tx
    .select()
    .from(refunds)
    .where(eq(refunds.conversationId, conversationId))
    .orderBy(desc(refunds.createdAt))
    .limit(5);
}

export async function markTold(tx: Tx, id: RefundId): Promise<void> {
  await tx.update(refunds).set({ toldAt: sql`now()` }).where(eq(refunds.id, id));
}
