import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExternalError } from '../../src/errors.ts';
import { decideApproval } from '../../src/refunds/decide-approval.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { pauseRefunds } from '../../src/refunds/pause-refunds.ts';
import { quoteCancellation } from '../../src/refunds/quote-cancellation.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import type { QuoteId, RefundId } from '../../src/returns/ids.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';
const maya = { userId: 'UMAYA0001', teamId: 'TBIRCHLOOM', name: 'Maya' };

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

/** Order 1008: an oak stool for $78.00, not shipped. */
async function quoted(asker: Asker, orderNumber = '1008') {
  const answer = await quoteCancellation(desk.context, asker, orderNumber);
  if (answer.kind !== 'quoted') throw new Error(`Not quoted but ${answer.kind}`);
  return answer.row;
}
async function agreed(asker: Asker, text = 'yes'): Promise<QuoteId> {
  const { id } = await quoted(asker);
  await desk.show(asker, id);
  await desk.says(asker, text);
  return id;
}
async function submitted(): Promise<RefundId> {
  const asker = await desk.customer(jane);
  const proposed = await desk.submit(asker, await agreed(asker));
  if (!('refund' in proposed)) throw new Error(`Not submitted but ${proposed.kind}`);
  return proposed.refund.id;
}

const execute = (id: RefundId) => executeRefund(desk.context, id);
async function ledger() {
  const [row] = await desk.db.execute(
    sql`select state, payment, shop_refund_id, sending, rejection, told_at is not null as told from refunds`,
  );
  return row;
}
const order = () => desk.sandbox.shop.orders().find(({ name }) => name === '#1008');
const made = () => desk.sandbox.shop.refunds().filter(({ orderName }) => orderName === '#1008');
const texts = async () =>
  (await desk.db.execute(sql`select text from messages where author = 'agent' order by seq`)).map(
    ({ text }) => String(text),
  );
const notes = async () => (await desk.db.execute(sql`select text from staff_notes`)).map(({ text }) => text);
const change = (edit: Parameters<typeof desk.sandbox.shop.editOrder>[1]) =>
  desk.sandbox.shop.editOrder('1008', edit);
/** As if it had been sent so long ago. */
const age = (interval: string) =>
  desk.db.execute(sql`
    update refunds set first_sent_at = first_sent_at - ${interval}::interval,
      sending = jsonb_set(sending, '{sentAt}', to_jsonb(to_char(
        ((sending->>'sentAt')::timestamptz - ${interval}::interval) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))`);
function watch(operation = 'orderCancel'): readonly string[] {
  const asked: string[] = [];
  const run = () => void asked.push(operation);
  desk.sandbox.shop.faults.add({ operation, when: 'before', action: { kind: 'call', run } });
  return asked;
}
const lose = (when: 'before' | 'after') =>
  desk.sandbox.shop.faults.add({ operation: 'orderCancel', when, times: 1, action: { kind: 'drop' } });
/** Runs the job as its queue would, until it has nothing left to wait for. */
async function finish(id: RefundId): Promise<void> {
  for (let run = 0; run < 3; run += 1) await execute(id);
}

