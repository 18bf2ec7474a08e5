import { afterEach, expect, test } from 'vitest';
import type { World } from '../support/open-world.ts';
import { openPolicyWorld } from '../support/policy-world.ts';

/** Whose order 1023, three spoons and a pot, was shipped for $7.99. */
const diego = '+15551230014';
const policy = `rules:
  - id: our-fault
    when: { reason: damaged }
    then: { keep_item: true, refund_shipping: our_fault, tag_order: broken, tag_customer: unlucky }
  - id: on-arrival
    when: { reason: not_as_described }
    then: { when: on_arrival, refund_shipping: our_fault }
  - id: shipping-stays
    then: { refund_shipping: our_fault }
`;

let world: World;
afterEach(() => world.close());

const made = () =>
  world.sandbox.shop
    .refunds()
    .filter(({ orderName }) => orderName === '#1023')
    .map(({ amount, shipping = 0 }) => ({ goods: amount - shipping, shipping }));
async function ask(what: string): Promise<string> {
  const [offer = ''] = await world.say(diego, what);
  await world.say(diego, 'yes');
  await world.settled();
  return offer;
}

test('shipping goes back with what is our fault, once per order, and never with what is not', async () => {
  world = await openPolicyWorld(policy);
  expect(await ask('return one olive wood spoon from order 1023, I just do not like it')).not.toMatch(
    /shipping/,
  );
  expect(made()).toEqual([{ goods: 975, shipping: 0 }]);

  const offer = await ask('the cast iron pot from order 1023 arrived damaged, I want a refund');
  expect(offer).toContain('Nothing has to be sent back.');
  expect(made()[1]).toMatchObject({ shipping: 799 });

  await ask('one olive wood spoon from order 1023 arrived damaged too, I want a refund');
  expect(made()[2]).toMatchObject({ shipping: 0 });
  expect(made()).toHaveLength(3);
});

test('what is kept tags the order and the customer', async () => {
  world = await openPolicyWorld(policy);
  await ask('the cast iron pot from order 1023 arrived damaged, I want a refund');
  const { storefront } = world.app.context.refunds;
  const order = await storefront.findOrder('1023');
  if (!order) throw new Error('No order');
  const known = await storefront.addPolicyFacts(order);
  expect(JSON.stringify(known)).toContain('broken');
  expect(JSON.stringify(known)).toContain('unlucky');
});

test('shipping for what is sent back first goes back when it is here', async () => {
  world = await openPolicyWorld(policy);
  await ask('return the cast iron pot from order 1023, it is not as described');
  expect(made()).toEqual([]);
  world.sandbox.shop.parcelArrives('#1023');
  await world.sandbox.shop.sendWebhook({ topic: 'returns/update', orderName: '#1023' });
  await world.settled();
  expect(made()).toMatchObject([{ shipping: 799 }]);
});
