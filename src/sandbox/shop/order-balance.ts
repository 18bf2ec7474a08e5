import type { ShopLine, ShopOrder, ShopRefund } from './shop-state.ts';

/** What a book of refunds leaves of one order. Amounts in minor units of the order's currency. */
export type OrderBalance = {
  readonly received: number;
  readonly refunded: number;
  /** What may still be refunded in total. */
  readonly remaining: number;
  refundedQuantity(lineId: string): number;
  refundableQuantity(line: ShopLine): number;
  paymentRemaining(paymentId: string): number;
};

export function orderBalance(order: ShopOrder, refunds: readonly ShopRefund[]): OrderBalance {
  const own = refunds.filter((refund) => refund.orderId === order.id);
  const moved = own.flatMap((refund) => refund.transactions).filter((each) => each.status !== 'FAILURE');
  const received = sum(order.payments.map((payment) => payment.amount));
  const refunded = sum(moved.map((transaction) => transaction.amount));

  function refundedQuantity(lineId: string): number {
    const lines = own.flatMap((refund) => refund.lines).filter((line) => line.lineId === lineId);
    return sum(lines.map((line) => line.quantity));
  }

  return {
    received,
    refunded,
    remaining: Math.max(0, received - refunded),
    refundedQuantity,
    refundableQuantity: (line) =>
      Math.max(0, line.quantity - line.removedQuantity - refundedQuantity(line.id)),
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

export function orderTotal(order: ShopOrder): number {
  const lines = sum(order.lines.map((line) => lineTotal(line) + (order.taxesIncluded ? 0 : line.tax)));
  return lines + order.shippingPrice;
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
