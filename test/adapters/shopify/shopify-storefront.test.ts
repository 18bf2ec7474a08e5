import { beforeEach, expect, it } from 'vitest';
import { createShopifyStorefront } from '../../../src/adapters/shopify/shopify-storefront.ts';
import { staticToken } from '../../../src/adapters/shopify/token-provider.ts';
import type { Storefront } from '../../../src/ports/storefront.ts';
import type { LineItemId, OrderId, PhoneNumber } from '../../../src/returns/ids.ts';
import { amount, lineAnswer, orderAnswer, page, refundAnswer, shipmentAnswer } from './order-answer.ts';
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
const id = 'gid://shopify/Order/1001' as OrderId;

function found(...names: readonly string[]): Response {
  return data({
    orders: { nodes: names.map((name, index) => ({ id: `gid://shopify/Order/${index}`, name })) },
  });
}

it('reads an order with what decides about its return', async () => {
  shop.answer(data({ order: orderAnswer() }));
  await expect(storefront.readOrder(id)).resolves.toEqual({
    id: 'gid://shopify/Order/1001',
    name: '#1001',
    processedAt: '2026-11-01T09:00:00Z',
    cancelledAt: undefined,
    currency: 'EUR',
    shopCurrency: 'USD',
    email: 'jo@example.com',
    phone: undefined,
    shippingAddress: { postalCode: '10115', phone: '+49301234567', countryCode: 'DE' },
    billingAddress: undefined,
    customer: {
      id: 'gid://shopify/Customer/7',
      displayName: 'Jo Doe',
      email: 'jo@example.com',
      phone: '+15551230001',
    },
    lines: [
      {
        id: 'gid://shopify/LineItem/1',
        title: 'Wool socks',
        variantTitle: 'Large',
        sku: 'SOCK-L',
        quantity: 2,
        refundableQuantity: 1,
        unfulfilledQuantity: 0,
        unitPrice: { minor: 1233, currency: 'EUR' },
        isGiftCard: false,
        requiresShipping: true,
        productTags: ['final-sale'],
        productType: 'Socks',
      },
      expect.objectContaining({
        variantTitle: undefined,
        sku: undefined,
        productTags: [],
        productType: undefined,
      }),
    ],
    shipments: [
      {
        shippedAt: '2026-11-03T09:00:00Z',
        deliveredAt: '2026-11-05T15:00:00Z',
        lines: [{ lineId: 'gid://shopify/LineItem/1', quantity: 2 }],
      },
    ],
    refunds: [
      {
        id: 'gid://shopify/Refund/5',
        createdAt: '2026-11-10T10:00:00Z',
        amount: { minor: 1250, currency: 'EUR' },
        intentId: '0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e',
        payment: 'settled',
      },
    ],
    totalReceived: { minor: 6000, currency: 'EUR' },
    totalRefunded: { minor: 1250, currency: 'EUR' },
    adminUrl: 'https://my-store.myshopify.com/admin/orders/1001',
  });
});

it('has no order for an id the shop does not know', async () => {
  shop.answer(data({ order: null }));
  await expect(storefront.readOrder(id)).resolves.toBeUndefined();
});

it('does not count shipments that were called off', async () => {
  const fulfillments = ['CANCELLED', 'ERROR', 'FAILURE', 'SUCCESS'].map((status) =>
    shipmentAnswer(status, { status }),
  );
  shop.answer(data({ order: orderAnswer({ fulfillments }) }));
  expect((await storefront.readOrder(id))?.shipments).toHaveLength(1);
});

it.each([
  [['SUCCESS', 'SUCCESS'], 'settled'],
  [['SUCCESS', 'PENDING'], 'pending'],
  [['AWAITING_RESPONSE'], 'pending'],
  [['UNKNOWN'], 'pending'],
  [['FAILURE', 'SUCCESS'], 'failed'],
  [['PENDING', 'ERROR'], 'failed'],
] as const)('calls a refund with payments %j %s', async (statuses, payment) => {
  const transactions = { nodes: statuses.map((status) => ({ kind: 'REFUND', status })) };
  shop.answer(data({ order: orderAnswer({ refunds: [refundAnswer({ transactions, note: null })] }) }));
  const order = await storefront.readOrder(id);
  expect(order?.refunds).toMatchObject([{ payment, intentId: undefined }]);
});

