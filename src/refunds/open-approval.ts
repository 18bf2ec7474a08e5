import type { ApprovalId } from '../returns/ids.ts';
import { insertApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { Tx } from '../storage/database.ts';
import type { RefundRow } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';

/** A pending approval with the job that posts its card and the two timers, in the caller's transaction. */
export async function openApproval(
  tx: Tx,
  { jobs, terms, metrics }: Pick<RefundContext, 'jobs' | 'terms' | 'metrics'>,
  refund: RefundRow,
  cumulativeMinor: number,
): Promise<ApprovalId> {
  const approval = await insertApproval(tx, {
    store: refund.store,
    refundId: refund.id,
    digest: refund.digest,
    cumulativeMinor,
    ttlSeconds: terms.approvalTtlSeconds,
  });
  const halfTime = new Date((approval.createdAt.getTime() + approval.expiresAt.getTime()) / 2);
  const data = { approvalId: approval.id };
  await jobs.enqueue(tx, 'announce-approval', data);
  await jobs.enqueue(tx, 'remind-approvers', data, { startAfter: halfTime });
  await jobs.enqueue(tx, 'expire-approval', data, { startAfter: approval.expiresAt });
  await recordAudit(tx, {
    store: refund.store,
    conversationId: refund.conversationId,
    actor: 'system',
    action: 'approval.opened',
    subject: approval.id,
    detail: { refundId: refund.id, digest: refund.digest, cumulativeMinor },
  });
  metrics.approval('pending');
  return approval.id;
}
