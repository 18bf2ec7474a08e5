import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { announceReturn } from '../../src/refunds/announce-return.ts';
import { endReturn } from '../../src/refunds/end-return.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { followReturn } from '../../src/refunds/follow-return.ts';
import { quoteReturn } from '../../src/refunds/quote-return.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import { recordArrival } from '../../src/refunds/record-arrival.ts';
import { withdrawReturn } from '../../src/refunds/withdraw-return.ts';
import type { LineItemId, RefundId, ReturnId } from '../../src/returns/ids.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';
import { settleByHand } from '../support/settle-by-hand.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
const policyFile = join(folder, 'policy.yaml');
beforeAll(() =>
  writeFileSync(
    policyFile,
    `return_instructions: Put the order number inside.
close_returns_after_days: 20
rules:
  - id: on-arrival
    then: { when: on_arrival, restocking_fee_percent: 7.5 }
`,
  ),
);
afterAll(() => rmSync(folder, { recursive: true }));

let desk: RefundDesk;
let asker: Asker;
beforeEach(async () => {
  desk = await openRefundDesk((config) => ({ ...config, returns: { ...config.returns, policyFile } }));
  asker = await desk.staff('UIRIS0003');
});
afterEach(() => desk.close());

type Row = {
  readonly id: RefundId;
  readonly state: string;
  readonly amount_minor: string;
  readonly return_id: ReturnId | null;
  readonly told_at: string | null;
};
const ledger = async () =>
  (await desk.db.execute<Row>(sql`select * from refunds order by created_at, id`)).map((row) => ({
    ...row,
    amount: Number(row.amount_minor),
  }));
const only = async () => {
  const [row] = await ledger();
  if (!row) throw new Error('No refund');
  return row;
};
const theReturn = async () => {
  const [row] = await desk.db.execute<{
    id: ReturnId;
    state: string;
    shop_return_name: string | null;
    shop_return_id: string;
  }>(sql`select * from returns`);
  if (!row) throw new Error('No return');
  return row;
};
const texts = async () =>
  (await desk.db.execute(sql`select text from messages where author = 'agent' order by seq`)).map(
    ({ text }) => String(text),
  );
const notes = async () =>
  (await desk.db.execute(sql`select text from staff_notes order by seq`)).map(({ text }) => String(text));
const made = () => desk.sandbox.shop.refunds().filter(({ orderName }) => orderName === '#1023');
const shopReturns = () => desk.sandbox.shop.orders().find(({ name }) => name === '#1023')?.returns ?? [];
const execute = (id: RefundId) => executeRefund(desk.context, id);

/** Order 1023: three olive wood spoons at $9.99 and a pot, with tax. */
let spoon: LineItemId;
async function agreed(quantity = 3): Promise<number> {
  const quoted = await quoteReturn(desk.context, asker, '1023', (order) => {
    spoon = order.lines.find(({ title }) => title.includes('Spoon'))?.id as LineItemId;
    return { lines: [{ lineId: spoon, quantity }], reason: 'unwanted', wish: 'refund' };
  });
  if (quoted.kind !== 'quoted') throw new Error(`Not quoted but ${quoted.kind}`);
  await desk.show(asker, quoted.row.id);
  await desk.says(asker, 'yes');
  const proposed = await desk.submit(asker, quoted.row.id);
  if (proposed.kind !== 'submitted') throw new Error(`Not submitted but ${proposed.kind}`);
  return quoted.row.quote.amount.minor;
}
async function opened(quantity = 3): Promise<number> {
  const amount = await agreed(quantity);
  await execute((await only()).id);
  await announceReturn(desk.context, (await theReturn()).id);
  return amount;
}
const arrive = async (lines: Parameters<typeof recordArrival>[1]['lines'], refundId?: RefundId) =>
  recordArrival(desk.context, { returnId: (await theReturn()).id, refundId, lines, by: 'UMAYA0001' });

test('a yes opens a return and moves no money', async () => {
  await opened();
  expect(await only()).toMatchObject({ state: 'awaiting-arrival' });
  expect(await theReturn()).toMatchObject({ state: 'open', shop_return_name: '#1023-R1' });
  expect(shopReturns()).toHaveLength(1);
  expect(made()).toEqual([]);
  expect((await texts()).at(-1)).toContain('Put the order number inside.');
});

test('what arrived is refunded as it was quoted, once, however often it is said', async () => {
  const amount = await opened();
  const { id } = await only();
  expect(await arrive('all', id)).toMatchObject({ kind: 'recorded', missing: [] });
  expect(await arrive('all', id)).toEqual({ kind: 'already' });
  await execute(id);
  await execute(id);
  expect(made()).toMatchObject([{ amount }]);
  expect(await only()).toMatchObject({ state: 'refunded', amount });
  expect(await theReturn()).toMatchObject({ state: 'completed' });
  expect((await texts()).filter((text) => text.includes('Done'))).toHaveLength(1);
});

