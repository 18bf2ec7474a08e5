import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createTwilioChannel,
  type TwilioChannelConfig,
} from '../../../src/adapters/twilio/twilio-channel.ts';
import type { ExternalError } from '../../../src/errors.ts';

const apiUrl = 'https://api.twilio.test';
const messagesUrl = `${apiUrl}/2010-04-01/Accounts/AC1/Messages.json`;
const text = { key: 'text-1', to: '+15551230001', body: 'Your refund of $24.00 is on its way.' };
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function channelWith(config: Partial<TwilioChannelConfig> = {}) {
  return createTwilioChannel({
    accountSid: 'AC1',
    authToken: 'secret',
    apiUrl,
    sender: { from: '+15559990000' },
    ...config,
  });
}

/** Answers sends with `reply` and keeps what was sent. */
function answering(reply: () => Response | Promise<Response>) {
  const sent: { form: URLSearchParams; authorization: string | null }[] = [];
  server.use(
    http.post(messagesUrl, async ({ request }) => {
      sent.push({
        form: new URLSearchParams(await request.text()),
        authorization: request.headers.get('authorization'),
      });
      return reply();
    }),
  );
  return sent;
}

const failing =
  (status: number, code?: number, headers: Record<string, string> = {}) =>
  () =>
    HttpResponse.json({ code, message: `The 'To' number ${text.to} is wrong` }, { status, headers });

const failure = (sending: Promise<unknown>): Promise<ExternalError> =>
  sending.then(
    () => Promise.reject(new Error('did not fail')),
    (error: ExternalError) => error,
  );

