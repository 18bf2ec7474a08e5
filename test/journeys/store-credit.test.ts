import { afterEach, describe, expect, test } from 'vitest';
import { maya, type World } from '../support/open-world.ts';
import { openPolicyWorld } from '../support/policy-world.ts';
import { waitFor } from '../support/wait-for.ts';

/** Whose order 1020, an Alpaca Cardigan of $74.00, came 45 days ago. */
const ines = '+15551230011';
const policy = (then = '') => `rules:
  - id: late
    when: { days_since_delivery: { above: 30 } }
    then: { window_days: 90, refund_to: store_credit, store_credit_bonus_percent: 10${then} }
`;

let world: World;
afterEach(() => world.close());

const balance = () => world.sandbox.shop.storeCreditOf(ines);
const made = () => world.sandbox.shop.refunds().filter(({ orderName }) => orderName === '#1020');
const told = (words: RegExp) => world.textsTo(ines).filter((text) => words.test(text));
const isDone = /\$81\.40 in store credit for order #1020 is on your account, \$7\.40 of it a gift/i;

/** What was offered in the end. */
async function ask(): Promise<string> {
  await world.say(ines, 'I want my money back for the cardigan from order 1020');
  const [offer] = await world.say(ines, 'store credit then');
  return offer ?? '';
}

describe('store credit', () => {
  test('is offered where money is not, and given with its bonus after a yes, once', async () => {
    world = await openPolicyWorld(policy());
    const [refusal] = await world.say(ines, 'I want my money back for the cardigan from order 1020');
    expect(refusal).toContain('I can offer you store credit instead.');
    const [offer] = await world.say(ines, 'store credit then');
    expect(offer).toContain('$81.40 as store credit, $7.40 of it a gift');
    expect(balance()).toEqual([]);
    await world.say(ines, 'yes');
    await world.say(ines, 'yes');
    expect(balance()).toEqual([{ currency: 'USD', amount: 8_140 }]);
    expect(made()).toMatchObject([{ amount: 8_140 }]);
    expect(told(isDone)).toHaveLength(1);
  });

  test('is left to a person where the shop has none', async () => {
    world = await openPolicyWorld(policy());
    world.sandbox.shop.switchStoreCredit(false);
    expect(await ask()).not.toMatch(/Reply YES/);
    await world.say(ines, 'yes');
    expect(made()).toEqual([]);
    expect(balance()).toEqual([]);
  });

  test('that was switched off between quote and yes is not given', async () => {
    world = await openPolicyWorld(policy());
    expect(await ask()).toContain('Reply YES');
    world.sandbox.shop.switchStoreCredit(false);
    await world.say(ines, 'yes');
    expect(made()).toEqual([]);
    expect(told(isDone)).toEqual([]);
  });

  test('above the threshold is given after somebody approved it, gift included', async () => {
    world = await openPolicyWorld(policy(), '80.00');
    await ask();
    await world.say(ines, 'yes');
    const card = await world.card('#1020');
    expect(JSON.stringify(card)).toMatch(/\$81\.40.*store credit/);
    expect(made()).toEqual([]);
    await world.click(card, maya, 'approve_refund');
    await waitFor('the outcome', () => told(isDone).length > 0);
    expect(balance()).toEqual([{ currency: 'USD', amount: 8_140 }]);
  });

  test('for what is sent back first is given when it is here', async () => {
    world = await openPolicyWorld(policy(', when: on_arrival'));
    await ask();
    await world.say(ines, 'yes');
    await world.settled();
    expect(balance()).toEqual([]);
    world.sandbox.shop.parcelArrives('#1020');
    await world.sandbox.shop.sendWebhook({ topic: 'returns/update', orderName: '#1020' });
    await world.settled();
    expect(balance()).toEqual([{ currency: 'USD', amount: 8_140 }]);
    expect(told(isDone)).toHaveLength(1);
    expect(made()).toMatchObject([{ amount: 8_140 }]);
  });

  test('that the shop gave while its answer was lost is given once', async () => {
    world = await openPolicyWorld(policy());
    await ask();
    world.sandbox.shop.faults.add({
      operation: 'refundCreate',
      when: 'after',
      times: 1,
      action: { kind: 'drop' },
    });
    await world.say(ines, 'yes');
    await waitFor('the outcome', () => told(isDone).length > 0);
    expect(balance()).toEqual([{ currency: 'USD', amount: 8_140 }]);
  });
});
