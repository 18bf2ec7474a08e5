import { HttpResponse } from 'msw';
import { afterEach, expect, it, vi } from 'vitest';
import {
  createGraphqlClient,
  type GraphqlClientOptions,
} from '../../../src/adapters/shopify/graphql-client.ts';
import { staticToken } from '../../../src/adapters/shopify/token-provider.ts';
import type { ExternalError } from '../../../src/errors.ts';
import { data, scriptedShop, shopUrl, throttled, topLevelError } from './scripted-shop.ts';

const shop = scriptedShop();
const read = 'query Look($id: ID!) { order(id: $id) { id } }';
const change = 'mutation Change($id: ID!) { tagsAdd(id: $id, tags: []) { userErrors { message } } }';

const patient = { longestWaitMs: 1_000 };

function client(more: Partial<GraphqlClientOptions> = {}) {
  return createGraphqlClient({
    apiUrl: shopUrl,
    apiVersion: '2026-10',
    tokens: staticToken('shpat_1'),
    longestWaitMs: 0,
    ...more,
  });
}

afterEach(() => {
  vi.useRealTimers();
});

it('sends the document, its name, its variables and the token', async () => {
  shop.answer(data({ order: { id: '1' } }));
  await expect(client().query(read, { id: '1' })).resolves.toEqual({ order: { id: '1' } });
  expect(shop.calls).toMatchObject([
    { token: 'shpat_1', query: read, operationName: 'Look', variables: { id: '1' } },
  ]);
});

it('waits out a short throttle when reading, and asks once more', async () => {
  shop.answer(throttled(50, 45, 100), data({ order: null }));
  const startedAt = performance.now();
  await client(patient).query(read, { id: '1' });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(45);
  expect(shop.calls).toHaveLength(2);
});

it.each([
  ['the shop is busy', new HttpResponse(null, { status: 429, headers: { 'Retry-After': '0.5' } }), 500],
  ['the shop answers 503', new HttpResponse(null, { status: 503 }), 300],
  ['the connection breaks', HttpResponse.error(), 300],
])('reads again after a wait when %s', async (_, failure, waitMs) => {
  shop.answer(failure, data({ order: null }));
  const startedAt = performance.now();
  await client(patient).query(read, { id: '1' });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(waitMs - 1);
  expect(shop.calls).toHaveLength(2);
});

it('reads three times at most', async () => {
  shop.answer(throttled(50, 45, 100), throttled(50, 45, 100), throttled(50, 45, 100));
  await expect(client(patient).query(read, { id: '1' })).rejects.toMatchObject({ code: 'THROTTLED' });
  expect(shop.calls).toHaveLength(3);
});

it('hands a long throttle to the caller with the time the shop needs', async () => {
  shop.answer(throttled(500, 100, 100));
  await expect(client({ longestWaitMs: 3_999 }).query(read, { id: '1' })).rejects.toMatchObject({
    code: 'THROTTLED',
    retryable: true,
    outcome: 'refused',
    retryAfterMs: 4_000,
  });
});

it('never repeats a mutation, not even a throttled one', async () => {
  shop.answer(throttled(50, 45, 100));
  await expect(client().mutate(change, { id: '1' })).rejects.toMatchObject({
    code: 'THROTTLED',
    retryable: true,
    outcome: 'refused',
    retryAfterMs: 50,
  });
  expect(shop.calls).toHaveLength(1);
});

