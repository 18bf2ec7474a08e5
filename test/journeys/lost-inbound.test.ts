import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sweepInbound } from '../../src/conversation/sweep-inbound.ts';
import { jane, openWorld, type World } from '../support/open-world.ts';

const minute = 60_000;
const hour = 60 * minute;

let world: World;
beforeEach(async () => {
  world = await openWorld();
  // The program is in use.
  await world.say('+15551239999', 'hello');
});
afterEach(() => world.close());

const ago = (ms: number) => new Date(Date.now() - ms);
/** Texts that reached the phone network, and nobody else. */
const lose = async (body: string, sentAt: Date, from = jane) => {
  const { status } = await world.sandbox.phones.receiveText({ from, body, sentAt, isLost: true });
  expect(status).toBe(0);
};
async function sweep(since = ago(3 * 24 * hour)): Promise<void> {
  await sweepInbound(world.app.context, { since: since.toISOString() });
  await world.settled();
}
const stored = async (text: string) =>
  (await world.db.execute(sql`select 1 from messages where author = 'customer' and text = ${text}`)).length;
const notes = async () => (await world.db.execute(sql`select text from staff_notes`)).map((row) => row.text);
const optedOut = async () =>
  (await world.db.execute(sql`select 1 from senders where address = ${jane} and opted_out_at is not null`))
    .length === 1;

describe('a text whose webhook nobody took', () => {
  test('is found in the list and answered once, however often it is looked for and delivered', async () => {
    await lose('Where is my order 1001?', ago(10 * minute));
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(await stored('Where is my order 1001?')).toBe(1);
    expect(world.textsTo(jane)).toHaveLength(1);
    const [lost] = world.sandbox.phones
      .messages()
      .filter(({ direction, from }) => direction === 'inbound' && from === jane);
    await world.sandbox.phones.redeliver(lost?.sid ?? '');
    await world.settled();
    expect(await stored('Where is my order 1001?')).toBe(1);
    expect(world.textsTo(jane)).toHaveLength(1);
  });

  test('is found by the look at the start of the program', async () => {
    await lose('Where is my order 1001?', ago(10 * minute));
    await world.db.execute(sql`update inbox set received_at = now() - interval '1 hour'`);
    await world.db.execute(sql`delete from jobs.job where name = 'sweep-inbound'`);
    await world.restart();
    await world.settled();
    expect(await stored('Where is my order 1001?')).toBe(1);
  });

  test('on WhatsApp is found too, and on a number of somebody else is left alone', async () => {
    await lose('Where is my order 1001?', ago(10 * minute), `whatsapp:${jane}`);
    await world.sandbox.phones.receiveText({
      from: jane,
      to: '+15550009999',
      body: 'not for us',
      sentAt: ago(10 * minute),
      isLost: true,
    });
    await sweep();
    expect(await stored('Where is my order 1001?')).toBe(1);
    expect(await stored('not for us')).toBe(0);
  });

  test('is left to its webhook while that may still come', async () => {
    await lose('Where is my order 1001?', ago(2_000));
    await sweep();
    expect(await stored('Where is my order 1001?')).toBe(0);
  });

  test('that is older than a day is recorded and told to staff, and not answered', async () => {
    await lose('Where is my order 1001?', ago(26 * hour));
    await sweep();
    await sweep();
    expect(await stored('Where is my order 1001?')).toBe(1);
    expect(world.textsTo(jane)).toEqual([]);
    expect(await notes()).toEqual([expect.stringContaining('was never delivered to me')]);
  });

  test('from before the program was in use is left alone', async () => {
    await lose('Where is my order 1001?', ago(hour));
    await sweepInbound(world.app.context, undefined);
    await world.settled();
    expect(await stored('Where is my order 1001?')).toBe(0);
  });

  test('is found on a later page of the list', async () => {
    await lose('Where is my order 1001?', ago(30 * minute));
    for (let index = 0; index < 210; index++) {
      await lose(`number ${index}`, ago(26 * hour), '+15551238888');
    }
    await sweep();
    expect(await stored('Where is my order 1001?')).toBe(1);
    expect(await stored('number 0')).toBe(1);
  });

  test('agrees to nothing that was shown after it was written', async () => {
    await lose('yes', ago(10 * minute));
    await world.say(jane, 'return the linen shirt from 1001, it does not fit');
    await sweep();
    expect(await stored('yes')).toBe(1);
    expect(world.refundsOf('#1001')).toEqual([]);
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1001')).toHaveLength(1);
  });
});

describe('a lost STOP', () => {
  test('is obeyed, also after a day', async () => {
    await lose('STOP', ago(26 * hour));
    await sweep();
    expect(await optedOut()).toBe(true);
  });

  test('is not obeyed where they wrote START since', async () => {
    await lose('STOP', ago(hour));
    await world.say(jane, 'START');
    await sweep();
    expect(await optedOut()).toBe(false);
  });
});

test('a lost START does not undo a later STOP', async () => {
  await lose('START', ago(hour));
  await world.say(jane, 'STOP');
  await sweep();
  // Twilio refuses a text to them, which would make up for it afterwards.
  const given = await world.db.execute(sql`select 1 from audit_log where action = 'consent.given'`);
  expect(given).toEqual([]);
  expect(await optedOut()).toBe(true);
});

test('texts wait while the list cannot be had, and are found when it can', async () => {
  await lose('Where is my order 1001?', ago(10 * minute));
  const since = ago(hour).toISOString();
  world.sandbox.phones.faults.add({
    operation: 'messages.list',
    when: 'before',
    times: 1,
    action: { kind: 'status', status: 503 },
  });
  const { db, jobs, store } = world.app.context.refunds;
  await world.db.execute(sql`delete from jobs.job where name = 'sweep-inbound'`);
  await db.transaction((tx) => jobs.enqueue(tx, 'sweep-inbound', { store, progress: { since } }));
  await world.settled();
  await world.db.execute(sql`update jobs.job set start_after = now() where name = 'sweep-inbound'`);
  await expect.poll(() => stored('Where is my order 1001?')).toBe(1);
});
