import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOpenAiModel, type OpenAiCall } from '../../../src/adapters/openai/openai-model.ts';
import type { ExternalError } from '../../../src/errors.ts';
import { modelRequest } from '../../support/model-request.ts';
import { startScriptedOpenAi } from '../../support/scripted-openai.ts';

const baseUrl = 'https://models.test/v1';
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledFrame: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function setUp(api: 'responses' | 'chat', reply: () => Response | Promise<Response>, timeoutMs = 5_000) {
  let requests = 0;
  const path = api === 'responses' ? 'responses' : 'chat/completions';
  server.use(
    http.post(`${baseUrl}/${path}`, () => {
      requests += 1;
      return reply();
    }),
  );
  const calls: OpenAiCall[] = [];
  const model = createOpenAiModel({
    apiKey: 'sk-test',
    baseUrl,
    model: 'gpt-6-luna',
    api,
    timeoutMs,
    onCall: (call) => calls.push(call),
  });
  return { model, calls, countRequests: () => requests };
}

const failing =
  (status: number, error: object = {}, headers: Record<string, string> = {}) =>
  () =>
    HttpResponse.json({ error: { message: 'about order 1001', ...error } }, { status, headers });

const failure = (asking: Promise<unknown>): Promise<ExternalError> =>
  asking.then(
    () => Promise.reject(new Error('did not fail')),
    (error: ExternalError) => error,
  );

describe.each(['responses', 'chat'] as const)('a failing model (%s)', (api) => {
  it.each([
    ['a rate limit', failing(429, { code: 'rate_limit_exceeded' }), true, 'rate_limit_exceeded'],
    [
      'a spent quota',
      failing(429, { code: 'insufficient_quota', type: 'insufficient_quota' }),
      false,
      'insufficient_quota',
    ],
    [
      'a spent quota by type',
      failing(429, { code: null, type: 'insufficient_quota' }),
      false,
      'insufficient_quota',
    ],
    ['a wrong key', failing(401, { code: 'invalid_api_key' }), false, 'invalid_api_key'],
    ['a wrong request', failing(400, { type: 'invalid_request_error' }), false, 'invalid_request_error'],
    ['an unknown model', failing(404, { code: 'model_not_found' }), false, 'model_not_found'],
    ['a server error', failing(500, { type: 'server_error' }), true, 'server_error'],
    ['a server without words', () => new HttpResponse(null, { status: 503 }), true, 'http_503'],
    ['a code that is a sentence', failing(400, { code: 'The order of Jo' }), false, 'http_400'],
    ['a lost connection', () => HttpResponse.error(), true, 'connection'],
  ] as const)('reports %s once, without trying again', async (_, reply, retryable, code) => {
    const { model, calls, countRequests } = setUp(api, reply);
    expect(await failure(model.respond(modelRequest()))).toMatchObject({
      name: 'ExternalError',
      service: 'openai',
      outcome: 'refused',
      retryable,
      code,
    });
    expect(countRequests()).toBe(1);
    expect(calls).toMatchObject([{ outcome: 'failed', code }]);
  });

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('passes on how long to wait: %j', async (headers, retryAfterMs) => {
    const { model } = setUp(api, failing(429, {}, headers));
    expect(await failure(model.respond(modelRequest()))).toMatchObject({ retryAfterMs });
  });

  it('passes on a date to wait for', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const { model } = setUp(api, failing(503, {}, { 'retry-after': date }));
    const { retryAfterMs = 0 } = await failure(model.respond(modelRequest()));
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('carries nothing of the conversation in its errors', async () => {
    for (const reply of [failing(400), failing(500), () => HttpResponse.error()]) {
      const error = await failure(setUp(api, reply).model.respond(modelRequest()));
      expect(JSON.stringify([error.message, error.stack, error.cause, { ...error }])).not.toMatch(
        /shirt|1001|sk-test/,
      );
      server.resetHandlers();
    }
  });

  it('gives up at the deadline', async () => {
    const { model } = setUp(api, () => new Promise<Response>(() => {}), 50);
    expect(await failure(model.respond(modelRequest()))).toMatchObject({ retryable: true, code: 'timeout' });
  });

  it('stops at once when the caller does, and holds it against nobody', async () => {
    const { model, countRequests } = setUp(api, () => new Promise<Response>(() => {}));
    for (let count = 0; count < 6; count++) {
      const caller = new AbortController();
      const asking = failure(model.respond(modelRequest({ signal: caller.signal })));
      caller.abort();
      expect(await asking).toMatchObject({ code: 'aborted' });
    }
    server.resetHandlers();
    server.use(http.post(`${baseUrl}/*`, () => HttpResponse.error()));
    expect(await failure(model.respond(modelRequest()))).toMatchObject({ code: 'connection' });
    expect(countRequests()).toBeLessThanOrEqual(6);
  });

  it('is left alone after five failures in a row', async () => {
    const { model, calls, countRequests } = setUp(api, failing(500));
    for (let count = 0; count < 5; count++) await failure(model.respond(modelRequest()));
    expect(await failure(model.respond(modelRequest()))).toMatchObject({
      code: 'circuit_open',
      retryable: true,
      retryAfterMs: 15_000,
    });
    expect(countRequests()).toBe(5);
    expect(calls).toHaveLength(6);
  });

  it.each([
    ['a wrong key', failing(401, { code: 'invalid_api_key' }), 'invalid_api_key'],
    ['a spent quota', failing(429, { code: 'insufficient_quota' }), 'insufficient_quota'],
  ])('is left alone for a minute after %s', async (_, reply, code) => {
    const { model, countRequests } = setUp(api, reply);
    expect(await failure(model.respond(modelRequest()))).toMatchObject({ accessRefused: true });
    expect(await failure(model.respond(modelRequest()))).toMatchObject({ accessRefused: true, code });
    expect(countRequests()).toBe(1);
  });

  it('is still asked after five requests it took for wrong', async () => {
    const { model, countRequests } = setUp(api, failing(400));
    for (let count = 0; count < 7; count++) await failure(model.respond(modelRequest()));
    expect(countRequests()).toBe(7);
  });
});

describe.each(['responses', 'chat'] as const)('an answer that trickles (%s)', (api) => {
  it('is given up at the deadline', async () => {
    const openAi = await startScriptedOpenAi([{ trickle: true }]);
    const { baseUrl } = openAi;
    const model = createOpenAiModel({ apiKey: 'sk-test', baseUrl, model: 'gpt-6-luna', api, timeoutMs: 150 });
    expect(await failure(model.respond(modelRequest()))).toMatchObject({ retryable: true, code: 'timeout' });
    await openAi.close();
    openAi.assertDone();
  });
});

describe('an answering model', () => {
  it('tells what the call cost', async () => {
    const openAi = await startScriptedOpenAi([
      { text: 'Hi.', usage: { input: 2_000, cached: 1_000, output: 100 } },
    ]);
    const calls: OpenAiCall[] = [];
    const model = createOpenAiModel({
      apiKey: 'sk-test',
      baseUrl: openAi.baseUrl,
      model: 'gpt-6-luna',
      api: 'responses',
      onCall: (call) => calls.push(call),
    });
    await model.respond(modelRequest());
    await openAi.close();
    openAi.assertDone();
    expect(calls).toMatchObject([{ outcome: 'answered', costMicroUsd: 125 + 10 + 50 }]);
  });
});
