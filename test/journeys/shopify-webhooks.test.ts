import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../support/open-world.ts';

const secret = 'shopify-webhook-secret';
let world: World;
beforeAll(async () => {
  world = await openWorld((config) => ({
    ...config,
    ...(config.shopify && { shopify: { ...config.shopify, webhookSecrets: [secret] } }),
  }));
});
afterAll(() => world.close());

function deliver(topic: string, headers: Readonly<Record<string, string>> = {}) {
  const body = JSON.stringify({ shop_domain: 'birch-and-loom.myshopify.com' });
  return fetch(`${world.url}/shopify/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-webhook-id': 'webhook-1',
      'x-shopify-shop-domain': 'birch-and-loom.myshopify.com',
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      ...headers,
    },
  });
}

test('a webhook with a bad or missing signature is refused and leaves nothing behind', async () => {
  expect((await deliver('customers/redact', { 'x-shopify-hmac-sha256': 'AAAA' })).status).toBe(401);
  expect((await deliver('customers/redact', { 'x-shopify-hmac-sha256': '' })).status).toBe(401);
  expect(await world.db.execute(sql`select 1 from inbox where provider = 'shopify'`)).toHaveLength(0);
});

test('a duty under privacy law is recorded once and shown to staff once, however often it is delivered', async () => {
  for (let i = 0; i < 3; i++) expect((await deliver('customers/redact')).status).toBe(200);
  await world.settled();
  const notes = world.sandbox.workspace.messagesIn('CSUPPORT').filter((note) => note.text.includes('erase'));
  expect(notes).toHaveLength(1);
});

test('a webhook of another shop changes nothing', async () => {
  const other = { 'x-shopify-shop-domain': 'other.myshopify.com', 'x-shopify-webhook-id': 'webhook-2' };
  expect((await deliver('shop/redact', other)).status).toBe(200);
  expect(
    await world.db.execute(sql`select 1 from inbox where provider_message_id = 'webhook-2'`),
  ).toHaveLength(0);
});
