import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildLowerAmountView } from '../../../src/adapters/slack/lower-amount-view.ts';
import {
  createSlackClient,
  type SlackCall,
  type SlackClient,
} from '../../../src/adapters/slack/slack-client.ts';
import { ExternalError } from '../../../src/errors.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

let slack: SlackDouble;
let client: SlackClient;
let seen: SlackCall[];

beforeEach(async () => {
  slack = await startSlackDouble();
  seen = [];
  client = createSlackClient({
    token: 'xoxb-test',
    apiUrl: slack.apiUrl,
    timeoutMs: 200,
    restMs: 50,
    onCall: (call) => seen.push(call),
  });
});
afterEach(() => slack.close());

const post = () => client.call('chat.postMessage', { channel: 'C1', text: 'hello' });
const read = () => client.call('users.info', { user: 'U1' });

async function failureOf(call: () => Promise<unknown>): Promise<ExternalError> {
  const failure = await call().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof ExternalError) return failure;
  throw new Error('expected an ExternalError', { cause: failure });
}

test('calls the method at the configured address with the token', async () => {
  expect(await post()).toMatchObject({ ok: true, channel: 'C1' });
  expect(slack.callsTo('chat.postMessage')).toMatchObject([{ channel: 'C1', text: 'hello' }]);
  expect(seen).toMatchObject([{ method: 'chat.postMessage', outcome: 'ok', code: undefined }]);
});

