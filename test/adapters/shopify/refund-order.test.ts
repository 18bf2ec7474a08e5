import { parse, type SelectionNode } from 'graphql';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { createShopifyStorefront } from '../../../src/adapters/shopify/shopify-storefront.ts';
import { staticToken } from '../../../src/adapters/shopify/token-provider.ts';
import type { RefundCommand } from '../../../src/ports/storefront.ts';
import type { LineItemId, OrderId, RefundId } from '../../../src/returns/ids.ts';
import type { Money } from '../../../src/returns/money.ts';
import { amount } from './order-answer.ts';
import { data, scriptedShop, shopUrl, topLevelError } from './scripted-shop.ts';

const shop = scriptedShop();
const storefront = createShopifyStorefront({
  apiUrl: shopUrl,
  apiVersion: '2026-10',
  storeDomain: 'my-store.myshopify.com',
  tokens: staticToken('shpat_1'),
});
const command: RefundCommand = {
  idempotencyKey: '4f9d3c1e-8b7a-4c6d-9e5f-2a1b0c3d4e5f',
  intentId: '0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e' as RefundId,
  orderId: 'gid://shopify/Order/1001' as OrderId,
  lines: [{ lineId: 'gid://shopify/LineItem/1' as LineItemId, quantity: 1 }],
  amount: euros(2010),
  payments: [payment('1', euros(1505)), payment('2', euros(505))],
};

function euros(minor: number): Money {
  return { minor, currency: 'EUR' };
}

function payment(transaction: string, value: Money) {
  const parentTransactionId = `gid://shopify/OrderTransaction/${transaction}`;
  return { parentTransactionId, gateway: 'bogus', amount: value };
}

function refunded(...statuses: readonly string[]): Response {
  const transactions = { nodes: statuses.map((status) => ({ kind: 'REFUND', status })) };
  const refund = { id: 'gid://shopify/Refund/5', totalRefundedSet: amount('20.10'), transactions };
  return data({ refundCreate: { refund, userErrors: [] } });
}

function refusing(...messages: readonly string[]): Response {
  const userErrors = messages.map((message) => ({ field: null, message }));
  return data({ refundCreate: { refund: null, userErrors } });
}

it('sends exactly the refund that was decided, under its stored key', async () => {
  shop.answer(refunded('SUCCESS', 'SUCCESS'));
  await storefront.createRefund(command);
  const [call] = shop.calls;
  expect(call?.variables).toEqual({
    key: '4f9d3c1e-8b7a-4c6d-9e5f-2a1b0c3d4e5f',
    input: {
      orderId: 'gid://shopify/Order/1001',
      currency: 'EUR',
      note: 'Returned through the returns agent [intent:0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e]',
      notify: false,
      refundLineItems: [{ lineItemId: 'gid://shopify/LineItem/1', quantity: 1, restockType: 'NO_RESTOCK' }],
      transactions: [
        {
          orderId: 'gid://shopify/Order/1001',
          parentId: 'gid://shopify/OrderTransaction/1',
          gateway: 'bogus',
          kind: 'REFUND',
          amount: '15.05',
        },
        {
          orderId: 'gid://shopify/Order/1001',
          parentId: 'gid://shopify/OrderTransaction/2',
          gateway: 'bogus',
          kind: 'REFUND',
          amount: '5.05',
        },
      ],
    },
  });
});

it('puts the idempotency directive on the mutation field', async () => {
  shop.answer(refunded('SUCCESS'));
  await storefront.createRefund(command);
  expect(shop.calls[0]?.query).toContain('refundCreate(input: $input) @idempotent(key: $key)');
  const [definition] = parse(shop.calls[0]?.query ?? '').definitions;
  const fields: readonly SelectionNode[] =
    definition?.kind === 'OperationDefinition' ? definition.selectionSet.selections : [];
  expect(fields.map((field) => field.directives?.map((directive) => directive.name.value))).toEqual([
    ['idempotent'],
  ]);
});

it('sends the same bytes when the same command is repeated', async () => {
  shop.answer(refunded('SUCCESS'), refunded('SUCCESS'));
  await storefront.createRefund(command);
  await storefront.createRefund(command);
  expect(shop.calls[0]?.text).toBe(shop.calls[1]?.text);
});

