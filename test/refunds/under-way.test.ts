import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { quoteReturn } from '../../src/refunds/quote-return.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';

let desk: RefundDesk;
let asker: Asker;
beforeEach(async () => {
  desk = await openRefundDesk();
  asker = await desk.customer(jane);
});
afterEach(() => desk.close());

const ask = (by: Asker, orderNumber: string, title: string) =>
  quoteReturn(desk.context, by, orderNumber, (order) => ({
    lines: order.lines
      .filter((line) => line.title.includes(title))
      .map((line) => ({ lineId: line.id, quantity: 1 })),
    reason: 'other',
    wish: 'refund',
  }));
const cards = async () =>
  (await desk.db.execute(sql`select 1 from approvals where state = 'pending'`)).length;

test('what waits for approval is not quoted again, and says so', async () => {
  await desk.submitted(jane, '1002', 'Desk');
  expect(await ask(asker, '1002', 'Desk')).toMatchObject({
    kind: 'invalid',
    say: expect.stringContaining("waits for a manager's decision already"),
  });
});

test('nor for a colleague who asks in another conversation', async () => {
  await desk.submitted(jane, '1002', 'Desk');
  expect(await ask(await desk.staff('CGENERAL01:1.0'), '1002', 'Desk')).toMatchObject({ kind: 'invalid' });
});

test('of two quotes for one piece that were agreed to before either was submitted, one is taken', async () => {
  const colleague = await desk.staff('CGENERAL01:1.0');
  const hers = await desk.agreed(asker, '1002', 'Desk');
  const theirs = await desk.agreed(colleague, '1002', 'Desk');
  expect((await desk.submit(asker, hers)).kind).toBe('awaiting-approval');
  expect((await desk.submit(colleague, theirs)).kind).toBe('changed');
  expect(await cards()).toBe(1);
});

test('what is being refunded just now is not quoted again', async () => {
  await desk.submitted(jane, '1001', 'Shirt');
  expect(await ask(asker, '1001', 'Shirt')).toMatchObject({
    kind: 'invalid',
    say: expect.stringContaining('is being refunded already'),
  });
});

test('another piece of the same line, and another line, are quoted', async () => {
  await desk.submitted(jane, '1015', 'Mug');
  expect((await ask(asker, '1015', 'Mug')).kind).toBe('quoted');
  await desk.submitted(jane, '1001', 'Shirt');
  expect((await ask(asker, '1001', 'Socks')).kind).toBe('quoted');
});

test('what was refunded is judged by what the shop says is left', async () => {
  await executeRefund(desk.context, await desk.submitted(jane, '1015', 'Mug'));
  expect((await ask(asker, '1015', 'Mug')).kind).toBe('quoted');
});
