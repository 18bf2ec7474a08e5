import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { createShopifyStorefront } from '../../../src/adapters/shopify/shopify-storefront.ts';
import { staticToken } from '../../../src/adapters/shopify/token-provider.ts';
import type { CancelOrderCommand } from '../../../src/ports/storefront.ts';
import type { OrderId } from '../../../src/returns/ids.ts';
import { data, scriptedShop, shopUrl, topLevelError } from './scripted-shop.ts';

const shop = scriptedShop();
const storefront = createShopifyStorefront({
  apiUrl: shopUrl,
  apiVersion: '2026-10',
  storeDomain: 'my-store.myshopify.com',
  tokens: staticToken('shpat_1'),
});

describe('cancelOrder', () => {
  const command: CancelOrderCommand = {
    orderId: 'gid://shopify/Order/1001' as OrderId,
    reason: 'customer',
    refundTo: 'original',
    restock: true,
    staffNote: 'Asked for by text message',
  };
  const answer = (job: object | null, ...codes: readonly string[]) => {
    const orderCancelUserErrors = codes.map((code) => ({ code, field: null, message: 'No' }));
    return data({ orderCancel: { job, orderCancelUserErrors } });
  };

  it('hands back the job that does it, and tells nobody', async () => {
    shop.answer(answer({ id: 'gid://shopify/Job/1', done: false }));
    await expect(storefront.cancelOrder(command)).resolves.toEqual({
      kind: 'accepted',
      jobId: 'gid://shopify/Job/1',
      isDone: false,
    });
    expect(shop.calls[0]?.query).toContain('notifyCustomer: false');
    expect(shop.calls[0]?.variables).toEqual({
      id: command.orderId,
      reason: 'CUSTOMER',
      restock: true,
      refund: { originalPaymentMethodsRefund: true },
      note: 'Asked for by text message',
    });
  });

  it('refunds to store credit where that was agreed', async () => {
    shop.answer(answer({ id: 'gid://shopify/Job/1', done: true }));
    await storefront.cancelOrder({ ...command, refundTo: 'store_credit' });
    expect(shop.calls[0]?.variables).toMatchObject({ refund: { storeCreditRefund: {} } });
  });

  it.each(['INVALID', 'NOT_FOUND', 'NO_REFUND_PERMISSION'])("passes on the shop's %s", async (code) => {
    shop.answer(answer(null, code));
    await expect(storefront.cancelOrder(command)).resolves.toEqual({
      kind: 'rejected',
      messages: ['No'],
      codes: [code],
    });
  });

  it.each([
    ['no answer', (): 'no answer' => 'no answer'],
    ['a 503', () => new HttpResponse('', { status: 503 })],
    ['an internal error', () => answer(null, 'INTERNAL_ERROR')],
    ['neither job nor reason', () => answer(null)],
    ['an empty payload', () => data({ orderCancel: null })],
  ] as const)('says that it may be cancelled after %s, and asks only once', async (_, response) => {
    shop.answer(response());
    await expect(storefront.cancelOrder(command)).rejects.toMatchObject({ outcome: 'unknown' });
    expect(shop.calls).toHaveLength(1);
  });
});

it.each([
  [{ id: '1', done: false }, 'running'],
  [{ id: '1', done: true }, 'done'],
  [null, 'gone'],
])('reads the job %j as %s', async (job, state) => {
  shop.answer(data({ job }));
  await expect(storefront.readJob('gid://shopify/Job/1')).resolves.toBe(state);
});

it('adds tags, and passes on a no that has no code', async () => {
  shop.answer(data({ tagsAdd: { userErrors: [] } }));
  await expect(storefront.addTags('gid://shopify/Order/1', ['returns'])).resolves.toEqual({ kind: 'done' });
  shop.answer(data({ tagsAdd: { userErrors: [{ field: null, message: 'Too many tags' }] } }));
  await expect(storefront.addTags('gid://shopify/Order/1', ['returns'])).resolves.toEqual({
    kind: 'rejected',
    messages: ['Too many tags'],
    codes: [],
  });
});

it.each([
  ['the shop offers it', () => data({ storeCreditConfiguration: { storeCreditEnabled: true } }), true],
  ['the shop does not', () => data({ storeCreditConfiguration: { storeCreditEnabled: false } }), false],
  ['the app may not ask', () => topLevelError('ACCESS_DENIED'), false],
] as const)('gives store credit only where it can be spent: %s', async (_, response, enabled) => {
  shop.answer(response());
  await expect(storefront.storeCreditEnabled()).resolves.toBe(enabled);
});

describe('listExchangeVariants', () => {
  const variant = {
    id: 'gid://shopify/ProductVariant/3',
    title: 'Blue / L',
    sku: '',
    availableForSale: false,
    sellableOnlineQuantity: -2,
    selectedOptions: [{ name: 'Size', value: 'L' }],
  };

  it('lists what the shop would and would not sell now', async () => {
    shop.answer(data({ product: { variants: { nodes: [variant] } } }));
    await expect(storefront.listExchangeVariants('77')).resolves.toEqual([
      {
        id: 'gid://shopify/ProductVariant/3',
        title: 'Blue / L',
        sku: undefined,
        options: [{ name: 'Size', value: 'L' }],
        isAvailable: false,
        sellableQuantity: 0,
      },
    ]);
    expect(shop.calls[0]?.variables).toEqual({ id: 'gid://shopify/Product/77' });
  });

  it('lists nothing of a product that is gone', async () => {
    shop.answer(data({ product: null }));
    await expect(storefront.listExchangeVariants('gid://shopify/Product/77')).resolves.toEqual([]);
  });
});
