import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { clientCredentials, staticToken } from '../../../src/adapters/shopify/token-provider.ts';

const requests: { readonly type: string | null; readonly body: string }[] = [];
let answer: () => Response = () => granted();
const server = setupServer(
  http.post('https://shop.test/admin/oauth/access_token', async ({ request }) => {
    requests.push({ type: request.headers.get('content-type'), body: await request.text() });
    return answer();
  }),
);
let clock = new Date('2026-11-22T10:00:00Z');

function granted(expiresIn = 86_399): Response {
  return HttpResponse.json({
    access_token: `shpat_${requests.length}`,
    scope: 'read_orders',
    expires_in: expiresIn,
  });
}

function provider() {
  return clientCredentials({
    baseUrl: 'https://shop.test',
    clientId: 'id',
    clientSecret: 's&cret',
    now: () => clock,
  });
}

function pass(seconds: number): void {
  clock = new Date(clock.getTime() + seconds * 1000);
}

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
beforeEach(() => {
  requests.length = 0;
  answer = () => granted();
});
afterAll(() => server.close());

it('asks with the client-credentials grant', async () => {
  await expect(provider().getToken()).resolves.toBe('shpat_1');
  expect(requests).toEqual([
    {
      type: 'application/x-www-form-urlencoded',
      body: 'grant_type=client_credentials&client_id=id&client_secret=s%26cret',
    },
  ]);
});

it('asks once for many callers at a time', async () => {
  const tokens = provider();
  const all = await Promise.all(Array.from({ length: 20 }, () => tokens.getToken()));
  expect(new Set(all)).toEqual(new Set(['shpat_1']));
  expect(requests).toHaveLength(1);
});

it('keeps a token until five minutes before it expires', async () => {
  const tokens = provider();
  await tokens.getToken();
  pass(86_399 - 301);
  await expect(tokens.getToken()).resolves.toBe('shpat_1');
  pass(1);
  await expect(tokens.getToken()).resolves.toBe('shpat_2');
});

it('keeps a short-lived token for half of its life', async () => {
  answer = () => granted(60);
  const tokens = provider();
  await tokens.getToken();
  pass(29);
  await expect(tokens.getToken()).resolves.toBe('shpat_1');
  pass(1);
  await expect(tokens.getToken()).resolves.toBe('shpat_2');
});

it('goes on with a token that is still good when no new one can be had', async () => {
  const tokens = provider();
  await tokens.getToken();
  answer = () => new HttpResponse('', { status: 503 });
  pass(86_399 - 100);
  await expect(tokens.getToken()).resolves.toBe('shpat_1');
  pass(100);
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'http_503' });
});

it('asks again for a token the shop refused, and only for that one', async () => {
  const tokens = provider();
  await tokens.getToken();
  tokens.invalidate('some other token');
  await expect(tokens.getToken()).resolves.toBe('shpat_1');
  tokens.invalidate('shpat_1');
  await expect(tokens.getToken()).resolves.toBe('shpat_2');
});

it('asks again after a failure', async () => {
  const tokens = provider();
  answer = () => new HttpResponse('', { status: 500 });
  await expect(tokens.getToken()).rejects.toMatchObject({ retryable: true, outcome: 'refused' });
  answer = () => granted();
  await expect(tokens.getToken()).resolves.toBe('shpat_2');
});

it.each([
  ['wrong credentials', () => new HttpResponse('', { status: 400 }), 'unauthorized', false],
  ['an uninstalled app', () => new HttpResponse('', { status: 401 }), 'unauthorized', false],
  ['too many requests', () => new HttpResponse('', { status: 429 }), 'http_429', true],
  ['no answer', () => HttpResponse.error(), 'network', true],
  ['an answer without a token', () => HttpResponse.json({}), 'unreadable', true],
] as const)('says whether trying again helps after %s', async (_, response, code, retryable) => {
  answer = response;
  await expect(provider().getToken()).rejects.toMatchObject({
    service: 'shopify',
    outcome: 'refused',
    code,
    retryable,
  });
});

it('has nothing else to offer when a static token is refused', async () => {
  const tokens = staticToken('shpat_only');
  tokens.invalidate('shpat_only');
  await expect(tokens.getToken()).resolves.toBe('shpat_only');
});