it('reads on when an order has more lines than fit a page', async () => {
  const lines = (from: number, length: number) =>
    Array.from({ length }, (_, index) => lineAnswer(String(from + index)));
  shop.answer(
    data({ order: orderAnswer({ lineItems: page(lines(0, 30), 'a') }) }),
    data({ order: { lineItems: page(lines(30, 100), 'b') } }),
    data({ order: { lineItems: page(lines(130, 5)) } }),
  );
  expect((await storefront.readOrder(id))?.lines).toHaveLength(135);
  expect(shop.calls.map((call) => call.variables)).toMatchObject([
    {},
    { id, after: 'a' },
    { id, after: 'b' },
  ]);
});

it('reads on when a shipment has more lines than fit a page', async () => {
  const line = { quantity: 1, lineItem: { id: 'gid://shopify/LineItem/1' } };
  const shipment = shipmentAnswer('9', { fulfillmentLineItems: page([line], 'a') });
  shop.answer(
    data({ order: orderAnswer({ fulfillments: [shipment] }) }),
    data({ fulfillment: { fulfillmentLineItems: page([line, line]) } }),
  );
  expect((await storefront.readOrder(id))?.shipments[0]?.lines).toHaveLength(3);
  expect(shop.calls[1]?.variables).toEqual({ id: 'gid://shopify/Fulfillment/9', after: 'a' });
});

it.each([
  [
    'lines',
    {
      lineItems: page(
        Array.from({ length: 250 }, (_, index) => lineAnswer(String(index))),
        'a',
      ),
    },
  ],
  ['shipments', { fulfillments: Array.from({ length: 12 }, (_, index) => shipmentAnswer(String(index))) }],
  ['refunds', { refunds: Array.from({ length: 25 }, () => refundAnswer()) }],
])('leaves an order to a person when it may have more %s than were read', async (_, changes) => {
  shop.answer(data({ order: orderAnswer(changes) }));
  await expect(storefront.readOrder(id)).rejects.toMatchObject({ code: 'order_too_large', retryable: false });
});

it.each([
  ['an amount', { totalReceivedSet: amount('sixty') }],
  ['a currency', { totalReceivedSet: amount('60.00', 'no such currency') }],
  ['the lines', { lineItems: undefined }],
  ['a quantity', { lineItems: page([lineAnswer('1', { refundableQuantity: undefined })]) }],
  ['a gift card mark', { lineItems: page([lineAnswer('1', { isGiftCard: undefined })]) }],
  ['the refunds', { refunds: undefined }],
  ['the date', { processedAt: undefined }],
])('refuses an order when %s is missing or wrong', async (_, changes) => {
  shop.answer(data({ order: orderAnswer(changes) }));
  await expect(storefront.readOrder(id)).rejects.toMatchObject({ service: 'shopify', code: 'unreadable' });
});

it('finds an order by its number', async () => {
  shop.answer(found('#1001'), data({ order: orderAnswer() }));
  await expect(storefront.findOrder(' #1001 ')).resolves.toMatchObject({ name: '#1001' });
  expect(shop.calls.map((call) => call.variables)).toMatchObject([
    { search: 'name:"1001"' },
    { id: 'gid://shopify/Order/0' },
  ]);
});

it('uses only an order whose name is the one asked for', async () => {
  shop.answer(found('#10011', '#1001-A', 'EU1001', '#101'), data({ order: null }));
  await expect(storefront.findOrder('1001')).resolves.toBeUndefined();
  shop.answer(found('#10011', '1001'), data({ order: orderAnswer() }));
  await storefront.findOrder('1001');
  expect(shop.calls.at(-1)?.variables).toMatchObject({ id: 'gid://shopify/Order/1' });
});

