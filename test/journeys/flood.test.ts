import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jane, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

const marcus = '+15551230002';
const most = 20;

let world: World;
beforeAll(async () => {
  world = await openWorld((config) => ({
    ...config,
    limits: {
      ...config.limits,
      usage: { ...config.limits.usage, 'sender-messages': { most, seconds: 600 } },
    },
  }));
});
afterAll(() => world.close());

const polite =
  /^These are more messages than I can answer\. I have kept them all\. Please write to me again in/;
const send = (from: string, body: string) => world.sandbox.phones.receiveText({ from, body });

test('200 messages of one sender keep nobody from returning a shirt, and are kept', {
  timeout: 120_000,
}, async () => {
  const flood = Promise.all(
    Array.from({ length: 200 }, async (_, index) => (await send(marcus, `message ${index}`)).status),
  );
  await send(jane, 'I want to return the blue shirt from order 1001, it is too small');
  await waitFor('the quote', () => world.textsTo(jane).some((text) => text.includes('48.00')), 60_000);
  await send(jane, 'yes');
  await waitFor('the refund', () => world.refundsOf('#1001').length === 1, 60_000);
  expect(new Set(await flood)).toEqual(new Set([200]));
  await world.settled();

  expect(world.textsTo(marcus).filter((text) => polite.test(text))).toHaveLength(1);
  expect(world.textsTo(marcus).length).toBeLessThanOrEqual(most + 1);
  const [kept] = await world.db.execute(sql`
    select count(*) filter (where held_at is not null)::int as held,
      count(*) filter (where answered_in_turn is null)::int as waiting, count(*)::int as all
    from messages join conversations on conversations.id = conversation_id
    join senders on senders.id = sender_id
    where author = 'customer' and address = ${marcus}`);
  expect(kept).toEqual({ held: 200 - most, waiting: 0, all: 200 });
  const notices = world.sandbox.workspace.messagesIn('CSUPPORT').map((message) => message.text);
  expect(notices.filter((text) => text.includes('(sender-messages)'))).toHaveLength(1);
});
