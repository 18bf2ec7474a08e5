import type { ApprovalId } from '../returns/ids.ts';
import { nextRefundState } from '../returns/refund.ts';
import { type ApprovalRow, lockApproval, updateApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { readQuote } from '../storage/quotes.ts';
import { lockRefund, markTold, readRefund, updateRefund } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { wasTurnedDown } from './make-offer.ts';
import { tellOutcomes } from './tell-outcomes.ts';

/**
 * Expiry counts as denial. The database's clock decides; a timer that rings early is set again. Without a card
 * in Slack nothing expires: the time begins when the card is there, and its own timer is set then.
 */
export async function expireApproval(context: RefundContext, id: ApprovalId): Promise<void> {
  await context.db.transaction(async (tx) => {
    const row = await lockApproval(tx, id);
    const isOffer = row?.state === 'approved' && (await readRefund(tx, row.refundId)).state === 'offered';
    if (!row || !(isOffer || (row.state === 'pending' && row.card))) return;
    if ((await databaseNow(tx)) < row.expiresAt) {
      await context.jobs.enqueue(tx, 'expire-approval', { approvalId: id }, { startAfter: row.expiresAt });
    } else if (isOffer) await expireOffer(tx, context, row);
    else await expire(tx, context, row);
  });
}

/** No card can come any more: nobody will ever decide, so the customer does not wait for it. */
export async function expireUnseen(context: RefundContext, id: ApprovalId): Promise<void> {
  await context.db.transaction((tx) => endUnseen(tx, context, id));
}

export async function endUnseen(tx: Tx, context: Ending, id: ApprovalId): Promise<void> {
  const row = await lockApproval(tx, id);
  if (row?.state === 'pending' && !row.card) await expire(tx, context, row);
}

type Ending = Pick<RefundContext, 'jobs' | 'metrics'>;

/** Ends a pending approval whose row the caller has locked. */
export async function expire(tx: Tx, { jobs, metrics }: Ending, row: ApprovalRow): Promise<void> {
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

/** Whoever answered no knows that nothing comes; anybody else is told. */
async function expireOffer(tx: Tx, { jobs }: RefundContext, row: ApprovalRow): Promise<void> {
  const refund = await lockRefund(tx, row.refundId);
  const state = nextRefundState(refund.state, 'expired');
  if (refund.state !== 'offered' || !state) return;
  await updateRefund(tx, refund.id, { state });
  await recordAudit(tx, {
    store: row.store,
    conversationId: refund.conversationId,
    actor: 'system',
    action: 'refund.offer-expired',
    subject: refund.id,
  });
  const quoted = await readQuote(tx, refund.conversationId, refund.quoteId);
  if (quoted && (await wasTurnedDown(tx, quoted))) return markTold(tx, refund.id);
  await tellOutcomes(tx, jobs, refund.conversationId);
}
