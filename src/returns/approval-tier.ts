import { exponentOf } from './currency.ts';
import { compareMoney, type Money, parseMoney, sumMoney } from './money.ts';
import type { ApprovalDemand } from './policy-rule.ts';

/** Refunds strictly above the amount need these people. */
export type ApprovalTier = {
  /** Decimal in the shop's currency, without zeros at the end. */
  readonly above: string;
  /** Slack user and user-group ids; without them those of SLACK_APPROVERS. */
  readonly approvers?: readonly string[];
  /** How many different people must say yes. */
  readonly people: number;
};

/**
 * The tier with the highest amount that lies below the sum. Amounts in a currency other than the shop's
 * cannot be weighed without a rate, so the strictest tier counts for them.
 */
export function tierFor(
  tiers: readonly ApprovalTier[],
  amounts: readonly Money[],
  shopCurrency: string | undefined,
): ApprovalTier | undefined {
  if (shopCurrency === undefined || amounts.some(({ currency }) => currency !== shopCurrency)) {
    return strictest(tiers);
  }
  const sum = sumMoney(amounts, shopCurrency);
  return tiers.findLast(({ above }) => compareMoney(sum, boundOf(above, shopCurrency)) > 0);
}

/** What asks more people counts; among equals the tier, which guards the amount, unless it names nobody. */
export function joinDemand(
  tier: ApprovalTier | undefined,
  demand: ApprovalDemand | undefined,
): ApprovalDemand | undefined {
  if (!tier || !demand) return tier ?? demand;
  if (tier.people !== demand.people) return tier.people > demand.people ? tier : demand;
  return tier.approvers ? tier : demand;
}

/** Decimals the currency does not have are cut off: no amount lies between. */
export function boundOf(above: string, currency: string): Money {
  const [whole = '0', fraction = ''] = above.split('.');
  const kept = fraction.slice(0, exponentOf(currency));
  return parseMoney(kept === '' ? whole : `${whole}.${kept}`, currency);
}

/** `1000`, `"1000.00"` and `"01000"` are one amount and make one version. */
export function canonicalTiers(tiers: readonly ApprovalTier[]): readonly ApprovalTier[] {
  return tiers
    .map(({ above, approvers, people }) => ({
      above: plainDecimal(above),
      ...(approvers && { approvers: [...new Set(approvers)].toSorted() }),
      people,
    }))
    .toSorted((left, right) => Number(left.above) - Number(right.above));
}

export function plainDecimal(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const kept = fraction.replace(/0+$/, '');
  return (whole.replace(/^0+(?=\d)/, '') || '0') + (kept === '' ? '' : `.${kept}`);
}

/** The one that asks most people; of those the one for the highest amounts. */
function strictest(tiers: readonly ApprovalTier[]): ApprovalTier | undefined {
  const most = Math.max(...tiers.map(({ people }) => people));
  return tiers.findLast(({ people }) => people === most);
}
