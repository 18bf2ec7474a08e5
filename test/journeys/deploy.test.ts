import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { jane, openWorld } from '../support/open-world.ts';
import { openProductionWorld } from '../support/production-world.ts';
import { waitFor } from '../support/wait-for.ts';

test('a deploy in the middle of a refund and of traffic loses nothing, doubles nothing, and nobody is refused', {
  timeout: 240_000,
}, async ({ onTestFinished }) => {
  const world = await openProductionWorld();
  onTestFinished(world.close);
  const [oldWeb, oldWorker] = await Promise.all([world.start('web'), world.start('worker')]);
  world.leadTo(oldWeb);
  await world.text(jane, 'return the blue shirt from 1001');
  await waitFor('the quote', () => world.textsTo(jane).some((text) => text.includes('YES')), 30_000);

  const numbers = Array.from({ length: 24 }, (_, index) => `+1555660${String(index).padStart(4, '0')}`);
  const statuses = new Set<number>();
  let sent = 0;
  const traffic = (async () => {
    for (const from of numbers) {
      statuses.add((await world.sandbox.phones.receiveText({ from, body: 'return policy?' })).status);
      sent += 1;
    }
  })();
  await waitFor('some traffic', () => sent >= 6, 60_000);
  const [newWeb] = await Promise.all([world.start('web'), world.start('worker')]);
  world.leadTo(newWeb);
  await world.text(jane, 'yes');
  oldWeb.signal('SIGTERM');
  oldWorker.signal('SIGTERM');
  expect(await Promise.all([oldWeb.ended(), oldWorker.ended()])).toEqual([0, 0]);
  await traffic;

  await waitFor('the outcome', () => world.textsTo(jane).some((text) => text.startsWith('Done:')), 60_000);
  await waitFor('answers', () => numbers.every((number) => world.textsTo(number).length > 0), 60_000);
  expect([...statuses]).toEqual([200]);
  expect(numbers.map((number) => world.textsTo(number).length)).toEqual(numbers.map(() => 1));
  expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
  expect(world.textsTo(jane).filter((text) => text.startsWith('Done:'))).toHaveLength(1);
});

test('a web process that is asked to stop says so at /readyz before it closes its door', {
  timeout: 120_000,
}, async ({ onTestFinished }) => {
  const world = await openProductionWorld({ SHUTDOWN_GRACE_MS: '60000' });
  onTestFinished(world.close);
  const web = await world.start('web');
  world.leadTo(web);
  const ready = () => fetch(`${web.url}/readyz`);
  expect((await ready()).status).toBe(200);
  web.signal('SIGTERM');
  const refusal = await waitFor('the refusal', async () => {
    const answer = await ready();
    return answer.status === 503 && ((await answer.json()) as { readonly reasons: readonly string[] });
  });
  expect(refusal.reasons).toEqual(['the process is stopping']);
  // Whoever had not heard of it yet is served all the same.
  expect((await world.sandbox.phones.receiveText({ from: jane, body: 'hello' })).status).toBe(200);
  expect((await ready()).status).toBe(503);
  expect(await web.ended()).toBe(0);
});

test('a turn that outlives the grace time is given back at once: nobody waits for a heartbeat', {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const world = await openWorld((config) => ({ ...config, shutdownGraceMs: 100 }));
  onTestFinished(world.close);
  const held = Promise.withResolvers<void>();
  const remove = world.sandbox.shop.faults.add({
    when: 'before',
    action: { kind: 'hold', until: held.promise },
  });
  onTestFinished(() => held.resolve());
  await world.sandbox.phones.receiveText({ from: jane, body: 'return the blue shirt from 1001' });
  const state = async () =>
    (await world.db.execute(sql`select state from jobs.job where name = 'take-turn'`))[0]?.state;
  await waitFor('the turn to run', async () => (await state()) === 'active');
  await world.app.stop();
  expect(await state()).toBe('retry');
  remove();
});
