import { lineTotal, orderBalance, share, sum } from './order-balance.ts';
import type { ShopLine, ShopOrder, ShopRefund } from './shop-state.ts';

export type LineQuantity = { readonly lineId: string; readonly quantity: number };

export type RefundProposal = {
  readonly amount: number;
  readonly maximumRefundable: number;
  readonly subtotal: number;
  readonly tax: number;
  readonly shipping: number;
  readonly maximumShipping: number;
  readonly lines: readonly ProposedLine[];
  /** What goes back to which payment. */
  readonly payments: readonly ProposedPayment[];
  /** The same for another amount; falls short where the payments do. */
  paymentsFor(amount: number): readonly ProposedPayment[];
};

/** Shipping in minor units; 'full' is what is left of it. */
export type ShippingWish = number | 'full' | undefined;

type ProposedLine = {
  readonly line: ShopLine;
  readonly quantity: number;
  readonly subtotal: number;
  readonly tax: number;
};

export type ProposedPayment = {
  readonly paymentId: string;
  readonly gateway: string;
  readonly amount: number;
};

/** Lines must belong to the order and leave quantities that may be refunded. */
export function suggestRefund(
  order: ShopOrder,
  refunds: readonly ShopRefund[],
  wanted: readonly LineQuantity[],
  shippingWish?: ShippingWish,
): RefundProposal {
  const balance = orderBalance(order, refunds);
  const lines = wanted.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((candidate) => candidate.id === lineId);
    return line ? [priceLine(line, balance.refundedQuantity(line.id), quantity)] : [];
  });
  const subtotal = sum(lines.map((line) => line.subtotal));
  const tax = sum(lines.map((line) => line.tax));
  const shipping = shippingWish === 'full' ? balance.remainingShipping : (shippingWish ?? 0);
  const maximumRefundable = Math.max(0, balance.remaining - balance.fees);
  const amount = Math.min(maximumRefundable, subtotal + (order.taxesIncluded ? 0 : tax) + shipping);
  const paymentsFor = (total: number) => spread(order, balance.paymentRemaining, total);
  return {
    amount,
    maximumRefundable,
    subtotal,
    tax,
    shipping,
    maximumShipping: balance.remainingShipping,
    lines,
    payments: paymentsFor(amount),
    paymentsFor,
  };
}

type LineProblem = {
  readonly index: number;
  readonly field: 'line' | 'quantity';
  readonly message: string;
};

/** The same line may be named more than once; its quantities add up. */
export function lineProblems(
  order: ShopOrder,
  refunds: readonly ShopRefund[],
  wanted: readonly LineQuantity[],
): readonly LineProblem[] {
  const balance = orderBalance(order, refunds);
  return wanted.flatMap(({ lineId, quantity }, index): readonly LineProblem[] => {
    const line = order.lines.find((candidate) => candidate.id === lineId);
    if (!line) return [{ index, field: 'line', message: 'Line item does not belong to the order' }];
    if (quantity < 1) return [{ index, field: 'quantity', message: 'Quantity must be greater than 0' }];
    const upToHere = wanted.slice(0, index + 1).filter((each) => each.lineId === lineId);
    if (sum(upToHere.map((each) => each.quantity)) <= balance.refundableQuantity(line)) return [];
    return [{ index, field: 'quantity', message: 'Quantity cannot refund more items than were purchased' }];
  });
}

function priceLine(line: ShopLine, earlier: number, quantity: number): ProposedLine {
  return {
    line,
    quantity,
    subtotal: share(lineTotal(line), line.quantity, earlier, quantity),
    tax: share(line.tax, line.quantity, earlier, quantity),
  };
}

function spread(
  order: ShopOrder,
  remainingOf: (paymentId: string) => number,
  amount: number,
): readonly ProposedPayment[] {
  let open = amount;
  return order.payments.flatMap(({ id, gateway }) => {
    const part = Math.min(open, remainingOf(id));
    open -= part;
    return part > 0 ? [{ paymentId: id, gateway, amount: part }] : [];
  });
}
