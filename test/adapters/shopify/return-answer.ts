import { HttpResponse } from 'msw';
import { amount, page } from './order-answer.ts';
import { data, topLevelError } from './scripted-shop.ts';

/** A return as the shop answers `ReadReturn`: two pieces of one line, on their way in one parcel. */
export function returnAnswer(changes: object = {}) {
  const fulfillmentLineItem = {
    id: 'gid://shopify/FulfillmentLineItem/1',
    lineItem: { id: 'gid://shopify/LineItem/1' },
  };
  return {
    id: 'gid://shopify/Return/7',
    name: '#1001-R1',
    status: 'OPEN',
    createdAt: '2026-11-20T10:00:00Z',
    closedAt: null,
    order: { id: 'gid://shopify/Order/1001' },
    returnLineItems: page([
      {
        id: 'gid://shopify/ReturnLineItem/1',
        quantity: 2,
        processableQuantity: 2,
        processedQuantity: 0,
        refundedQuantity: 0,
        returnReasonNote: '[intent:0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e] Too small',
        fulfillmentLineItem,
      },
    ]),
    exchangeLineItems: page([]),
    reverseFulfillmentOrders: page([
      {
        id: 'gid://shopify/ReverseFulfillmentOrder/1',
        status: 'OPEN',
        lineItems: page([
          {
            id: 'gid://shopify/ReverseFulfillmentOrderLineItem/1',
            totalQuantity: 2,
            fulfillmentLineItem,
            dispositions: [],
          },
        ]),
        reverseDeliveries: { nodes: [] },
      },
    ]),
    refunds: page([]),
    ...changes,
  };
}

export function returnRefund(decimal: string, note: string | null = null) {
  return {
    id: 'gid://shopify/Refund/9',
    createdAt: '2026-11-21T10:00:00Z',
    updatedAt: '2026-11-21T10:00:00Z',
    note,
    totalRefundedSet: amount(decimal),
    transactions: { nodes: [{ kind: 'REFUND', status: 'SUCCESS' }] },
  };
}

export function state(changes: object = {}): Response {
  return data({ return: returnAnswer(changes) });
}

export function processed(changes: object = {}): Response {
  return state({
    status: 'CLOSED',
    returnLineItems: page([{ ...returnAnswer().returnLineItems.nodes[0], processedQuantity: 2 }]),
    refunds: page([returnRefund('20.00')]),
    ...changes,
  });
}

export function refusing(field: string, code: string, message = 'said by the shop'): Response {
  return data({ [field]: { return: null, userErrors: [{ code, field: null, message }] } });
}

export function partly(processedQuantity: number) {
  return page([{ ...returnAnswer().returnLineItems.nodes[0], processedQuantity }]);
}

export function euros(minor: number) {
  return { minor, currency: 'EUR' };
}

const nothing = (): 'no answer' => 'no answer';
export const lostAnswers = [
  ['no answer', nothing],
  ['a 502', () => new HttpResponse('', { status: 502 })],
  ['a top-level error', () => topLevelError('INTERNAL_SERVER_ERROR')],
] as const;