it('takes the newest of several orders with the same name', async () => {
  shop.answer(found('#1001', '#1001', '#10012'), data({ order: orderAnswer() }));
  await storefront.findOrder('1001');
  expect(shop.calls[0]?.query).toContain('sortKey: PROCESSED_AT, reverse: false)');
  expect(shop.calls.at(-1)?.variables).toMatchObject({ id: 'gid://shopify/Order/1' });
});

it.each([
  ['1001" OR email:"jo@example.com', 'name:"1001\\" OR email:\\"jo@example.com"'],
  ['1001\\', 'name:"1001\\\\"'],
  ['*', 'name:"*"'],
  ['1001 OR status:any', 'name:"1001 OR status:any"'],
])('keeps the search %s inside its quotes', async (asked, search) => {
  shop.answer(found('#1001'), data({ order: null }));
  await expect(storefront.findOrder(asked)).resolves.toBeUndefined();
  expect(shop.calls[0]?.variables).toEqual({ search });
});

it.each(['', '  ', '#', '10\n01', '1'.repeat(65)])('does not ask the shop about %j', async (asked) => {
  await expect(storefront.findOrder(asked)).resolves.toBeUndefined();
});

it('lists the orders of a phone number', async () => {
  const node = {
    id: 'gid://shopify/Order/1001',
    name: '#1001',
    processedAt: '2026-11-01T09:00:00Z',
    lineItems: { nodes: [{ title: 'Wool socks', quantity: 2 }] },
  };
  shop.answer(
    data({ customerByIdentifier: { orders: { nodes: [node] } } }),
    data({ customerByIdentifier: null }),
  );
  const phone = '+15551230001' as PhoneNumber;
  await expect(storefront.listOrdersByPhone(phone)).resolves.toEqual([
    {
      id: 'gid://shopify/Order/1001',
      name: '#1001',
      processedAt: '2026-11-01T09:00:00Z',
      lines: [{ title: 'Wool socks', quantity: 2 }],
    },
  ]);
  await expect(storefront.listOrdersByPhone(phone)).resolves.toEqual([]);
  expect(shop.calls[0]?.variables).toEqual({ phone: '+15551230001' });
});

function sold(number: string, day: string, email?: string | null) {
  return {
    id: `gid://shopify/Order/${number}`,
    name: `#${number}`,
    processedAt: `2026-11-${day}T09:00:00Z`,
    ...(email !== undefined && { email }),
    lineItems: { nodes: [{ title: 'Wool socks', quantity: 2 }] },
  };
}

it('lists the orders of a customer the shop knows under an old form of their number', async () => {
  shop.answer(
    data({ customerByIdentifier: { orders: { nodes: [sold('1', '01')] } } }),
    data({ customerByIdentifier: { orders: { nodes: [sold('2', '10')] } } }),
  );
  const orders = await storefront.listOrdersByPhone('+5511987654321' as PhoneNumber);
  expect(orders.map(({ name }) => name)).toEqual(['#2', '#1']);
  expect(shop.calls.map(({ variables }) => variables.phone).toSorted()).toEqual([
    '+551187654321',
    '+5511987654321',
  ]);
});

it('lists the orders of an e-mail address, the account’s own among them, newest first and each once', async () => {
  shop.answer(
    data({
      orders: { nodes: [sold('3', '20', 'Jo@Example.com'), sold('1', '01', 'jo@example.com')] },
      customerByIdentifier: {
        defaultEmailAddress: { emailAddress: 'jo@example.com' },
        orders: { nodes: [sold('3', '20'), sold('2', '10')] },
      },
    }),
  );
  const orders = await storefront.listOrdersByEmail(' JO@example.com ');
  expect(orders.map(({ name }) => name)).toEqual(['#3', '#2', '#1']);
  expect(shop.calls[0]?.variables).toEqual({ search: 'email:"JO@example.com"', email: 'JO@example.com' });
});

