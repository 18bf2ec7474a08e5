import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config.ts';
import { pauseRefunds, resumeRefunds } from '../../src/refunds/pause-refunds.ts';
import { maya, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

/** Whose order 1022 was not shipped: two bookends and a notebook, $76.83 with tax and $5.95 shipping. */
const freya = '+15551230013';
const approver = { userId: maya, teamId: 'TBIRCHLOOM', name: 'Maya' };

let world: World;
afterEach(() => world.close());

/** Above the threshold, so that somebody has to approve it. */
const strict = (config: Config): Config => ({
  ...config,
  returns: { ...config.returns, approvalThreshold: '50.00' },
});
const order = () => world.sandbox.shop.orders().find(({ name }) => name === '#1022');
const made = () => world.sandbox.shop.refunds().filter(({ orderName }) => orderName === '#1022');
const told = (words: RegExp) => world.textsTo(freya).filter((text) => words.test(text));
const isDone = /^Your order #1022 is cancelled; \$76\.83 goes back to your original payment method/;
const cancelled = () => waitFor('the order to be cancelled and told', () => told(isDone).length > 0);

async function askForApproval() {
  world = await openWorld(strict);
  const [offer] = await world.say(freya, 'please cancel order 1022, I ordered it twice');
  expect(offer).toContain('A manager has to approve this one first.');
  const [answer] = await world.say(freya, 'yes');
  expect(answer).toContain('manager');
  return world.card('#1022');
}

test('an order that was not shipped is cancelled once after a yes, and all that was paid goes back', async () => {
  world = await openWorld();
  const [offer, ...more] = await world.say(freya, 'cancel my order #1022');
  expect(more).toEqual([]);
  expect(offer).toBe(
    'I can cancel order #1022 (2 x Ash Bookend and 1 x Linen Notebook (Ruled)). $76.83 goes back to your original payment method. Reply YES to go ahead, or NO to keep the order.',
  );
  expect(order()?.cancelledAt).toBeUndefined();

  await world.say(freya, 'yes');
  await cancelled();
  expect(order()?.cancelledAt).toEqual(expect.any(String));
  expect(made()).toMatchObject([{ amount: 7_683, shipping: 595 }]);
  expect(made()[0]?.lines.map(({ restockType }) => restockType)).toEqual(['CANCEL', 'CANCEL']);

  await world.say(freya, 'yes');
  await world.say(freya, 'cancel my order #1022');
  expect(world.textsTo(freya).at(-1)).toBe('Order #1022 is cancelled already.');
  expect(made()).toHaveLength(1);
  expect(told(isDone)).toHaveLength(1);

  await world.say(freya, 'where is my refund for 1022?');
  expect(world.textsTo(freya).at(-1)).toMatch(/^The refund of \$76\.83 for order #1022 was made on /);
});

test('the bare word that opts out still does, and cancels nothing', async () => {
  world = await openWorld();
  await world.say(freya, 'cancel my order #1022');
  expect(await world.say(freya, 'CANCEL')).toEqual([]);
  expect(order()?.cancelledAt).toBeUndefined();
  expect(await world.say(freya, 'hello?')).toEqual([]);
});

test('an order that was shipped between quote and yes is not cancelled, and the customer is told', async () => {
  world = await openWorld();
  await world.say(freya, 'cancel my order #1022');
  world.sandbox.shop.editOrder('1022', { kind: 'ship' });
  const [answer] = await world.say(freya, 'yes');
  expect(answer).toMatch(/has been shipped already, so it can't be cancelled any more/);
  expect(order()?.cancelledAt).toBeUndefined();
  expect(made()).toEqual([]);
});

test('an answer that was lost leads to one cancellation, one refund and one text', async () => {
  world = await openWorld();
  await world.say(freya, 'cancel my order #1022');
  world.sandbox.shop.faults.add({
    operation: 'orderCancel',
    when: 'after',
    times: 1,
    action: { kind: 'drop' },
  });
  await world.say(freya, 'yes');
  await cancelled();
  await world.settled();
  expect(made()).toMatchObject([{ amount: 7_683 }]);
  expect(told(isDone)).toHaveLength(1);
});

describe('a cancellation above the threshold', () => {
  test('is carried out after somebody approved it', async () => {
    const card = await askForApproval();
    expect(order()?.cancelledAt).toBeUndefined();
    expect(JSON.stringify(card)).toMatch(/\$76\.83/);
    expect(JSON.stringify(card)).toMatch(/cancel/i);
    await world.click(card, maya, 'approve_refund');
    await cancelled();
    expect(made()).toMatchObject([{ amount: 7_683 }]);
  });

  test('for less than the customer agreed to is offered to them again before it is carried out', async () => {
    const card = await askForApproval();
    world.sandbox.shop.editOrder('1022', { kind: 'refund', amount: 1_000, note: 'Goodwill by phone' });
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(world.sandbox.workspace.cards()).toHaveLength(2);
    await world.click(await world.card('#1022'), maya, 'approve_refund');
    await world.settled();
    expect(order()?.cancelledAt).toBeUndefined();
    expect(world.textsTo(freya).at(-1)).toBe(
      'Our team can cancel the order and refund $66.83 instead of $76.83 for order #1022. Reply YES to accept, or NO to leave it.',
    );
    await world.say(freya, 'yes');
    await waitFor('the order to be cancelled', () => told(/is cancelled; \$66\.83/).length > 0);
    expect(made().map(({ amount }) => amount)).toEqual([1_000, 6_683]);
  });

  test('is not carried out when the order was shipped before the click, and the customer is told', async () => {
    const card = await askForApproval();
    world.sandbox.shop.editOrder('1022', { kind: 'ship' });
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(order()?.cancelledAt).toBeUndefined();
    expect(made()).toEqual([]);
    expect(told(/^Order #1022 changed before I could cancel it/)).toHaveLength(1);
    expect(world.sandbox.workspace.cards()).toHaveLength(1);
  });

  test('is not carried out when the order was shipped after the click, and the customer is told', async () => {
    const card = await askForApproval();
    const { refunds } = world.app.context;
    await pauseRefunds(refunds, approver, 'Stock taking');
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    const [row] = await world.db.execute(sql`select state from refunds`);
    expect(row).toEqual({ state: 'approved' });
    world.sandbox.shop.editOrder('1022', { kind: 'ship' });
    await resumeRefunds(refunds, approver, 'press');
    await world.settled();
    expect(order()?.cancelledAt).toBeUndefined();
    expect(made()).toEqual([]);
    expect(told(/^Order #1022 changed before I could cancel it/)).toHaveLength(1);
  });
});
