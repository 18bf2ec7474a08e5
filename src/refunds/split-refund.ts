import type { Conversation } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { readQuote, storeSubmittedQuote } from '../storage/quotes.ts';
import { insertRefund, markTold, type RefundRow } from '../storage/refunds.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import type { RefundContext } from './context.ts';
import { applyOutcome } from './record-outcome.ts';
import type { Divided } from './split-quote.ts';

/** Two refunds take the place of one that was approved as a whole: what is due now, which is returned, and the rest. */
export async function splitRefund(
  tx: Tx,
  context: RefundContext,
  {
    conversation,
    refund,
    divided: { part, rest },
  }: { readonly conversation: Conversation; readonly refund: RefundRow; readonly divided: Divided },
): Promise<RefundRow> {
  const asked = await readQuote(tx, refund.conversationId, refund.quoteId);
  const insert = async (quote: StoredQuote, state: 'arrived' | 'awaiting-arrival') => {
    const ttl = context.terms.quoteTtlSeconds;
    const row = await storeSubmittedQuote(tx, conversation, quote, ttl, asked?.createdAt);
    const { store, conversationId, orderId, orderName, shopifyCustomerId, requestedBy, returnId } = refund;
    const made = await insertRefund(tx, {
      store,
      conversationId,
      quoteId: row.id,
      orderId,
      orderName,
      shopifyCustomerId,
      amountMinor: quote.amount.minor,
      currency: quote.amount.currency,
      digest: quote.digest,
      requestedBy,
      returnId,
      splitFrom: refund.id,
      state,
    });
    if (!made) throw new Error('A new quote already had a refund.');
    return made;
  };
  const due = await insert(part, 'arrived');
  await insert(rest, 'awaiting-arrival');
  await applyOutcome(tx, context, refund, 'split');
  await markTold(tx, refund.id);
  return due;
}
