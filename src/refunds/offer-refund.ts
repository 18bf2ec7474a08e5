import type { ApprovalId } from '../returns/ids.ts';
import { expiryFromNow, updateApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { Tx } from '../storage/database.ts';
import { type RefundRow, updateRefund } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { tellOutcomes } from './tell-outcomes.ts';

/** The lower amount is approved; it is refunded once the customer agrees to it, within the same time. */
export async function offerRefund(
  tx: Tx,
  { jobs, terms }: RefundContext,
  approvalId: ApprovalId,
  refund: RefundRow,
): Promise<void> {
  const expiresAt = await expiryFromNow(tx, terms.approvalTtlSeconds);
  await updateApproval(tx, approvalId, { expiresAt });
  await updateRefund(tx, refund.id, { state: 'offered' });
  await jobs.enqueue(tx, 'expire-approval', { approvalId }, { startAfter: expiresAt });
  await recordAudit(tx, {
    store: refund.store,
    conversationId: refund.conversationId,
    actor: 'system',
    action: 'refund.offered',
    subject: refund.id,
    detail: { amountMinor: refund.amountMinor, lowered: refund.lowered, digest: refund.digest },
  });
  await tellOutcomes(tx, jobs, refund.conversationId);
}
