import type { CancellationVerdict } from './judge-cancellation.ts';
import { compareMoney, isPositive, type Money, sumMoney, zero } from './money.ts';
import type { Order } from './order.ts';
import type { Policy } from './policy.ts';
import { type Quote, type QuotedPayment, refundDigest } from './quote.ts';
import type { AskerFacts } from './rule-facts.ts';

export type CancellationInput = {
  readonly shop: string;
  readonly order: Order;
  readonly verdict: Extract<CancellationVerdict, { readonly kind: 'accept' }>;
  /** What the shop computes for all of it, shipping included; undefined where nothing was paid. */
  readonly suggestion:
    | { readonly amount: Money; readonly payments: readonly QuotedPayment[]; readonly shipping: Money }
    | undefined;
  readonly asker: AskerFacts | undefined;
  readonly policy: Policy;
  readonly now: Date;
  readonly ttlSeconds: number;
};

/**
 * The shop pays back all it received when it cancels, whatever is quoted here. Undefined where its own figures
 * come to something else: nobody could be told what they get.
 */
export function composeCancellation(input: CancellationInput): Omit<Quote, 'id'> | undefined {
  const { order, verdict, suggestion, policy, now } = input;
  const { amount } = verdict;
  const payments = suggestion?.payments ?? [];
  const paid = sumMoney(
    payments.map((payment) => payment.amount),
    amount.currency,
  );
  if (compareMoney(paid, amount) !== 0) return undefined;
  if (suggestion && compareMoney(suggestion.amount, amount) !== 0) return undefined;
  const shipping = suggestion && isPositive(suggestion.shipping) ? suggestion.shipping : undefined;
  const refund = {
    orderId: order.id,
    lines: verdict.lines.map((line) => ({ lineId: line.id, quantity: line.refundableQuantity })),
    amount,
    payments,
    policyVersion: policy.version,
    settles: 'cancels_order' as const,
    ...(shipping && { shipping }),
  };
  return {
    ...refund,
    orderName: order.name,
    lines: verdict.lines.map((line) => ({
      lineId: line.id,
      quantity: line.refundableQuantity,
      title: line.title,
      variantTitle: line.variantTitle,
    })),
    reason: 'other',
    wish: 'refund',
    fee: zero(amount.currency),
    rule: verdict.rule,
    digest: refundDigest({ ...refund, shop: input.shop }),
    shopCurrency: order.shopCurrency,
    ...(input.asker && { asker: input.asker }),
    createdAt: now,
    expiresAt: new Date(now.getTime() + input.ttlSeconds * 1000),
  };
}
