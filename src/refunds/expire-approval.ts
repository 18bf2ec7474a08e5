import type { ApprovalId } from '../returns/ids.ts';
import { type ApprovalRow, lockApproval, updateApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { lockRefund, updateRefund } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { tellOutcomes } from './tell-outcomes.ts';

/** Expiry counts as denial. The database's clock decides; a timer that rings early is set again. */
export async function expireApproval(context: RefundContext, id: ApprovalId): Promise<void> {
  await context.db.transaction(async (tx) => {
    const row = await lockApproval(tx, id);
    if (row?.state !== 'pending') return;
    if ((await databaseNow(tx)) >= row.expiresAt) await expire(tx, context, row);
    else await context.jobs.enqueue(tx, 'expire-approval', { approvalId: id }, { startAfter: row.expiresAt });
  });
}

/** Ends a pending approval whose row the caller has locked. */
export async function expire(tx: Tx, { jobs, metrics }: RefundContext, row: ApprovalRow): Promise<void> {
  const refund = await lockRefund(tx, row.refundId);
  await updateApproval(tx, row.id, { state: 'expired', decidedAt: row.expiresAt });
  await updateRefund(tx, refund.id, { state: 'expired' });
  metrics.approval('expired');
  await recordAudit(tx, {
    store: row.store,
    conversationId: refund.conversationId,
    actor: 'system',
    action: 'approval.expired',
    subject: row.id,
  });
  await jobs.enqueue(tx, 'refresh-card', { approvalId: row.id });
  await tellOutcomes(tx, jobs, refund.conversationId);
}
