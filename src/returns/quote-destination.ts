import { addMoney, compareMoney, isPositive, type Money, percentOf, subtractMoney, zero } from './money.ts';
import type { Acceptance, RuleId } from './policy.ts';
import type { Quote, QuotedPayment } from './quote.ts';
import { least, type Suggested } from './quote-figures.ts';

export type ByPerson = { readonly kind: 'needs-person'; readonly rule: RuleId; readonly say: string };

/** The bonus comes on top of what was paid; without one, everything goes back the way it came. */
export function whereItGoes(
  rest: Money,
  { storeCredit }: Acceptance,
  suggestion: Suggested,
): Pick<Quote, 'amount' | 'payments' | 'storeCredit' | 'bonus'> | ByPerson {
  if (storeCredit && isPositive(rest)) {
    const credited = suggestion.storeCredit ?? zero(rest.currency);
    if (compareMoney(credited, rest) < 0) return creditByPerson;
    const bonus = percentOf(rest, storeCredit.bonusPercent, 'down');
    const amount = addMoney(rest, bonus);
    return { amount, payments: [], storeCredit: amount, ...(isPositive(bonus) && { bonus }) };
  }
  const payments = trimPayments(suggestion.payments, rest);
  return payments ? { amount: rest, payments } : paymentsTooSmall;
}

export const creditByPerson = {
  kind: 'needs-person',
  rule: 'store-credit-by-person',
  say: 'Store credit for this has to be given by a person.',
} as const satisfies ByPerson;

export const paymentsTooSmall = {
  kind: 'needs-person',
  rule: 'payments-too-small',
  say: 'This refund cannot go back to the original payment by itself, so a person has to look at it.',
} as const satisfies ByPerson;

/** The first payments first; undefined when together they cannot carry the amount. */
export function trimPayments(
  payments: readonly QuotedPayment[],
  amount: Money,
): readonly QuotedPayment[] | undefined {
  const kept: QuotedPayment[] = [];
  let open = amount;
  for (const payment of payments) {
    const part = least(payment.amount, open);
    if (isPositive(part)) {
      kept.push({ ...payment, amount: part });
      open = subtractMoney(open, part);
    }
  }
  return isPositive(open) ? undefined : kept;
}
