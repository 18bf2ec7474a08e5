import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createShopifyStorefront } from '../../../src/adapters/shopify/shopify-storefront.ts';
import { staticToken } from '../../../src/adapters/shopify/token-provider.ts';
import { openShop } from '../../sandbox/shop-desk.ts';
import { shopUrl } from './scripted-shop.ts';

type Sent = { readonly operation: string; readonly cost: number };

/** The stand-in's demo store, asked by the real adapter; answers can be lost after the shop has acted. */
export function servedShop() {
  let desk = openShop();
  let loseNext: string | undefined;
  const sent: Sent[] = [];
  const server = setupServer(
    http.post(`${shopUrl}/admin/api/2026-10/graphql.json`, async ({ request }) => {
      const body = (await request.json()) as { operationName: string };
      const answer = await desk.post(body);
      if ('drop' in answer) return HttpResponse.error();
      const parsed = JSON.parse(answer.body);
      sent.push({ operation: body.operationName, cost: parsed.extensions?.cost?.requestedQueryCost ?? 0 });
      if (loseNext !== body.operationName) return HttpResponse.json(parsed, { status: answer.status });
      loseNext = undefined;
      return HttpResponse.error();
    }),
  );
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  beforeEach(() => {
    desk = openShop();
    loseNext = undefined;
    sent.length = 0;
  });
  afterAll(() => server.close());
  const storefront = createShopifyStorefront({
    apiUrl: shopUrl,
    apiVersion: '2026-10',
    storeDomain: 'my-store.myshopify.com',
    tokens: staticToken('shpat_test'),
  });
  return {
    storefront,
    /** Every request that reached the shop, oldest first. */
    sent,
    timesSent: (operation: string) => sent.filter((each) => each.operation === operation).length,
    desk: () => desk,
    loseAnswerOf(operation: string): void {
      loseNext = operation;
    },
  };
}
