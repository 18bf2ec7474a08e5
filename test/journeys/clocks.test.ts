import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { jane, maya } from '../support/open-world.ts';
import { openProductionWorld, type ProductionWorld } from '../support/production-world.ts';
import { waitFor } from '../support/wait-for.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const says = (world: ProductionWorld, words: string) =>
  waitFor(`a text with "${words}"`, () => world.textsTo(jane).find((text) => text.includes(words)), 60_000);
const cardOf = (world: ProductionWorld, orderName: string) =>
  waitFor(
    'the card',
    () => world.sandbox.workspace.cards().find((card) => JSON.stringify(card.blocks).includes(orderName)),
    60_000,
  );
async function approve(world: ProductionWorld): Promise<void> {
  const { channel, ts } = await cardOf(world, '#1002');
  const click = { user: maya, channel, ts, actionId: 'approve_refund' };
  expect((await world.sandbox.workspace.click(click)).status).toBe(200);
  await says(world, 'Done:');
}

test('a worker forty days ahead and a web process four minutes behind, in other time zones, do what others do', {
  timeout: 240_000,
}, async ({ onTestFinished }) => {
  const world = await openProductionWorld();
  onTestFinished(world.close);
  const [web] = await Promise.all([
    world.start('web', { clockOffsetMs: -4 * minute, timeZone: 'Australia/Lord_Howe' }),
    world.start('worker', { clockOffsetMs: 40 * day, timeZone: 'America/New_York' }),
  ]);
  world.leadTo(web);
  // By the worker's clock it is too late to return anything, every quote expired, and so did the approval.
  await world.text(jane, 'return the walnut desk from 1002');
  await says(world, 'YES');
  await world.text(jane, 'yes');
  await approve(world);
  expect(world.refundsOf('#1002')).toHaveLength(1);
  const [stored] = await world.db.execute(sql`
    select state, expires_at > now() + interval '23 hours' and expires_at < now() + interval '25 hours' as in_time
    from approvals`);
  expect(stored).toEqual({ state: 'approved', in_time: true });
});

test('clocks that jump between two steps of a refund, forward and back, change nothing of it', {
  timeout: 240_000,
}, async ({ onTestFinished }) => {
  const world = await openProductionWorld();
  onTestFinished(world.close);
  const [web, worker] = await Promise.all([world.start('web'), world.start('worker')]);
  world.leadTo(web);
  await world.text(jane, 'return the walnut desk from 1002');
  await says(world, 'YES');
  await worker.setClock(2 * day);
  await world.text(jane, 'yes');
  await cardOf(world, '#1002');
  await worker.setClock(-2 * day);
  await web.setClock(-4 * minute);
  await approve(world);
  await worker.setClock(0);
  expect(world.refundsOf('#1002')).toHaveLength(1);
  expect(world.textsTo(jane).filter((text) => text.startsWith('Done:'))).toHaveLength(1);
});

test('a job that a provider put off waits as long as it asked, whatever time its worker thinks it is', {
  timeout: 120_000,
}, async ({ onTestFinished }) => {
  const world = await openProductionWorld();
  onTestFinished(world.close);
  const [web] = await Promise.all([world.start('web'), world.start('worker', { clockOffsetMs: -40 * day })]);
  world.leadTo(web);
  world.sandbox.phones.faults.add({
    when: 'before',
    operation: 'messages.create',
    times: 1,
    action: { kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
  });
  await world.text(jane, 'return policy?');
  const waits = await waitFor(
    'the delivery to be put off',
    async () => {
      const [row] = await world.db.execute<{ minutes: number }>(sql`
      select round(extract(epoch from start_after - now()) / 60)::int as minutes from jobs.job
      where name = 'deliver-messages' and state = 'created' and start_after > now() + interval '1 minute'`);
      return row?.minutes;
    },
    60_000,
  );
  expect(waits).toBe(60);
});
