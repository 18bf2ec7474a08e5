import type { ApprovalId } from '../returns/ids.ts';
import { readApproval } from '../storage/approvals.ts';
import { readRefund } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { amountOf } from './tell-outcomes.ts';

/** At half time, once, if nobody decided. */
export async function remindApprovers(context: RefundContext, approvalId: ApprovalId): Promise<void> {
  const approval = await readApproval(context.db, approvalId);
  if (!context.approvals || approval?.state !== 'pending' || !approval.card) return;
  const refund = await readRefund(context.db, approval.refundId);
  await context.approvals.desk.remind(approval.card, {
    approvalId,
    orderName: refund.orderName,
    amount: amountOf(refund),
    expiresAt: approval.expiresAt,
  });
}