describe('what a failure means', () => {
  test('a rate limit is refused and says how long to wait', async () => {
    slack.answer('chat.postMessage', (_args, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end(),
    );
    expect(await failureOf(post)).toMatchObject({
      outcome: 'refused',
      retryable: true,
      retryAfterMs: 7000,
      code: 'ratelimited',
    });
    expect(slack.calls).toHaveLength(1);
  });

  test('a rate limit that does not say how long is half a minute', async () => {
    slack.answer('chat.postMessage', (_args, response) => response.writeHead(429).end());
    expect(await failureOf(post)).toMatchObject({
      outcome: 'refused',
      retryAfterMs: 30_000,
      code: 'ratelimited',
    });
  });

  test('a rate limit may say until when', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    slack.answer('chat.postMessage', (_args, response) =>
      response.writeHead(429, { 'retry-after': date }).end(),
    );
    const { retryAfterMs = 0, code } = await failureOf(post);
    expect(code).toBe('ratelimited');
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test('an answer that comes drop by drop is given up at the deadline', async () => {
    slack.answer('chat.postMessage', (_args, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
      return 'none';
    });
    expect(await failureOf(post)).toMatchObject({ outcome: 'unknown', retryable: true, code: 'timeout' });
  });

  test.each(['invalid_auth', 'token_revoked', 'token_expired', 'account_inactive', 'not_authed'])(
    '%s refuses us, whatever is asked next',
    async (code) => {
      slack.answer('chat.postMessage', () => ({ ok: false, error: code }));
      expect(await failureOf(post)).toMatchObject({ accessRefused: true, retryable: false });
      expect(await failureOf(read)).toMatchObject({ accessRefused: true, retryable: true, code });
      expect(slack.calls).toHaveLength(1);
    },
  );

  test.each([
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'restricted_action',
    'invalid_auth',
    'msg_too_long',
    'msg_blocks_too_long',
    'invalid_blocks',
  ])('%s is refused for good', async (code) => {
    slack.answer('chat.postMessage', () => ({ ok: false, error: code }));
    expect(await failureOf(post)).toMatchObject({ outcome: 'refused', retryable: false, code });
  });

  test('a limit that Slack tells in the answer alone is refused for now', async () => {
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'ratelimited' }));
    expect(await failureOf(post)).toMatchObject({ outcome: 'refused', retryable: true, code: 'ratelimited' });
    expect(slack.calls).toHaveLength(1);
  });

  test.each(['expired_trigger_id', 'exchanged_trigger_id'])('%s is refused for good', async (code) => {
    slack.answer('views.open', () => ({ ok: false, error: code }));
    const open = () =>
      client.call('views.open', { trigger_id: 't', view: buildLowerAmountView('{}', undefined) });
    expect(await failureOf(open)).toMatchObject({ outcome: 'refused', retryable: false, code });
  });

  test('service_unavailable is refused for now', async () => {
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'service_unavailable' }));
    expect(await failureOf(post)).toMatchObject({ outcome: 'refused', retryable: true });
  });

  test.each(['internal_error', 'fatal_error'])('%s on a post may have left a message', async (code) => {
    slack.answer('chat.postMessage', () => ({ ok: false, error: code }));
    expect(await failureOf(post)).toMatchObject({ outcome: 'unknown', retryable: true, code });
  });

  test.each([500, 502, 503])(
    'HTTP %d on a post may have left a message, and is not repeated',
    async (status) => {
      slack.answer('chat.postMessage', (_args, response) => response.writeHead(status).end('<html>'));
      expect(await failureOf(post)).toMatchObject({
        outcome: 'unknown',
        retryable: true,
        code: `http_${status}`,
      });
      expect(slack.calls).toHaveLength(1);
    },
  );

  test('HTTP 404 is refused for good', async () => {
    slack.answer('chat.postMessage', (_args, response) => response.writeHead(404).end());
    expect(await failureOf(post)).toMatchObject({ outcome: 'refused', retryable: false, code: 'http_404' });
  });

  test('no answer in time to a post may have left a message', async () => {
    slack.answer('chat.postMessage', () => 'none');
    expect(await failureOf(post)).toMatchObject({ outcome: 'unknown', retryable: true, code: 'timeout' });
    expect(slack.calls).toHaveLength(1);
  });

  test('a connection cut before the answer to a post may have left a message', async () => {
    slack.answer('chat.postMessage', (_args, response) => response.destroy());
    expect(await failureOf(post)).toMatchObject({ outcome: 'unknown', retryable: true });
    expect(slack.calls).toHaveLength(1);
  });

  test('a connection cut inside the answer to a post may have left a message', async () => {
    slack.answer('chat.postMessage', (_args, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"ok":true', () => response.destroy());
    });
    expect(await failureOf(post)).toMatchObject({ outcome: 'unknown', retryable: true });
  });

  test('a page of somebody in between is not taken for an error code', async () => {
    slack.answer('chat.postMessage', (_args, response) => response.end('<h1>captive portal</h1>'));
    expect(await failureOf(post)).toMatchObject({ outcome: 'unknown', code: undefined });
  });

  test('a failed question changed nothing', async () => {
    slack.answer('users.info', (_args, response) => response.writeHead(500).end());
    expect(await failureOf(read)).toMatchObject({ outcome: 'refused', retryable: true });
  });

  test('nothing was sent to an address where nobody listens', async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    client = createSlackClient({ token: 'xoxb-test', apiUrl: `http://127.0.0.1:${port}/api/` });
    expect(await failureOf(post)).toMatchObject({
      outcome: 'refused',
      retryable: true,
      code: 'ECONNREFUSED',
    });
  });

  test('no failure carries the token or the text', async () => {
    slack.answer('chat.postMessage', (_args, response) => response.writeHead(500).end());
    const failure = await failureOf(post);
    expect(`${failure.message} ${JSON.stringify(failure)}`).not.toMatch(/xoxb|hello/);
  });
});

describe('the circuit', () => {
  test('opens after five failures in a row, refuses without asking, and closes after a success', async () => {
    slack.answer('users.info', (_args, response) => response.writeHead(500).end());
    for (let attempt = 0; attempt < 5; attempt += 1) await failureOf(read);
    expect(await failureOf(post)).toMatchObject({
      code: 'circuit_open',
      outcome: 'refused',
      retryable: true,
    });
    expect(slack.callsTo('chat.postMessage')).toEqual([]);
    await expect.poll(async () => (await post()).ok, { interval: 20 }).toBe(true);
    expect(seen.map(({ code }) => code)).toContain('circuit_open');
  });

  test('stays closed while Slack refuses or limits us, for then it is up', async () => {
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'channel_not_found' }));
    slack.answer('users.info', (_args, response) => response.writeHead(429, { 'retry-after': '1' }).end());
    for (let attempt = 0; attempt < 8; attempt += 1) {
      expect((await failureOf(post)).code).toBe('channel_not_found');
      expect((await failureOf(read)).code).toBe('ratelimited');
    }
  });
});
