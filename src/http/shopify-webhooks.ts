import type { ConversationContext } from '../conversation/context.ts';
import { recordInbound } from '../storage/inbox.ts';
import { findOpenReturns } from '../storage/returns.ts';
import { aboutReturns } from './about-returns.ts';
import { takeOnDuty } from './privacy-duty.ts';
import { type HttpRequest, type HttpResponse, json, type Route } from './route.ts';

/** A delivery whose signature was checked: undefined when it was not Shopify's. */
export type ReadDelivery = (request: HttpRequest) =>
  | {
      readonly kind: 'event';
      readonly topic: string;
      readonly webhookId: string;
      readonly shopDomain: string;
      readonly payload: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'malformed' }
  | undefined;

/**
 * `POST /shopify/webhooks`: recorded once by Shopify's id and acknowledged. Only which return to look at is
 * taken from a webhook: every decision about money reads the order and the return from the shop.
 */
export function shopifyWebhookRoute(context: ConversationContext, read: ReadDelivery): Route {
  const { db, jobs, log, store } = context.refunds;
  return {
    method: 'POST',
    path: '/shopify/webhooks',
    async handle(request): Promise<HttpResponse> {
      const delivery = read(request);
      if (!delivery) return json(401, { error: 'bad signature' });
      if (delivery.kind === 'malformed' || delivery.shopDomain !== store) {
        log.warn('A Shopify webhook was ignored: it is malformed or of another shop');
        return json(200, {});
      }
      await db.transaction(async (tx) => {
        const entry = await recordInbound(tx, {
          store,
          provider: 'shopify',
          providerMessageId: delivery.webhookId,
        });
        if (entry === 'new') await takeOnDuty(tx, context, delivery.topic, delivery.payload);
        const about = entry === 'new' ? aboutReturns(delivery.topic, delivery.payload) : undefined;
        if (!about) return;
        for (const returnId of await findOpenReturns(tx, store, about)) {
          await jobs.enqueue(tx, 'follow-return', { returnId });
        }
      });
      log.info('A Shopify webhook was recorded', { topic: delivery.topic });
      return json(200, {});
    },
  };
}
