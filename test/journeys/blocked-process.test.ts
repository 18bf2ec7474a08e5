import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { jane } from '../support/open-world.ts';
import { openProductionWorld } from '../support/production-world.ts';
import { waitFor } from '../support/wait-for.ts';

test('a web process that stands still takes what came meanwhile, and what came twice is answered once', async ({
  onTestFinished,
}) => {
  const world = await openProductionWorld();
  onTestFinished(world.close);
  const [web] = await Promise.all([world.start('web'), world.start('worker')]);
  world.leadTo(web);
  const { phones } = world.sandbox;
  await world.text(jane, 'return the blue shirt from 1001');
  await waitFor('the quote', () => world.textsTo(jane).some((text) => text.includes('YES')));

  web.signal('SIGSTOP');
  const first = phones.receiveText({ from: jane, body: 'yes' });
  const yes = phones.messages().findLast(({ from, body }) => from === jane && body === 'yes');
  // Twilio does not wait for the answer to the first try before it tries again.
  const again = phones.redeliver(yes?.sid ?? '');
  const { db } = world;
  expect(await db.execute(sql`select 1 from messages where text = 'yes'`)).toHaveLength(0);
  web.signal('SIGCONT');

  expect([(await first).status, (await again).status]).toEqual([200, 200]);
  await waitFor('the outcome', () => world.textsTo(jane).some((text) => text.startsWith('Done:')));
  expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
  expect(await db.execute(sql`select 1 from messages where text = 'yes'`)).toHaveLength(1);
  expect(world.textsTo(jane).filter((text) => text.startsWith('Done:'))).toHaveLength(1);
});
