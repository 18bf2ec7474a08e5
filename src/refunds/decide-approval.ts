import { ExternalError } from '../errors.ts';
import type { ApprovalClick, DecisionAnswer } from '../ports/approval-desk.ts';
import { type Click, decideApproval as decide } from '../returns/approval.ts';
import type { ApprovalId } from '../returns/ids.ts';
import { type ApprovalRow, lockApproval, readApproval, updateApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { readQuote } from '../storage/quotes.ts';
import { lockRefund, type RefundRow, readRefund, updateRefund } from '../storage/refunds.ts';
import { checkApprover } from './check-approver.ts';
import type { RefundContext } from './context.ts';
import { expire } from './expire-approval.ts';
import { type JudgedReturn, judgeAgain } from './judge-return.ts';
import { reopenStale } from './reopen-stale.ts';
import { tellOutcomes } from './tell-outcomes.ts';

/**
 * One decision per approval. What needs the network (the clicker's right, the order as it is now) is read
 * first; then, under lock, the pure decision is taken, saved, and followed by its job in one transaction.
 */
export async function decideApproval(context: RefundContext, click: ApprovalClick): Promise<DecisionAnswer> {
  const approval = await readApproval(context.db, click.approvalId);
  if (!approval || !context.approvals) return { kind: 'not-found' };
  const refund = await readRefund(context.db, approval.refundId);

  try {
    const right = await checkApprover(context.approvals, click.by);
    const isApprover = right.kind === 'approver';
    const judged =
      isApprover && click.decision === 'approve' && approval.state === 'pending'
        ? await judgeNow(context, refund)
        : undefined;
    return await context.db.transaction((tx) =>
      settle(tx, context, approval.id, judged, {
        decision: click.decision,
        by: { userId: click.by.userId, name: right.name ?? click.by.name },
        isApprover,
        currentDigest: judged?.kind === 'quoted' ? judged.quote.digest : '',
        reason: click.reason,
      }),
    );
  } catch (error) {
    // Neither the right nor the order could be checked: nothing is decided, the button stays.
    if (error instanceof ExternalError) return { kind: 'try-later' };
    throw error;
  }
}

async function judgeNow(context: RefundContext, refund: RefundRow): Promise<JudgedReturn | undefined> {
  const quoted = await readQuote(context.db, refund.conversationId, refund.quoteId);
  const order = await context.storefront.readOrder(refund.orderId);
  return quoted && order ? judgeAgain(context, order, quoted) : undefined;
}

async function settle(
  tx: Tx,
  context: RefundContext,
  id: ApprovalId,
  judged: JudgedReturn | undefined,
  click: Click,
): Promise<DecisionAnswer> {
  const row = await lockApproval(tx, id);
  if (!row) return { kind: 'not-found' };
  const refund = await lockRefund(tx, row.refundId);
  const now = await databaseNow(tx);
  const decision = decide(asApproval(row, refund), click, now);
  await recordAudit(tx, {
    store: row.store,
    conversationId: refund.conversationId,
    actor: click.by.userId,
    action: `approval.${decision.kind === 'accepted' ? decision.state : `click-${decision.kind}`}`,
    subject: id,
    detail: { decision: click.decision, digest: row.digest, currentDigest: click.currentDigest },
  });

  switch (decision.kind) {
    case 'accepted':
      await updateApproval(tx, id, {
        state: decision.state,
        decidedBy: click.by,
        decidedAt: now,
        denialReason: click.reason ?? null,
      });
      await updateRefund(tx, refund.id, { state: decision.state });
      context.metrics.approval(decision.state);
      await context.jobs.enqueue(tx, 'refresh-card', { approvalId: id });
      if (decision.state === 'approved')
        await context.jobs.enqueue(tx, 'execute-refund', { refundId: refund.id });
      else await tellOutcomes(tx, context.jobs, refund.conversationId);
      return { kind: 'accepted', state: decision.state };
    case 'expired':
      if (row.state === 'pending') await expire(tx, context, row);
      return decision;
    case 'stale':
      if (row.state === 'pending') await reopenStale(tx, context, { approval: row, refund, judged, now });
      return decision;
    case 'already-decided':
      return { kind: 'already-decided', state: decision.state, by: decision.by?.name ?? 'someone' };
    case 'not-allowed':
      return decision;
  }
}

function asApproval(row: ApprovalRow, refund: RefundRow) {
  return {
    id: row.id,
    refundId: row.refundId,
    digest: row.digest,
    requestedBy: refund.requestedBy,
    state: row.state,
    expiresAt: row.expiresAt,
    decidedBy: row.decidedBy ?? undefined,
    decidedAt: row.decidedAt ?? undefined,
    denialReason: row.denialReason ?? undefined,
  };
}
