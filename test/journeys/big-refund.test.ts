import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { iris, jane, maya, noah, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function askForDesk() {
  await world.say(jane, 'I want to return the walnut desk from order 1002');
  const answers = await world.say(jane, 'yes');
  return { answers, card: await world.card('#1002') };
}
const textOf = (message: unknown) => JSON.stringify(message);

describe('a refund above the threshold', () => {
  test('waits for approval, is made after the click, and the customer hears of it once', async () => {
    const { answers, card } = await askForDesk();
    expect(answers).toHaveLength(1);
    expect(answers[0]).toContain('manager');
    expect(world.refundsOf('#1002')).toEqual([]);
    expect(textOf(card)).toContain('$420.00');
    expect(textOf(card)).not.toContain(jane);

    expect(await world.click(card, maya, 'approve_refund')).toBe(200);
    await world.settled();
    expect(world.refundsOf('#1002')).toMatchObject([{ amount: 42_000 }]);
    expect(world.textsTo(jane).filter((text) => text.startsWith('Done:'))).toHaveLength(1);

    const resolved = await world.card('#1002');
    expect(resolved.ts).toBe(card.ts);
    expect(textOf(resolved)).toContain('Approved by Maya');
    expect(textOf(resolved)).not.toContain('approve_refund');
  });

  test('is not made when somebody denies it, and the customer is told the reason once', async () => {
    const { card } = await askForDesk();
    await world.click(card, noah, 'deny_refund');
    const modal = await waitFor('the modal', () => world.sandbox.workspace.openModals()[0]);
    await world.sandbox.workspace.submitModal({
      user: noah,
      viewId: modal.id,
      values: { reason: 'The desk was assembled' },
    });
    await world.settled();
    expect(world.refundsOf('#1002')).toEqual([]);
    const told = world.textsTo(jane).filter((text) => text.includes('not approved'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('The desk was assembled');
    expect(textOf(await world.card('#1002'))).toContain('Denied by Noah');
  });

  test('is decided by the first click; the second clicker is told who decided what', async () => {
    const { card } = await askForDesk();
    await Promise.all([
      world.click(card, maya, 'approve_refund'),
      world.click(card, noah, 'approve_refund'),
      world.click(card, maya, 'approve_refund'),
    ]);
    await world.settled();
    expect(world.refundsOf('#1002')).toHaveLength(1);
    const whispers = await waitFor('two answers to late clicks', () => {
      const seen = world.sandbox.workspace.ephemerals();
      return seen.length === 2 && seen;
    });
    expect(textOf(whispers)).toMatch(/already approved/i);
  });

  test('is not made by a click of somebody who may not approve', async () => {
    const { card } = await askForDesk();
    for (const user of [iris, 'UGUEST004', 'UGONE0006', 'UOTHER007'])
      await world.click(card, user, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toEqual([]);
    const [approval] = await world.db.execute(sql`select state from approvals`);
    expect(approval).toEqual({ state: 'pending' });
    expect(textOf(await world.card('#1002'))).toContain('approve_refund');
  });

  test('closes the card as stale and posts a fresh one when the order changed after it was posted', async () => {
    const { card } = await askForDesk();
    world.sandbox.shop.editOrder('#1002', { kind: 'refund', amount: 10_000, note: 'Goodwill by phone' });
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toEqual([]);
    const cards = world.sandbox.workspace.cards();
    expect(cards).toHaveLength(2);
    expect(textOf(cards[0])).not.toContain('approve_refund');
    expect(textOf(cards[1])).toContain('$320.00');

    await world.click(cards[1] ?? card, maya, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toEqual([]);
    expect(world.textsTo(jane).at(-1)).toContain('$320.00 instead of $420.00');
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1002')).toMatchObject([{ amount: 32_000 }]);
  });

  test('counts as denied when nobody decides in time', async () => {
    const { card } = await askForDesk();
    await world.db.execute(sql`update approvals set expires_at = now() - interval '1 second'`);
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toEqual([]);
    expect(world.textsTo(jane).filter((text) => text.includes('in time'))).toHaveLength(1);
    expect(textOf(await world.card('#1002'))).toMatch(/expired/i);
  });

  test('is needed for a small refund too when the last 24 hours add up above the threshold', async () => {
    await world.say(jane, 'return the blue shirt from 1001');
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1001')).toHaveLength(1);
    await world.say(jane, 'return the plant stand from 1005');
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1005')).toHaveLength(1);
    await world.say(jane, 'return the socks from 1001');
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1001')).toHaveLength(1);
    expect(textOf(await world.card('#1001'))).toContain('$12.00');
  });
});
