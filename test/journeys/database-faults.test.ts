import { sql } from 'drizzle-orm';
import { describe, expect, type TestContext, test } from 'vitest';
import { jane, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

async function enter({ onTestFinished }: TestContext): Promise<World> {
  const world = await openWorld();
  onTestFinished(() => world.close());
  return world;
}

/** As Twilio with a retry rule: what was not acknowledged is delivered again. */
async function redeliver({ sandbox }: World, { status, messageSid }: { status: number; messageSid: string }) {
  if (status === 200) return;
  expect(status).toBe(503);
  await waitFor(
    'the redelivery to be taken',
    async () => (await sandbox.phones.redeliver(messageSid)).status === 200,
  );
}
const text = ({ sandbox }: World, from: string, body: string) => sandbox.phones.receiveText({ from, body });
const refunded = (world: World) => world.textsTo(jane).filter((said) => said.startsWith('Done:'));
const quoted = (world: World) => world.textsTo(jane).filter((said) => said.includes('YES'));

async function seesOneRefund(world: World): Promise<void> {
  await waitFor('the outcome', () => refunded(world).length > 0, 60_000);
  await world.settled();
  expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
  expect([quoted(world).length, refunded(world).length]).toEqual([1, 1]);
}

const commits = [1, 2, 3, 4, 5, 6];

describe('a connection that breaks at a COMMIT', { concurrent: true, timeout: 120_000 }, () => {
  test.for([
    ...commits.map((nth) => [nth, 'after'] as const),
    ...commits.map((nth) => [nth, 'before'] as const),
  ])(
    'a refund is made once and told once, though COMMIT no. %i is cut %s it reached the database',
    async ([nth, when], context) => {
      const world = await enter(context);
      await world.say(jane, 'return the blue shirt from 1001');
      const cut = world.databaseGate.cutCommit(nth, when);
      await redeliver(world, await text(world, jane, 'yes'));
      await seesOneRefund(world);
      await cut.happened;
    },
  );
});

describe('a database that is not itself', { concurrent: true, timeout: 120_000 }, () => {
  test('is found where it moved to', async (context) => {
    const world = await enter(context);
    const [row] = await world.db.execute<{ port: number }>(sql`select inet_server_port() as port`);
    await world.say(jane, 'return the blue shirt from 1001');
    // Nothing listens there: the old primary is gone, and the new one is not in charge yet.
    world.databaseGate.leadTo(1);
    await world.databaseGate.shut();
    await world.databaseGate.open();
    const yes = await text(world, jane, 'yes');
    expect(yes.status).toBe(503);
    world.databaseGate.leadTo(row?.port ?? 0);
    await redeliver(world, yes);
    await seesOneRefund(world);
  });

  test('makes a refund slow when it is slow, and nothing else of it', async (context) => {
    const world = await enter(context);
    world.databaseGate.slow(25);
    await world.say(jane, 'return the blue shirt from 1001');
    await redeliver(world, await text(world, jane, 'yes'));
    await seesOneRefund(world);
  });

  test('lets texts have 503 when every connection for them is taken, and answers their redelivery', async (context) => {
    const world = await enter(context);
    const numbers = Array.from({ length: 12 }, (_, index) => `+1555880${String(index).padStart(4, '0')}`);
    const release = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    // Whoever takes in a message waits for this.
    const holding = world.db.transaction(async (tx) => {
      await tx.execute(sql`lock table inbox in exclusive mode`);
      locked.resolve();
      await release.promise;
    });
    await locked.promise;
    const sent = numbers.map((from) => text(world, from, 'return policy?'));
    const refused = sent.map(async (one) => ((await one).status === 503 ? one : Promise.reject()));
    await Promise.any(refused);
    // The others still wait for the lock: it was the wait for a connection that ended, and nothing else.
    const waiting = await world.db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(waiting).toHaveLength(8);
    release.resolve();
    await holding;
    for (const one of await Promise.all(sent)) await redeliver(world, one);
    await waitFor('answers', () => numbers.every((number) => world.textsTo(number).length > 0), 60_000);
    await world.settled();
    expect(numbers.map((number) => world.textsTo(number).length)).toEqual(numbers.map(() => 1));
  });
});
