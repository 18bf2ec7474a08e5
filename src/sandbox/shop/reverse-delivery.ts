import { saveReturn } from './create-return.ts';
import { sum } from './order-balance.ts';
import { type ReturnProblem, returnProblem } from './return-problem.ts';
import { nextId } from './shop-ids.ts';
import type { ShopState } from './shop-state.ts';

export type DeliveryInput = {
  readonly reverseFulfillmentOrderId: string;
  readonly reverseDeliveryLineItems: readonly {
    readonly reverseFulfillmentOrderLineItemId: string;
    readonly quantity: number;
  }[];
  readonly labelInput?: { readonly fileUrl: string } | null;
  readonly trackingInput?: { readonly number?: string | null; readonly url?: string | null } | null;
};

type DeliveryAnswer =
  | { readonly kind: 'made'; readonly returnId: string; readonly deliveryId: string }
  | { readonly kind: 'refused'; readonly problems: readonly ReturnProblem[] };

/** The way back of a parcel. Without lines it is for everything that has no way back yet. */
export function createDelivery(state: ShopState, input: DeliveryInput, now: Date): DeliveryAnswer {
  const order = state.orders.find((each) => each.returns?.some(isMeant));
  const found = order?.returns?.find(isMeant);
  function isMeant({ reverseOrderId }: { readonly reverseOrderId: string }): boolean {
    return reverseOrderId === input.reverseFulfillmentOrderId;
  }
  if (!order || !found) {
    return refused('NOT_FOUND', ['reverseFulfillmentOrderId'], 'Reverse fulfillment order does not exist');
  }
  if (found.status !== 'OPEN') {
    return refused('INVALID_STATE', ['reverseFulfillmentOrderId'], 'Return is not open');
  }
  const left = found.lines.map(({ reverseLineId, quantity }) => {
    const sent = found.deliveries.flatMap(({ lines }) => lines);
    const own = sent.filter((each) => each.reverseLineId === reverseLineId);
    return { reverseLineId, quantity: quantity - sum(own.map((each) => each.quantity)) };
  });
  const wanted = input.reverseDeliveryLineItems.map(
    ({ reverseFulfillmentOrderLineItemId: id, quantity }) => ({
      reverseLineId: id,
      quantity,
    }),
  );
  const beyond = wanted.findIndex(({ reverseLineId, quantity }) => {
    const own = wanted.filter((each) => each.reverseLineId === reverseLineId);
    const free = left.find((each) => each.reverseLineId === reverseLineId)?.quantity ?? 0;
    return quantity < 1 || sum(own.map((each) => each.quantity)) > free;
  });
  if (beyond >= 0) {
    return refused('INVALID', ['reverseDeliveryLineItems', String(beyond)], 'Quantity is not available');
  }
  const lines = (wanted.length > 0 ? wanted : left.filter(({ quantity }) => quantity > 0)).map((line) => ({
    id: nextId(state, 'ReverseDeliveryLineItem'),
    ...line,
  }));
  const made = {
    id: nextId(state, 'ReverseDelivery'),
    labelUrl: input.labelInput?.fileUrl,
    trackingNumber: input.trackingInput?.number ?? undefined,
    trackingUrl: input.trackingInput?.url ?? undefined,
    createdAt: now.toISOString(),
    lines,
  };
  saveReturn(state, order.id, { ...found, deliveries: [...found.deliveries, made] });
  return { kind: 'made', returnId: found.id, deliveryId: made.id };
}

function refused(code: string, field: readonly string[], message: string): DeliveryAnswer {
  return { kind: 'refused', problems: [returnProblem(code, field, message)] };
}
