import { beforeEach, expect, it } from 'vitest';
import { parseOrder } from '../../../src/adapters/shopify/parse-order.ts';
import { createShopifyStorefront } from '../../../src/adapters/shopify/shopify-storefront.ts';
import { staticToken } from '../../../src/adapters/shopify/token-provider.ts';
import type { Storefront } from '../../../src/ports/storefront.ts';
import { amount, orderAnswer, page } from './order-answer.ts';
import { data, scriptedShop, shopUrl, topLevelError } from './scripted-shop.ts';

const shop = scriptedShop();
let storefront: Storefront;
beforeEach(() => {
  storefront = createShopifyStorefront({
    apiUrl: shopUrl,
    apiVersion: '2026-10',
    storeDomain: 'my-store.myshopify.com',
    tokens: staticToken('shpat_1'),
  });
});
const order = parseOrder(orderAnswer() as unknown as Parameters<typeof parseOrder>[0], 'https://admin.test');

function facts(changes: object = {}, endCursor: string | null = null) {
  return data({
    order: {
      tags: ['wholesale'],
      discountCodes: ['SUMMER'],
      app: { name: 'Online Store' },
      risk: { assessments: [{ riskLevel: 'LOW' }, { riskLevel: 'HIGH' }] },
      customer: { tags: ['VIP'], numberOfOrders: '12' },
      lineItems: page([lineFacts('1')], endCursor),
      ...changes,
    },
  });
}

function lineFacts(id: string, changes: object = {}) {
  return {
    id: `gid://shopify/LineItem/${id}`,
    vendor: 'Birch',
    originalUnitPriceSet: amount('24.66'),
    product: { id: 'gid://shopify/Product/77', collections: { nodes: [{ handle: 'socks' }] } },
    ...changes,
  };
}

function returned(...returns: readonly object[]) {
  return data({ customer: { orders: { nodes: [{ returns: page(returns) }] } } });
}

function refunded(refunds: readonly object[], endCursor: string | null = null) {
  return data({ customer: { orders: page([{ refunds }], endCursor) } });
}

function aReturn(changes: object = {}) {
  const fulfillmentLineItem = { lineItem: { sku: 'SOCK-L' } };
  return {
    createdAt: '2026-10-01T00:00:00Z',
    status: 'CLOSED',
    returnLineItems: page([{ fulfillmentLineItem }]),
    refunds: { nodes: [{ id: 'gid://shopify/Refund/1' }] },
    ...changes,
  };
}

function aRefund(id: string, changes: object = {}) {
  return {
    id: `gid://shopify/Refund/${id}`,
    createdAt: '2026-10-02T00:00:00Z',
    updatedAt: '2026-10-02T00:00:00Z',
    refundLineItems: page([{ lineItem: { sku: 'HAT' } }]),
    ...changes,
  };
}

it('adds what a policy asks about', async () => {
  shop.answer(facts(), returned(), refunded([]));
  const known = await storefront.addPolicyFacts(order);
  expect(known).toMatchObject({
    tags: ['wholesale'],
    discountCodes: ['SUMMER'],
    salesChannel: 'Online Store',
    riskLevel: 'high',
    customer: { tags: ['VIP'], numberOfOrders: 12, earlierReturns: [] },
    lines: [
      {
        productId: '77',
        vendor: 'Birch',
        collections: ['socks'],
        discountPercent: 50,
      },
      {},
    ],
  });
  expect(known.lines.map(({ boughtOnSale }) => boughtOnSale)).toEqual([undefined, undefined]);
  expect(known.lines.map(({ id, unitPrice }) => ({ id, unitPrice }))).toEqual(
    order.lines.map(({ id, unitPrice }) => ({ id, unitPrice })),
  );
});

it('reads the facts of every line, page by page', async () => {
  shop.answer(facts({}, 'next'), facts({ lineItems: page([lineFacts('2')]) }), returned(), refunded([]));
  const { lines } = await storefront.addPolicyFacts(order);
  expect(lines.map(({ vendor }) => vendor)).toEqual(['Birch', 'Birch']);
  expect(shop.calls[1]?.variables).toMatchObject({ after: 'next' });
});

it('keeps the order as it is where the app may not read more', async () => {
  shop.answer(topLevelError('ACCESS_DENIED'), topLevelError('ACCESS_DENIED'), topLevelError('ACCESS_DENIED'));
  const known = await storefront.addPolicyFacts(order);
  expect(JSON.stringify(known)).toBe(JSON.stringify(order));
});

it('does not judge by half of the facts while the shop is away', async () => {
  shop.answer(topLevelError('SHOP_INACTIVE'));
  await expect(storefront.addPolicyFacts(order)).rejects.toMatchObject({ code: 'SHOP_INACTIVE' });
});

it('knows no risk while nobody has assessed it', async () => {
  shop.answer(facts({ risk: { assessments: [{ riskLevel: 'PENDING' }] } }), returned(), refunded([]));
  await expect(storefront.addPolicyFacts(order)).resolves.toMatchObject({ riskLevel: undefined });
});

it('counts a return and its refund once, and a refund without a return too', async () => {
  const declined = aReturn({ status: 'DECLINED', refunds: { nodes: [] } });
  const shelvedOnly = aRefund('3', { refundLineItems: page([]) });
  shop.answer(facts(), returned(aReturn(), declined), refunded([aRefund('1'), aRefund('2'), shelvedOnly]));
  const { customer } = await storefront.addPolicyFacts(order);
  expect(customer?.earlierReturns).toEqual([
    { createdAt: '2026-10-01T00:00:00Z', skus: ['SOCK-L'] },
    { createdAt: '2026-10-02T00:00:00Z', skus: ['HAT'] },
  ]);
});

it.each([
  ['orders', refunded([], 'more')],
  ['refunds', refunded(Array.from({ length: 5 }, (_, index) => aRefund(String(index))))],
  ['lines', refunded([aRefund('1', { refundLineItems: page([], 'more') })])],
])('counts no returns where there are more %s than it sees', async (_, response) => {
  shop.answer(facts(), returned(), response);
  const { customer } = await storefront.addPolicyFacts(order);
  expect(customer?.earlierReturns).toBeUndefined();
});
