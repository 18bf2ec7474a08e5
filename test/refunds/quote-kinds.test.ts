import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Storefront } from '../../src/ports/storefront.ts';
import type { RefundContext } from '../../src/refunds/context.ts';
import { judgeAgain, sameRefund } from '../../src/refunds/judge-return.ts';
import { type QuotedReturn, quoteReturn } from '../../src/refunds/quote-return.ts';
import type { RefundId } from '../../src/returns/ids.ts';
import type { Policy } from '../../src/returns/policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import type { ReturnReason, ReturnWish } from '../../src/returns/return-request.ts';
import type { QuoteRow } from '../../src/storage/quotes.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

type Wish = {
  readonly order: string;
  readonly title: string;
  readonly quantity?: number;
  readonly wish?: ReturnWish;
  readonly reason?: ReturnReason;
  readonly instead?: string;
};

const plain = 'window_days: 90';
const onArrival = 'rules: [{id: arrive, then: {when: on_arrival}}]';
const withFees = `restocking_fee_percent: 12.5
rules: [{id: arrive, then: {when: on_arrival}}]`;
const forCredit =
  'rules: [{id: credit, when: {wish: store_credit}, then: {refund_to: store_credit, store_credit_bonus_percent: 5}}]';

let desk: RefundDesk;
beforeAll(async () => {
  desk = await openRefundDesk();
});
afterAll(() => desk.close());

async function quote(
  yaml: string,
  wish: Wish,
  change: (context: RefundContext) => RefundContext = (context) => context,
): Promise<QuotedReturn> {
  return quoteReturn(change(contextOf(yaml)), await desk.staff('U0DAN'), wish.order, (order) => {
    const lines = order.lines
      .filter(({ title }) => title.includes(wish.title))
      .map(({ id }) => ({ lineId: id, quantity: wish.quantity ?? 1 }));
    const exchangeFor = lines.flatMap(({ lineId }) =>
      wish.instead === undefined ? [] : [{ lineId, variant: wish.instead }],
    );
    return { lines, reason: wish.reason ?? 'unwanted', wish: wish.wish ?? 'refund', exchangeFor };
  });
}

function withShop(context: RefundContext, change: Partial<Storefront>): RefundContext {
  return { ...context, storefront: { ...context.storefront, ...change } };
}

function contextOf(yaml: string): RefundContext {
  const policy = policyOf(yaml);
  return { ...desk.context, policies: { current: () => policy, find: async () => policy } };
}

function policyOf(yaml: string): Policy {
  const parsed = parsePolicyFile(yaml, 90);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  return parsed.policy;
}

async function quoted(yaml: string, wish: Wish): Promise<QuoteRow> {
  const made = await quote(yaml, wish);
  if (made.kind !== 'quoted') throw new Error(`Not quoted: ${JSON.stringify(made)}`);
  return made.row;
}

/** What the shop says of the opened return, which was not opened when it was quoted. */
async function outcomeOf({ quote, orderId }: QuoteRow, intentId: string): Promise<unknown> {
  const { storefront } = desk.context;
  const created = await storefront.createReturn({
    orderId,
    intentId: intentId as RefundId,
    lines: quote.lines.map(({ lineId, quantity }) => ({
      lineId,
      quantity,
      restockingFeePercent: quote.feePercent,
    })),
    exchanges: quote.exchange?.map(({ variantId, quantity }) => ({ variantId, quantity })),
    returnShippingFee: quote.returnShippingFee,
    note: 'test',
  });
  if (created.kind !== 'created') throw new Error(`Not created: ${JSON.stringify(created)}`);
  const opened = await storefront.readReturn(created.returnId);
  const outcome = await storefront.suggestReturnOutcome({
    returnId: created.returnId,
    lines: opened?.lines.map(({ id, quantity }) => ({ id, quantity })) ?? [],
    exchanges: opened?.exchanges.map(({ id, quantity }) => ({ id, quantity })),
    ...(quote.shipping && { shipping: 'full' }),
    ...(quote.storeCredit && { destination: 'store_credit' }),
  });
  await storefront.cancelReturn(created.returnId);
  return outcome;
}

