import { joinDemand, tierFor } from '../returns/approval-tier.ts';
import type { Money } from '../returns/money.ts';
import type { ApprovalDemand } from '../returns/policy-rule.ts';
import type { ApprovalRow } from '../storage/approvals.ts';
import type { Db, Tx } from '../storage/database.ts';
import { type RefundRow, recentAmounts } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';

/** How many different people, out of whom. */
export type ApprovalNeed = { readonly people: number; readonly approvers: readonly string[] };

/** What is to be approved: the refund, and beside it everything that counts with it. */
export type ApprovalAmounts = {
  readonly amounts: readonly Money[];
  /** Unknown of quotes made before it was written down: then the strictest tier counts. */
  readonly shopCurrency: string | undefined;
  /** Of a rule, kept with the quote. */
  readonly demand: ApprovalDemand | undefined;
};

export function approvalNeed(
  { policies, approvals }: Pick<RefundContext, 'policies' | 'approvals'>,
  { amounts, shopCurrency, demand }: ApprovalAmounts,
): ApprovalNeed {
  const need = joinDemand(tierFor(policies.current().approvalTiers ?? [], amounts, shopCurrency), demand);
  return { people: need?.people ?? 1, approvers: need?.approvers ?? approvals?.approvers ?? [] };
}

/** Everybody who may approve something: they see what waits in App Home, and press the kill switch. */
export function allApprovers({
  policies,
  approvals,
}: Pick<RefundContext, 'policies' | 'approvals'>): readonly string[] {
  const { approvalTiers = [], rules = [] } = policies.current();
  const ofTiers = approvalTiers.flatMap(({ approvers = [] }) => approvers);
  const ofRules = rules.flatMap(({ outcomes }) => outcomes.approval?.approvers ?? []);
  return [...new Set([...(approvals?.approvers ?? []), ...ofTiers, ...ofRules])];
}

/** Of an open approval, were its refund of this amount. What other currencies add has no sum. */
export async function amountsOf(
  tx: Tx | Db,
  {
    approval,
    refund,
    amount,
  }: { readonly approval: ApprovalRow; readonly refund: RefundRow; readonly amount: Money },
): Promise<readonly Money[]> {
  const { store, orderId, shopifyCustomerId, currency } = refund;
  const recent = await recentAmounts(tx, { store, orderId, shopifyCustomerId, except: refund.id });
  return [
    amount,
    { minor: approval.cumulativeMinor - refund.amountMinor, currency },
    ...recent.filter((other) => other.currency !== currency),
  ];
}
