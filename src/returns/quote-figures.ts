import { boundOf } from './approval-tier.ts';
import { addMoney, compareMoney, type Money, percentOf, subtractMoney, sumMoney, zero } from './money.ts';
import type { Order } from './order.ts';
import type { Acceptance } from './policy.ts';
import type { QuotedPayment } from './quote.ts';

/** What the shop computes for refunding these lines at once. */
export type Suggested = {
  readonly amount: Money;
  readonly maximumRefundable: Money;
  readonly payments: readonly QuotedPayment[];
  /** The part of `amount` that is shipping. */
  readonly shipping?: Money | undefined;
  /** The part of `amount` the shop would give as store credit, had it been asked to. */
  readonly storeCredit?: Money | undefined;
};

/** What the shop computes for a return of these lines, where one is opened. */
export type Calculated = {
  /** Every `subtotal` holds its tax. */
  readonly taxesIncluded: boolean;
  readonly lines: readonly (Priced & { readonly fee: Money | undefined })[];
  readonly exchanges: readonly Priced[];
  readonly returnShippingFee: Money | undefined;
};

export type Priced = { readonly subtotal: Money; readonly tax: Money };

export type QuoteFigures = {
  /** Before fees and before what is sent out: no more than the shop still has of the order. */
  readonly refundable: Money;
  /** The part of `refundable` that is shipping. */
  readonly shipping: Money;
  readonly restocking: Money;
  readonly shippingFee: Money;
  /** What the shop has less of the order than these goods cost. */
  readonly missing: Money;
  readonly exchanged: Money;
};

/** Throws RangeError when the shop's amounts are not all in the order's currency. */
export function quoteFigures(
  order: Order,
  verdict: Acceptance,
  suggested: Suggested,
  calculated: Calculated | undefined,
): QuoteFigures {
  const { currency } = order;
  const suggestedShipping = suggested.shipping ?? zero(currency);
  const goods = calculated && totalOf(calculated, calculated.lines, currency);
  const worth = goods ? addMoney(goods, suggestedShipping) : suggested.amount;
  const left = subtractMoney(order.totalReceived, order.totalRefunded);
  const refundable = least(worth, suggested.maximumRefundable, left);
  const shipping = least(suggestedShipping, refundable);
  const figures = { refundable, shipping, missing: subtractMoney(worth, refundable) };
  if (calculated) {
    return {
      ...figures,
      restocking: sumMoney(
        calculated.lines.flatMap(({ fee }) => fee ?? []),
        currency,
      ),
      shippingFee: calculated.returnShippingFee ?? zero(currency),
      exchanged: totalOf(calculated, calculated.exchanges, currency),
    };
  }
  const restocking = percentOf(subtractMoney(refundable, shipping), verdict.feePercent);
  const shippingFee = least(returnShippingFee(verdict, order), subtractMoney(refundable, restocking));
  return { ...figures, restocking, shippingFee, exchanged: zero(currency) };
}

/** The verdict has one only where the order is in the shop's currency, in which the fee is. */
export function returnShippingFee({ returnShippingFee }: Acceptance, order: Pick<Order, 'currency'>): Money {
  return returnShippingFee === undefined ? zero(order.currency) : boundOf(returnShippingFee, order.currency);
}

/** Tax counts on top where prices do not hold it. */
export function totalOf(
  { taxesIncluded }: Pick<Calculated, 'taxesIncluded'>,
  priced: readonly Priced[],
  currency: string,
): Money {
  return sumMoney(
    priced.flatMap(({ subtotal, tax }) => (taxesIncluded ? [subtotal] : [subtotal, tax])),
    currency,
  );
}

export function least(first: Money, ...others: readonly Money[]): Money {
  return others.reduce((low, other) => (compareMoney(other, low) < 0 ? other : low), first);
}
