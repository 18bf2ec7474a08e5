import { and, desc, eq, inArray, or } from 'drizzle-orm';
import type { ConversationId, OrderId } from '../returns/ids.ts';
import type { ApprovalRow } from './approvals.ts';
import type { Db } from './database.ts';
import type { RefundRow } from './refunds.ts';
import { approvals, quotes, refunds } from './schema/refunds.ts';

/** A refund of the ledger with what its quote and its last approval add to it. */
export type LedgerRefund = {
  readonly refund: RefundRow;
  /** Of the payments it goes back to. */
  readonly gateways: readonly string[];
  readonly exchange: readonly string[];
  readonly approval: ApprovalRow | undefined;
};

const most = 50;

/** Of these orders, and of this conversation whatever its orders are; newest first. */
export async function refundHistory(
  db: Db,
  of: {
    readonly store: string;
    readonly orderIds: readonly OrderId[];
    readonly conversationId?: ConversationId;
  },
): Promise<readonly LedgerRefund[]> {
  const rows = await db
    .select({ refund: refunds, quote: quotes.quote })
    .from(refunds)
    .innerJoin(quotes, eq(quotes.id, refunds.quoteId))
    .where(
      and(
        eq(refunds.store, of.store),
        or(
          inArray(refunds.orderId, [...of.orderIds]),
          of.conversationId ? eq(refunds.conversationId, of.conversationId) : undefined,
        ),
      ),
    )
    .orderBy(desc(refunds.createdAt), desc(refunds.id))
    .limit(most);
  const ids = rows.map(({ refund }) => refund.id);
  const decisions = await db
    .select()
    .from(approvals)
    .where(inArray(approvals.refundId, ids))
    .orderBy(desc(approvals.createdAt), desc(approvals.id));
  return rows.map(({ refund, quote }) => ({
    refund,
    gateways: quote.payments.map(({ gateway }) => gateway),
    exchange: (quote.exchange ?? []).map(({ title }) => title),
    approval: decisions.find(({ refundId }) => refundId === refund.id),
  }));
}
