import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mayAnswer } from '../../src/conversation/sms-destination.ts';
import type { ConversationId } from '../../src/returns/ids.ts';
import { readSenderOf } from '../../src/storage/consents.ts';
import { readConversation } from '../../src/storage/conversations.ts';
import { forgetConversation } from '../../src/storage/erasure.ts';
import { jane } from '../support/open-world.ts';
import { openScriptedWorld, type ScriptedWorld } from '../support/scripted-world.ts';
import { waitFor } from '../support/wait-for.ts';

const numbers = {
  keyword: '+15551230002',
  person: '+15551230004',
  far: '+2348012345678',
  later: '+15551230005',
};
const most = 2;

let world: ScriptedWorld;
beforeAll(async () => {
  world = await openScriptedWorld('responses', (config) => ({
    ...config,
    dailyModelBudgetUsd: 0.0005,
    limits: {
      ...config.limits,
      usage: {
        ...config.limits.usage,
        'sender-messages': { most, seconds: 600 },
        'address-messages': { most: 3, seconds: 600 },
      },
    },
  }));
});
afterAll(() => world.close());

const notices = () => world.sandbox.workspace.messagesIn('CSUPPORT').map((message) => message.text ?? '');
const noticesOf = (part: string) => notices().filter((text) => text.includes(part));
const metrics = async () => (await world.app.context.refunds.metrics.render()).body;

async function conversationOf(address: string): Promise<ConversationId> {
  const [row] = await world.db.execute<{ id: ConversationId }>(
    sql`select conversations.id from conversations join senders on senders.id = sender_id where address = ${address}`,
  );
  if (!row) throw new Error('Nobody wrote from there.');
  return row.id;
}

test('once the budget of the day is spent the guided model answers, and people are told once', async () => {
  world.model.add({ text: 'Hello, how can I help?', usage: { input: 3_000, cached: 0, output: 500 } });
  expect(await world.say(jane, 'hello')).toEqual(['Hello, how can I help?']);
  const [guided] = await world.say(jane, 'what is your return policy?');
  expect(guided).toContain('30 days');
  await world.say(numbers.later, 'hello');
  expect(world.model.requests).toHaveLength(1);
  await waitFor('the notice', () => noticesOf('budget of today').length > 0);
  await world.settled();
  expect(noticesOf('budget of today')).toHaveLength(1);
  expect(await metrics()).toContain('returns_agent_limit_reached_total{limit="model-budget-daily"} 2');
});

test('above the limit STOP is obeyed, START is obeyed without a word, and HELP is not answered', async () => {
  for (const text of ['hello', 'hello', 'hello']) await world.say(numbers.keyword, text);
  expect(await world.say(numbers.keyword, 'HELP')).toEqual([]);
  await world.say(numbers.keyword, 'STOP');
  const optedOut = async () => (await readSenderOf(world.db, await conversationOf(numbers.keyword))).optedOut;
  expect(await optedOut()).toBe(true);
  expect(await world.say(numbers.keyword, 'START')).toEqual([]);
  expect(await optedOut()).toBe(false);
});

test('above the limit a person is still reached, and the thread is not flooded', async () => {
  for (const text of ['hello', 'hello', 'hello']) await world.say(numbers.person, text);
  const [answer] = await world.say(numbers.person, 'I want to speak to a human');
  expect(answer).toMatch(/someone from our team/);
  await world.say(numbers.person, 'are you there?');
  expect(noticesOf('are you there?')).toEqual([]);
});

test('when the window is over the next message is answered with what came before in view', async () => {
  for (const text of ['hello', 'I want to return a kettle']) await world.say(numbers.later, text);
  const silent = await world.say(numbers.later, 'it is the one from order 1010');
  expect(silent).toEqual([]);
  await world.db.execute(sql`update usage_counters set ends_at = now()`);
  await world.db.execute(sql`delete from model_spending`);
  world.model.add({ text: 'The kettle, I see.' });
  expect(await world.say(numbers.later, 'well?')).toEqual(['The kettle, I see.']);
  expect(JSON.stringify(world.model.requests.at(-1)?.body)).toContain('it is the one from order 1010');
});

test('a number far away without an order gets no SMS, and people are told once', async () => {
  await world.db.execute(sql`update usage_counters set ends_at = now()`);
  expect(await world.say(numbers.far, 'hello, what is your return policy?')).toEqual([]);
  expect(await world.say(numbers.far, 'HELP')).toEqual([]);
  const kept = await world.db.execute(sql`
    select text from messages where author = 'customer' and conversation_id = ${await conversationOf(numbers.far)} order by seq`);
  expect(kept).toEqual([{ text: 'hello, what is your return policy?' }, { text: 'HELP' }]);
  expect(noticesOf('from a country that gets none')).toHaveLength(1);
  expect(await metrics()).toContain('returns_agent_limit_reached_total{limit="sms-countries"} 2');
});

test('a customer gets SMS wherever the number is, and on WhatsApp everybody is answered', async () => {
  const id = await conversationOf(jane);
  const conversation = await readConversation(world.db, id);
  const { sender } = await readSenderOf(world.db, id);
  if (!conversation) throw new Error('Jane did not write.');
  const context = { ...world.app.context, smsCountries: ['DE'] };
  const stranger = { ...sender, phone: null, customerId: null, smsAllowedAt: null };
  expect(await mayAnswer(context, { conversation, sender: stranger })).toBe(false);
  expect(await mayAnswer(context, { conversation, sender: { ...stranger, phone: sender.phone } })).toBe(true);
  const onWhatsapp = { ...conversation, channel: 'whatsapp' as const };
  expect(await mayAnswer(context, { conversation: onWhatsapp, sender: stranger })).toBe(true);
});

test('too many requests to the chat from one address are refused with the time to wait', async () => {
  const send = (session: string) =>
    fetch(`${world.url}/api/chat`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer chat-token',
        'content-type': 'application/json',
        'x-forwarded-for': session,
      },
      body: JSON.stringify({ session, message: 'what is your return policy?' }),
    });
  await world.db.execute(sql`delete from usage_counters`);
  await world.db.execute(
    sql`insert into model_spending values (${world.app.context.refunds.store}, (now() at time zone 'UTC')::date, 1000000)`,
  );
  for (const session of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
    expect((await send(session)).status).toBe(200);
  const refused = await send('198.51.100.4');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const sessions = await world.db.execute(sql`select 1 from senders where channel = 'chat'`);
  expect(sessions).toHaveLength(3);
});

test('what people were told of somebody above a limit is erased with the rest of it', async () => {
  const { keyword } = numbers;
  const id = await conversationOf(keyword);
  await world.db.execute(sql`
    insert into usage_counters values (${world.app.context.refunds.store}, 'sender-texts-daily', ${id}, 500, now() + interval '1 day')`);
  expect(await world.say(keyword, 'HELP')).toEqual([]);
  const told = () =>
    world.db.execute<{ text: string }>(sql`select text from staff_notes where text like ${`%${keyword}%`}`);
  const [first = '', second = ''] = (await told()).map(({ text }) => text).toSorted();
  expect(first).toContain('More comes from');
  expect(second).toContain('The texts of a day');
  await world.db.transaction((tx) => forgetConversation(tx, id));
  expect(await told()).toEqual([]);
});