describe('sending', () => {
  it('sends text from our number, with receipts and smart encoding', async () => {
    const sent = answering(() => HttpResponse.json({ sid: 'SM1' }, { status: 201 }));
    const channel = channelWith({ statusCallbackUrl: 'https://returns.example.com/twilio/status' });
    expect(await channel.send(text)).toEqual({ kind: 'accepted', providerId: 'SM1' });
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      To: '+15551230001',
      From: '+15559990000',
      Body: text.body,
      SmartEncoded: 'true',
      StatusCallback: 'https://returns.example.com/twilio/status',
    });
    expect(sent[0]?.authorization).toBe(`Basic ${btoa('AC1:secret')}`);
  });

  it('leaves the choice of number to a messaging service', async () => {
    const sent = answering(() => HttpResponse.json({ sid: 'SM1' }, { status: 201 }));
    await channelWith({ sender: { messagingServiceSid: 'MG1' } }).send(text);
    expect(sent[0]?.form.get('MessagingServiceSid')).toBe('MG1');
    expect(sent[0]?.form.has('From')).toBe(false);
  });

  it.each([
    [21610, 'opted-out'],
    [21211, 'unreachable'],
    [21614, 'unreachable'],
    [63003, 'unreachable'],
    [21617, 'rejected'],
    [63016, 'rejected'],
    [21999, 'rejected'],
  ])('takes code %i as final for this text: %s', async (code, reason) => {
    answering(failing(400, code));
    expect(await channelWith().send(text)).toEqual({ kind: 'refused', reason, code: String(code) });
  });

  it.each([
    ['rate limit', failing(429, 20429), { retryable: true, outcome: 'refused', code: '20429' }],
    ['bare 429', failing(429), { retryable: true, outcome: 'refused', code: 'http_429' }],
    ['queue overflow', failing(400, 30001), { retryable: true, outcome: 'refused', code: '30001' }],
    ['server error', failing(500, 20500), { retryable: true, outcome: 'unknown', code: '20500' }],
    ['bad gateway', failing(502), { retryable: true, outcome: 'unknown', code: 'http_502' }],
    ['wrong credentials', failing(401, 20003), { retryable: false, outcome: 'refused', code: '20003' }],
    ['wrong account', failing(404, 20404), { retryable: false, outcome: 'refused', code: '20404' }],
    [
      'a number that is not ours',
      failing(400, 21606),
      { retryable: false, outcome: 'refused', code: '21606' },
    ],
    ['forbidden', failing(403), { retryable: false, outcome: 'refused', code: 'http_403' }],
    [
      'a redirect',
      failing(302, undefined, { location: 'https://evil.example/' }),
      { retryable: false, code: 'http_302' },
    ],
    ['a lost connection', () => HttpResponse.error(), { retryable: true, outcome: 'unknown' }],
    [
      'a page',
      () => HttpResponse.text('<html>', { status: 200 }),
      { retryable: true, outcome: 'unknown', code: 'nonsense' },
    ],
    [
      'no id',
      () => HttpResponse.json({}, { status: 201 }),
      { retryable: true, outcome: 'unknown', code: 'nonsense' },
    ],
  ])('throws on %s', async (_, reply, expected) => {
    answering(reply);
    const error = await failure(channelWith().send(text));
    expect(error).toMatchObject({ name: 'ExternalError', service: 'twilio', ...expected });
  });

  it('honours Retry-After', async () => {
    answering(failing(429, 20429, { 'retry-after': '7' }));
    expect(await failure(channelWith().send(text))).toMatchObject({ retryAfterMs: 7_000 });
  });

  it('carries nothing of the customer or the account in its errors', async () => {
    for (const reply of [failing(500, 20500), failing(401, 20003), () => HttpResponse.error()]) {
      answering(reply);
      const error = await failure(channelWith().send(text));
      const told = JSON.stringify([error.message, error.stack, error.cause, { ...error }]);
      expect(told).not.toMatch(/15551230001|24\.00|secret/);
      server.resetHandlers();
    }
  });

  it('does not know the outcome when the answer takes too long', async () => {
    answering(() => new Promise<Response>(() => {}));
    const error = await failure(channelWith({ timeoutMs: 50 }).send(text));
    expect(error).toMatchObject({ retryable: true, outcome: 'unknown', code: 'timeout' });
  });

  it('stops asking after five failures in a row', async () => {
    const sent = answering(failing(500));
    const calls: (string | undefined)[] = [];
    const channel = channelWith({ onCall: ({ code }) => calls.push(code) });
    for (let count = 0; count < 5; count++) await failure(channel.send(text));
    expect(await failure(channel.send(text))).toMatchObject({
      code: 'circuit_open',
      retryable: true,
      outcome: 'refused',
    });
    expect(sent).toHaveLength(5);
    expect(calls).toEqual([...Array(5).fill('http_500'), 'circuit_open']);
  });

  it('keeps going when only single texts are refused', async () => {
    const sent = answering(failing(400, 21211));
    const channel = channelWith();
    for (let count = 0; count < 7; count++) await channel.send(text);
    expect(sent).toHaveLength(7);
  });
});

describe('WhatsApp templates', () => {
  const to = 'whatsapp:+15551230001';
  const whatsapp = channelWith({ sender: { from: 'whatsapp:+14155238886' }, templateSid: 'HX1' });

  it('sends free text as it is', async () => {
    const sent = answering(() => HttpResponse.json({ sid: 'SM1' }, { status: 201 }));
    await whatsapp.send({ key: 'text-1', to, body: 'Hello' });
    expect(sent[0]?.form.get('Body')).toBe('Hello');
    expect([whatsapp.hasTemplate, channelWith().hasTemplate]).toEqual([true, false]);
  });

  it('puts a text into the template when it is told to', async () => {
    const sent = answering(() => HttpResponse.json({ sid: 'SM1' }, { status: 201 }));
    await whatsapp.send({ key: 'text-1', to, body: 'Two lines', viaTemplate: true });
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      To: to,
      From: 'whatsapp:+14155238886',
      ContentSid: 'HX1',
      ContentVariables: '{"1":"Two lines"}',
    });
  });

  it('knows a closed window by its code alone', async () => {
    for (const message of ['', undefined, null]) {
      answering(() => HttpResponse.json({ code: 63016, message }, { status: 400 }));
      expect(await whatsapp.send({ key: 'text-1', to, body: 'Hello' })).toMatchObject({ code: '63016' });
      server.resetHandlers();
    }
  });
});

