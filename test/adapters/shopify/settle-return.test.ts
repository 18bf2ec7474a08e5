import { expect, it } from 'vitest';
import { createShopifyStorefront } from '../../../src/adapters/shopify/shopify-storefront.ts';
import { staticToken } from '../../../src/adapters/shopify/token-provider.ts';
import type { ProcessReturnCommand } from '../../../src/ports/return-desk.ts';
import type { RefundId } from '../../../src/returns/ids.ts';
import { page } from './order-answer.ts';
import { euros, lostAnswers, partly, processed, refusing, returnRefund, state } from './return-answer.ts';
import { data, scriptedShop, shopUrl, topLevelError } from './scripted-shop.ts';

const shop = scriptedShop();
const storefront = createShopifyStorefront({
  apiUrl: shopUrl,
  apiVersion: '2026-10',
  storeDomain: 'my-store.myshopify.com',
  tokens: staticToken('shpat_1'),
});
const intentId = '0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e' as RefundId;
const settling: ProcessReturnCommand = {
  returnId: 'gid://shopify/Return/7',
  intentId,
  refundsBefore: [],
  amount: euros(2000),
  payments: [
    { parentTransactionId: 'gid://shopify/OrderTransaction/1', gateway: 'bogus', amount: euros(1500) },
  ],
  storeCredit: euros(500),
  shipping: 'full',
  lines: [
    {
      id: 'gid://shopify/ReturnLineItem/1',
      quantity: 2,
      processedBefore: 0,
      dispositions: [
        {
          id: 'gid://shopify/ReverseFulfillmentOrderLineItem/1',
          quantity: 2,
          type: 'restocked',
          locationId: 'gid://shopify/Location/1',
        },
      ],
    },
  ],
};

it('sends exactly what was decided, then reads what came of it', async () => {
  shop.answer(state(), data({ returnProcess: { return: null, userErrors: [] } }), processed());
  await expect(storefront.processReturn(settling)).resolves.toMatchObject({
    kind: 'processed',
    refund: { id: 'gid://shopify/Refund/9', amount: euros(2000), payment: 'settled' },
  });
  expect(shop.calls[1]?.variables).toEqual({
    input: {
      returnId: 'gid://shopify/Return/7',
      note: `Returned through the returns agent [intent:${intentId}]`,
      notifyCustomer: false,
      returnLineItems: [
        {
          id: 'gid://shopify/ReturnLineItem/1',
          quantity: 2,
          dispositions: [
            {
              reverseFulfillmentOrderLineItemId: 'gid://shopify/ReverseFulfillmentOrderLineItem/1',
              quantity: 2,
              dispositionType: 'RESTOCKED',
              locationId: 'gid://shopify/Location/1',
            },
          ],
        },
      ],
      refundShipping: { fullRefund: true },
      financialTransfer: {
        issueRefund: {
          orderTransactions: [
            {
              parentId: 'gid://shopify/OrderTransaction/1',
              transactionAmount: { amount: '15.00', currencyCode: 'EUR' },
            },
          ],
          refundMethods: [{ storeCreditRefund: { amount: { amount: '5.00', currencyCode: 'EUR' } } }],
        },
      },
    },
  });
});

it('sends nothing again once its pieces are processed and its refund is there', async () => {
  shop.answer(processed());
  await expect(storefront.processReturn(settling)).resolves.toMatchObject({ kind: 'processed' });
  expect(shop.calls).toHaveLength(1);
});

it.each([
  ['some of it was processed', { returnLineItems: partly(1) }],
  ['it was refunded without being processed', { refunds: page([returnRefund('1.00')]) }],
  ['it was cancelled', { status: 'CANCELED' }],
  ['a line of it is gone', { returnLineItems: page([]) }],
])('sends nothing when %s meanwhile', async (_, changes) => {
  shop.answer(state(changes));
  await expect(storefront.processReturn(settling)).resolves.toEqual({ kind: 'changed' });
  expect(shop.calls).toHaveLength(1);
});

it.each([
  ['another amount', page([returnRefund('19.99')])],
  ['the note of another intent', page([returnRefund('20.00', otherIntent())])],
  [
    'a second refund',
    page([returnRefund('20.00'), { ...returnRefund('1.00'), id: 'gid://shopify/Refund/10' }]),
  ],
  ['no refund', page([])],
])('does not take a return processed by others for its own: %s', async (_, refunds) => {
  shop.answer(processed({ refunds }));
  await expect(storefront.processReturn(settling)).resolves.toEqual({ kind: 'changed' });
});

it('moves no money when there is none to move', async () => {
  const free = { ...settling, amount: euros(0), payments: [], storeCredit: undefined, shipping: undefined };
  const done = processed({ refunds: page([]) });
  shop.answer(state(), data({ returnProcess: { return: null, userErrors: [] } }), done);
  await expect(storefront.processReturn(free)).resolves.toEqual({ kind: 'processed', refund: undefined });
  expect(shop.calls[1]?.text).not.toContain('financialTransfer');
});

it.each([
  ['0.00', { kind: 'processed', refund: undefined }],
  ['0.01', { kind: 'changed' }],
] as const)('where none is to move takes a refund of %s for %o', async (entered, receipt) => {
  const free = { ...settling, amount: euros(0), payments: [], storeCredit: undefined, shipping: undefined };
  const done = processed({ refunds: page([returnRefund(entered)]) });
  shop.answer(state(), data({ returnProcess: { return: null, userErrors: [] } }), done);
  await expect(storefront.processReturn(free)).resolves.toEqual(receipt);
});

it.each(['INVALID_STATE', 'NOT_EDITABLE', 'GREATER_THAN'])("passes on the shop's %s", async (code) => {
  shop.answer(state(), refusing('returnProcess', code, 'No'));
  await expect(storefront.processReturn(settling)).resolves.toEqual({
    kind: 'rejected',
    messages: ['No'],
    codes: [code],
  });
});

it.each([
  ...lostAnswers,
  ['an internal error', () => refusing('returnProcess', 'INTERNAL_ERROR')],
  ['a notice that could not be sent', () => refusing('returnProcess', 'NOTIFICATION_FAILED')],
  ['an empty payload', () => data({ returnProcess: null })],
] as const)('says that money may have moved after %s, and asks only once', async (_, response) => {
  shop.answer(state(), response());
  await expect(storefront.processReturn(settling)).rejects.toMatchObject({ outcome: 'unknown' });
  expect(shop.calls).toHaveLength(2);
});

it.each([
  ['does not show it yet', () => state()],
  ['shows a refund of pieces it has not processed', () => state({ refunds: page([returnRefund('20.00')]) })],
  ['shows no refund yet', () => processed({ refunds: page([]) })],
  ['cannot be asked', () => topLevelError('ACCESS_DENIED')],
  ['answers nonsense', () => data({ return: { id: 5 } })],
])('says that money may have moved when the shop said yes and then %s', async (_, response) => {
  shop.answer(state(), data({ returnProcess: { return: null, userErrors: [] } }), response());
  await expect(storefront.processReturn(settling)).rejects.toMatchObject({ outcome: 'unknown' });
});

it('sends nothing when payments and store credit are not the amount', async () => {
  await expect(storefront.processReturn({ ...settling, storeCredit: euros(501) })).rejects.toMatchObject({
    code: 'payments_do_not_add_up',
  });
  expect(shop.calls).toHaveLength(0);
});

function otherIntent(): string {
  return '[intent:0193b0c8-7a51-7c3e-9d5e-000000000000]';
}
