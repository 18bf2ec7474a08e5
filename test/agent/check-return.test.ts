import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkReply } from '../../src/agent/reply-check.ts';
import { callTool, toolSpecs } from '../../src/agent/toolbox.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import { modelRequest } from '../support/model-request.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

let desk: RefundDesk;
beforeAll(async () => {
  desk = await openRefundDesk();
});
afterAll(() => desk.close());

const end = 'Reply YES to go ahead, or NO to leave it.';
const back = 'After your yes I write here how to send it back.';
const arrive = 'rules: [{id: a, then: {when: on_arrival}}]';
const credit = `restocking_fee_percent: 10
rules: [{id: a, then: {refund_to: store_credit, store_credit_bonus_percent: 5}}]`;

type Asked = {
  readonly by?: 'customer' | 'staff';
  readonly wish?: string;
  readonly title?: string;
  readonly instead?: string;
};

async function ask(yaml: string, asked: Asked = {}) {
  const parsed = parsePolicyFile(yaml, 90);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  const { policy } = parsed;
  const refunds = { ...desk.context, policies: { current: () => policy, find: async () => policy } };
  const order = await desk.context.storefront.findOrder('1021');
  const line = order?.lines.find(({ title }) => title.includes(asked.title ?? 'Jacket'));
  const asker = asked.by === 'staff' ? await desk.staff('U0DAN') : await desk.customer(order?.phone ?? '');
  const called = await callTool(
    { refunds, asker },
    {
      kind: 'tool-call',
      callId: 'c',
      name: 'check_return',
      argumentsJson: JSON.stringify({
        order_number: '1021',
        items: [
          {
            line_id: line?.id.split('/').at(-1),
            quantity: 1,
            ...(asked.instead && { exchange_for: asked.instead }),
          },
        ],
        reason: 'unwanted',
        wish: asked.wish ?? 'refund',
      }),
    },
  );
  return { result: JSON.parse(called.result.outputJson), item: called.result, kept: called.kept };
}

describe('a quote says', () => {
  it.each<[string, string, Asked, string]>([
    [
      'when the money comes',
      arrive,
      {},
      `I can refund $96.00 for 1 x Field Jacket (M) from order #1021 to your original payment method, once it has arrived. ${back} ${end}`,
    ],
    [
      'what of store credit is a gift',
      credit,
      { wish: 'store_credit' },
      `I can give you $90.72 as store credit, $4.32 of it a gift, after a restocking fee of $9.60 for 1 x Field Jacket (M) from order #1021. ${end}`,
    ],
    [
      'whose store credit it is',
      credit,
      { wish: 'store_credit', by: 'staff', title: 'Beanie' },
      `I can give the customer $20.79 as store credit, $0.99 of it a gift, after a restocking fee of $2.20 for 1 x Wool Beanie (Grey) from order #1021. ${end}`,
    ],
    [
      'what comes in exchange',
      'window_days: 90',
      { wish: 'exchange', instead: 'L' },
      `I can exchange 1 x Field Jacket (M) from order #1021 for 1 x Field Jacket (L), nothing to pay, once it has arrived. ${back} ${end}`,
    ],
    [
      'that nothing has to be sent back',
      'rules: [{id: a, then: {keep_item: true}}]',
      {},
      `I can refund $96.00 for 1 x Field Jacket (M) from order #1021 to your original payment method. Nothing has to be sent back. ${end}`,
    ],
  ])('%s', async (_, yaml, asked, say) => {
    const { result, item } = await ask(yaml, asked);
    expect(result).toMatchObject({ status: 'quoted', say });
    expect(checkReply(say, modelRequest().facts, [item])).toBeUndefined();
  });

  it('to models, in fields of its own, how it settles', async () => {
    expect((await ask(credit, { wish: 'store_credit' })).result).toMatchObject({
      settles: 'at_once',
      store_credit: '$90.72',
      exchange: [],
    });
    expect((await ask('window_days: 90', { wish: 'exchange', instead: 'l' })).result).toMatchObject({
      settles: 'on_arrival',
      store_credit: null,
      exchange: ['1 x Field Jacket (L)'],
    });
  });
});

describe('an exchange for a variant not named', () => {
  it('lists what there is, what it costs more, and what is sold out', async () => {
    const { result, item } = await ask('window_days: 90', { wish: 'exchange' });
    expect(result).toMatchObject({
      status: 'choose_variant',
      say: 'What would you like in exchange for Field Jacket (M)? 1) M, 2) L, 3) XL long ($8.00 more). Sold out: S.',
      variants: [
        { title: 'M', available: true, price_difference: null },
        { title: 'L', available: true, price_difference: null },
        { title: 'XL long', available: true, price_difference: '$8.00 more' },
        { title: 'S', available: false, price_difference: null },
      ],
    });
    expect(checkReply(result.say, modelRequest().facts, [item])).toBeUndefined();
    const chosen = await ask('window_days: 90', { wish: 'exchange', instead: result.variants[1].ref });
    expect(chosen.result).toMatchObject({ status: 'quoted', exchange: ['1 x Field Jacket (L)'] });
  });

  it('says that the one that was named is sold out', async () => {
    const { result, kept } = await ask('window_days: 90', { wish: 'exchange', instead: 's' });
    expect(result.say).toBe(
      'S is sold out. What would you like in exchange for Field Jacket (M)? 1) M, 2) L, 3) XL long ($8.00 more).',
    );
    expect(kept).toMatchObject({ items: [{ exchange_for: 'named' }] });
  });
});

it('offers models the variant as a field they may leave null, with no default of its own', () => {
  const spec = toolSpecs('customer').find(({ name }) => name === 'check_return');
  const text = JSON.stringify(spec?.parameters);
  expect(text).toContain('"required":["line_id","quantity","exchange_for"]');
  expect(text).not.toContain('"default"');
});
