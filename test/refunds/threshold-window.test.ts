import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk((config) => ({
    ...config,
    returns: { ...config.returns, approvalThreshold: '50.00' },
  }));
});
afterEach(() => desk.close());

test.each([
  ['was asked for two days ago and made an hour ago', 'refunded', '1 hour', 'awaiting-approval'],
  ['was asked for two days ago and is not made yet', 'approved', null, 'awaiting-approval'],
  ['was made two days ago', 'refunded', '2 days', 'submitted'],
  ['was denied an hour ago', 'denied', '1 hour', 'submitted'],
])('beside a refund that %s (%s), the next one of the customer is %4$s', async (_, state, age, kind) => {
  const asker = await desk.customer(jane);
  await desk.submit(asker, await desk.agreed(asker, '1001', 'Shirt'));
  await desk.db.execute(sql`update refunds set state = ${state}, created_at = now() - interval '2 days',
    settled_at = now() - ${age}::interval`);
  expect((await desk.submit(asker, await desk.agreed(asker, '1001', 'Socks'))).kind).toBe(kind);
});
