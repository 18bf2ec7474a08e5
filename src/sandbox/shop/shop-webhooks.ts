import { createHmac, randomUUID } from 'node:crypto';
import type { Program, ProgramAnswer } from '../program.ts';
import { toDecimal } from './shop-money.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';

/** The app as the shop knows it. */
export type WebhookTarget = {
  readonly program: Program;
  readonly secret: string;
  readonly storeDomain: string;
};

export type ShopWebhook = {
  /** E.g. `returns/update`. */
  readonly topic: string;
  readonly orderName: string;
  /** Shopify's id of the delivery; the same one is the same delivery, made again. */
  readonly webhookId?: string;
  /** Instead of what the shop would say about the order. */
  readonly payload?: Readonly<Record<string, unknown>>;
};

/** https://shopify.dev/docs/apps/build/webhooks/verify-deliveries */
export function sendShopWebhook(
  { program, secret, storeDomain }: WebhookTarget,
  state: ShopState,
  { topic, orderName, webhookId = randomUUID(), payload }: ShopWebhook,
  now: Date,
): Promise<ProgramAnswer> {
  const order = state.orders.find((each) => each.name === orderName || each.name === `#${orderName}`);
  if (!order) throw new Error(`No order ${orderName}`);
  const body = JSON.stringify(payload ?? payloadOf(topic, state, order));
  const headers = {
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-webhook-id': webhookId,
    'x-shopify-event-id': randomUUID(),
    'x-shopify-shop-domain': storeDomain,
    'x-shopify-api-version': '2026-10',
    'x-shopify-triggered-at': now.toISOString(),
    'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
  };
  return program.post(`${program.publicUrl()}/shopify/webhooks`, headers, body);
}

/** The latest return or refund of the order, or the order itself. */
function payloadOf(topic: string, state: ShopState, order: ShopOrder): Readonly<Record<string, unknown>> {
  const about = { ...named(order.id), name: order.name };
  if (topic.startsWith('returns/')) {
    const last = order.returns?.at(-1);
    if (!last) throw new Error(`No return of ${order.name}`);
    return { ...named(last.id), name: last.name, status: last.status.toLowerCase(), order: about };
  }
  if (topic === 'refunds/create') {
    const last = state.refunds.findLast((each) => each.orderId === order.id);
    if (!last) throw new Error(`No refund of ${order.name}`);
    const transactions = last.transactions.map((each) => ({
      ...named(each.id),
      kind: 'refund',
      status: each.status.toLowerCase(),
      amount: toDecimal(each.amount, order.currency),
      currency: order.currency,
    }));
    return { ...named(last.id), order_id: number(order.id), note: last.note ?? null, transactions };
  }
  return { ...about, cancelled_at: order.cancelledAt ?? null, tags: order.tags.join(', ') };
}

function named(gid: string) {
  return { id: number(gid), admin_graphql_api_id: gid };
}

function number(gid: string): number {
  return Number(gid.split('/').at(-1));
}