it('lists no order of an address that is only like the one asked for', async () => {
  shop.answer(
    data({
      orders: {
        nodes: [
          sold('1', '01', 'jo@example.com.au'),
          sold('2', '02', 'bo.jo@example.com'),
          sold('3', '03', null),
        ],
      },
      customerByIdentifier: {
        defaultEmailAddress: { emailAddress: 'other@example.com' },
        orders: { nodes: [sold('4', '04')] },
      },
    }),
  );
  await expect(storefront.listOrdersByEmail('jo@example.com')).resolves.toEqual([]);
});

it('keeps the words of an address out of the syntax of the search', async () => {
  shop.answer(data({ orders: { nodes: [] }, customerByIdentifier: null }));
  await storefront.listOrdersByEmail('a"OR\\name:1@example.com');
  expect(shop.calls[0]?.variables.search).toBe('email:"a\\"OR\\\\name:1@example.com"');
});

it.each(['', ' ', 'jo @example.com', 'jo\n@example.com', `${'j'.repeat(330)}@example.com`])(
  'does not ask the shop for what can be no address (%j)',
  async (text) => {
    await expect(storefront.listOrdersByEmail(text)).resolves.toEqual([]);
  },
);

it('tells what a customer sent back before, newest first, without refunds that moved nothing', async () => {
  const refund = (day: string, decimal: string) => ({
    createdAt: `2026-11-${day}T09:00:00Z`,
    updatedAt: '2026-11-30T09:00:00Z',
    totalRefundedSet: amount(decimal),
  });
  const nodes = [
    { name: '#3', refunds: [refund('05', '10.00'), refund('09', '0.0')] },
    { name: '#2', refunds: [{ ...refund('01', '7.50'), createdAt: null }] },
  ];
  const returns = { nodes: [{ name: '#3-R1', status: 'OPEN' }] };
  shop.answer(
    data({ customer: { orders: { nodes } } }),
    data({ customer: { orders: { nodes: [{ name: '#3', returns }] } } }),
  );
  await expect(storefront.readCustomerHistory('gid://shopify/Customer/7')).resolves.toEqual({
    refunds: [
      { orderName: '#2', amount: { minor: 750, currency: 'EUR' }, createdAt: '2026-11-30T09:00:00Z' },
      { orderName: '#3', amount: { minor: 1000, currency: 'EUR' }, createdAt: '2026-11-05T09:00:00Z' },
    ],
    returns: [{ orderName: '#3', name: '#3-R1', status: 'OPEN' }],
  });
});

it('tells of nothing sent back by a customer who is gone', async () => {
  shop.answer(data({ customer: null }), data({ customer: null }));
  const history = await storefront.readCustomerHistory('gid://shopify/Customer/8');
  expect(history).toEqual({ refunds: [], returns: [] });
});

it('leaves out returns where the app may not read them, and fails when the shop is down', async () => {
  shop.answer(data({ customer: { orders: { nodes: [] } } }), topLevelError('ACCESS_DENIED'));
  const history = await storefront.readCustomerHistory('gid://shopify/Customer/7');
  expect(history).toEqual({ refunds: [], returns: [] });
  shop.answer(data({ customer: { orders: { nodes: [] } } }), topLevelError('SHOP_INACTIVE'));
  await expect(storefront.readCustomerHistory('gid://shopify/Customer/7')).rejects.toMatchObject({
    code: 'SHOP_INACTIVE',
  });
});

const lines = [{ lineId: 'gid://shopify/LineItem/1' as LineItemId, quantity: 1 }];

function suggestion(changes: object = {}) {
  const suggestedRefund = {
    amountSet: amount('20.00'),
    maximumRefundableSet: amount('47.50'),
    suggestedTransactions: [payment('1', '15.00'), payment('2', '5.00'), payment('3', '0.0')],
    shipping: { amountSet: amount('0.00') },
    suggestedRefundMethods: [],
    ...changes,
  };
  return data({ order: { suggestedRefund } });
}

