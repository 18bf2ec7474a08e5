import { boundOf } from './approval-tier.ts';
import { addMoney, compareMoney, isPositive, type Money, percentOf, subtractMoney, zero } from './money.ts';
import type { Order } from './order.ts';
import type { Acceptance, Policy } from './policy.ts';
import { type Quote, type QuotedLine, type QuotedPayment, refundDigest } from './quote.ts';
import type { ReturnLine, ReturnRequest } from './return-request.ts';
import type { AskerFacts } from './rule-facts.ts';

export type QuoteInput = {
  readonly shop: string;
  readonly order: Order;
  readonly request: ReturnRequest;
  /** What the shop computes for these lines. */
  readonly suggestion: {
    readonly amount: Money;
    readonly maximumRefundable: Money;
    readonly payments: readonly QuotedPayment[];
  };
  readonly verdict: Acceptance;
  readonly asker?: AskerFacts | undefined;
  readonly policy: Policy;
  readonly now: Date;
  readonly ttlSeconds: number;
};

export type QuoteOutcome =
  | { readonly kind: 'quoted'; readonly quote: Omit<Quote, 'id'> }
  | { readonly kind: 'nothing-to-refund'; readonly say: string }
  | { readonly kind: 'needs-person'; readonly rule: string; readonly say: string };

/** Throws RangeError when the shop's amounts are not all in the order's currency. */
export function composeQuote(input: QuoteInput): QuoteOutcome {
  const { order, request, policy, suggestion, verdict, asker } = input;
  const left = subtractMoney(order.totalReceived, order.totalRefunded);
  const refundable = least(suggestion.amount, suggestion.maximumRefundable, left);
  const restocking = percentOf(refundable, verdict.feePercent);
  const shippingFee = least(returnShippingFee(verdict, order), subtractMoney(refundable, restocking));
  const fee = addMoney(restocking, shippingFee);
  const amount = subtractMoney(refundable, fee);
  if (!isPositive(amount)) {
    return { kind: 'nothing-to-refund', say: 'There is nothing left to refund for these items.' };
  }
  const payments = trimPayments(suggestion.payments, amount);
  if (payments === undefined) {
    return {
      kind: 'needs-person',
      rule: 'payments-too-small',
      say: 'This refund cannot go back to the original payment by itself, so a person has to look at it.',
    };
  }
  const { approval, keepItem, note } = verdict;
  const refund = { shop: input.shop, orderId: order.id, amount, payments, policyVersion: policy.version };
  return {
    kind: 'quoted',
    quote: {
      orderId: order.id,
      orderName: order.name,
      lines: request.lines.map((line) => nameLine(order, line)),
      reason: request.reason,
      wish: request.wish,
      amount,
      fee,
      payments,
      rule: verdict.rule,
      policyVersion: policy.version,
      digest: refundDigest({ ...refund, lines: request.lines, approval }),
      shopCurrency: order.shopCurrency,
      ...(isPositive(shippingFee) && { returnShippingFee: shippingFee }),
      ...(approval && { approval }),
      ...(keepItem && { keepItem }),
      ...(note !== undefined && { note }),
      ...(asker && { asker }),
      ...(request.photoGiven !== undefined && { photoGiven: request.photoGiven }),
      createdAt: input.now,
      expiresAt: new Date(input.now.getTime() + input.ttlSeconds * 1000),
    },
  };
}

/** The verdict has one only where the order is in the shop's currency, in which the fee is. */
function returnShippingFee({ returnShippingFee }: Acceptance, order: Order): Money {
  return returnShippingFee === undefined ? zero(order.currency) : boundOf(returnShippingFee, order.currency);
}

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

function least(first: Money, ...others: readonly Money[]): Money {
  return others.reduce((low, other) => (compareMoney(other, low) < 0 ? other : low), first);
}

function nameLine(order: Order, line: ReturnLine): QuotedLine {
  const ordered = order.lines.find(({ id }) => id === line.lineId);
  if (ordered === undefined) {
    throw new RangeError('A quote needs a request that was checked against its order');
  }
  return {
    lineId: line.lineId,
    quantity: line.quantity,
    title: ordered.title,
    variantTitle: ordered.variantTitle,
  };
}
