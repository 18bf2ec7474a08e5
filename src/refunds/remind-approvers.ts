import type { ApprovalId } from '../returns/ids.ts';
import { readApproval } from '../storage/approvals.ts';
import { readRefund } from '../storage/refunds.ts';
import { postAgain } from './announce-approval.ts';
import type { RefundContext } from './context.ts';
import { isGone } from './refresh-card.ts';
import { amountOf } from './tell-outcomes.ts';

/** At half time, once, if nobody decided. Where the card was deleted, a new one is the reminder. */
export async function remindApprovers(context: RefundContext, approvalId: ApprovalId): Promise<void> {
  const approval = await readApproval(context.db, approvalId);
  if (!context.approvals || approval?.state !== 'pending' || !approval.card) return;
  const refund = await readRefund(context.db, approval.refundId);
  try {
    await context.approvals.desk.remind(approval.card, {
      approvalId,
      orderName: refund.orderName,
      amount: amountOf(refund),
      expiresAt: approval.expiresAt,
    });
  } catch (error) {
    if (!isGone(error)) throw error;
    await postAgain(context, approval, approval.card);
  }
}
