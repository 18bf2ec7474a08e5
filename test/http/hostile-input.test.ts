import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, publicUrl, type World } from '../support/open-world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld((config) => ({
    ...config,
    adminToken: 'admin-token',
    ...(config.slack && {
      slack: {
        ...config.slack,
        installing: { clientId: '1.2', clientSecret: 'c', encryptionKeys: [Buffer.alloc(32, 7)] },
      },
    }),
  }));
});
afterAll(() => world.close());

type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: Buffer;
};

function send({ method, path, headers, body }: Sent) {
  type Answered = { status: number; headers: Readonly<Record<string, unknown>>; body: string };
  const length = { 'content-length': String(body?.length ?? 0) };
  return new Promise<Answered>((resolve, reject) => {
    const { hostname, port } = new URL(world.url);
    httpRequest({
      hostname,
      port,
      method,
      path,
      headers: { ...headers, ...length },
      agent: false,
    })
      .on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      })
      .on('error', reject)
      .end(body);
  });
}

const inside =
  /node_modules|node:internal|\.ts:\d|\bat \S+ \(|postgres|drizzle|\b(?:select|insert|update) .+\b(?:from|into|set)\b|Error:/i;

async function expectCalm(sent: Sent): Promise<number> {
  const answer = await send(sent);
  const what = `${sent.method} ${sent.path} was answered ${answer.status} ${answer.body}`;
  expect(answer.status, what).toBeLessThan(500);
  expect(answer.body, what).not.toMatch(inside);
  expect(answer.headers, what).toMatchObject({
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-content-type-options': 'nosniff',
    'strict-transport-security': expect.any(String),
  });
  return answer.status;
}

const paths = [
  '/twilio/messages',
  '/twilio/status',
  '/slack/events',
  '/slack/install',
  '/slack/oauth_redirect',
  '/shopify/webhooks',
  '/api/chat',
  '/api/chat/0',
  '/metrics',
  '/healthz',
];
const deep = (open: string, close: string) => open.repeat(20_000) + close.repeat(20_000);
const nasty = fc.constantFrom(
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  'a'.repeat(5_000),
  "'; drop table messages; --",
  '\u202e\u200b',
  '<!channel>',
  '%00%ff',
  '-1',
  '1e309',
);
const word = fc.oneof(
  { weight: 2, arbitrary: nasty },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const anyJson = fc.jsonValue({ maxDepth: 3 });
const json = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    deep('[', ']'),
    deep('{"a":', '}'),
    '',
    'null',
    '{"__proto__":{"isAdmin":true}}',
    '{"a":1,"a":2}',
    '{',
  ),
);
const form = fc
  .array(
    fc.tuple(
      fc.oneof(
        word,
        fc.constantFrom('MessageSid', 'From', 'To', 'Body', 'payload', 'command', 'ssl_check', 'NumMedia'),
      ),
      fc.oneof(word, fc.json()),
    ),
    { maxLength: 12 },
  )
  .map((pairs) =>
    pairs.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('=')).join('&'),
  );
const bytes = fc.oneof(
  json.map((text) => Buffer.from(text)),
  form.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each)),
);
const headerValue = fc.string({ unit: fc.constantFrom(...'abc019 ,;="%/\u00ff{}'), maxLength: 30 });
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'authorization',
    'cookie',
    'idempotency-key',
    'x-forwarded-for',
    'x-twilio-signature',
    'x-slack-signature',
    'x-slack-request-timestamp',
    'x-shopify-hmac-sha256',
    'x-shopify-topic',
  ),
  fc.oneof(
    headerValue,
    fc.array(headerValue, { minLength: 2, maxLength: 3 }),
    fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded',
      'text/xml; charset=utf-7',
      'Bearer x',
    ),
  ),
  { noNullPrototype: true },
);
const query = fc.constantFrom(
  '',
  '?',
  '?state=a&state=b&code=%ff',
  '?bodySHA256=0',
  '?__proto__[x]=1',
  '?error=%3Cscript%3E',
);