test('two who say at once that it arrived make one refund', async () => {
  const amount = await opened();
  const answers = await Promise.all([arrive('all'), arrive('all')]);
  expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['not-open', 'recorded']);
  const { id } = await only();
  await Promise.all([execute(id), execute(id)]);
  expect(made()).toMatchObject([{ amount }]);
});

describe('a part that arrives', () => {
  test('is refunded with its share, and the rest when it comes, to the cent', async () => {
    const amount = await opened();
    expect(await arrive([{ lineId: spoon, quantity: 1 }])).toMatchObject({ kind: 'recorded' });
    const [whole, part, rest] = await ledger();
    expect([whole?.state, part?.state, rest?.state]).toEqual(['split', 'arrived', 'awaiting-arrival']);
    expect((part?.amount ?? 0) + (rest?.amount ?? 0)).toBe(amount);
    if (!part || !rest) throw new Error('Not split');
    await execute(part.id);
    expect(await arrive('all', rest.id)).toMatchObject({ kind: 'recorded' });
    await execute(rest.id);
    expect(made().map((each) => each.amount)).toEqual([part.amount, rest.amount]);
    expect((await ledger()).map(({ state }) => state)).toEqual(['split', 'refunded', 'refunded']);
    expect(await theReturn()).toMatchObject({ state: 'completed' });
  });

  test('cannot be more than is awaited, none at all, or something else', async () => {
    await opened();
    expect(await arrive([{ lineId: spoon, quantity: 4 }])).toMatchObject({ kind: 'bad-lines' });
    expect(await arrive([{ lineId: spoon, quantity: 0 }])).toMatchObject({ kind: 'bad-lines' });
    expect(await arrive([{ lineId: 'gid://shopify/LineItem/1' as LineItemId, quantity: 1 }])).toMatchObject({
      kind: 'bad-lines',
    });
    expect((await ledger()).map(({ state }) => state)).toEqual(['awaiting-arrival']);
  });
});

test('what the shop knows to have arrived is refunded without anybody saying so', async () => {
  const amount = await opened();
  desk.sandbox.shop.parcelArrives('#1023');
  await followReturn(desk.context, (await theReturn()).id);
  const row = await only();
  if (row.state === 'arrived') await execute(row.id);
  expect(made()).toMatchObject([{ amount }]);
});

test('the customer who keeps it gets nothing, and the shop no return', async () => {
  await opened();
  expect(await withdrawReturn(desk.context, asker, '1023')).toMatchObject({ kind: 'withdrawing' });
  expect(await arrive('all')).toEqual({ kind: 'not-open' });
  await endReturn(desk.context, (await theReturn()).id);
  expect(await only()).toMatchObject({ state: 'withdrawn' });
  expect(await theReturn()).toMatchObject({ state: 'cancelled' });
  expect(shopReturns()).toMatchObject([{ status: 'CANCELED' }]);
  expect(made()).toEqual([]);
});

test('nothing arrives: it is closed when its time is over, not before', async () => {
  await opened();
  const { id } = await theReturn();
  await endReturn(desk.context, id);
  expect(await theReturn()).toMatchObject({ state: 'open' });
  await desk.db.execute(sql`update returns set closes_at = now()`);
  await endReturn(desk.context, id);
  expect(await theReturn()).toMatchObject({ state: 'closed' });
  expect(await only()).toMatchObject({ state: 'not-received' });
  expect((await texts()).at(-1)).toContain('arrived in time');
});

async function settledByHand(): Promise<void> {
  const { shop_return_id: returnId } = await theReturn();
  await settleByHand(desk.context.storefront, returnId);
}

describe('what people settled in the admin', () => {
  test('is not paid a second time, and the customer and staff know', async () => {
    await opened();
    await settledByHand();
    await followReturn(desk.context, (await theReturn()).id);
    expect(await only()).toMatchObject({ state: 'by-hand' });
    expect(await theReturn()).toMatchObject({ state: 'by-hand' });
    expect(made()).toHaveLength(1);
    expect((await notes()).join()).toContain('in the Shopify admin, so I refund nothing');
  });

  test('is not paid a second time by somebody who says that it arrived', async () => {
    await opened();
    await settledByHand();
    expect(await arrive('all')).toMatchObject({ kind: 'recorded' });
    await execute((await only()).id);
    expect(await only()).toMatchObject({ state: 'by-hand' });
    expect(made()).toHaveLength(1);
  });
});
