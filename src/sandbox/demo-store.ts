import { stockShelves } from './demo-store-catalogue.ts';
import { type DemoCustomer, demoCustomers } from './demo-store-customers.ts';
import { demoOrderBook } from './demo-store-orders.ts';
import { demoReturnsBook } from './demo-store-returns.ts';
import type { DemoOrder } from './demo-store-story.ts';
import { editOrder } from './shop/edit-order.ts';
import { orderTotal, sum } from './shop/order-balance.ts';
import { nextId } from './shop/shop-ids.ts';
import type { ShopFulfillment, ShopLine, ShopOrder, ShopPayment, ShopState } from './shop/shop-state.ts';

export type DemoStory = {
  readonly orderName: string;
  readonly customer: string;
  /** Who may text about it without further proof. */
  readonly phone: string | undefined;
  readonly summary: string;
  readonly expect: string;
};

const stories: readonly DemoOrder[] = [...demoOrderBook, ...demoReturnsBook];

/** What there is to try, for people. */
export function describeDemoStore(): readonly DemoStory[] {
  return stories.map(({ number, customer: key, summary, expect }) => {
    const { name, phone, shippingPhone }: DemoCustomer = demoCustomers[key];
    return { orderName: `#${number}`, customer: name, phone: phone ?? shippingPhone, summary, expect };
  });
}

export const demoStoreName = 'Birch & Loom';

/** The books of "Birch & Loom", with dates counted back from `now`. */
export function createDemoStore(now: Date): ShopState {
  const state: ShopState = {
    storeName: demoStoreName,
    currency: 'USD',
    customers: [],
    orders: [],
    refunds: [],
    idempotencyKeys: [],
    accessTokens: [],
    lastId: 7_100_000,
  };
  for (const story of stories) {
    state.orders = [...state.orders, buildOrder(state, story, now)];
    for (const { line, daysAgo } of story.refundedByHand ?? []) {
      editOrder(
        state,
        story.number,
        { kind: 'refund', line, note: 'Refunded by hand' },
        before(now, daysAgo),
      );
    }
  }
  stockShelves(state, stories);
  return state;
}

export function demoOrders(now: Date): readonly ShopOrder[] {
  return createDemoStore(now).orders;
}

function buildOrder(state: ShopState, story: DemoOrder, now: Date): ShopOrder {
  const customer: DemoCustomer = demoCustomers[story.customer];
  const address = { zip: customer.zip, countryCode: customer.country };
  const processedAt = before(now, story.placedDaysAgo).toISOString();
  const lines = buildLines(state, story);
  const cancelledAt =
    story.cancelledDaysAgo === undefined ? undefined : before(now, story.cancelledDaysAgo).toISOString();
  const order: ShopOrder = {
    id: nextId(state, 'Order'),
    name: `#${story.number}`,
    processedAt,
    cancelledAt,
    currency: story.currency ?? state.currency,
    shopRate: story.rate ?? { shop: 1, order: 1 },
    email: customer.email,
    phone: customer.phone,
    customerId: customer.guest ? undefined : customerId(state, customer),
    shippingAddress: { ...address, phone: customer.shippingPhone },
    billingAddress: address,
    tags: [],
    taxesIncluded: story.taxesIncluded ?? false,
    shippingPrice: story.shipping ?? 0,
    lines,
    fulfillments: buildFulfillments(state, story, lines, now),
    payments: [],
  };
  return { ...order, payments: buildPayments(state, order, story.giftCardPaid ?? 0) };
}

function customerId(state: ShopState, { name, email, phone }: DemoCustomer): string {
  const known = state.customers.find((customer) => customer.email === email);
  if (known) return known.id;
  const [firstName = '', lastName = ''] = name.split(' ');
  const id = nextId(state, 'Customer');
  state.customers = [...state.customers, { id, firstName, lastName, email, phone }];
  return id;
}

function buildLines(state: ShopState, { number, lines, discount = 0 }: DemoOrder): readonly ShopLine[] {
  const prices = lines.map((line) => line.price * (line.quantity ?? 1));
  const discounts = shareOut(discount, prices);
  return lines.map((line, index): ShopLine => {
    const isGiftCard = line.type === 'Gift Cards';
    return {
      id: nextId(state, 'LineItem'),
      title: line.title,
      variantTitle: line.variant,
      sku: `BL-${number}-${index + 1}`,
      quantity: line.quantity ?? 1,
      removedQuantity: 0,
      unitPrice: line.price,
      discount: discounts[index] ?? 0,
      tax: line.tax ?? 0,
      isGiftCard,
      requiresShipping: !isGiftCard,
      productTags: line.tags ?? [],
      productType: line.type,
    };
  });
}

/** In proportion to the weights; the last one takes what rounding leaves. */
function shareOut(total: number, weights: readonly number[]): readonly number[] {
  const all = sum(weights);
  const upTo = (index: number) => Math.floor((total * sum(weights.slice(0, index))) / all);
  return weights.map((_, index) => upTo(index + 1) - upTo(index));
}

function buildFulfillments(
  state: ShopState,
  { shippedDaysAgo, deliveredDaysAgo }: DemoOrder,
  lines: readonly ShopLine[],
  now: Date,
): readonly ShopFulfillment[] {
  if (shippedDaysAgo === undefined) return [];
  return [
    {
      id: nextId(state, 'Fulfillment'),
      status: 'SUCCESS',
      createdAt: before(now, shippedDaysAgo).toISOString(),
      deliveredAt: deliveredDaysAgo === undefined ? undefined : before(now, deliveredDaysAgo).toISOString(),
      lines: lines.map(({ id, quantity }) => ({
        id: nextId(state, 'FulfillmentLineItem'),
        lineId: id,
        quantity,
      })),
    },
  ];
}

function buildPayments(state: ShopState, order: ShopOrder, giftCardPaid: number): readonly ShopPayment[] {
  const total = orderTotal(order);
  const parts = [
    { gateway: 'gift_card', amount: giftCardPaid },
    { gateway: 'shopify_payments', amount: total - giftCardPaid },
  ];
  return parts
    .filter(({ amount }) => amount > 0)
    .map((part) => ({ id: nextId(state, 'OrderTransaction'), ...part, createdAt: order.processedAt }));
}

function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 24 * 60 * 60 * 1_000);
}
