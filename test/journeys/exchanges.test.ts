import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { maya, type World } from '../support/open-world.ts';
import { openPolicyWorld } from '../support/policy-world.ts';
import { waitFor } from '../support/wait-for.ts';

/** Whose Field Jacket M of order 1021 cost $96.00: L costs the same, XL long $8.00 more, S is sold out. */
const omar = '+15551230012';
const policy = (then = '{ tag_order: exchanged }') => `rules:
  - id: jackets
    then: ${then}
`;

let world: World;
afterEach(() => world.close());

const order = () => world.sandbox.shop.orders().find(({ name }) => name === '#1021');
const sentOut = () =>
  (order()?.lines ?? []).filter(({ exchangeOf }) => exchangeOf).map(({ variantTitle }) => variantTitle);
const shopReturns = () => world.sandbox.shop.returns().filter(({ orderName }) => orderName === '#1021');
const moved = () =>
  world.sandbox.shop
    .refunds()
    .filter(({ orderName }) => orderName === '#1021')
    .reduce((total, { amount }) => total + amount, 0);
const told = (words: RegExp) => world.textsTo(omar).filter((text) => words.test(text));
const isSentOut = /^We received Field Jacket \(M\)\. Field Jacket \(L\) for order #1021 will be sent to you/;
const notes = () => JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'));

async function quoteFor(size: string): Promise<string> {
  const [answer = ''] = await world.say(
    omar,
    `I want to exchange the field jacket from order 1021 for ${size}`,
  );
  return answer;
}
async function parcelArrives(): Promise<void> {
  world.sandbox.shop.parcelArrives('#1021');
  await world.sandbox.shop.sendWebhook({ topic: 'returns/update', orderName: '#1021' });
  await world.settled();
}

describe('an exchange', () => {
  test('for the same price sends the other one when the first is here, and moves no money', async () => {
    world = await openPolicyWorld(policy());
    expect(await quoteFor('size L')).toContain('for 1 x Field Jacket (L), nothing to pay');
    await world.say(omar, 'yes');
    await world.settled();
    expect(sentOut()).toEqual([]);
    expect(order()?.tags).toEqual(['exchanged']);
    await parcelArrives();
    expect(sentOut()).toEqual(['L']);
    expect(moved()).toBe(0);
    expect(told(isSentOut)).toHaveLength(1);
    expect(await world.db.execute(sql`select state, amount_minor as minor from refunds`)).toMatchObject([
      { state: 'refunded', minor: '0' },
    ]);
    expect(notes()).not.toContain('needs a person');
  });

  test('keeps what it is for from being refunded at once as well, until it is called off', async () => {
    world = await openPolicyWorld(policy());
    await quoteFor('size L');
    await world.say(omar, 'yes');
    await world.settled();
    const [answer] = await world.say(omar, 'I want to return the field jacket from order 1021 for a refund');
    expect(answer).toContain('Field Jacket is part of a return already.');
    await world.say(omar, 'yes');
    await world.settled();
    expect(moved()).toBe(0);
    await world.say(omar, 'cancel the return');
    await world.settled();
    await world.say(omar, 'I want to return the field jacket from order 1021 for a refund');
    await world.say(omar, 'yes');
    await world.settled();
    expect(moved()).toBe(9600);
  });

  test('for a dearer one is left to a person, and nothing is opened', async () => {
    world = await openPolicyWorld(policy());
    expect(await quoteFor('the XL long')).not.toContain('Reply YES');
    await world.say(omar, 'yes');
    await world.settled();
    expect(shopReturns()).toEqual([]);
    expect(told(/\$8\.00/)).not.toEqual([]);
  });

  test('for one that is sold out is not quoted, and what can be had is named', async () => {
    world = await openPolicyWorld(policy());
    const answer = await quoteFor('size S');
    expect(answer).not.toContain('Reply YES');
    expect(answer).toMatch(/\bL\b/);
    await world.say(omar, 'L');
    await world.say(omar, 'yes');
    await parcelArrives();
    expect(sentOut()).toEqual(['L']);
  });

  test('that is sold out between quote and yes is not made', async () => {
    world = await openPolicyWorld(policy());
    await quoteFor('size L');
    world.sandbox.shop.setStock('Field Jacket / L', 0);
    await world.say(omar, 'yes');
    await world.settled();
    expect(shopReturns()).toEqual([]);
    expect(await world.db.execute(sql`select state from refunds`)).toHaveLength(0);
  });

  test('that is sold out between yes and approval is not made, and the customer is told', async () => {
    world = await openPolicyWorld(policy('{ approval: { people: 1 } }'));
    await quoteFor('size L');
    await world.say(omar, 'yes');
    const card = await world.card('#1021');
    world.sandbox.shop.setStock('Field Jacket / L', 0);
    await world.click(card, maya, 'approve_refund');
    await waitFor('the words to the customer', () => told(/changed since we talked/).length > 0);
    await world.settled();
    expect(shopReturns()).toEqual([]);
    expect(told(/changed since we talked/)).toHaveLength(1);
  });

  test('that somebody has to approve is opened after that', async () => {
    world = await openPolicyWorld(policy('{ approval: { people: 1 } }'));
    await quoteFor('size L');
    await world.say(omar, 'yes');
    const card = await world.card('#1021');
    expect(JSON.stringify(card)).toContain('in exchange for 1 × Field Jacket (L)');
    expect(shopReturns()).toEqual([]);
    await world.click(card, maya, 'approve_refund');
    await waitFor('the return to be told', () => told(/is open\./).length > 0);
    await parcelArrives();
    expect(sentOut()).toEqual(['L']);
    expect(told(isSentOut)).toHaveLength(1);
  });

  test('whose answer was lost when it was settled sends one out', async () => {
    world = await openPolicyWorld(policy());
    await quoteFor('size L');
    await world.say(omar, 'yes');
    await world.settled();
    world.sandbox.shop.faults.add({
      operation: 'returnProcess',
      when: 'after',
      times: 1,
      action: { kind: 'drop' },
    });
    await parcelArrives();
    await world.db.execute(
      sql`update refunds set sending = jsonb_set(sending, '{sentAt}', '"2026-01-01T00:00:00Z"')`,
    );
    await world.db.execute(
      sql`update jobs.job set start_after = now() where name = 'execute-refund' and state in ('created', 'retry')`,
    );
    await waitFor('the outcome', () => told(isSentOut).length > 0);
    await world.settled();
    expect(sentOut()).toEqual(['L']);
    expect(told(isSentOut)).toHaveLength(1);
  });
});
