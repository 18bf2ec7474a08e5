import type { RecordedRefund } from '../returns/order.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { lockConversation } from '../storage/conversations.ts';
import { lockRefund, type RefundRow, updateRefund } from '../storage/refunds.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import { amountOf, tellOutcomes } from './tell-outcomes.ts';

/**
 * What became of a payment after its refund was entered. The customer hears of one that failed as of any
 * outcome; of one that went through their bank tells.
 */
export async function recordPayment(
  { db, jobs }: RefundContext,
  { id, store, conversationId, returnId }: RefundRow,
  payment: RecordedRefund['payment'],
): Promise<void> {
  await db.transaction(async (tx) => {
    // Whoever follows a return locks these in this order.
    if (returnId) await lockConversation(tx, conversationId);
    const refund = await lockRefund(tx, id);
    if (refund.state !== 'refunded' || refund.payment === payment) return;
    const failed = payment === 'failed';
    await updateRefund(tx, id, { payment, ...(failed && { toldAt: null }) });
    await recordAudit(tx, {
      store,
      conversationId,
      actor: 'system',
      action: `refund.payment-${payment}`,
      subject: id,
      detail: { before: refund.payment, shopRefundId: refund.shopRefundId },
    });
    if (!failed) return;
    await tellOutcomes(tx, jobs, conversationId);
    const text = `The payment provider turned down the refund of ${amountOf(refund)} for order ${refund.orderName}, which Shopify had entered before. The customer is told that someone from the team will get in touch. Check the order in Shopify before refunding by hand.`;
    await addStaffNoteOnce(tx, jobs, { store, text }, 'ever');
  });
}
