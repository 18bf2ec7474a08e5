import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { listenAsProgram } from './listening-program.ts';

let app: Awaited<ReturnType<typeof listenAsProgram>>;
let sandbox: Sandbox;
beforeEach(async () => {
  app = await listenAsProgram(() => '{}');
  sandbox = await startSandbox({ appUrl: app.url });
});
afterEach(async () => {
  await sandbox.close();
  app.close();
});

function post(path: string, body: unknown) {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${sandbox.url}/sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('the shop’s webhooks', () => {
  it('are signed over the raw body and say which shop, topic and delivery', async () => {
    sandbox.shop.editOrder('1001', { kind: 'refund', line: 'Socks' });
    const sent = { topic: 'refunds/create', orderName: '#1001', webhookId: 'delivery-1' };
    expect(await sandbox.shop.sendWebhook(sent)).toMatchObject({ status: 200 });
    const [call] = app.calls;
    const { webhookSecret } = sandbox.credentials.shopify;
    expect(call?.path).toBe('/shopify/webhooks');
    expect(call?.headers).toMatchObject({
      'x-shopify-topic': 'refunds/create',
      'x-shopify-webhook-id': 'delivery-1',
      'x-shopify-shop-domain': sandbox.credentials.shopify.storeDomain,
      'x-shopify-hmac-sha256': createHmac('sha256', webhookSecret)
        .update(call?.body ?? '')
        .digest('base64'),
    });
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      admin_graphql_api_id: sandbox.shop.refunds().at(-1)?.id,
      transactions: [{ kind: 'refund', amount: '12.0' }],
    });
  });

  it('say nothing of a return that does not exist', async () => {
    const sent = { topic: 'returns/update', orderName: '1001' };
    await expect(sandbox.shop.sendWebhook(sent)).rejects.toThrow('No return');
    expect(app.calls).toEqual([]);
  });
});

describe('what happens in the shop, from the page', () => {
  it('is refused when there is nothing to receive, no such variant and no number', async () => {
    for (const [path, body] of [
      ['parcel', { order: '1001' }],
      ['stock', { variant: 'Nothing / L', stock: 1 }],
      ['stock', { variant: 'Field Jacket / L', stock: 'many' }],
      ['webhook', { topic: 'returns/update', order: '1' }],
    ] as const) {
      expect((await post(path, body)).status).toBe(409);
    }
    expect(app.calls).toEqual([]);
  });

  it('changes the stock, switches store credit and tells the program of an order', async () => {
    expect((await post('stock', { variant: 'Field Jacket / L', stock: 0 })).status).toBe(200);
    expect((await post('store-credit', { on: false })).status).toBe(200);
    expect((await post('webhook', { topic: 'orders/updated', order: '1001' })).status).toBe(200);
    expect(app.calls.map(({ headers }) => headers['x-shopify-topic'])).toEqual(['orders/updated']);
  });

  it('receives the parcel of an open return and says so', async () => {
    const order = sandbox.shop.orders().find(({ name }) => name === '#1015');
    const input = {
      orderId: order?.id,
      returnLineItems: [{ fulfillmentLineItemId: order?.fulfillments[0]?.lines[0]?.id, quantity: 2 }],
    };
    const { apiUrl, adminToken } = sandbox.credentials.shopify;
    await fetch(`${apiUrl}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': adminToken },
      body: JSON.stringify({
        query: 'mutation ($input: ReturnInput!) { returnCreate(returnInput: $input) { return { id } } }',
        variables: { input },
      }),
    });
    const answer = await post('parcel', { order: '#1015', lines: [{ line: 'Mug', quantity: 1 }] });
    expect(await answer.json()).toEqual({ return: sandbox.shop.returns()[0]?.id, status: 200 });
    expect(sandbox.shop.returns()[0]?.lines[0]?.dispositions).toMatchObject([{ quantity: 1 }]);
    expect(JSON.parse(app.calls[0]?.body ?? '')).toMatchObject({ name: '#1015-R1', status: 'open' });
  });
});
