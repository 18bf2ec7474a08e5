import { afterAll, beforeAll, expect, test } from 'vitest';
import { jane, openWorld, type World } from '../support/open-world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('a small return is quoted, agreed to and refunded once, and the customer hears of it', async () => {
  const [quote, ...more] = await world.say(jane, 'I want to return the blue shirt from order #1001');
  expect(more).toEqual([]);
  expect(quote).toContain('$48.00');
  expect(world.refundsOf('#1001')).toEqual([]);

  const answers = await world.say(jane, 'yes please');
  expect(answers).toHaveLength(2);
  expect(answers[1]).toMatch(/^Done: your refund of \$48\.00 for order #1001/);
  expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);

  const again = await world.say(jane, 'yes');
  expect(world.refundsOf('#1001')).toHaveLength(1);
  expect(again).toHaveLength(1);
});
