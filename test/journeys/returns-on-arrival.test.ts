import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { iris, maya, type World } from '../support/open-world.ts';
import { openPolicyWorld } from '../support/policy-world.ts';
import { settleByHand } from '../support/settle-by-hand.ts';
import { waitFor } from '../support/wait-for.ts';

/** Whose order 1023 holds three olive wood spoons, $29.26 with tax and discount; a gift card paid the first of it. */
const diego = '+15551230014';
const ask = 'I want to return 3 olive wood spoons from order 1023';
const policy = `return_instructions: Put the order number inside.
close_returns_after_days: 20
rules:
  - id: when-it-is-here
    then:
      when: on_arrival
      label: https://labels.example.com/{order}/{return}.pdf
      tag_order: coming-back
`;

let world: World;
afterEach(() => world.close());

const told = (words: RegExp) => world.textsTo(diego).filter((text) => words.test(text));
const isOpen = /^Your return #1023-R1 for order #1023 is open\./;
const isHere = /^We received /;
const made = () =>
  world.sandbox.shop
    .refunds()
    .filter(({ orderName }) => orderName === '#1023')
    .map(({ amount }) => amount);
const shopReturns = () => world.sandbox.shop.returns().filter(({ orderName }) => orderName === '#1023');
const notes = () => JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'));
const states = async () =>
  (await world.db.execute(sql`select state from refunds order by created_at, id`)).map(({ state }) => state);

async function agreed(): Promise<void> {
  world = await openPolicyWorld(policy);
  await world.say(diego, ask);
  await world.say(diego, 'yes');
  await world.settled();
}
async function parcelArrives(pieces?: number): Promise<void> {
  const lines = pieces === undefined ? undefined : [{ line: 'Spoon', quantity: pieces }];
  world.sandbox.shop.parcelArrives('#1023', lines);
  await shopTells();
}
async function shopTells(webhookId: string = crypto.randomUUID()): Promise<void> {
  await world.sandbox.shop.sendWebhook({ topic: 'returns/update', orderName: '#1023', webhookId });
  await world.settled();
}

