import type { DecisionAnswer } from '../ports/approval-desk.ts';
import { type Approval, type Decider, decideApproval as decide } from '../returns/approval.ts';
import { saveVotes, votesOf } from '../storage/approval-votes.ts';
import { type ApprovalRow, lockApproval, updateApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { lockRefund, type RefundRow, updateRefund } from '../storage/refunds.ts';
import type { CheckedClick } from './checked-click.ts';
import type { RefundContext } from './context.ts';
import { expire } from './expire-approval.ts';
import { lowerRefund } from './lower-refund.ts';
import { offerRefund } from './offer-refund.ts';
import { reopenStale } from './reopen-stale.ts';
import { tellOutcomes } from './tell-outcomes.ts';

/** The decision under lock, saved with all that follows from it. */
export async function settleClick(
  tx: Tx,
  context: RefundContext,
  checked: CheckedClick,
): Promise<DecisionAnswer | { readonly kind: 'unchecked-vote' }> {
  const { id, click } = checked;
  const row = await lockApproval(tx, id);
  if (!row) return { kind: 'not-found' };
  const refund = await lockRefund(tx, row.refundId);
  const votes = await votesOf(tx, id);
  if (click.isApprover && click.decision === 'approve' && row.state === 'pending') {
    const unchecked = votes.filter(({ userId }) => !checked.checkedVotes.includes(userId));
    if (unchecked.length > 0) return { kind: 'unchecked-vote' };
  }
  const now = await databaseNow(tx);
  const decision = decide(asApproval(row, refund, votes), click, now);
  await recordAudit(tx, {
    store: row.store,
    conversationId: refund.conversationId,
    actor: click.by.userId,
    action: `approval.${decision.kind === 'accepted' ? decision.state : `click-${decision.kind}`}`,
    subject: id,
    detail: { decision: click.decision, digest: row.digest, currentDigest: click.currentDigest },
  });

  switch (decision.kind) {
    case 'accepted': {
      await saveDecision(tx, context, row, decision.approval);
      if (decision.state === 'lowered') {
        await lowerRefund(tx, context, { ...checked, approval: row, refund, amount: decision.amount });
      } else if (decision.state === 'denied') {
        await updateRefund(tx, refund.id, { state: 'denied' });
        await tellOutcomes(tx, context.jobs, refund.conversationId);
      } else if (refund.lowered) {
        await offerRefund(tx, context, row.id, refund);
      } else {
        await updateRefund(tx, refund.id, { state: 'approved' });
        await context.jobs.enqueue(tx, 'execute-refund', { refundId: refund.id });
      }
      return { kind: 'accepted', state: decision.state };
    }
    case 'counted':
    case 'counted-before':
      await saveVotes(tx, row, decision.approval.votes);
      await context.jobs.enqueue(tx, 'refresh-card', { approvalId: id });
      return { kind: decision.kind, have: decision.have, need: decision.need };
    case 'expired':
      if (row.state === 'pending') await expire(tx, context, row);
      return decision;
    case 'stale':
      if (row.state === 'pending') await reopenStale(tx, context, { ...checked, approval: row, refund, now });
      return decision;
    case 'already-decided':
      return { kind: 'already-decided', state: decision.state, by: decision.by?.name ?? 'someone' };
    case 'bad-amount':
    case 'not-allowed':
      return decision;
  }
}

async function saveDecision(
  tx: Tx,
  { jobs, metrics }: RefundContext,
  row: ApprovalRow,
  { state, votes, decidedBy, decidedAt, denialReason }: Approval,
): Promise<void> {
  await saveVotes(tx, row, votes);
  await updateApproval(tx, row.id, {
    state,
    decidedBy: decidedBy ?? null,
    decidedAt: decidedAt ?? null,
    denialReason: denialReason ?? null,
  });
  metrics.approval(state);
  await jobs.enqueue(tx, 'refresh-card', { approvalId: row.id });
}

function asApproval(row: ApprovalRow, refund: RefundRow, votes: readonly Decider[]): Approval {
  return {
    id: row.id,
    refundId: row.refundId,
    digest: row.digest,
    requestedBy: refund.requestedBy,
    required: row.required,
    votes,
    state: row.state,
    // Nobody can have run out of time with a card that is not in Slack yet.
    expiresAt: row.card ? row.expiresAt : undefined,
    decidedBy: row.decidedBy ?? undefined,
    decidedAt: row.decidedAt ?? undefined,
    denialReason: row.denialReason ?? undefined,
  };
}
