import { connection, type PageArguments } from './connection.ts';
import { lineView } from './line-view.ts';
import { orderBalance, sum } from './order-balance.ts';
import { type MoneyBagger, moneyBagger } from './shop-money.ts';
import type { ShopPayment, ShopRefund, ShopRefundTransaction, ShopState } from './shop-state.ts';

export function refundView(state: ShopState, refund: ShopRefund) {
  const order = state.orders.find((candidate) => candidate.id === refund.orderId);
  const bag = moneyBagger(refund.currency, state.currency, order?.shopRate ?? { shop: 1, order: 1 });
  const moved = refund.transactions.filter((transaction) => transaction.status !== 'FAILURE');
  return {
    __typename: 'Refund',
    id: refund.id,
    createdAt: refund.createdAt,
    updatedAt: refund.updatedAt,
    note: refund.note ?? null,
    return: refund.returnId === undefined ? null : { id: refund.returnId },
    totalRefundedSet: bag(sum(moved.map((transaction) => transaction.amount))),
    refundLineItems: (page: PageArguments) =>
      connection(refund.lines, page, (line) => ({
        id: line.id,
        quantity: line.quantity,
        restockType: line.restockType,
        subtotalSet: bag(line.subtotal),
        totalTaxSet: bag(line.tax),
        lineItem: () => {
          const bought = order?.lines.find((each) => each.id === line.lineId);
          if (!order || !bought) return { id: line.lineId };
          return lineView(state, bought, orderBalance(order, state.refunds), bag);
        },
      })),
    transactions: (page: PageArguments) =>
      connection(refund.transactions, page, (transaction) => refundTransactionView(transaction, bag)),
  };
}

export function paymentView(payment: ShopPayment, bag: MoneyBagger) {
  return {
    __typename: 'OrderTransaction',
    id: payment.id,
    kind: 'SALE',
    status: 'SUCCESS',
    gateway: payment.gateway,
    amountSet: bag(payment.amount),
    createdAt: payment.createdAt,
    parentTransaction: null,
  };
}

export function refundTransactionView(transaction: ShopRefundTransaction, bag: MoneyBagger) {
  return {
    __typename: 'OrderTransaction',
    id: transaction.id,
    kind: 'REFUND',
    status: transaction.status,
    gateway: transaction.gateway,
    amountSet: bag(transaction.amount),
    parentTransaction: transaction.parentId === undefined ? null : { id: transaction.parentId },
  };
}
