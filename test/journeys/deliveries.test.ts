import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jane, openWorld, type World } from '../support/open-world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('one webhook delivered five times, at once and one after the other, is answered once', async () => {
  const text = { from: jane, body: 'What is your return policy?', messageSid: `SM${'a'.repeat(32)}` };
  await Promise.all([1, 2, 3].map(() => world.sandbox.phones.receiveText(text)));
  await world.settled();
  for (const _ of [4, 5]) expect((await world.sandbox.phones.redeliver(text.messageSid)).status).toBe(200);
  await world.settled();
  expect(world.textsTo(jane)).toHaveLength(1);
});

test('a yes delivered five times at once moves money once', async () => {
  await world.say(jane, 'return the blue shirt from 1001');
  const yes = { from: jane, body: 'yes', messageSid: `SM${'b'.repeat(32)}` };
  await Promise.all([1, 2, 3, 4, 5].map(() => world.sandbox.phones.receiveText(yes)));
  await world.settled();
  expect(world.refundsOf('#1001')).toHaveLength(1);
  expect(world.textsTo(jane).filter((body) => body.startsWith('Done:'))).toHaveLength(1);
});

test('two different yeses at once move money once', async () => {
  await world.say(jane, 'return the socks from 1001');
  await Promise.all(
    ['yes', 'Yes please'].map((body) => world.sandbox.phones.receiveText({ from: jane, body })),
  );
  await world.settled();
  expect(world.refundsOf('#1001')).toHaveLength(2);
});

test('several quick messages are each stored, in order, and all answered', async () => {
  const before = world.textsTo(jane).length;
  for (const body of ['hello', 'I have a question', 'what is your return policy?']) {
    await world.sandbox.phones.receiveText({ from: jane, body });
  }
  await world.settled();
  const waiting = await world.db.execute(
    sql`select 1 from messages where author = 'customer' and answered_in_turn is null`,
  );
  expect(waiting).toHaveLength(0);
  const answers = world.textsTo(jane).length - before;
  expect(answers).toBeGreaterThan(0);
  expect(answers).toBeLessThanOrEqual(3);
});

test('many people at once are each answered once', async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => `+155598000${String(index).padStart(2, '0')}`);
  await Promise.all(
    numbers.map((from) => world.sandbox.phones.receiveText({ from, body: 'what is your return policy?' })),
  );
  await world.settled();
  expect(numbers.map((number) => world.textsTo(number).length)).toEqual(numbers.map(() => 1));
});

test('receipts that arrive out of order never lower what is known', async () => {
  await world.settled();
  const receipts = await world.db.execute(
    sql`select distinct status from outbox left join receipts using (store, provider_id) where state = 'sent'`,
  );
  expect(receipts).toEqual([{ status: 'delivered' }]);
});