let intents = 0;
function nextIntent(): string {
  intents += 1;
  return `0198c0de-0000-7000-8000-${String(intents).padStart(12, '0')}`;
}

describe('a refund on arrival', () => {
  it.each<[Wish, string]>([
    [{ order: '1021', title: 'Field Jacket' }, onArrival],
    [{ order: '1021', title: 'Field Jacket' }, withFees],
    [{ order: '1023', title: 'Olive Wood Spoon' }, withFees],
    [{ order: '1023', title: 'Olive Wood Spoon', quantity: 2 }, withFees],
    [{ order: '1023', title: 'Olive Wood Spoon', quantity: 3 }, withFees],
    [{ order: '1023', title: '' }, withFees],
    [{ order: '1023', title: '' }, 'rules: [{id: a, then: {when: on_arrival, return_shipping_fee: "4.99"}}]'],
    [{ order: '1023', title: '' }, 'rules: [{id: a, then: {when: on_arrival, refund_shipping: always}}]'],
    [{ order: '1024', title: 'Hinoki', quantity: 2 }, withFees],
    [
      { order: '1024', title: 'Hinoki', quantity: 3 },
      'rules: [{id: a, then: {when: on_arrival, refund_shipping: always}}]',
    ],
    [{ order: '1025', title: 'Oud', quantity: 1 }, withFees],
    [{ order: '1025', title: '' }, withFees],
  ])('is quoted as the shop settles the return later: %j', async (wish, yaml) => {
    const row = await quoted(yaml, wish);
    expect(row.quote.settles).toBe('on_arrival');
    expect(await outcomeOf(row, nextIntent())).toMatchObject({
      kind: 'refund',
      amount: row.quote.amount,
      payments: row.quote.payments,
      ...(row.quote.shipping && { shipping: row.quote.shipping }),
    });
  });

  it('takes off what the shop keeps, and nothing for what is kept', async () => {
    const fees =
      'rules: [{id: a, then: {when: on_arrival, restocking_fee_percent: 10, return_shipping_fee: "5"}}]';
    const { quote } = await quoted(fees, { order: '1021', title: 'Field Jacket' });
    expect(quote).toMatchObject({
      amount: { minor: 8140 },
      fee: { minor: 1460 },
      returnShippingFee: { minor: 500 },
      feePercent: 10,
    });
    const kept = await quoted(
      'rules: [{id: a, then: {when: on_arrival}}, {id: b, then: {keep_item: true}}]',
      {
        order: '1021',
        title: 'Field',
      },
    );
    expect(kept.quote).toMatchObject({ amount: { minor: 9600 }, keepItem: true });
    expect(kept.quote).not.toHaveProperty('settles');
  });

  it('has nothing to give when the fees are more than the goods', async () => {
    const all = 'rules: [{id: a, then: {when: on_arrival, return_shipping_fee: "22"}}]';
    expect(await quote(all, { order: '1021', title: 'Beanie' })).toMatchObject({
      kind: 'denied',
      rule: 'already-refunded',
    });
  });
});

describe('store credit', () => {
  it('has a gift on top, of what is left after fees and rounded down', async () => {
    const yaml = `restocking_fee_percent: 10\n${forCredit}`;
    const { quote } = await quoted(yaml, { order: '1023', title: 'Spoon', wish: 'store_credit' });
    const paid = (quote.storeCredit?.minor ?? 0) - (quote.bonus?.minor ?? 0);
    expect(quote).toMatchObject({ payments: [], storeCredit: quote.amount });
    expect(quote.bonus?.minor).toBe(Math.floor((paid * 5) / 100));
  });

  it.each<[string, (context: RefundContext) => RefundContext]>([
    ['nobody could spend it', (context) => withShop(context, { storeCreditEnabled: async () => false })],
    [
      'no customer is there to have it',
      (context) =>
        withShop(context, {
          findOrder: async (number) => {
            const order = await context.storefront.findOrder(number);
            return order && { ...order, customer: undefined };
          },
        }),
    ],
  ])('goes to a person where %s', async (_, change) => {
    const wish: Wish = { order: '1021', title: 'Beanie', wish: 'store_credit' };
    expect(await quote(forCredit, wish, change)).toMatchObject({
      kind: 'needs-person',
      rule: 'store-credit-by-person',
    });
  });
});

