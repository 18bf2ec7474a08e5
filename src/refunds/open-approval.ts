import type { Decider } from '../returns/approval.ts';
import { sumMoney } from '../returns/money.ts';
import { saveVotes } from '../storage/approval-votes.ts';
import { type ApprovalRow, insertApproval, updateApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { Tx } from '../storage/database.ts';
import type { RefundRow } from '../storage/refunds.ts';
import { type ApprovalAmounts, approvalNeed } from './approval-need.ts';
import type { RefundContext } from './context.ts';

/**
 * An approval with the job that posts its card, in the caller's transaction. Its time begins with the card.
 * A yes that was given with the lower amount counts at once, and may be all it needs.
 */
export async function openApproval(
  tx: Tx,
  context: RefundContext,
  refund: RefundRow,
  { amounts, shopCurrency, demand, vote }: ApprovalAmounts & { readonly vote?: Decider | undefined },
): Promise<ApprovalRow> {
  const { jobs, terms, metrics } = context;
  const need = approvalNeed(context, { amounts, shopCurrency, demand });
  const sameCurrency = amounts.filter(({ currency }) => currency === refund.currency);
  const opened = await insertApproval(tx, {
    store: refund.store,
    refundId: refund.id,
    digest: refund.digest,
    cumulativeMinor: sumMoney(sameCurrency, refund.currency).minor,
    required: need.people,
    ttlSeconds: terms.approvalTtlSeconds,
  });
  await recordAudit(tx, {
    store: refund.store,
    conversationId: refund.conversationId,
    actor: 'system',
    action: 'approval.opened',
    subject: opened.id,
    detail: {
      refundId: refund.id,
      digest: refund.digest,
      cumulativeMinor: opened.cumulativeMinor,
      required: need.people,
      vote: vote?.userId,
    },
  });
  metrics.approval('pending');
  await jobs.enqueue(tx, 'announce-approval', { approvalId: opened.id });
  if (!vote) return opened;
  await saveVotes(tx, opened, [vote]);
  if (need.people > 1) return opened;
  const decided = { state: 'approved', decidedBy: vote, decidedAt: opened.createdAt } as const;
  await updateApproval(tx, opened.id, decided);
  metrics.approval('approved');
  return { ...opened, ...decided };
}
