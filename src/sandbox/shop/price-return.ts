import { lineTotal, orderBalance, share, sum } from './order-balance.ts';
import type { ShopReturn } from './return-state.ts';
import type { ShopLine, ShopOrder, ShopRefund } from './shop-state.ts';
import { type ProposedPayment, type ShippingWish, suggestRefund } from './suggest-refund.ts';

export type PiecesOf = { readonly lineId: string; readonly quantity: number; readonly percentage: number };

export type PricedReturnLine = {
  readonly beforeDiscounts: number;
  readonly subtotal: number;
  readonly tax: number;
  readonly fee: number;
};

/** Refunds and the pieces named before count as earlier ones: all pieces together cost what the line did. */
export function priceReturnLines(
  order: ShopOrder,
  refunds: readonly ShopRefund[],
  pieces: readonly PiecesOf[],
): readonly PricedReturnLine[] {
  const balance = orderBalance(order, refunds);
  return pieces.map(({ lineId, quantity, percentage }, index) => {
    const line = order.lines.find((candidate) => candidate.id === lineId);
    if (!line) return { beforeDiscounts: 0, subtotal: 0, tax: 0, fee: 0 };
    const named = pieces.slice(0, index).filter((each) => each.lineId === lineId);
    const earlier = balance.refundedQuantity(lineId) + sum(named.map((each) => each.quantity));
    return {
      beforeDiscounts: line.unitPrice * quantity,
      subtotal: share(lineTotal(line), line.quantity, earlier, quantity),
      tax: share(line.tax, line.quantity, earlier, quantity),
      fee: feeShare(line, percentage, earlier, quantity),
    };
  });
}

// A percentage has at most two decimals that count: hundredths keep the sum whole.
function feeShare(line: ShopLine, percentage: number, earlier: number, quantity: number): number {
  const upTo = (pieces: number) => {
    const worth = share(lineTotal(line), line.quantity, 0, pieces);
    return Math.round((worth * Math.round(percentage * 100)) / 10_000);
  };
  return upTo(earlier + quantity) - upTo(earlier);
}

export type ReturnSelection = {
  readonly lines: readonly { readonly id: string; readonly quantity: number }[];
  readonly exchanges: readonly { readonly id: string; readonly quantity: number }[];
  readonly shipping?: ShippingWish;
};

export type ReturnOutcome = {
  readonly subtotal: number;
  readonly tax: number;
  readonly fees: number;
  readonly shipping: number;
  readonly maximumShipping: number;
  readonly exchanged: number;
  /** Negative where the customer owes. */
  readonly net: number;
  readonly amount: number;
  readonly maximumRefundable: number;
  readonly payments: readonly ProposedPayment[];
};

/** What processing this part of a return moves; the ids must belong to it. */
export function returnOutcome(
  order: ShopOrder,
  refunds: readonly ShopRefund[],
  from: ShopReturn,
  { lines, exchanges, shipping: shippingWish }: ReturnSelection,
): ReturnOutcome {
  const pieces = lines.flatMap(({ id, quantity }) => {
    const line = from.lines.find((candidate) => candidate.id === id);
    return line ? [{ lineId: line.lineId, quantity, percentage: line.restockingFee?.percentage ?? 0 }] : [];
  });
  const priced = priceReturnLines(order, refunds, pieces);
  const balance = orderBalance(order, refunds);
  const subtotal = sum(priced.map((each) => each.subtotal));
  const tax = sum(priced.map((each) => each.tax));
  const shippingFee = from.shippingFeeTaken ? 0 : (from.shippingFee?.amount ?? 0);
  const fees = sum(priced.map((each) => each.fee)) + shippingFee;
  const shipping = shippingWish === 'full' ? balance.remainingShipping : (shippingWish ?? 0);
  const exchanged = exchangeValue(order, from, exchanges);
  const net = subtotal + (order.taxesIncluded ? 0 : tax) + shipping - fees - exchanged;
  const maximumRefundable = Math.max(0, balance.remaining - balance.fees - fees - exchanged);
  const amount = Math.max(0, Math.min(maximumRefundable, net));
  return {
    subtotal,
    tax,
    fees,
    shipping,
    maximumShipping: balance.remainingShipping,
    exchanged,
    net,
    amount,
    maximumRefundable,
    payments: suggestRefund(order, refunds, []).paymentsFor(amount),
  };
}

function exchangeValue(
  order: ShopOrder,
  from: ShopReturn,
  wanted: readonly { readonly id: string; readonly quantity: number }[],
): number {
  return sum(
    wanted.map(({ id, quantity }) => {
      const line = from.exchanges.find((candidate) => candidate.id === id);
      if (!line) return 0;
      const whole = line.subtotal + (order.taxesIncluded ? 0 : line.tax);
      return share(whole, line.quantity, line.processed, quantity);
    }),
  );
}