describe('finding what was sent', () => {
  const since = new Date('2026-11-23T10:00:00.700Z');
  const listed = (sid: string, change: Record<string, unknown> = {}) => ({
    sid,
    to: text.to,
    from: '+15559990000',
    body: text.body,
    direction: 'outbound-api',
    date_created: 'Mon, 23 Nov 2026 10:00:00 +0000',
    date_sent: null,
    status: 'queued',
    ...change,
  });

  function listing(...pages: readonly (readonly object[])[]) {
    const queries: URLSearchParams[] = [];
    server.use(
      http.get(messagesUrl, ({ request }) => {
        const { searchParams } = new URL(request.url);
        queries.push(searchParams);
        const page = Number(searchParams.get('Page') ?? 0);
        const next =
          page + 1 < pages.length ? `/2010-04-01/Accounts/AC1/Messages.json?Page=${page + 1}` : null;
        return HttpResponse.json({ messages: pages[page], next_page_uri: next });
      }),
    );
    return queries;
  }

  it('finds a text that is still queued, by recipient, sender and words', async () => {
    const queries = listing([listed('SM1')]);
    expect(await channelWith().findSent(text, since)).toEqual(['SM1']);
    expect(Object.fromEntries(queries[0] ?? [])).toEqual({
      To: text.to,
      From: '+15559990000',
      PageSize: '50',
    });
  });

  it('returns all of them, oldest first, across pages', async () => {
    listing([listed('SM3'), listed('SM2')], [listed('SM1')]);
    expect(await channelWith().findSent(text, since)).toEqual(['SM1', 'SM2', 'SM3']);
  });

  it.each([
    ['other words', { body: 'Your refund of $25.00 is on its way.' }],
    ['another recipient', { key: 'text-1', to: '+15551230002' }],
    ['what the customer wrote', { direction: 'inbound' }],
    ['what was sent before', { date_created: 'Mon, 23 Nov 2026 09:59:59 +0000' }],
    ['no date', { date_created: null }],
    ['what WhatsApp did not take', { status: 'failed', error_code: 63016 }],
  ])('does not take %s for it', async (_, change) => {
    listing([listed('SM1', change)]);
    expect(await channelWith().findSent(text, since)).toEqual([]);
  });

  it('recognises a text after smart encoding', async () => {
    listing([listed('SM1', { body: `It's "on" its way - soon...` })]);
    expect(
      await channelWith().findSent({ key: 'text-1', to: text.to, body: 'It’s “on” its way – soon…' }, since),
    ).toEqual(['SM1']);
  });

  it('recognises a text inside its template', async () => {
    listing([listed('SM1', { body: `News on your return: ${text.body} Reply to go on.` })]);
    expect(await channelWith().findSent(text, since)).toEqual([]);
    expect(await channelWith().findSent({ ...text, viaTemplate: true }, since)).toEqual(['SM1']);
  });

  it('stops reading at what is older', async () => {
    const old = { date_created: 'Mon, 23 Nov 2026 09:00:00 +0000' };
    const queries = listing([listed('SM2'), listed('SM1', old)], [listed('SM0', old)]);
    expect(await channelWith().findSent(text, since)).toEqual(['SM2']);
    expect(queries).toHaveLength(1);
  });

  it('never takes its credentials to another address', async () => {
    server.use(
      http.get(messagesUrl, () =>
        HttpResponse.json({ messages: [], next_page_uri: 'https://evil.example/x' }),
      ),
    );
    expect(await failure(channelWith().findSent(text, since))).toMatchObject({ code: 'foreign_address' });
  });

  it('finds nothing where there is no list', async () => {
    server.use(http.get(messagesUrl, () => HttpResponse.json({ code: 20404 }, { status: 404 })));
    expect(await channelWith().findSent(text, since)).toEqual([]);
  });

  it('throws when the list cannot be read', async () => {
    server.use(http.get(messagesUrl, () => new HttpResponse(null, { status: 503 })));
    expect(await failure(channelWith().findSent(text, since))).toMatchObject({ retryable: true });
  });
});
