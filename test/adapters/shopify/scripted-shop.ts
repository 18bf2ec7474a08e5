import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';

export type ShopCall = {
  readonly token: string | null;
  readonly text: string;
  readonly query: string;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

export type ScriptedShop = {
  /** Every request so far, oldest first. */
  readonly calls: ShopCall[];
  /** What the shop will say, in order. A request without an answer, or an answer left over, fails the test. */
  answer(...responses: readonly (Response | 'no answer')[]): void;
};

export const shopUrl = 'https://shop.test';

export function scriptedShop(): ScriptedShop {
  const calls: ShopCall[] = [];
  const script: (Response | 'no answer')[] = [];
  let surprises = 0;
  const server = setupServer(
    http.post(`${shopUrl}/admin/api/2026-10/graphql.json`, async ({ request }) => {
      const text = await request.text();
      calls.push({ token: request.headers.get('x-shopify-access-token'), text, ...JSON.parse(text) });
      const next = script.shift();
      if (next === undefined) surprises += 1;
      return next === 'no answer' || next === undefined ? HttpResponse.error() : next;
    }),
  );
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  beforeEach(() => {
    calls.length = 0;
    script.length = 0;
    surprises = 0;
    return () => {
      expect({ unused: script.length, surprises }).toEqual({ unused: 0, surprises: 0 });
    };
  });
  afterAll(() => server.close());
  return { calls, answer: (...responses) => void script.push(...responses) };
}

export function data(value: object): Response {
  return HttpResponse.json({ data: value });
}

export function topLevelError(code: string | undefined, more: object = {}): Response {
  const extensions = code === undefined ? {} : { extensions: { code } };
  return HttpResponse.json({ errors: [{ message: 'said by the shop', ...extensions }], ...more });
}

export function throttled(requested: number, available: number, restoreRate: number): Response {
  const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: available, restoreRate };
  return topLevelError('THROTTLED', {
    extensions: { cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus } },
  });
}