async function rows(): Promise<unknown> {
  const [counts] = await world.db.execute(sql`
    select (select count(*) from inbox) as inbox, (select count(*) from messages) as messages,
      (select count(*) from senders) as senders,
      (select count(*) from installations) as installations, (select count(*) from media) as media`);
  return counts;
}

describe('whatever is sent to a public address', () => {
  test('by nobody we know is refused calmly, tells nothing of the inside, and leaves nothing behind', async () => {
    const before = await rows();
    const method = fc.constantFrom(
      'GET',
      'POST',
      'POST',
      'POST',
      'HEAD',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
    );
    const path = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...paths) },
      { weight: 1, arbitrary: fc.webPath().map((each) => `/${each}`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '/api/chat/%00',
          '/api/chat/%ff',
          '/..%2f..%2fetc/passwd',
          '//',
          '/__proto__',
        ),
      },
    );
    await fc.assert(
      fc.asyncProperty(method, path, query, headers, bytes, async (each, at, asked, given, body) => {
        await expectCalm({ method: each, path: at + asked, headers: given, body });
      }),
      { numRuns: 120 },
    );
    expect(await rows()).toEqual(before);
  });

  test('as bytes that are no HTTP ends that connection and no other', async () => {
    const { port } = new URL(world.url);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (noise) => {
        const heard = await new Promise<string>((resolve) => {
          let text = '';
          const socket = connect(Number(port), '127.0.0.1', () => socket.end(Buffer.from(noise)));
          socket.on('data', (chunk) => {
            text += chunk.toString();
          });
          socket.on('error', () => resolve(text)).on('close', () => resolve(text));
        });
        expect(heard).toMatch(/^$|^HTTP\/1.1 4\d\d/);
      }),
      { numRuns: 40 },
    );
    expect((await send({ method: 'GET', path: '/healthz' })).status).toBe(200);
  });
});

