import { ExternalError } from '../errors.ts';
import type { RefundId } from '../returns/ids.ts';
import { readQuote } from '../storage/quotes.ts';
import { readRefund } from '../storage/refunds.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';

/** The tags a rule of the policy gives. Adding one twice changes nothing. */
export async function addTags(context: RefundContext, refundId: RefundId): Promise<void> {
  const { db, jobs } = context;
  const refund = await readRefund(db, refundId);
  const { tags } = (await readQuote(db, refund.conversationId, refund.quoteId))?.quote ?? {};
  if (!tags) return;
  const ofOrder = await addTo(context, refund.orderId, tags.order);
  const ofCustomer = await addTo(context, refund.shopifyCustomerId, tags.customer);
  if (ofOrder && ofCustomer) return;
  const text = `Shopify did not take the tags that the policy gives for order ${refund.orderName}: ${[...tags.order, ...tags.customer].join(', ')}. Add them by hand, or allow the app to write orders and customers.`;
  await db.transaction((tx) => addStaffNoteOnce(tx, jobs, { store: refund.store, text }, 'ever'));
}

async function addTo(
  { storefront }: RefundContext,
  id: string | null,
  tags: readonly string[],
): Promise<boolean> {
  if (tags.length === 0) return true;
  if (id === null) return false;
  try {
    return (await storefront.addTags(id, tags)).kind === 'done';
  } catch (error) {
    if (!(error instanceof ExternalError) || error.retryable) throw error;
    return false;
  }
}