describe('the quote of a cancellation', () => {
  test('gives back all that was paid and needs no approval below the threshold', async () => {
    const asker = await desk.customer(jane);
    expect(await quoteCancellation(desk.context, asker, '1008')).toMatchObject({
      kind: 'quoted',
      needsApproval: false,
      row: { quote: { settles: 'cancels_order', amount: { minor: 7_800 }, rule: 'cancel-before-shipping' } },
    });
  });

  test('holds the shipping that was paid', async () => {
    const freya = order1022();
    expect((await quoted(await desk.customer(freya), '1022')).quote).toMatchObject({
      amount: { minor: 7_683 },
      shipping: { minor: 595 },
      payments: [{ amount: { minor: 7_683 } }],
    });
  });

  test('is not made for somebody who may not see the order', async () => {
    const stranger = await desk.customer('+15559990000');
    expect(await quoteCancellation(desk.context, stranger, '1008')).toEqual({ kind: 'not-found' });
    expect(await quoteCancellation(desk.context, stranger, '9999')).toEqual({ kind: 'not-found' });
  });

  test('is agreed to by a yes after it was shown, and by nothing else', async () => {
    const asker = await desk.customer(jane);
    const { id } = await quoted(asker);
    expect(await desk.submit(asker, id)).toMatchObject({ kind: 'not-confirmed' });
    await desk.show(asker, id);
    await desk.says(asker, 'cancel it');
    expect(await desk.submit(asker, id)).toMatchObject({ kind: 'not-confirmed' });
    await desk.says(asker, 'yes, cancel it');
    expect(await desk.submit(asker, id)).toMatchObject({ kind: 'submitted' });
  });

  test('is agreed to once: the second yes finds it submitted', async () => {
    const asker = await desk.customer(jane);
    const id = await agreed(asker);
    const both = await Promise.all([desk.submit(asker, id), desk.submit(asker, id)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['already-submitted', 'submitted']);
  });

  test.each([
    ['was shipped', { kind: 'ship' }],
    ['was cancelled by hand', { kind: 'cancel' }],
    ['was partly refunded', { kind: 'refund', amount: 500 }],
  ] as const)('is no longer taken once the order %s', async (_, edit) => {
    const asker = await desk.customer(jane);
    const id = await agreed(asker);
    change(edit);
    expect(await desk.submit(asker, id)).toEqual({ kind: 'changed' });
  });
});

function order1022(): string {
  const phone = desk.sandbox.shop.orders().find(({ name }) => name === '#1022')?.phone;
  if (!phone) throw new Error('The demo store has changed.');
  return phone;
}

describe('an approved cancellation', () => {
  test('is carried out once, however many workers do it at once, and told once', async () => {
    const id = await submitted();
    const asked = watch();
    await Promise.allSettled(Array.from({ length: 6 }, () => execute(id)));
    await finish(id);
    expect(asked).toHaveLength(1);
    expect(order()?.cancelledAt).toEqual(expect.any(String));
    expect(made()).toMatchObject([{ amount: 7_800 }]);
    expect(await ledger()).toMatchObject({
      state: 'refunded',
      payment: 'settled',
      shop_refund_id: made()[0]?.id,
      told: true,
    });
    const told = (await texts()).filter((text) => text.includes('cancelled'));
    expect(told).toEqual([
      'Your order #1008 is cancelled; $78.00 goes back to your original payment method. Your bank may take a few days to show it.',
    ]);
  });

  test.each([
    ['was shipped', { kind: 'ship' }],
    ['was cancelled by hand', { kind: 'cancel' }],
    ['was partly refunded', { kind: 'refund', amount: 500 }],
  ] as const)('is not sent once the order %s, and the customer is told', async (_, edit) => {
    const id = await submitted();
    const asked = watch();
    change(edit);
    await execute(id);
    expect(asked).toEqual([]);
    expect(await ledger()).toMatchObject({ state: 'stale', told: true });
    expect((await texts()).at(-1)).toMatch(/^Order #1008 changed before I could cancel it/);
  });

  test('is held while refunds are paused', async () => {
    const id = await submitted();
    const asked = watch();
    await pauseRefunds(desk.context, maya, 'Stock taking');
    await execute(id);
    expect(asked).toEqual([]);
    expect(await ledger()).toMatchObject({ state: 'approved' });
  });

  test('is looked at again later while the shop is still at work', async () => {
    const id = await submitted();
    const running = (times: number) =>
      desk.sandbox.shop.faults.add({
        operation: 'job',
        when: 'before',
        times,
        action: { kind: 'status', status: 200, body: jobAtWork },
      });
    running(2);
    await execute(id);
    expect(await ledger()).toMatchObject({
      sending: { kind: 'cancellation', jobId: expect.stringContaining('Job') },
    });
    const [{ waiting } = {}] = await desk.db.execute(sql`
      select count(*)::int as waiting from jobs.job
      where name = 'execute-refund' and state = 'created' and singleton_key = ${id}`);
    expect(waiting).toBeGreaterThan(0);
    await finish(id);
    expect(await ledger()).toMatchObject({ state: 'refunded' });
  });

  test('of an order that nobody paid is carried out, and nothing is refunded', async () => {
    Object.assign(order() ?? {}, { payments: [] });
    const id = await submitted();
    await finish(id);
    expect(order()?.cancelledAt).toEqual(expect.any(String));
    expect(await ledger()).toMatchObject({ state: 'refunded', told: true });
    expect((await texts()).at(-1)).toBe('Your order #1008 is cancelled. There was nothing to refund.');
  });

  test('that the shop refuses is told to the customer and to staff', async () => {
    const id = await submitted();
    // Shipped after the last look.
    desk.sandbox.shop.faults.add({
      operation: 'orderCancel',
      when: 'before',
      action: { kind: 'call', run: () => change({ kind: 'ship' }) },
    });
    await execute(id);
    expect(await ledger()).toMatchObject({ state: 'rejected', told: true });
    expect((await texts()).at(-1)).toMatch(/^I could not cancel order #1008 as agreed/);
    expect(await notes()).toEqual([expect.stringContaining('needs a person')]);
    expect(made()).toEqual([]);
  });

  test('whose job ends without it is told to the customer and to staff', async () => {
    const id = await submitted();
    desk.sandbox.shop.faults.add({
      operation: 'orderCancel',
      when: 'after',
      action: { kind: 'call', run: () => change({ kind: 'ship' }) },
    });
    await finish(id);
    expect(await ledger()).toMatchObject({ state: 'rejected', told: true });
    expect(made()).toEqual([]);
    expect(order()?.cancelledAt).toBeUndefined();
    expect(await notes()).toEqual([expect.stringContaining('needs a person')]);
  });

  test('whose payment the provider turned down says so', async () => {
    desk.sandbox.shop.setPaymentStatus('FAILURE');
    await finish(await submitted());
    expect(await ledger()).toMatchObject({ state: 'refunded', payment: 'failed' });
    expect((await texts()).at(-1)).toMatch(
      /is cancelled, but the payment provider turned the refund of \$78\.00 down/,
    );
  });
});

const jobAtWork = JSON.stringify({ data: { job: { id: 'gid://shopify/Job/1', done: false } } });

describe('a cancellation whose outcome is unknown', () => {
  test('is a state of its own until the shop says', async () => {
    const id = await submitted();
    lose('after');
    await expect(execute(id)).rejects.toMatchObject({ outcome: 'unknown', retryable: true });
    expect(await ledger()).toMatchObject({ state: 'unknown', told: false });
  });

  test('is found at the order, and not asked for again', async () => {
    const id = await submitted();
    lose('after');
    await execute(id).catch(() => {});
    desk.sandbox.shop.finishCancellations();
    const asked = watch();
    await execute(id);
    expect(asked).toEqual([]);
    expect(await ledger()).toMatchObject({ state: 'refunded', shop_refund_id: made()[0]?.id, told: true });
    expect(made()).toHaveLength(1);
  });

  test('is not asked for again within a minute, for it may still be under way', async () => {
    const id = await submitted();
    lose('before');
    await execute(id).catch(() => {});
    const asked = watch();
    await age('50 seconds');
    await finish(id);
    expect(asked).toEqual([]);
    await age('11 seconds');
    await finish(id);
    expect(asked).toHaveLength(1);
    expect(made()).toHaveLength(1);
    expect(await ledger()).toMatchObject({ state: 'refunded' });
  });

  test('is asked for again once, however many workers look at once', async () => {
    const id = await submitted();
    lose('before');
    await execute(id).catch(() => {});
    await age('61 seconds');
    const asked = watch();
    await Promise.allSettled(Array.from({ length: 6 }, () => execute(id)));
    expect(asked).toHaveLength(1);
    await finish(id);
    expect(made()).toHaveLength(1);
  });

  test('is not asked for again when the order was shipped meanwhile: people are told', async () => {
    const id = await submitted();
    lose('before');
    await execute(id).catch(() => {});
    change({ kind: 'ship' });
    const asked = watch();
    await execute(id);
    expect(await ledger()).toMatchObject({ state: 'unknown' });
    await age('61 seconds');
    await execute(id);
    expect(asked).toEqual([]);
    expect(await ledger()).toMatchObject({ state: 'rejected', told: true });
    expect(await notes()).toEqual([expect.stringContaining('needs a person')]);
  });

  test('that is refused the second time is not taken for failed: the first may be under way', async () => {
    const id = await submitted();
    lose('before');
    await execute(id).catch(() => {});
    await age('61 seconds');
    desk.sandbox.shop.faults.add({
      operation: 'orderCancel',
      when: 'before',
      times: 1,
      action: { kind: 'status', status: 200, body: isBeingCancelled },
    });
    await execute(id);
    expect((await ledger())?.state).toMatch(/sending|unknown/);
    expect(await texts()).not.toContainEqual(expect.stringContaining('could not cancel'));
    change({ kind: 'refund', line: 'Stool' });
    change({ kind: 'cancel' });
    await execute(id);
    expect(await ledger()).toMatchObject({ state: 'refunded', shop_refund_id: made()[0]?.id });
  });

  test('of a process that died after it was sent is treated the same', async () => {
    const id = await submitted();
    lose('after');
    await execute(id).catch(() => {});
    await desk.db.execute(sql`update refunds set state = 'sending'`);
    desk.sandbox.shop.finishCancellations();
    await execute(id);
    expect(made()).toHaveLength(1);
    expect(await ledger()).toMatchObject({ state: 'refunded' });
  });

  test('is no refund where the order is cancelled and the money did not move', async () => {
    const id = await submitted();
    lose('before');
    await execute(id).catch(() => {});
    change({ kind: 'cancel' });
    await execute(id);
    expect(await ledger()).toMatchObject({ state: 'unknown', told: false });
    await age('61 seconds');
    await execute(id);
    expect(await ledger()).toMatchObject({ state: 'rejected', told: true });
  });

  test('keeps its state while the shop cannot be read', async () => {
    const id = await submitted();
    lose('after');
    await execute(id).catch(() => {});
    const repair = desk.sandbox.shop.faults.add({ when: 'before', action: { kind: 'status', status: 503 } });
    await expect(execute(id)).rejects.toBeInstanceOf(ExternalError);
    repair();
    expect(await ledger()).toMatchObject({ state: 'unknown' });
  });
});

const isBeingCancelled = JSON.stringify({
  data: {
    orderCancel: {
      job: null,
      orderCancelUserErrors: [{ code: 'INVALID', field: ['orderId'], message: 'Order is being cancelled' }],
    },
  },
});

describe('a cancellation above the threshold', () => {
  test('waits for approval, which names that it cancels, and cannot be made smaller', async () => {
    await desk.close();
    desk = await openRefundDesk((config) => ({
      ...config,
      returns: { ...config.returns, approvalThreshold: '50.00' },
    }));
    const id = await submitted();
    expect(await ledger()).toMatchObject({ state: 'awaiting-approval' });
    const asked = watch();
    await execute(id);
    expect(asked).toEqual([]);
    const [{ approval } = {}] = await desk.db.execute<{ approval: string }>(
      sql`select id as approval from approvals`,
    );
    const click = (decision: 'approve' | 'lower', amount?: string) =>
      decideApproval(desk.context, {
        approvalId: approval as Parameters<typeof decideApproval>[1]['approvalId'],
        decision,
        amount,
        by: maya,
      });
    expect(await click('lower', '10.00')).toEqual({
      kind: 'bad-amount',
      say: 'This can only be approved as it is, or denied.',
    });
    expect(await ledger()).toMatchObject({ state: 'awaiting-approval' });
    expect(await click('approve')).toEqual({ kind: 'accepted', state: 'approved' });
    await finish(id);
    expect(made()).toMatchObject([{ amount: 7_800 }]);
  });
});
