import { test as base, describe, expect } from 'vitest';
import { jane, maya, noah, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

const marcus = '+15551230002';
const stranger = '+15559990000';

const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of the fixtures from it
  world: async ({}, use) => {
    const world = await openWorld();
    await use(world);
    await world.close();
  },
});

async function refundShirt({ say }: World): Promise<void> {
  await say(jane, 'return the blue shirt from 1001');
  await say(jane, 'yes');
}

async function refundDesk(world: World) {
  await world.say(jane, 'return the walnut desk from 1002');
  await world.say(jane, 'yes');
  return world.card('#1002');
}

async function answer({ say }: World, from: string, body: string): Promise<string> {
  const texts = await say(from, body);
  expect(texts).toHaveLength(1);
  return texts[0] ?? '';
}

const today = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[new Date().getUTCMonth()];
const notes = (world: World, words: string) =>
  world.sandbox.workspace.messagesIn('CSUPPORT').filter(({ text }) => text.includes(words));

describe('a customer who asks where their refund is', { concurrent: true }, () => {
  test('hears that it was made, when, and what their payment method usually takes', async ({ world }) => {
    await refundShirt(world);
    const reply = await answer(world, jane, 'where is my refund?');
    expect(reply).toContain(`The refund of $48.00 for order #1001 was made on ${today} `);
    expect(reply).toContain('Banks usually take 5 to 10 business days to show it on a card.');
    expect(await answer(world, jane, 'has #1001 been refunded?')).toBe(reply);
  });

  test('hears that the payment is not confirmed yet', async ({ world }) => {
    world.sandbox.shop.setPaymentStatus('PENDING');
    await refundShirt(world);
    expect(await answer(world, jane, 'did you refund me yet')).toContain('has not confirmed it yet');
    world.sandbox.shop.editOrder('1001', { kind: 'settle', status: 'SUCCESS' });
    expect(await answer(world, jane, 'and now, did you refund me?')).toContain('was made on');
  });

  test('hears that a payment failed days later, and people are told once', async ({ world }) => {
    await refundShirt(world);
    world.sandbox.shop.editOrder('1001', { kind: 'settle', status: 'FAILURE' });
    for (const text of ["I still haven't got my money back", 'status of my return 1001']) {
      const reply = await answer(world, jane, text);
      expect(reply).toMatch(/of \$48\.00 for order #1001, entered on .*, did not go through/);
      expect(reply).toContain('A person will look into it.');
      expect(reply).not.toContain('business days');
    }
    await waitFor('people to be told', () => notes(world, 'turned down the refund').length > 0);
    await world.settled();
    expect(notes(world, 'turned down the refund of $48.00 for order #1001')).toHaveLength(1);
  });

  test('hears that a manager has not decided yet, and then that it was made', async ({ world }) => {
    const card = await refundDesk(world);
    const waits = 'The refund of $420.00 for order #1002 is waiting for a manager to approve it.';
    expect(await answer(world, jane, 'when will I get my money')).toBe(waits);
    expect(world.refundsOf('#1002')).toEqual([]);
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(await answer(world, jane, 'when will I get my money')).toContain('was made on');
  });

  test('hears why it was denied', async ({ world }) => {
    const card = await refundDesk(world);
    await world.click(card, noah, 'deny_refund');
    const modal = await waitFor('the modal', () => world.sandbox.workspace.openModals()[0]);
    const values = { reason: 'The desk was used outdoors' };
    await world.sandbox.workspace.submitModal({ user: noah, viewId: modal.id, values });
    await world.settled();
    expect(await answer(world, jane, 'status of my refund')).toBe(
      'The refund of $420.00 for order #1002 was not approved. Reason: The desk was used outdoors.',
    );
  });

  test('hears of one that was made by hand', async ({ world }) => {
    expect(await answer(world, jane, 'has 1001 been refunded?')).toBe(
      'I see no refund for order #1001 so far.',
    );
    world.sandbox.shop.editOrder('1001', { kind: 'refund', line: 'Socks' });
    expect(await answer(world, jane, 'has 1001 been refunded?')).toContain(
      'The refund of $12.00 for order #1001 was made on',
    );
  });

  test('is still asked for the yes to an open quote, and the question is none', async ({ world }) => {
    await refundShirt(world);
    await world.say(jane, 'return the socks from 1001');
    const reply = await answer(world, jane, 'where is my refund?');
    expect(reply).toContain('$48.00 for order #1001 was made');
    expect(reply).toMatch(/I also still need your YES or NO for the refund of \$12\.00 for order #1001\.$/);
    expect(world.refundsOf('#1001')).toHaveLength(1);
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1001')).toHaveLength(2);
  });

  test('gets a plain sentence while the shop is away', async ({ world }) => {
    await refundShirt(world);
    const action = { kind: 'status', status: 503, body: 'no healthy upstream' } as const;
    world.sandbox.shop.faults.add({ when: 'before', action });
    for (const text of ['where is my refund?', 'has 1001 been refunded?']) {
      const reply = await answer(world, jane, text);
      expect(reply).toMatch(/^I can't reach the shop's order system right now\./);
      expect(reply).not.toMatch(/48|made|upstream/);
    }
  });
});

describe('a stranger', { concurrent: true }, () => {
  test("gets the same words for somebody else's refunded order as for one that does not exist", async ({
    world,
  }) => {
    await refundShirt(world);
    const foreign = await answer(world, marcus, 'has 1001 been refunded?');
    const unknown = await answer(world, stranger, 'has 9999 been refunded?');
    expect(foreign).toBe(unknown);
    expect(foreign).not.toMatch(/48|#1001|made/);
    expect(await answer(world, '+15559990001', 'where is my refund?')).toContain(
      'To look up the order I need',
    );
  });

  test('who proves whose order it is hears where its refund stands', async ({ world }) => {
    await refundShirt(world);
    await world.say(stranger, 'where is my refund for order 1001?');
    expect(await answer(world, stranger, 'jane@example.com, 97205')).toContain(
      'The refund of $48.00 for order #1001 was made on',
    );
  });
});

describe('a colleague', () => {
  test('hears where a refund of any order stands', async ({ world }) => {
    await refundDesk(world);
    const { answers } = await world.mention(maya, 'has 1002 been refunded?');
    const words = answers.map(({ text }) => text.replaceAll('*', ''));
    expect(words.join()).toContain('The refund of $420.00 for order #1002 is waiting for an approver.');
  });
});
