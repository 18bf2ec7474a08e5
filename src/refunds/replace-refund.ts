import type { Decider } from '../returns/approval.ts';
import type { Money } from '../returns/money.ts';
import type { Quote } from '../returns/quote.ts';
import type { ApprovalRow } from '../storage/approvals.ts';
import { type LockedConversation, lockWithSender } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { readQuote, storeSubmittedQuote } from '../storage/quotes.ts';
import { insertRefund, type RefundRow } from '../storage/refunds.ts';
import type { Lowered } from '../storage/schema/refunds.ts';
import type { RefundContext } from './context.ts';
import { openApproval } from './open-approval.ts';

/** Puts a refund of another digest in the place of one that waited, with an approval and a card of its own. */
export async function replaceRefund(
  tx: Tx,
  context: RefundContext,
  {
    refund,
    quote: { createdAt: _, expiresAt: __, ...quote },
    amounts,
    lowered,
    vote,
  }: {
    readonly refund: RefundRow;
    readonly quote: Omit<Quote, 'id'>;
    /** The old refund first, then what counts beside it. */
    readonly amounts: readonly Money[];
    readonly lowered: Lowered | null;
    readonly vote?: Decider | undefined;
  },
): Promise<{
  readonly refund: RefundRow;
  readonly approval: ApprovalRow;
  readonly locked: LockedConversation;
}> {
  const locked = await lockWithSender(tx, refund.conversationId);
  const before = await readQuote(tx, refund.conversationId, refund.quoteId);
  const quoted = await storeSubmittedQuote(
    tx,
    locked.conversation,
    quote,
    context.terms.quoteTtlSeconds,
    before?.createdAt,
  );
  const { store, conversationId, orderId, orderName, shopifyCustomerId, requestedBy } = refund;
  const fresh = await insertRefund(tx, {
    store,
    conversationId,
    quoteId: quoted.id,
    orderId,
    orderName,
    shopifyCustomerId,
    amountMinor: quote.amount.minor,
    currency: quote.amount.currency,
    digest: quote.digest,
    lowered,
    requestedBy,
    state: 'awaiting-approval',
  });
  if (!fresh) throw new Error('A new quote already had a refund.');
  const approval = await openApproval(tx, context, fresh, {
    amounts: [quote.amount, ...amounts.slice(1)],
    shopCurrency: quote.shopCurrency,
    demand: quote.approval,
    vote,
  });
  return { refund: fresh, approval, locked };
}
