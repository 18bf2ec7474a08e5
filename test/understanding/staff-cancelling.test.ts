import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStaffWorld, type StaffWorld } from './staff-world.ts';

let world: StaffWorld;
beforeAll(async () => {
  world = await openStaffWorld();
});
afterAll(() => world.close());

const checked = ['find_order 1008', 'check_cancellation'];
const offer =
  /^I can cancel order #1008 \(1 x Oak Stool\)\. \$78\.00 goes back to the customer's original payment/;

/** A colleague asks for a customer; nothing is carried out in this world. */
it.each<[readonly string[], readonly string[], RegExp, readonly string[]]>([
  [['cancel order 1008'], checked, offer, []],
  [['please cancel #1008 for the customer'], checked, offer, []],
  [['can 1008 still be cancelled? can you cancel it'], checked, offer, []],
  [['cancel an order please', '1008'], checked, offer, []],
  [['cancel order 1008', 'no'], [], /^OK, order #1008 stays as it is\. Nothing was cancelled\.$/, []],
  [['cancel order 1001'], ['find_order 1001', 'check_cancellation'], /has been shipped already/, []],
  [['cancel order 4711'], ['find_order 4711'], /no order #4711/, []],
  [['cancel order 1008', 'yes'], ['submit_return'], /cancellation for order #1008/, ['#1008 7800 approved']],
])('%j', async (says, calls, reply, refunds) => {
  const end = await world.talk(...says);
  expect(end.calls, end.reply).toEqual(calls);
  expect(end.reply).toMatch(reply);
  expect(end.refunds).toEqual(refunds);
  expect(end.reply).not.toMatch(/ask for a person|someone from our team|your (?:bank|order|original)/i);
});
