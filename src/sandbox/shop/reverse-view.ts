import { connection, type PageArguments } from './connection.ts';
import { fulfillmentLineView } from './line-view.ts';
import type { ShopReturn } from './return-state.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';

/** What is to come back, and the parcels it comes in. */
export function reverseOrderView(state: ShopState, order: ShopOrder, made: ShopReturn) {
  return {
    __typename: 'ReverseFulfillmentOrder',
    id: made.reverseOrderId,
    status: made.status === 'OPEN' ? 'OPEN' : made.status === 'CLOSED' ? 'CLOSED' : 'CANCELED',
    lineItems: (page: PageArguments) =>
      connection(made.lines, page, (line) => ({
        id: line.reverseLineId,
        totalQuantity: line.quantity,
        fulfillmentLineItem: () => fulfillmentLineView(state, order, line.fulfillmentLineId),
        dispositions: line.dispositions,
      })),
    reverseDeliveries: (page: PageArguments) => connection(made.deliveries, page, deliveryView),
  };
}

export function deliveryView(delivery: ShopReturn['deliveries'][number]) {
  const { id, labelUrl, trackingNumber, trackingUrl, createdAt, lines } = delivery;
  const tracked = trackingNumber !== undefined || trackingUrl !== undefined;
  return {
    __typename: 'ReverseDelivery',
    id,
    deliverable: {
      __typename: 'ReverseDeliveryShippingDeliverable',
      label: labelUrl ? { publicFileUrl: labelUrl, createdAt, updatedAt: createdAt } : null,
      tracking: tracked
        ? { number: trackingNumber ?? null, url: trackingUrl ?? null, carrierName: null }
        : null,
    },
    reverseDeliveryLineItems: (page: PageArguments) =>
      connection(lines, page, ({ id: lineId, quantity }) => ({ id: lineId, quantity })),
  };
}