describe('a return that is paid when it arrives', () => {
  test('is opened after a yes, told with label and instructions, and paid once', async () => {
    await agreed();
    expect(made()).toEqual([]);
    expect(told(isOpen)).toEqual([
      expect.stringMatching(
        /To send back: 3 x Olive Wood Spoon\. Put the order number inside\. The label: https:\/\/labels\.example\.com\/1023\/1023-R1\.pdf .*your refund of \$29\.26 will follow\. The return stays open until /,
      ),
    ]);
    expect(shopReturns()).toMatchObject([
      { status: 'OPEN', deliveries: [{ labelUrl: 'https://labels.example.com/1023/1023-R1.pdf' }] },
    ]);
    expect(world.sandbox.shop.orders().find(({ name }) => name === '#1023')?.tags).toEqual(['coming-back']);

    await parcelArrives();
    await shopTells();
    expect(made()).toEqual([2_926]);
    expect(shopReturns()).toMatchObject([{ status: 'CLOSED' }]);
    expect(told(isHere)).toHaveLength(1);
    expect(told(isOpen)).toHaveLength(1);
    expect(await world.say(diego, 'where is my refund for 1023?')).toEqual([
      expect.stringContaining('The refund of $29.26 for order #1023 was made on '),
    ]);
  });

  test('is paid in two parts that are what was quoted when it comes in two parcels', async () => {
    await agreed();
    await parcelArrives(1);
    expect(made()).toHaveLength(1);
    expect(told(isHere)).toHaveLength(1);
    expect(told(/Still to come: 2 x Olive Wood Spoon\.$/)).toHaveLength(1);
    await parcelArrives();
    expect(made()).toHaveLength(2);
    expect(made().reduce((total, amount) => total + amount, 0)).toBe(2_926);
    expect(told(isHere)).toHaveLength(2);
    expect(told(/Still to come/)).toHaveLength(1);
    expect(await states()).toEqual(expect.arrayContaining(['split', 'refunded', 'refunded']));
    expect(shopReturns()).toMatchObject([{ status: 'CLOSED' }]);
  });

  test('is closed and not paid when nothing arrives in its time', async () => {
    await agreed();
    await world.db.execute(sql`update returns set closes_at = now()`);
    await world.db.execute(
      sql`update jobs.job set start_after = now() where name = 'end-return' and state = 'created'`,
    );
    await waitFor('the return to be closed', () => told(/^Nothing of your return/).length > 0);
    await world.settled();
    expect(shopReturns()).toMatchObject([{ status: 'CLOSED' }]);
    expect(made()).toEqual([]);
    expect(await states()).toEqual(['not-received']);
    expect(told(/^Nothing of your return/)).toHaveLength(1);
  });

  test('is cancelled and not paid when the customer keeps it', async () => {
    await agreed();
    await world.say(diego, "I changed my mind about the return, I'll keep them");
    const isCalledOff =
      /^The return for order #1023 is cancelled: nothing has to be sent back, and nothing is refunded\./;
    await waitFor('the end', () => told(isCalledOff).length > 0);
    await shopTells();
    expect(shopReturns()).toMatchObject([{ status: 'CANCELED' }]);
    expect(made()).toEqual([]);
    expect(await states()).toEqual(['withdrawn']);
    expect(told(isCalledOff)).toHaveLength(1);
  });

  test('that people settled in the admin is not paid again, and the customer and staff are told', async () => {
    await agreed();
    await settleByHand(world.app.context.refunds.storefront, shopReturns()[0]?.id ?? '');
    await shopTells();
    expect(made()).toEqual([2_926]);
    expect(await states()).toEqual(['by-hand']);
    expect(told(/^Our team has settled the return for order #1023 themselves/)).toHaveLength(1);
    expect(notes()).toContain('so I refund nothing for it');
  });

  test('of which the shop has less left when it arrives is not paid at another amount, and people are told', async () => {
    await agreed();
    const left = 9_500;
    world.sandbox.shop.editOrder('1023', { kind: 'refund', amount: left, note: 'Goodwill by phone' });
    await parcelArrives();
    expect(made()).toEqual([left]);
    expect(await states()).toEqual(['stale']);
    expect(notes()).toContain('Nothing was refunded.');
    expect(told(/so the refund of \$29\.26 was not made/)).toHaveLength(1);
  });

  test('is paid to somebody who opted out meanwhile, and staff are told instead', async () => {
    await agreed();
    await world.say(diego, 'STOP');
    const before = world.textsTo(diego).length;
    await parcelArrives();
    expect(made()).toEqual([2_926]);
    expect(world.textsTo(diego)).toHaveLength(before);
    expect(notes()).toContain('The customer opted out of messages and was not told.');
  });

  test('is opened after an approval only where it is above the threshold', async () => {
    world = await openPolicyWorld(policy, '20.00');
    await world.say(diego, ask);
    await world.say(diego, 'yes');
    const card = await world.card('#1023');
    expect(shopReturns()).toEqual([]);
    await world.click(card, maya, 'approve_refund');
    await waitFor('the return to be told', () => told(isOpen).length > 0);
    expect(made()).toEqual([]);
    await parcelArrives();
    expect(made()).toEqual([2_926]);
    expect(told(isHere)).toHaveLength(1);
    expect(world.sandbox.workspace.cards()).toHaveLength(1);
  });

  test('can be asked for by a colleague, who is told in their thread how it went', async () => {
    world = await openPolicyWorld(policy);
    const asked = await world.mention(iris, 'refund 3 olive wood spoons from order 1023');
    expect(asked.answers.at(-1)?.text).toContain('$29.26');
    const { answers } = await world.mention(iris, 'yes', asked.threadTs);
    expect(answers.at(-1)?.text).toMatch(/^Return \*#1023-R1\* is open for order \*#1023\*\./);
    await parcelArrives();
    expect(made()).toEqual([2_926]);
    const thread = world.sandbox.workspace.thread('CGENERAL01', asked.threadTs);
    expect(thread.at(-1)?.text).toMatch(/\$29\.26/);
    expect(world.textsTo(diego)).toEqual([]);
  });
});
