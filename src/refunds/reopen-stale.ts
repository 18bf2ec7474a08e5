import { formatMoney } from '../returns/money.ts';
import { type ApprovalRow, updateApproval } from '../storage/approvals.ts';
import { lockWithSender } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { markSubmitted, storeQuote } from '../storage/quotes.ts';
import { insertRefund, markTold, type RefundRow, updateRefund } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import type { JudgedReturn } from './judge-return.ts';
import { openApproval } from './open-approval.ts';
import { tellCustomer } from './tell-customer.ts';
import { tellOutcomes } from './tell-outcomes.ts';

/**
 * The order is no longer what the card showed: the old card closes. If the return still stands under the
 * order as it is now, a new refund with a card of its own takes its place and the customer hears of it;
 * otherwise they are told that nothing was refunded.
 */
export async function reopenStale(
  tx: Tx,
  context: RefundContext,
  stale: {
    readonly approval: ApprovalRow;
    readonly refund: RefundRow;
    readonly judged: JudgedReturn | undefined;
    readonly now: Date;
  },
): Promise<void> {
  const { approval, refund, judged } = stale;
  await updateApproval(tx, approval.id, { state: 'stale', decidedAt: stale.now });
  await updateRefund(tx, refund.id, { state: 'stale' });
  context.metrics.approval('stale');
  await context.jobs.enqueue(tx, 'refresh-card', { approvalId: approval.id });
  if (judged?.kind !== 'quoted') return tellOutcomes(tx, context.jobs, refund.conversationId);

  const locked = await lockWithSender(tx, refund.conversationId);
  const { createdAt: _, expiresAt: __, ...quote } = judged.quote;
  const quoted = await storeQuote(tx, locked.conversation, quote, context.terms.quoteTtlSeconds);
  await markSubmitted(tx, quoted.id);
  const fresh = await insertRefund(tx, {
    store: refund.store,
    conversationId: refund.conversationId,
    quoteId: quoted.id,
    orderId: refund.orderId,
    orderName: refund.orderName,
    shopifyCustomerId: refund.shopifyCustomerId,
    amountMinor: quote.amount.minor,
    currency: quote.amount.currency,
    digest: quote.digest,
    requestedBy: refund.requestedBy,
    state: 'awaiting-approval',
  });
  if (!fresh) throw new Error('A new quote already had a refund.');
  const others = approval.cumulativeMinor - refund.amountMinor;
  await openApproval(tx, context, fresh, others + quote.amount.minor);
  await markTold(tx, refund.id);
  await tellCustomer(
    tx,
    context.jobs,
    locked,
    `Order ${refund.orderName} changed since we talked: the refund would now be ${formatMoney(quote.amount)}. Our team is looking at it, and I will tell you what they decide.`,
  );
}
