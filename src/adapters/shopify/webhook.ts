import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type ShopifyWebhook =
  | {
      readonly kind: 'event';
      /** E.g. `customers/redact`. */
      readonly topic: string;
      /** The same for every redelivery of one event; of a duty under privacy law, of its very body. */
      readonly webhookId: string;
      readonly shopDomain: string;
      readonly payload: Readonly<Record<string, unknown>>;
    }
  /** Signed, but not what Shopify sends: nothing to act on. */
  | { readonly kind: 'malformed' };

/**
 * `X-Shopify-Hmac-SHA256` is base64 of HMAC-SHA256 over the raw body. Deliveries signed with the previous
 * secret arrive for up to an hour after a rotation, hence several secrets.
 * https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
export function verifyShopifyWebhook(delivery: {
  readonly rawBody: Buffer;
  readonly headerHmac: string | undefined;
  readonly secrets: readonly string[];
}): boolean {
  const claimed = Buffer.from(delivery.headerHmac ?? '', 'base64');
  let matches = false;
  for (const secret of delivery.secrets) {
    if (secret === '') continue;
    const expected = createHmac('sha256', secret).update(delivery.rawBody).digest();
    // Every secret is tried, so that the time taken does not tell which one fits.
    if (claimed.length === expected.length && timingSafeEqual(claimed, expected)) matches = true;
  }
  return matches;
}

/** Call it after `verifyShopifyWebhook`. Header names are lower case, as Node gives them. */
export function parseShopifyWebhook(delivery: {
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}): ShopifyWebhook {
  const { headers } = delivery;
  const topic = headers['x-shopify-topic'];
  const webhookId = headers['x-shopify-webhook-id'];
  const shopDomain = headers['x-shopify-shop-domain'];
  const payload = parseObject(delivery.rawBody);
  if (!isWord(topic) || !isWord(webhookId) || !isWord(shopDomain) || !payload) return { kind: 'malformed' };
  const event = { kind: 'event', topic, webhookId, shopDomain, payload } as const;
  const foreign = foreignFields.get(topic);
  if (!foreign) return event;
  const fits = payload.shop_domain === shopDomain && !foreign.some((name) => Object.hasOwn(payload, name));
  return fits ? { ...event, webhookId: digestOf(delivery.rawBody) } : { kind: 'malformed' };
}

/**
 * Only the body is signed. So that no old delivery of something else, sent again under another topic or id,
 * erases anything, a duty counts when its body is one: these are the fields that each of them never has.
 */
const foreignFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['customers/data_request', ['orders_to_redact']],
  ['customers/redact', ['orders_requested', 'data_request']],
  ['shop/redact', ['customer', 'orders_requested', 'orders_to_redact', 'data_request']],
]);

/** What is stored and logged of headers that anybody could have written. */
function isWord(value: string | readonly string[] | undefined): value is string {
  return typeof value === 'string' && /^[\w./:-]{1,255}$/.test(value);
}

function digestOf(rawBody: Buffer): string {
  return `body:${createHash('sha256').update(rawBody).digest('hex')}`;
}

function parseObject(rawBody: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(rawBody.toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
