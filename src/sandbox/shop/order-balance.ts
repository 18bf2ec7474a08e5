import type { ShopLine, ShopOrder, ShopRefund } from './shop-state.ts';

/** What a book of refunds leaves of one order. Amounts in minor units of the order's currency. */
export type OrderBalance = {
  readonly received: number;
  readonly refunded: number;
  /** What may still be refunded in total. */
  readonly remaining: number;
  /** Fees the shop kept of returns. */
  readonly fees: number;
  readonly remainingShipping: number;
  refundedQuantity(lineId: string): number;
  refundableQuantity(line: ShopLine): number;
  unfulfilledQuantity(line: ShopLine): number;
  paymentRemaining(paymentId: string): number;
};

export function orderBalance(order: ShopOrder, refunds: readonly ShopRefund[]): OrderBalance {
  const own = refunds.filter((refund) => refund.orderId === order.id);
  const moved = own.flatMap((refund) => refund.transactions).filter((each) => each.status !== 'FAILURE');
  const received = sum(order.payments.map((payment) => payment.amount));
  const refunded = sum(moved.map((transaction) => transaction.amount));
  const shipping = sum(own.map((refund) => refund.shipping ?? 0));

  function refundedQuantity(lineId: string): number {
    const lines = own.flatMap((refund) => refund.lines).filter((line) => line.lineId === lineId);
    return sum(lines.map((line) => line.quantity));
  }

  function refundableQuantity(line: ShopLine): number {
    return Math.max(0, line.quantity - line.removedQuantity - refundedQuantity(line.id));
  }

  return {
    received,
    refunded,
    remaining: Math.max(0, received - refunded),
    fees: sum(own.map((refund) => refund.fees ?? 0)),
    remainingShipping: Math.max(0, order.shippingPrice - shipping),
    refundedQuantity,
    refundableQuantity,
    unfulfilledQuantity(line) {
      const shipped = order.fulfillments
        .filter((fulfillment) => fulfillment.status === 'SUCCESS')
        .flatMap((fulfillment) => fulfillment.lines.filter((each) => each.lineId === line.id));
      const notShipped = line.quantity - sum(shipped.map((each) => each.quantity));
      return Math.min(notShipped, refundableQuantity(line));
    },
    paymentRemaining(paymentId) {
      const paid = order.payments.find((payment) => payment.id === paymentId)?.amount ?? 0;
      const back = moved.filter((transaction) => transaction.parentId === paymentId);
      return Math.max(0, paid - sum(back.map((transaction) => transaction.amount)));
    },
  };
}

export function lineTotal(line: ShopLine): number {
  return line.unitPrice * line.quantity - line.discount;
}

/** What was sold; pieces sent out in exchange are paid with those that came back. */
export function orderTotal(order: ShopOrder): number {
  const sold = order.lines.filter((line) => line.exchangeOf === undefined);
  const lines = sum(sold.map((line) => lineTotal(line) + (order.taxesIncluded ? 0 : line.tax)));
  return lines + order.shippingPrice;
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Rounded as a running total: what goes out piece by piece adds up to exactly the whole. */
export function share(total: number, of: number, earlier: number, quantity: number): number {
  const upTo = (pieces: number) => Math.floor((total * pieces) / of);
  return upTo(earlier + quantity) - upTo(earlier);
}
