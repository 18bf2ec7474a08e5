import type { LineItemId, OrderId, PhoneNumber } from '../../src/returns/ids.ts';
import { money } from '../../src/returns/money.ts';
import type { Order, OrderLine, Shipment } from '../../src/returns/order.ts';
import type { ReturnRequest } from '../../src/returns/return-request.ts';

export const shirt = lineId(1);
export const mug = lineId(2);
export const delivery = '2026-10-01T12:00:00.000Z';

export function lineId(number: number): LineItemId {
  return `gid://shopify/LineItem/${number}` as LineItemId;
}

export function phone(text: string): PhoneNumber {
  return text as PhoneNumber;
}

export function sampleLine(change: Partial<OrderLine> = {}): OrderLine {
  return {
    id: shirt,
    title: 'Blue Shirt',
    variantTitle: 'M',
    sku: undefined,
    quantity: 2,
    refundableQuantity: 2,
    unfulfilledQuantity: 0,
    unitPrice: money(2400, 'USD'),
    isGiftCard: false,
    requiresShipping: true,
    productTags: [],
    productType: undefined,
    ...change,
  };
}

export function sampleShipment(change: Partial<Shipment> = {}): Shipment {
  return {
    shippedAt: '2026-09-28T12:00:00.000Z',
    deliveredAt: delivery,
    lines: [
      { lineId: shirt, quantity: 2 },
      { lineId: mug, quantity: 1 },
    ],
    ...change,
  };
}

/** #1001: two shirts and a mug for $60.00, sold 2026-09-25 and delivered 2026-10-01 at noon. */
export function sampleOrder(change: Partial<Order> = {}): Order {
  return {
    id: 'gid://shopify/Order/1001' as OrderId,
    name: '#1001',
    processedAt: '2026-09-25T12:00:00.000Z',
    cancelledAt: undefined,
    currency: 'USD',
    shopCurrency: 'USD',
    email: 'jane@example.com',
    phone: phone('+15551230001'),
    shippingAddress: { postalCode: '94107', phone: phone('+15551230002'), countryCode: 'US' },
    billingAddress: { postalCode: 'SW1A 1AA', phone: phone('+15551230003'), countryCode: 'GB' },
    customer: {
      id: 'gid://shopify/Customer/1',
      displayName: 'Jane Doe',
      email: 'jane.doe@example.org',
      phone: phone('+15551230004'),
    },
    lines: [
      sampleLine(),
      sampleLine({ id: mug, title: 'Mug', variantTitle: undefined, quantity: 1, refundableQuantity: 1 }),
    ],
    shipments: [sampleShipment()],
    refunds: [],
    totalReceived: money(6000, 'USD'),
    totalRefunded: money(0, 'USD'),
    adminUrl: undefined,
    ...change,
  };
}

export function sampleRequest(change: Partial<ReturnRequest> = {}): ReturnRequest {
  return {
    orderId: 'gid://shopify/Order/1001' as OrderId,
    lines: [{ lineId: shirt, quantity: 1 }],
    reason: 'unwanted',
    wish: 'refund',
    ...change,
  };
}
