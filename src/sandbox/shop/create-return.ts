import { planReturn, type ReturnInput } from './plan-return.ts';
import { type ReturnProblem, returnProblem } from './return-problem.ts';
import type { ShopReturn } from './return-state.ts';
import { nextId } from './shop-ids.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';

export type ReturnAnswer =
  | { readonly kind: 'done'; readonly returnId: string }
  | { readonly kind: 'refused'; readonly problems: readonly ReturnProblem[] };

/** Knows no idempotency key: asked twice, it makes two returns as long as there are pieces for both. */
export function createReturn(state: ShopState, input: ReturnInput, now: Date): ReturnAnswer {
  const order = state.orders.find((candidate) => candidate.id === input.orderId);
  if (!order) {
    return {
      kind: 'refused',
      problems: [returnProblem('NOT_FOUND', ['returnInput', 'orderId'], 'Order does not exist')],
    };
  }
  const plan = planReturn(state, order, input);
  if (!('lines' in plan)) {
    const problems = plan.map((each) => ({ ...each, field: ['returnInput', ...(each.field ?? [])] }));
    return { kind: 'refused', problems };
  }
  const made: ShopReturn = {
    ...emptyReturn(state, order, now),
    lines: plan.lines.map(({ wish, lineId }) => ({
      id: nextId(state, 'ReturnLineItem'),
      reverseLineId: nextId(state, 'ReverseFulfillmentOrderLineItem'),
      fulfillmentLineId: wish.fulfillmentLineItemId,
      lineId,
      quantity: wish.quantity,
      processed: 0,
      reasonId: wish.returnReasonDefinitionId ?? undefined,
      note: wish.returnReasonNote ?? '',
      restockingFee: wish.restockingFee
        ? { id: nextId(state, 'RestockingFee'), percentage: wish.restockingFee.percentage }
        : undefined,
      dispositions: [],
    })),
    exchanges: plan.exchanges.map(({ variant, quantity, subtotal, tax }) => ({
      id: nextId(state, 'ExchangeLineItem'),
      variantId: variant.id,
      quantity,
      processed: 0,
      subtotal,
      tax,
      lineIds: [],
    })),
    shippingFee: input.returnShippingFee
      ? { id: nextId(state, 'ReturnShippingFee'), amount: plan.shippingFee }
      : undefined,
  };
  saveReturn(state, order.id, made);
  return { kind: 'done', returnId: made.id };
}

export function emptyReturn(state: ShopState, order: ShopOrder, now: Date): ShopReturn {
  return {
    id: nextId(state, 'Return'),
    name: `${order.name}-R${(order.returns ?? []).length + 1}`,
    status: 'OPEN',
    createdAt: now.toISOString(),
    lines: [],
    exchanges: [],
    shippingFee: undefined,
    shippingFeeTaken: false,
    reverseOrderId: nextId(state, 'ReverseFulfillmentOrder'),
    deliveries: [],
  };
}

export function findReturn(
  state: ShopState,
  id: string,
): { readonly order: ShopOrder; readonly found: ShopReturn } | undefined {
  for (const order of state.orders) {
    const found = order.returns?.find((each) => each.id === id);
    if (found) return { order, found };
  }
  return undefined;
}

/** A new one, or the new state of one. */
export function saveReturn(state: ShopState, orderId: string, saved: ShopReturn): void {
  state.orders = state.orders.map((order) => {
    if (order.id !== orderId) return order;
    const returns = order.returns ?? [];
    const known = returns.some(({ id }) => id === saved.id);
    return {
      ...order,
      returns: known ? returns.map((each) => (each.id === saved.id ? saved : each)) : [...returns, saved],
    };
  });
}