describe('an exchange', () => {
  const jacket: Wish = { order: '1021', title: 'Field Jacket', wish: 'exchange' };

  it('asks which variant, and says what each costs and which are sold out', async () => {
    const asked = await quote(plain, jacket);
    expect(asked).toMatchObject({ kind: 'choose-variant', soldOut: undefined });
    expect(asked.kind === 'choose-variant' && asked.variants).toMatchObject([
      { title: 'M', isAvailable: true, difference: { minor: 0 } },
      { title: 'S', isAvailable: false, difference: undefined },
      { title: 'L', isAvailable: true, difference: { minor: 0 } },
      { title: 'XL long', isAvailable: true, difference: { minor: 800 } },
    ]);
    expect(await quote(plain, { ...jacket, instead: 's' })).toMatchObject({
      kind: 'choose-variant',
      soldOut: 'S',
    });
    expect(await quote(plain, { ...jacket, instead: 'huge' })).toMatchObject({
      kind: 'choose-variant',
      soldOut: undefined,
    });
  });

  it('for what costs as much moves no money, and is what the shop settles later', async () => {
    const row = await quoted(plain, { ...jacket, instead: 'L' });
    expect(row.quote).toMatchObject({
      amount: { minor: 0 },
      payments: [],
      settles: 'on_arrival',
      exchange: [{ title: 'Field Jacket (L)', quantity: 1 }],
    });
    expect(await outcomeOf(row, nextIntent())).toEqual({ kind: 'even' });
  });

  it('for what costs more, or with a fee to pay, goes to a person with the difference named', async () => {
    const dearer = await quote(plain, { ...jacket, instead: 'XL long' });
    expect(dearer).toMatchObject({ kind: 'needs-person', rule: 'exchange-costs-more' });
    expect(dearer).toHaveProperty('say', expect.stringContaining('$8.00 more'));
    const fee = await quote('restocking_fee_percent: 10', { ...jacket, instead: 'L' });
    expect(fee).toMatchObject({ kind: 'needs-person', rule: 'exchange-costs-more' });
  });

  it.each([
    [2, 'is sold out'],
    [3, 'would cost'],
    [0, 'would cost'],
  ])('of three pieces is for no more than the shop has (%i; 0 where it sells without)', async (has, said) => {
    const spoons: Wish = { order: '1023', title: 'Spoon', quantity: 3, wish: 'exchange' };
    const asked = await quote(plain, spoons, (context) =>
      withShop(context, {
        listExchangeVariants: async (id) =>
          (await context.storefront.listExchangeVariants(id)).map((one) => ({
            ...one,
            sellableQuantity: has,
          })),
      }),
    );
    expect(asked).toHaveProperty('say', expect.stringContaining(said));
  });

  it('of what is kept goes to a person', async () => {
    const keep = 'rules: [{id: a, then: {keep_item: true}}]';
    expect(await quote(keep, { ...jacket, instead: 'L' })).toMatchObject({ rule: 'exchange-by-person' });
  });
});

it.each<[string, Wish]>([
  [withFees, { order: '1021', title: '' }],
  [forCredit, { order: '1021', title: 'Beanie', wish: 'store_credit' }],
  [plain, { order: '1021', title: 'Field', wish: 'exchange', instead: 'L' }],
  ['rules: [{id: a, then: {refund_shipping: always}}]', { order: '1023', title: '' }],
])('a quote judged again is the same refund: %j', async (yaml, wish) => {
  const row = await quoted(yaml, wish);
  const order = await desk.context.storefront.readOrder(row.orderId);
  if (!order) throw new Error('The order is gone.');
  expect(sameRefund(await judgeAgain(contextOf(yaml), order, row), row.quote.digest)).toBe(true);
});
