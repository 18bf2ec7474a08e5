import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jane } from '../support/open-world.ts';
import { lastResult } from '../support/read-scripted-request.ts';
import {
  call,
  checkLine,
  openScriptedWorld,
  type ScriptedWorld,
  sayResult,
} from '../support/scripted-world.ts';

const down = {
  when: 'before',
  action: { kind: 'status', status: 503, body: 'no healthy upstream' },
} as const;
const stranger = '+15559990001';

let world: ScriptedWorld;
beforeEach(async () => {
  world = await openScriptedWorld();
  world.model.add(
    {
      calls: [
        { name: 'find_order', arguments: { order_number: '1001' } },
        { name: 'find_order', arguments: { order_number: null } },
      ],
    },
    { text: 'What is it about?' },
  );
  await world.say(jane, 'my order 1001');
  world.sandbox.shop.faults.add(down);
});
afterEach(async () => {
  world.model.assertDone();
  await world.close();
});

const staffRead = () => JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'));

test.each([['1001'], [null]])('an order read lately (%s) is still shown, as what it is', async (number) => {
  world.model.add(call('find_order', { order_number: number }), { text: 'That is how it was.' });
  expect(await world.say(jane, 'what did I order?')).toEqual(['That is how it was.']);
  const result = lastResult(world.model.requests.at(-1));
  expect(result.outdated).toMatch(/cannot be reached.*up to 1 min ago/);
  expect(JSON.stringify(result)).toContain('Blue Oxford Shirt');
  expect(staffRead()).not.toContain('cannot be reached');
});

test('nothing is quoted from what was read before: the customer gets a plain sentence, and staff are told', async () => {
  world.model.add(call('find_order', { order_number: '1001' }), checkLine('Blue Oxford Shirt'), sayResult);
  const [answer] = await world.say(jane, 'return the blue shirt from 1001');
  expect(answer).toMatch(/can't reach the shop's order system/);
  expect(await world.db.execute(sql`select id from quotes`)).toEqual([]);
  await expect.poll(staffRead).toContain('cannot be reached');
});

test.each([
  ['read lately', '1001'],
  ['never read', '1002'],
  ['that does not exist', '999999'],
])('somebody else gets the same for an order %s', async (_what, number) => {
  world.model.add(call('find_order', { order_number: number }), sayResult);
  const [answer] = await world.say(stranger, `what is in order ${number}?`);
  expect(lastResult(world.model.requests.at(-1))).toEqual({
    status: 'unavailable',
    say: "I can't reach the shop's order system right now. Please try again in a few minutes, or ask for a person.",
  });
  expect(answer).toMatch(/can't reach/);
});