describe('whatever a provider signs', () => {
  const text = fc.oneof(word, fc.string());

  test('Twilio gets 200 for it', async () => {
    const { accountSid, authToken, smsFrom } = world.sandbox.credentials.twilio;
    const known = fc.record(
      {
        MessageSid: text,
        From: text,
        To: text,
        Body: text,
        NumMedia: text,
        MediaUrl0: text,
        OptOutType: text,
        ErrorCode: text,
      },
      { requiredKeys: [] },
    );
    const addressed = known.map((each) => ({
      ...each,
      AccountSid: accountSid,
      To: smsFrom,
      From: '+15556200001',
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(known, addressed),
        fc.constantFrom('messages', 'status'),
        async (fields, hook) => {
          const path = `/twilio/${hook}`;
          const form = new URLSearchParams(fields as Record<string, string>);
          const signed = [...form.keys()]
            .sort()
            .reduce((all, name) => all + name + form.get(name), publicUrl + path);
          const signature = createHmac('sha1', authToken).update(signed).digest('base64');
          const type = 'application/x-www-form-urlencoded';
          const headers = { 'content-type': type, 'x-twilio-signature': signature };
          expect(
            await expectCalm({ method: 'POST', path, headers, body: Buffer.from(form.toString()) }),
          ).toBe(200);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('Shopify gets 200 for it', async () => {
    const topic = fc.constantFrom(
      'orders/updated',
      'refunds/create',
      'returns/update',
      'reverse_deliveries/x',
      'customers/redact',
      'x',
    );
    const about = fc.record(
      {
        return: anyJson,
        order: anyJson,
        return_id: anyJson,
        order_id: anyJson,
        id: anyJson,
        admin_graphql_api_id: anyJson,
      },
      { requiredKeys: [] },
    );
    const { webhookSecret, storeDomain } = world.sandbox.credentials.shopify;
    await fc.assert(
      fc.asyncProperty(
        topic,
        fc.oneof(
          json,
          about.map((each) => JSON.stringify(each)),
        ),
        headerValue,
        async (name, body, id) => {
          const headers = {
            'x-shopify-topic': name,
            'x-shopify-webhook-id': id.trim() || 'id',
            'x-shopify-shop-domain': storeDomain,
            'x-shopify-hmac-sha256': createHmac('sha256', webhookSecret).update(body).digest('base64'),
          };
          const sent = { method: 'POST', path: '/shopify/webhooks', headers, body: Buffer.from(body) };
          expect(await expectCalm(sent)).toBe(200);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is obeyed once: the copy of a command in Slack is answered with nothing', async () => {
    const { signingSecret } = world.sandbox.credentials.slack;
    const content = new URLSearchParams({
      command: '/returns',
      text: 'help',
      user_id: 'UMAYA0001',
      team_id: 'TBIRCHLOOM',
      api_app_id: 'ARETURNS1',
      channel_id: 'CGENERAL01',
      trigger_id: '1.2.copied',
    }).toString();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${content}`).digest('hex');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
    };
    const sent = { method: 'POST', path: '/slack/events', headers, body: Buffer.from(content) };
    expect(await send(sent)).toMatchObject({ status: 200, body: expect.stringContaining('ephemeral') });
    expect(await send(sent)).toMatchObject({ status: 200, body: '' });
  });

  test('Slack gets no error of ours for it', async () => {
    const { signingSecret } = world.sandbox.credentials.slack;
    const home = { team_id: 'TBIRCHLOOM', api_app_id: 'ARETURNS1' };
    const event = fc
      .record({
        type: fc.constantFrom('message', 'app_mention', 'app_home_opened', 'x'),
        user: fc.oneof(text, anyJson),
        channel: fc.oneof(text, anyJson),
        ts: fc.oneof(text, anyJson),
        text: fc.oneof(text, anyJson),
        tab: text,
      })
      .map((each) => ({ type: 'event_callback', ...home, event_id: 'Ev1', event: each }));
    const action = fc.record({
      type: fc.constant('button'),
      action_id: fc.constantFrom('approve_refund', 'deny_refund', 'hand_back', 'x'),
      value: text,
      block_id: text,
    });
    const press = fc
      .record({
        type: fc.constantFrom(
          'block_actions',
          'view_submission',
          'view_closed',
          'shortcut',
          'message_action',
          'x',
        ),
        actions: fc.array(action, { maxLength: 2 }),
        view: anyJson,
        channel: anyJson,
        message: anyJson,
        container: anyJson,
        trigger_id: text,
        callback_id: text,
      })
      .map((each) => ({
        ...each,
        user: { id: 'UMAYA0001', team_id: home.team_id },
        team: { id: home.team_id },
      }));
    const body = fc.oneof(
      fc
        .oneof(
          json,
          event.map((each) => JSON.stringify(each)),
        )
        .map((each) => ['application/json', each] as const),
      fc
        .oneof(
          form,
          press.map((each) => `payload=${encodeURIComponent(JSON.stringify(each).toWellFormed())}`),
        )
        .map((each) => ['application/x-www-form-urlencoded', each] as const),
    );
    await fc.assert(
      fc.asyncProperty(body, async ([type, content]) => {
        const timestamp = String(Math.floor(Date.now() / 1000));
        const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${content}`).digest('hex');
        await expectCalm({
          method: 'POST',
          path: '/slack/events',
          headers: {
            'content-type': type,
            'x-slack-request-timestamp': timestamp,
            'x-slack-signature': `v0=${digest}`,
          },
          body: Buffer.from(content),
        });
      }),
      { numRuns: 80 },
    );
  });

  test('whoever has the token of the chat gets what they sent wrong, and no error of ours', async () => {
    const asked = fc.record({ session: fc.oneof(text, anyJson), message: anyJson }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          json,
          asked.map((each) => JSON.stringify(each)),
        ),
        headerValue,
        async (body, key) => {
          const headers = { authorization: 'Bearer chat-token', 'idempotency-key': key };
          await expectCalm({ method: 'POST', path: '/api/chat', headers, body: Buffer.from(body) });
        },
      ),
      { numRuns: 40 },
    );
    const long = { authorization: 'Bearer chat-token', 'idempotency-key': 'k'.repeat(5_000) };
    const body = Buffer.from('{"session":"s","message":"hi"}');
    expect(await expectCalm({ method: 'POST', path: '/api/chat', headers: long, body })).toBe(400);
  });
});
