import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jane } from '../support/open-world.ts';
import { openToolWorld, type ToolWorld } from './tool-world.ts';

let world: ToolWorld;
beforeAll(async () => {
  world = await openToolWorld((config, file) => ({
    ...config,
    returns: { ...config.returns, policyFile: file('restocking_fee_percent: 10', 'in-force.yaml') },
  }));
  await world.say(jane, 'I want to return the blue shirt from order 1001');
  await world.say(jane, 'I want to return the socks from order 1001');
  await world.say(jane, 'I want to return the walnut desk from order 1002');
  await world.say(jane, 'I want to return the vase from order 1003');
  await world.say(jane, 'I want to return the rattan chair from order 1004');
});
afterAll(() => world.close());

const replay = async (text: string) => {
  const { code, output, errors } = await world.run('replay', world.file(text), '--json');
  expect([code, errors]).toEqual([0, '']);
  return JSON.parse(output) as {
    readonly requests: number;
    readonly unchanged: number;
    readonly without_facts: number;
    readonly changes: readonly { readonly kind: string; readonly count: number }[];
    readonly money: readonly unknown[];
  };
};
const kinds = async (text: string) =>
  Object.fromEntries((await replay(text)).changes.map(({ kind, count }) => [kind, count]));

describe('what was asked, judged again', () => {
  test('is as before under the policy that judged it', async () => {
    expect(await replay('restocking_fee_percent: 10')).toMatchObject({
      requests: 5,
      unchanged: 5,
      changes: [],
      money: [{ currency: 'USD', before: '432.00', after: '432.00', estimated: '0.00' }],
    });
  });

  test('counts what would be denied, and takes its money off', async () => {
    const no =
      'restocking_fee_percent: 10\nrules: [{ id: no-desks, when: { product_type: Furniture }, then: { deny: No } }]';
    expect(await replay(no)).toMatchObject({
      unchanged: 4,
      changes: [
        {
          kind: 'accepted -> denied',
          count: 1,
          examples: [
            {
              order: '#1002',
              item: 'Walnut Desk',
              reason: 'unwanted',
              before: { rule: 'within-window', amount: '378.00' },
              after: { rule: 'no-desks', amount: '0.00' },
            },
          ],
        },
      ],
      money: [{ before: '432.00', after: '54.00' }],
    });
  });

  test('estimates what would be accepted from its price, less the fee', async () => {
    expect(await replay('restocking_fee_percent: 10\nwindow_days: 90')).toMatchObject({
      changes: [{ kind: 'denied -> accepted', count: 1 }],
      money: [{ before: '432.00', after: '480.60', estimated: '48.60' }],
    });
  });

  test('counts other fees as other money, to the cent', async () => {
    expect(await replay('restocking_fee_percent: 0')).toMatchObject({
      changes: [{ kind: 'accepted, more money', count: 3 }],
      money: [{ before: '432.00', after: '480.00', estimated: '0.00' }],
    });
    expect(await replay('restocking_fee_percent: 50')).toMatchObject({
      changes: [{ kind: 'accepted, less money', count: 3 }],
      money: [{ before: '432.00', after: '240.00' }],
    });
  });

  test('tells another rule with the same answer, and a person instead of an answer', async () => {
    expect(
      await kinds(`restocking_fee_percent: 10
rules:
  - { id: cheap, when: { price: { below: 100 } }, then: { accept: true } }
  - { id: dear, when: { price: { above: 100 } }, then: { needs_person: true } }`),
    ).toEqual({ 'accepted by another rule': 2, 'accepted -> for a person': 1 });
  });

  test('says of how many requests the shop was not asked what the new rules ask', async () => {
    const asks =
      'restocking_fee_percent: 10\nrules: [{ id: vip, when: { customer_tag: VIP }, then: { deny: No } }]';
    expect(await replay(asks)).toMatchObject({ requests: 5, unchanged: 5, without_facts: 5 });
    expect((await world.run('replay', world.file(asks))).output).toContain(
      'Of 5 requests the shop was not asked',
    );
  });

  test('is printed for people, with examples and money', async () => {
    const { output } = await world.run('replay', world.file('window_days: 90\nrestocking_fee_percent: 10'));
    expect(output).toContain('5 requests since');
    expect(output).toContain('1 denied -> accepted\n    #1003  Stoneware Vase, unwanted: window-closed -> ');
    expect(output).toContain('Money offered, USD: $432.00 -> up to $480.60 (+$48.60)');
  });
});
