import { sum } from './order-balance.ts';
import { nextId } from './shop-ids.ts';
import type { PaymentStatus, ShopOrder, ShopRefund, ShopRefundTransaction, ShopState } from './shop-state.ts';
import { giveStoreCredit, storeCreditGateway } from './store-credit.ts';
import { type LineQuantity, suggestRefund } from './suggest-refund.ts';

export type RefundEntry = {
  readonly at: Date;
  readonly paymentStatus: PaymentStatus;
  readonly idempotencyKey?: string | undefined;
  readonly note?: string | undefined;
  readonly lines: readonly (LineQuantity & { readonly restockType: string })[];
  readonly payments: readonly { readonly paymentId: string; readonly amount: number }[];
  readonly storeCredit?: number | undefined;
  readonly shipping?: number | undefined;
  readonly fees?: number | undefined;
  readonly returnId?: string | undefined;
};

/** Writes a refund that was checked into the books, and its store credit into the customer's account. */
export function enterRefund(state: ShopState, order: ShopOrder, entry: RefundEntry): ShopRefund {
  const at = entry.at.toISOString();
  const transactions = [
    ...entry.payments.map(
      ({ paymentId, amount }): ShopRefundTransaction => ({
        id: nextId(state, 'OrderTransaction'),
        parentId: paymentId,
        gateway: order.payments.find(({ id }) => id === paymentId)?.gateway ?? '',
        amount,
        status: entry.paymentStatus,
      }),
    ),
    ...creditTransactions(state, entry.storeCredit ?? 0),
  ];
  const refund: ShopRefund = {
    id: nextId(state, 'Refund'),
    orderId: order.id,
    orderName: order.name,
    createdAt: at,
    updatedAt: at,
    note: entry.note,
    currency: order.currency,
    amount: sum(transactions.map((transaction) => transaction.amount)),
    lines: refundLines(state, order, entry),
    transactions,
    shipping: entry.shipping,
    fees: entry.fees,
    returnId: entry.returnId,
    idempotencyKey: entry.idempotencyKey,
  };
  state.refunds = [...state.refunds, refund];
  if (entry.storeCredit && order.customerId !== undefined) {
    giveStoreCredit(state, order.customerId, { currency: order.currency, amount: entry.storeCredit });
  }
  return refund;
}

/** The shop keeps it itself, so no payment provider can be late with it. */
function creditTransactions(state: ShopState, amount: number): readonly ShopRefundTransaction[] {
  if (amount === 0) return [];
  const id = nextId(state, 'OrderTransaction');
  return [{ id, gateway: storeCreditGateway, amount, status: 'SUCCESS' }];
}

function refundLines(state: ShopState, order: ShopOrder, { lines }: RefundEntry): ShopRefund['lines'] {
  const priced = suggestRefund(order, state.refunds, lines).lines;
  return priced.map(({ line, quantity, subtotal, tax }, index) => ({
    id: nextId(state, 'RefundLineItem'),
    lineId: line.id,
    quantity,
    restockType: lines[index]?.restockType ?? 'NO_RESTOCK',
    subtotal,
    tax,
  }));
}