it.each([
  ['the connection breaks', (): 'no answer' => 'no answer', 'network', true],
  ['the shop answers 500', () => new HttpResponse('oops', { status: 500 }), 'http_500', true],
  ['the shop answers 503', () => new HttpResponse(null, { status: 503 }), 'http_503', true],
  ['the body is no JSON', () => new HttpResponse('<html>'), 'unreadable', true],
  ['the body is cut off', () => new HttpResponse('{"data":{"tagsA'), 'unreadable', true],
  ['the answer is empty', () => HttpResponse.json({}), 'unreadable', true],
  ['the answer is another shape', () => HttpResponse.json([1, 2]), 'unreadable', true],
  ['the status is one the API never gives', () => new HttpResponse('', { status: 202 }), 'http_202', false],
  [
    'the shop has an internal error',
    () => topLevelError('INTERNAL_SERVER_ERROR'),
    'INTERNAL_SERVER_ERROR',
    true,
  ],
  ['an error carries no code', () => topLevelError(undefined), 'graphql_error', false],
  ['an error carries a new code', () => topLevelError('BRAND_NEW'), 'BRAND_NEW', false],
  [
    'part of the answer is there beside an error',
    () => topLevelError('ACCESS_DENIED', { data: { tagsAdd: { userErrors: [] } } }),
    'ACCESS_DENIED',
    false,
  ],
] as const)('does not know what a mutation did when %s', async (_, response, code, retryable) => {
  shop.answer(response());
  await expect(client().mutate(change, { id: '1' })).rejects.toMatchObject({
    outcome: 'unknown',
    code,
    retryable,
  });
  shop.answer(response());
  await expect(client().query(read, { id: '1' })).rejects.toMatchObject({ outcome: 'refused', code });
});

it.each([
  ['400', () => new HttpResponse('', { status: 400 }), 'http_400', false],
  ['402, a frozen shop', () => new HttpResponse('', { status: 402 }), 'http_402', false],
  ['403', () => new HttpResponse('', { status: 403 }), 'unauthorized', false],
  ['404', () => new HttpResponse('', { status: 404 }), 'http_404', false],
  ['302', () => new HttpResponse('', { status: 302, headers: { location: '/' } }), 'http_302', false],
  ['429', () => new HttpResponse('', { status: 429 }), 'http_429', true],
  ['430', () => new HttpResponse('', { status: 430 }), 'http_430', true],
  ['a lacking scope', () => topLevelError('ACCESS_DENIED'), 'ACCESS_DENIED', false],
  [
    'a lacking scope without data',
    () => topLevelError('ACCESS_DENIED', { data: null }),
    'ACCESS_DENIED',
    false,
  ],
  ['an overpriced query', () => topLevelError('MAX_COST_EXCEEDED'), 'MAX_COST_EXCEEDED', false],
] as const)('knows that a mutation did nothing after %s', async (_, response, code, retryable) => {
  shop.answer(response());
  await expect(client().mutate(change, { id: '1' })).rejects.toMatchObject({
    outcome: 'refused',
    code,
    retryable,
  });
});

it('reads Retry-After in seconds', async () => {
  shop.answer(new HttpResponse('', { status: 429, headers: { 'retry-after': '2.5' } }));
  await expect(client().query(read, { id: '1' })).rejects.toMatchObject({ retryAfterMs: 2_500 });
});

it('reads Retry-After as a date', async () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  shop.answer(new HttpResponse('', { status: 503, headers: { 'retry-after': date } }));
  const error: unknown = await client()
    .query(read, { id: '1' })
    .catch((caught: unknown) => caught);
  const { retryAfterMs = 0 } = error as ExternalError;
  expect(retryAfterMs).toBeGreaterThan(50_000);
  expect(retryAfterMs).toBeLessThanOrEqual(60_000);
});

it('says nothing of the shop to whoever prints the error', async () => {
  shop.answer(topLevelError('BRAND_NEW'));
  const error: unknown = await client()
    .query(read, { id: '1' })
    .catch((caught: unknown) => caught);
  expect(String(error)).not.toContain('said by the shop');
});

