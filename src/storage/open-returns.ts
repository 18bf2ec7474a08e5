import { and, count, desc, eq, exists, isNull, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Requester } from '../returns/approval.ts';
import type { RefundId, ReturnId } from '../returns/ids.ts';
import type { Db } from './database.ts';
import { approvals, quotes, refunds, returns, type StoredQuote } from './schema/refunds.ts';

/** A return of which something is still to come, with the refund that waits for it. */
export type OpenReturnRow = {
  readonly id: ReturnId;
  readonly name: string;
  readonly orderName: string;
  readonly openedAt: Date;
  readonly closesAt: Date | null;
  readonly labelUrl: string | null;
  readonly refundId: RefundId;
  readonly quote: StoredQuote;
  readonly requestedBy: Requester;
  /** Somebody approved what was agreed to. */
  readonly wasApproved: boolean;
};

// An open one has not ended: there is an index on those.
const isOpen = and(eq(returns.state, 'open'), isNull(returns.endedAt), eq(refunds.state, 'awaiting-arrival'));
const agreed = alias(refunds, 'agreed');

/** Newest first. */
export function openReturns(db: Db, store: string, limit: number): Promise<OpenReturnRow[]> {
  return select(db, eq(returns.store, store), limit);
}

export async function countOpenReturns(db: Db, store: string): Promise<number> {
  const [row] = await db
    .select({ open: count() })
    .from(returns)
    .innerJoin(refunds, eq(refunds.returnId, returns.id))
    .where(and(eq(returns.store, store), isOpen));
  return row?.open ?? 0;
}

export async function readOpenReturn(
  db: Db,
  store: string,
  id: ReturnId,
): Promise<OpenReturnRow | undefined> {
  const [row] = await select(db, and(eq(returns.store, store), eq(returns.id, id)), 1);
  return row;
}

/** By the return's own name or its order's, with or without the `#`. */
export function findReturnsNamed(db: Db, store: string, name: string): Promise<OpenReturnRow[]> {
  const plain = name.trim().replace(/^#/, '').toLowerCase();
  const isNamed = or(
    sql`lower(ltrim(${returns.shopReturnName}, '#')) = ${plain}`,
    sql`lower(ltrim(${returns.orderName}, '#')) = ${plain}`,
  );
  return select(db, and(eq(returns.store, store), isNamed), 20);
}

function select(db: Db, which: SQL | undefined, limit: number): Promise<OpenReturnRow[]> {
  const approvalOf = db
    .select({ id: approvals.id })
    .from(approvals)
    .where(and(eq(approvals.refundId, returns.refundId), eq(approvals.state, 'approved')));
  return db
    .select({
      id: returns.id,
      name: sql<string>`coalesce(${returns.shopReturnName}, ${returns.orderName})`,
      orderName: returns.orderName,
      openedAt: returns.createdAt,
      closesAt: returns.closesAt,
      labelUrl: returns.labelUrl,
      refundId: refunds.id,
      quote: quotes.quote,
      requestedBy: agreed.requestedBy,
      wasApproved: sql<boolean>`${exists(approvalOf)}`,
    })
    .from(returns)
    .innerJoin(refunds, eq(refunds.returnId, returns.id))
    .innerJoin(agreed, eq(agreed.id, returns.refundId))
    .innerJoin(quotes, eq(quotes.id, refunds.quoteId))
    .where(and(which, isOpen))
    .orderBy(desc(returns.createdAt))
    .limit(limit);
}
