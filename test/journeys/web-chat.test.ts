import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chatRoutes } from '../../src/http/chat-api.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.sandbox.shop.faults.clear());
afterAll(() => world.close());

type Answer = {
  readonly status: number;
  readonly reply?: string | null;
  readonly conversation?: string;
  readonly error?: string;
  readonly messages?: readonly { readonly from: string; readonly text: string }[];
};
type Sending = { readonly base?: string; readonly headers?: Readonly<Record<string, string>> };

async function send(body: unknown, { base = world.url, headers = {} }: Sending = {}): Promise<Answer> {
  const response = await fetch(`${base}/api/chat`, {
    method: 'POST',
    headers: { authorization: 'Bearer chat-token', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

async function poll(conversation: string | undefined): Promise<Answer> {
  const response = await fetch(`${world.url}/api/chat/${conversation}`, {
    headers: { authorization: 'Bearer chat-token' },
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const say = (session: string, message: string, sending?: Sending) => send({ session, message }, sending);

describe('the web chat', () => {
  test.each([
    ['no token', ''],
    ['a wrong token', 'Bearer chat-tokem'],
    ['another scheme', 'Basic chat-token'],
  ])('lets nobody in with %s, neither to write nor to read', async (_what, authorization) => {
    const { status, error } = await say('door', 'hello', { headers: { authorization } });
    expect(status).toBe(401);
    expect(error).toContain('Authorization: Bearer');
    const reading = await fetch(`${world.url}/api/chat/x`, { headers: { authorization } });
    expect(reading.status).toBe(401);
  });

  test.each([
    ['no JSON', 'hello'],
    ['no session', { message: 'hello' }],
    ['an empty message', { session: 's', message: '  ' }],
    ['a message that is too long', { session: 's', message: 'x'.repeat(10_001) }],
    ['a message that is no text', { session: 's', message: { $ne: '' } }],
    ['more than it knows', { session: 's', message: 'hello', party: 'staff' }],
    ['a list', []],
  ])('answers %s with 400 and what to send', async (_what, body) => {
    const { status, error } = await send(body);
    expect(status).toBe(400);
    expect(error).toContain('"session"');
  });

  test('answers, and goes on with the same conversation for the same session', async () => {
    const first = await say('anna', 'what is your return policy?');
    expect(first).toMatchObject({ status: 200, reply: expect.stringContaining('30 days') });
    const second = await say('anna', 'hello again');
    expect(second.conversation).toBe(first.conversation);
    const other = await say('bert', 'hello');
    expect(other.conversation).not.toBe(first.conversation);

    const { status, messages, reply } = await poll(first.conversation);
    expect(status).toBe(200);
    expect(reply).toBe(second.reply);
    expect(messages?.map(({ from }) => from)).toEqual(['customer', 'agent', 'customer', 'agent']);
  });

  test('knows nobody by their session, and refunds after a proof', async () => {
    const refused = await say('+15551230002', 'return the kettle from 1010');
    expect(refused.reply).not.toMatch(/kettle|52/i);

    await say('sam', 'I want to return the clock from order 1013');
    const shown = await say('sam', 'my email is sam.field@example.com and my postal code is V6B 1A1');
    const quoted = shown.reply?.includes('$64.00') ? shown : await say('sam', 'the walnut clock please');
    expect(quoted.reply).toContain('$64.00');
    expect(world.refundsOf('#1013')).toEqual([]);
    await say('sam', 'yes');
    await world.settled();
    expect(world.refundsOf('#1013')).toMatchObject([{ amount: 6400 }]);
    const { reply } = await poll(quoted.conversation);
    expect(reply).toContain('Done: your refund of $64.00');
  });

  test('takes in what two sessions say under keys that together read the same, and keeps no session with them', async () => {
    const first = await say('pair:1', 'hello', { headers: { 'idempotency-key': '2' } });
    const second = await say('pair', 'hello', { headers: { 'idempotency-key': '1:2' } });
    expect(first.status).toBe(200);
    expect(second).toMatchObject({ status: 200, reply: first.reply });
    const ids = await world.db.execute(
      sql`select 1 from inbox where provider = 'chat' and provider_message_id like '%pair%'`,
    );
    expect(ids).toEqual([]);
  });

  test('counts a message once that is sent again with its idempotency key, at once or later', async () => {
    const headers = { 'idempotency-key': 'k1' };
    const [first, second] = await Promise.all([
      say('carla', 'what is your return policy?', { headers }),
      say('carla', 'what is your return policy?', { headers }),
    ]);
    const third = await say('carla', 'what is your return policy?', { headers });
    expect([first?.status, second?.status, third.status]).toEqual([200, 200, 200]);
    expect(new Set([first?.reply, second?.reply, third.reply]).size).toBe(1);
    expect((await poll(third.conversation)).messages).toHaveLength(2);

    const sameKeyOfAnother = await say('dora', 'hello', { headers });
    expect(sameKeyOfAnother.status).toBe(200);
    expect(sameKeyOfAnother.conversation).not.toBe(third.conversation);
  });

  test('answers 202 when the time is over, and the answer can be read once it is there', async () => {
    const server = createHttpServer({
      log: world.app.context.refunds.log,
      routes: chatRoutes(world.app.context, { token: 'chat-token', timeoutMs: 150 }),
    });
    const { port } = await server.start(0, '127.0.0.1');
    const held = Promise.withResolvers<void>();
    world.sandbox.shop.faults.add({ when: 'before', action: { kind: 'hold', until: held.promise } });

    const late = await say('emil', 'return the shirt from 1001', { base: `http://127.0.0.1:${port}` });
    expect(late).toEqual({ status: 202, conversation: expect.any(String) });
    expect((await poll(late.conversation)).reply).toBeNull();
    held.resolve();
    const { reply } = await waitFor('the answer', async () => {
      const read = await poll(late.conversation);
      return read.reply ? read : undefined;
    });
    expect(reply).toMatch(/couldn't find that order/);
    await server.stop(1000);
  });

  test('answers 202 at once while a person has the conversation, and staff read along', async () => {
    const handed = await say('frida', 'I want to talk to a human');
    expect(handed.status).toBe(200);
    const startedAt = performance.now();
    const silent = await say('frida', 'the lamp flickers');
    expect(silent).toEqual({ status: 202, conversation: handed.conversation });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await world.settled();
    expect(JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'))).toContain('the lamp flickers');
  });

  test.each([
    ['an id nobody has', '00000000-0000-4000-8000-000000000000'],
    ['something that is no id', "1'or'1"],
  ])('answers the reading of %s with 404', async (_what, id) => {
    expect((await poll(encodeURIComponent(id))).status).toBe(404);
  });

  test('does not show the conversations of other channels', async () => {
    await world.say('+15551230007', 'hello');
    const [row] = await world.db.execute<{ id: string }>(
      sql`select id from conversations where channel = 'sms' limit 1`,
    );
    expect((await poll(row?.id)).status).toBe(404);
  });
});