it('fetches a fresh token after a 401 and asks once more, mutations too', async () => {
  const given = ['old', 'new'];
  const invalidated: string[] = [];
  const tokens = {
    getToken: () => Promise.resolve(given[0] ?? ''),
    invalidate(token: string) {
      invalidated.push(token);
      given.shift();
    },
  };
  shop.answer(new HttpResponse('', { status: 401 }), data({ tagsAdd: null }));
  await client({ tokens }).mutate(change, { id: '1' });
  expect(shop.calls.map((call) => call.token)).toEqual(['old', 'new']);
  expect(invalidated).toEqual(['old']);
});

it('gives up at the second 401', async () => {
  let generation = 0;
  const tokens = {
    getToken: () => Promise.resolve(`token ${generation}`),
    invalidate: () => {
      generation += 1;
    },
  };
  shop.answer(new HttpResponse('', { status: 401 }), new HttpResponse('', { status: 401 }));
  await expect(client({ tokens }).query(read, { id: '1' })).rejects.toMatchObject({
    code: 'unauthorized',
    retryable: false,
    outcome: 'refused',
  });
});

it('does not repeat a request with the token that was just refused', async () => {
  shop.answer(new HttpResponse('', { status: 401 }));
  await expect(client().query(read, { id: '1' })).rejects.toMatchObject({ code: 'unauthorized' });
});

it('stops asking after five failures in a row, and tries again ten seconds later', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const changes: unknown[] = [];
  const asked = client({ onCircuit: ({ isOpen }) => changes.push(isOpen) });
  for (let failures = 0; failures < 5; failures += 1) {
    shop.answer(new HttpResponse('', { status: 502 }));
    await expect(asked.query(read, { id: '1' })).rejects.toMatchObject({ code: 'http_502' });
  }
  await expect(asked.mutate(change, { id: '1' })).rejects.toMatchObject({
    code: 'circuit_open',
    retryable: true,
    outcome: 'refused',
  });
  vi.setSystemTime(Date.now() + 10_000);
  shop.answer(data({ order: null }), data({ order: null }));
  await asked.query(read, { id: '1' });
  await asked.query(read, { id: '1' });
  expect(changes).toEqual([true, false]);
});

it('keeps asking a shop that answers, however often it says no', async () => {
  const asked = client();
  for (let refusals = 0; refusals < 7; refusals += 1) {
    shop.answer(refusals % 2 ? topLevelError('ACCESS_DENIED') : new HttpResponse('', { status: 429 }));
    await expect(asked.mutate(change, { id: '1' })).rejects.toMatchObject({ outcome: 'refused' });
  }
  expect(shop.calls).toHaveLength(7);
});

it.each([401, 402, 403, 423])('asks nothing for a minute after a %d, and says so as long', async (status) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const changes: unknown[] = [];
  const asked = client({ onCircuit: ({ why, isOpen }) => changes.push([why, isOpen]) });
  shop.answer(new HttpResponse('', { status }));
  await expect(asked.mutate(change, { id: '1' })).rejects.toMatchObject({ retryable: false });
  vi.setSystemTime(Date.now() + 59_000);
  await expect(asked.query(read, { id: '1' })).rejects.toMatchObject({
    accessRefused: true,
    outcome: 'refused',
    retryable: true,
    retryAfterMs: 1_000,
  });
  vi.setSystemTime(Date.now() + 1_000);
  shop.answer(data({ order: null }));
  await asked.query(read, { id: '1' });
  expect(changes).toEqual([
    ['access', true],
    ['access', false],
  ]);
});

it('reports every request by name, duration and outcome', async () => {
  const seen: unknown[] = [];
  const asked = client({ onCall: (operation, ms, outcome) => seen.push([operation, ms >= 0, outcome]) });
  shop.answer(data({ order: null }), new HttpResponse('', { status: 404 }), 'no answer');
  await asked.query(read, { id: '1' });
  await asked.query(read, { id: '1' }).catch(() => {});
  await asked.mutate(change, { id: '1' }).catch(() => {});
  expect(seen).toEqual([
    ['Look', true, 'ok'],
    ['Look', true, 'refused'],
    ['Change', true, 'unknown'],
  ]);
});
