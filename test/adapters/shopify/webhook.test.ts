import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseShopifyWebhook, verifyShopifyWebhook } from '../../../src/adapters/shopify/webhook.ts';

const rawBody = Buffer.from('{"shop_domain":"my-store.myshopify.com","customer":{"id":207119551}}');
const headers = {
  'x-shopify-topic': 'customers/redact',
  'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
  'x-shopify-shop-domain': 'my-store.myshopify.com',
};

function sign(body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

it('agrees with a signature made elsewhere', () => {
  // RFC 4231, test case 2.
  const digest = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  const headerHmac = Buffer.from(digest, 'hex').toString('base64');
  const message = Buffer.from('what do ya want for nothing?');
  expect(verifyShopifyWebhook({ rawBody: message, headerHmac, secrets: ['Jefe'] })).toBe(true);
});

it('accepts either secret while one replaces the other', () => {
  const headerHmac = sign(rawBody, 'old');
  expect(verifyShopifyWebhook({ rawBody, headerHmac, secrets: ['new', 'old'] })).toBe(true);
  expect(verifyShopifyWebhook({ rawBody, headerHmac, secrets: ['new'] })).toBe(false);
});

it.each([
  ['a missing signature', undefined],
  ['an empty one', ''],
  ['text that is no base64', '%%%'],
  ['a hex digest', createHmac('sha256', 'secret').update(rawBody).digest('hex')],
  ['a cut one', sign(rawBody, 'secret').slice(0, 20)],
  ['one of another body', sign(Buffer.from('{}'), 'secret')],
])('refuses %s', (_, headerHmac) => {
  expect(verifyShopifyWebhook({ rawBody, headerHmac, secrets: ['secret'] })).toBe(false);
});

it('refuses everything when no secret is set, even what an empty one would sign', () => {
  expect(verifyShopifyWebhook({ rawBody, headerHmac: sign(rawBody, ''), secrets: [] })).toBe(false);
  expect(verifyShopifyWebhook({ rawBody, headerHmac: sign(rawBody, ''), secrets: [''] })).toBe(false);
});

it('reads topic, id, shop and payload', () => {
  expect(parseShopifyWebhook({ rawBody, headers })).toEqual({
    kind: 'event',
    topic: 'customers/redact',
    webhookId: expect.stringMatching(/^body:[0-9a-f]{64}$/),
    shopDomain: 'my-store.myshopify.com',
    payload: { shop_domain: 'my-store.myshopify.com', customer: { id: 207119551 } },
  });
});

it.each([
  ['no topic', { ...headers, 'x-shopify-topic': undefined }, rawBody],
  ['two topics', { ...headers, 'x-shopify-topic': ['a', 'b'] }, rawBody],
  ['no id', { ...headers, 'x-shopify-webhook-id': undefined }, rawBody],
  ['no shop', { ...headers, 'x-shopify-shop-domain': undefined }, rawBody],
  ['an id of 300 letters', { ...headers, 'x-shopify-webhook-id': 'x'.repeat(300) }, rawBody],
  ['a topic with a line break', { ...headers, 'x-shopify-topic': 'orders/updated\n' }, rawBody],
  ['a body that is no JSON', headers, Buffer.from('{')],
  ['a body that is a list', headers, Buffer.from('[]')],
  ['a body that is null', headers, Buffer.from('null')],
])('calls a delivery with %s malformed', (_, someHeaders, body) => {
  expect(parseShopifyWebhook({ rawBody: body, headers: someHeaders })).toEqual({ kind: 'malformed' });
});

it('takes the id of the delivery where nothing hangs on the topic', () => {
  const updated = { ...headers, 'x-shopify-topic': 'orders/updated' };
  expect(parseShopifyWebhook({ rawBody, headers: updated })).toMatchObject({
    webhookId: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
  });
});

it('calls a duty under another id the same, since nobody signs ids', () => {
  const again = { ...headers, 'x-shopify-webhook-id': 'another' };
  expect(parseShopifyWebhook({ rawBody, headers: again })).toEqual(parseShopifyWebhook({ rawBody, headers }));
});

const shop = { shop_domain: 'my-store.myshopify.com' };
it.each([
  ['an order', 'customers/redact', { id: 1, customer: { id: 207119551 } }],
  ['an order', 'shop/redact', { id: 1, name: '#1001' }],
  ['a request for data', 'customers/redact', { ...shop, customer: {}, orders_requested: [1] }],
  ['a redaction of one customer', 'shop/redact', { ...shop, customer: {}, orders_to_redact: [1] }],
  ['a redaction', 'customers/data_request', { ...shop, customer: {}, orders_to_redact: [1] }],
  ['a redaction of another shop', 'customers/redact', { shop_domain: 'x.myshopify.com', customer: {} }],
])('obeys nothing when %s is sent again under the topic %s', (_, topic, body) => {
  const delivery = {
    rawBody: Buffer.from(JSON.stringify(body)),
    headers: { ...headers, 'x-shopify-topic': topic },
  };
  expect(parseShopifyWebhook(delivery)).toEqual({ kind: 'malformed' });
});
