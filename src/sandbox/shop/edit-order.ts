import { emptyReturn } from './create-return.ts';
import { lineTotal, orderBalance } from './order-balance.ts';
import { type RefundInput, recordRefund } from './record-refund.ts';
import type { ShopReturn } from './return-state.ts';
import { nextId } from './shop-ids.ts';
import { toDecimal } from './shop-money.ts';
import type { PaymentStatus, ShopFulfillment, ShopLine, ShopOrder, ShopState } from './shop-state.ts';
import { suggestRefund } from './suggest-refund.ts';

/** What a merchant does to an order by hand. Lines are named by a part of their title. */
export type OrderChange =
  | {
      readonly kind: 'refund';
      readonly line?: string;
      readonly quantity?: number;
      /** Minor units; what the shop suggests for the line when absent. */
      readonly amount?: number;
      readonly note?: string;
    }
  | { readonly kind: 'remove'; readonly line: string; readonly quantity: number }
  | { readonly kind: 'discount'; readonly line: string; readonly amount: number }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'return'; readonly status: ShopReturn['status'] }
  /** Everything that has not been sent yet. */
  | { readonly kind: 'ship' }
  | { readonly kind: 'deliver'; readonly at: Date }
  /** The payment provider reports late about every refund of this order. */
  | { readonly kind: 'settle'; readonly status: PaymentStatus }
  | {
      readonly kind: 'details';
      readonly email?: string;
      readonly phone?: string;
      readonly tags?: readonly string[];
    };

export function editOrder(state: ShopState, name: string, change: OrderChange, now: Date): void {
  const order = state.orders.find((candidate) => candidate.name === name || candidate.name === `#${name}`);
  if (!order) throw new Error(`No order ${name}`);
  if (change.kind === 'refund') refundByHand(state, order, change, now);
  else if (change.kind === 'settle') settleRefunds(state, order, change.status, now);
  else {
    const edited = edit(state, order, change, now);
    state.orders = state.orders.map((candidate) => (candidate === order ? edited : candidate));
  }
}

type Edit = Exclude<OrderChange, { kind: 'refund' | 'settle' }>;

function edit(state: ShopState, order: ShopOrder, change: Edit, now: Date): ShopOrder {
  switch (change.kind) {
    case 'remove':
      return withLine(order, change.line, (line) => ({
        removedQuantity: line.removedQuantity + change.quantity,
      }));
    case 'discount':
      return withLine(order, change.line, (line) => ({
        discount: line.discount + Math.min(change.amount, lineTotal(line)),
      }));
    case 'cancel':
      return { ...order, cancelledAt: now.toISOString() };
    case 'return': {
      const made = { ...emptyReturn(state, order, now), status: change.status };
      return { ...order, returns: [...(order.returns ?? []), made] };
    }
    case 'ship':
      return { ...order, fulfillments: [...order.fulfillments, shipRest(state, order, now)] };
    case 'deliver': {
      const deliveredAt = change.at.toISOString();
      return { ...order, fulfillments: order.fulfillments.map((each) => ({ ...each, deliveredAt })) };
    }
    case 'details': {
      const { kind: _, ...details } = change;
      return { ...order, ...details };
    }
  }
}

function shipRest(state: ShopState, order: ShopOrder, now: Date): ShopFulfillment {
  const balance = orderBalance(order, state.refunds);
  const lines = order.lines
    .map((line) => ({ lineId: line.id, quantity: balance.unfulfilledQuantity(line) }))
    .filter(({ quantity }) => quantity > 0)
    .map((line) => ({ id: nextId(state, 'FulfillmentLineItem'), ...line }));
  return { id: nextId(state, 'Fulfillment'), status: 'SUCCESS', createdAt: now.toISOString(), lines };
}

function settleRefunds(state: ShopState, order: ShopOrder, status: PaymentStatus, now: Date): void {
  state.refunds = state.refunds.map((refund) => {
    if (refund.orderId !== order.id) return refund;
    const transactions = refund.transactions.map((each) => ({ ...each, status }));
    return { ...refund, transactions, updatedAt: now.toISOString() };
  });
}

function refundByHand(
  state: ShopState,
  order: ShopOrder,
  change: Extract<OrderChange, { kind: 'refund' }>,
  now: Date,
): void {
  const line = change.line === undefined ? undefined : findLine(order, change.line);
  const wanted = line ? [{ lineId: line.id, quantity: change.quantity ?? 1 }] : [];
  const { amount, paymentsFor } = suggestRefund(order, state.refunds, wanted);
  const payments = paymentsFor(change.amount ?? amount);
  const input: RefundInput = {
    orderId: order.id,
    currency: order.currency,
    note: change.note,
    refundLineItems: wanted.map(({ lineId, quantity }) => ({ lineItemId: lineId, quantity })),
    transactions: payments.map((payment) => ({
      orderId: order.id,
      parentId: payment.paymentId,
      gateway: payment.gateway,
      kind: 'REFUND',
      amount: toDecimal(payment.amount, order.currency),
    })),
  };
  const made = { at: now, paymentStatus: 'SUCCESS' as const, idempotencyKey: undefined };
  const outcome = recordRefund(state, input, made);
  if (outcome.kind === 'refused') {
    throw new Error(outcome.userErrors.map((error) => error.message).join('; '));
  }
}

function withLine(order: ShopOrder, title: string, change: (line: ShopLine) => Partial<ShopLine>): ShopOrder {
  const wanted = findLine(order, title);
  return {
    ...order,
    lines: order.lines.map((line) => (line === wanted ? { ...line, ...change(line) } : line)),
  };
}

function findLine(order: ShopOrder, title: string): ShopLine {
  const line = order.lines.find((each) => each.title.toLowerCase().includes(title.toLowerCase()));
  if (!line) throw new Error(`No line ${title} in ${order.name}`);
  return line;
}
