import type { WaitingApproval } from '../ports/staff-desk.ts';
import { amountsOf, approvalNeed } from '../refunds/approval-need.ts';
import { checkApprover } from '../refunds/check-approver.ts';
import type { RefundContext } from '../refunds/context.ts';
import { hasRequested } from '../returns/approval.ts';
import { formatMoney } from '../returns/money.ts';
import { canBeLowered, saySettlement } from '../returns/settlement-words.ts';
import type { WaitingApprovalRow } from '../storage/home-figures.ts';

/** What waits, and whether this person of the store's own workspace may decide about it. */
export async function describeWaiting(
  context: RefundContext,
  { approval, refund, quote, have }: WaitingApprovalRow,
  userId: string,
): Promise<WaitingApproval> {
  const { amount, shopCurrency, approval: demand } = quote;
  const amounts = await amountsOf(context.db, { approval, refund, amount });
  const { approvers } = approvalNeed(context, { amounts, shopCurrency, demand });
  return {
    approvalId: approval.id,
    orderName: refund.orderName,
    amount: formatMoney(amount),
    settlement: saySettlement(quote),
    canBeLowered: canBeLowered(quote),
    votes: { have, need: approval.required },
    mayDecide: !hasRequested(refund.requestedBy, userId) && (await isAmong(context, approvers, userId)),
    approvers,
    expiresAt: approval.expiresAt,
    card: approval.card ?? undefined,
  };
}

async function isAmong(
  { approvals }: RefundContext,
  approvers: readonly string[],
  userId: string,
): Promise<boolean> {
  if (!approvals) return false;
  const by = { userId, teamId: await approvals.directory.homeTeamId(), name: userId };
  return (await checkApprover({ ...approvals, approvers }, by)).kind === 'approver';
}