it.each([
  ['JPY', 1200, '1200'],
  ['KWD', 1500, '1.500'],
  ['EUR', 5, '0.05'],
] as const)('writes %s amounts as decimal text, never as a number', async (currency, minor, written) => {
  const value = { minor, currency };
  shop.answer(refunded('SUCCESS'));
  await storefront.createRefund({ ...command, amount: value, payments: [payment('1', value)] });
  expect(shop.calls[0]?.variables).toMatchObject({
    input: { currency, transactions: [{ amount: written }] },
  });
  expect(shop.calls[0]?.text).not.toMatch(/[:[,]\s*-?\d+\.\d/);
});

it.each([
  [['SUCCESS', 'SUCCESS'], 'settled'],
  [['SUCCESS', 'PENDING'], 'pending'],
  [['AWAITING_RESPONSE'], 'pending'],
  [[], 'pending'],
  [['SUCCESS', 'FAILURE'], 'failed'],
  [['ERROR'], 'failed'],
] as const)('reports a refund whose payments are %j as %s', async (statuses, state) => {
  shop.answer(refunded(...statuses));
  await expect(storefront.createRefund(command)).resolves.toEqual({
    kind: 'refunded',
    shopRefundId: 'gid://shopify/Refund/5',
    amount: euros(2010),
    payment: state,
  });
});

it("passes on the shop's no", async () => {
  shop.answer(refusing('Quantity cannot refund more items than were purchased', 'and so on'));
  await expect(storefront.createRefund(command)).resolves.toEqual({
    kind: 'rejected',
    messages: ['Quantity cannot refund more items than were purchased', 'and so on'],
  });
});

it.each([
  ['an error code', () => topLevelError('IDEMPOTENCY_CONCURRENT_REQUEST')],
  ['a message', () => refusing('IDEMPOTENCY_CONCURRENT_REQUEST: still being processed')],
])('does not know yet while the same refund is still under way, told by %s', async (_, response) => {
  shop.answer(response());
  await expect(storefront.createRefund(command)).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONCURRENT_REQUEST',
    outcome: 'unknown',
    retryable: true,
  });
});

it.each([
  ['an error code', () => topLevelError('IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED')],
  ['a message', () => refusing('IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED: retry with a new key')],
])('takes a failed earlier attempt for a no of its own kind, told by %s', async (_, response) => {
  shop.answer(response());
  await expect(storefront.createRefund(command)).resolves.toEqual({
    kind: 'rejected',
    messages: ['IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED'],
  });
});

it.each([
  ['an error code', () => topLevelError('IDEMPOTENCY_KEY_PARAMETER_MISMATCH')],
  ['a message', () => refusing('IDEMPOTENCY_KEY_PARAMETER_MISMATCH')],
])('never repeats a key that was used for another refund, told by %s', async (_, response) => {
  shop.answer(response());
  await expect(storefront.createRefund(command)).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
    outcome: 'unknown',
    retryable: false,
  });
});

it.each([
  ['no answer', (): 'no answer' => 'no answer', 'network'],
  ['a 502', () => new HttpResponse('', { status: 502 }), 'http_502'],
  ['neither refund nor reason', () => data({ refundCreate: { refund: null, userErrors: [] } }), 'unreadable'],
  ['an empty payload', () => data({ refundCreate: null }), 'unreadable'],
  [
    'a refund without an amount',
    () => data({ refundCreate: { refund: { id: '5', transactions: { nodes: [] } }, userErrors: [] } }),
    'unreadable',
  ],
] as const)('says that the refund may exist after %s, and asks only once', async (_, response, code) => {
  shop.answer(response());
  await expect(storefront.createRefund(command)).rejects.toMatchObject({ outcome: 'unknown', code });
  expect(shop.calls).toHaveLength(1);
});

it.each([
  ['do not add up to it', [payment('1', euros(2009))]],
  ['exceed it', [payment('1', euros(2010)), payment('2', euros(1))]],
  ['are in another currency', [payment('1', { minor: 2010, currency: 'USD' })]],
  ['hide a negative one', [payment('1', euros(2110)), payment('2', euros(-100))]],
  ['are missing', []],
])('sends nothing when the payments of an amount %s', async (_, payments) => {
  await expect(storefront.createRefund({ ...command, payments })).rejects.toMatchObject({
    code: 'payments_do_not_add_up',
    outcome: 'refused',
    retryable: false,
  });
  expect(shop.calls).toHaveLength(0);
});

it('gives store credit under the same key as any other refund', async () => {
  shop.answer(refunded());
  await storefront.createRefund({ ...command, payments: [], storeCredit: euros(2010), shipping: 'full' });
  expect(shop.calls[0]?.variables).toMatchObject({
    key: command.idempotencyKey,
    input: {
      transactions: [],
      shipping: { fullRefund: true },
      refundMethods: [{ storeCreditRefund: { amount: { amount: '20.10', currencyCode: 'EUR' } } }],
    },
  });
  expect(shop.calls[0]?.text).not.toContain('allowOverRefunding');
});

it('lets a refund exceed what was paid only for a gift of store credit', async () => {
  shop.answer(refunded());
  await storefront.createRefund({ ...command, payments: [], storeCredit: euros(2010), bonus: euros(183) });
  expect(shop.calls[0]?.variables).toMatchObject({ input: { allowOverRefunding: true } });
});

it.each([
  ['is more than the amount', { storeCredit: euros(1) }],
  ['is negative', { payments: [payment('1', euros(2011))], storeCredit: euros(-1) }],
  ['is in another currency', { payments: [], storeCredit: { minor: 2010, currency: 'USD' } }],
  ['is less than its gift', { payments: [], storeCredit: euros(2010), bonus: euros(2011) }],
  ['is missing where something is given', { bonus: euros(1) }],
])('sends nothing when the store credit %s', async (_, changes) => {
  await expect(storefront.createRefund({ ...command, ...changes })).rejects.toMatchObject({
    code: 'payments_do_not_add_up',
    outcome: 'refused',
  });
  expect(shop.calls).toHaveLength(0);
});