function payment(transaction: string, decimal: string) {
  const parentTransaction = { id: `gid://shopify/OrderTransaction/${transaction}` };
  return { gateway: 'bogus', amountSet: amount(decimal), parentTransaction };
}

it('lets the shop compute what a return is worth, and leaves out payments of nothing', async () => {
  shop.answer(suggestion());
  await expect(storefront.suggestRefund(id, lines)).resolves.toEqual({
    amount: { minor: 2000, currency: 'EUR' },
    maximumRefundable: { minor: 4750, currency: 'EUR' },
    payments: [
      {
        parentTransactionId: 'gid://shopify/OrderTransaction/1',
        gateway: 'bogus',
        amount: { minor: 1500, currency: 'EUR' },
      },
      {
        parentTransactionId: 'gid://shopify/OrderTransaction/2',
        gateway: 'bogus',
        amount: { minor: 500, currency: 'EUR' },
      },
    ],
    shipping: { minor: 0, currency: 'EUR' },
    storeCredit: { minor: 0, currency: 'EUR' },
  });
  expect(shop.calls[0]?.variables).toEqual({
    id,
    lines: [{ lineItemId: 'gid://shopify/LineItem/1', quantity: 1 }],
    shipping: false,
    destination: 'ORIGINAL_PAYMENT_METHODS',
  });
});

it('asks for the shipping and for store credit when they are wanted', async () => {
  const asCredit = {
    suggestedTransactions: [],
    shipping: { amountSet: amount('5.00') },
    suggestedRefundMethods: [{ amount: amount('20.00') }],
  };
  shop.answer(suggestion(asCredit));
  const wish = { shipping: 'full', destination: 'store_credit' } as const;
  await expect(storefront.suggestRefund(id, lines, wish)).resolves.toMatchObject({
    payments: [],
    shipping: { minor: 500, currency: 'EUR' },
    storeCredit: { minor: 2000, currency: 'EUR' },
  });
  expect(shop.calls[0]?.variables).toMatchObject({ shipping: true, destination: 'STORE_CREDIT' });
});

it.each([
  ['an order that is gone', () => data({ order: null }), 'no_suggestion'],
  ['an order that cannot be refunded', () => data({ order: { suggestedRefund: null } }), 'no_suggestion'],
  [
    'a payment with nothing to go back to',
    () => suggestion({ suggestedTransactions: [{ ...payment('1', '20.00'), parentTransaction: null }] }),
    'no_payment_to_refund',
  ],
  ['a missing amount', () => suggestion({ amountSet: null }), 'unreadable'],
] as const)('suggests nothing for %s', async (_, response, code) => {
  shop.answer(response());
  await expect(storefront.suggestRefund(id, lines)).rejects.toMatchObject({ code, retryable: false });
});

it('reads an order the asker was shown before without searching for it again', async () => {
  shop.answer(data({ order: orderAnswer() }));
  await expect(storefront.findOrder('#1001', id)).resolves.toMatchObject({ name: '#1001' });
});

it('searches again when the order that was expected bears another name now', async () => {
  shop.answer(data({ order: { ...orderAnswer(), name: '#1001-OLD' } }), found('#9'), data({ order: null }));
  await expect(storefront.findOrder('1001', id)).resolves.toBeUndefined();
});

it('asks the shop as often for an order that does not exist, and in vain for one that does', async () => {
  shop.answer(found('#1001'), data({ order: orderAnswer() }));
  await storefront.findOrder('1001');
  shop.answer(found('#9'), data({ order: orderAnswer() }));
  await expect(storefront.findOrder('1002')).resolves.toBeUndefined();
  const [search, read, otherSearch, otherRead] = shop.calls;
  expect([otherSearch?.query, otherRead]).toEqual([search?.query, read]);
});

it('does not fail for an order that does not exist where the one read in its place became unreadable', async () => {
  shop.answer(found('#9'), data({ order: orderAnswer({ processedAt: undefined }) }));
  await expect(storefront.findOrder('1002')).resolves.toBeUndefined();
});
