import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { quoteReturn } from '../../src/refunds/quote-return.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

test('a refund that a restored ledger still means to make is found in the shop, and not made again', async () => {
  const id = await desk.submitted(jane);
  await desk.db.execute(sql`create table backup as select * from refunds`);
  await executeRefund(desk.context, id);
  expect(desk.made('#1001')).toHaveLength(1);

  await desk.db.execute(sql`update refunds set state = backup.state, first_sent_at = null,
    shop_refund_id = null, payment = null, told_at = null, settled_at = null from backup`);
  // The shop has forgotten the key as well.
  await desk.db.execute(sql`update refunds set idempotency_key = gen_random_uuid()`);
  await executeRefund(desk.context, id);
  expect(desk.made('#1001')).toHaveLength(1);
  expect(await desk.db.execute(sql`select state from refunds`)).toMatchObject([{ state: 'refunded' }]);
});

test('what a restored ledger knows nothing of is not quoted again: the shop says that nothing is left', async () => {
  await executeRefund(desk.context, await desk.submitted(jane));
  await desk.db.execute(sql`truncate refunds, quotes, messages, outbox, conversations, senders cascade`);
  const quoted = await quoteReturn(desk.context, await desk.customer(jane), '1001', (order) => ({
    lines: order.lines
      .filter(({ title }) => title.includes('Shirt'))
      .map(({ id }) => ({ lineId: id, quantity: 1 })),
    reason: 'other',
    wish: 'refund',
  }));
  expect(quoted.kind).not.toBe('quoted');
  expect(desk.made('#1001')).toHaveLength(1);
});
