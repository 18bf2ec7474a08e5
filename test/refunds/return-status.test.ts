import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callTool } from '../../src/agent/toolbox.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import { returnStatus } from '../../src/refunds/return-status.ts';
import type { PhoneNumber, RefundId } from '../../src/returns/ids.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const marcus = '+15551230002';

let desk: RefundDesk;
let jane: Asker;
let stranger: Asker;
let colleague: Asker;
beforeAll(async () => {
  desk = await openRefundDesk();
  jane = await desk.customer('+15551230001');
  stranger = await desk.customer('+15559990000');
  colleague = await desk.staff('U1');
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.execute(sql`truncate refunds, approvals, quotes, staff_notes, proofs cascade`);
});

async function ask(asker: Asker, order_number: string | null) {
  const argumentsJson = JSON.stringify({ order_number });
  const call = { kind: 'tool-call', callId: 'c', name: 'return_status', argumentsJson } as const;
  const { result, kept } = await callTool({ refunds: desk.context, asker }, call);
  return { ...JSON.parse(result.outputJson), kept };
}

/** The shirt of #1001 for $48.00, agreed to and not sent, in any state. */
async function refund(state: string, by = jane, more = sql``): Promise<RefundId> {
  await desk.submit(by, await desk.agreed(by, '1001', 'Shirt'));
  const [row] = await desk.db.execute<{ id: RefundId }>(
    sql`update refunds set state = ${state} ${more} returning id`,
  );
  if (!row) throw new Error('There is no refund.');
  return row.id;
}

async function decided(id: RefundId, state: string, reason: string | null = null): Promise<void> {
  await desk.db.execute(sql`insert into approvals
    (id, store, refund_id, digest, state, cumulative_minor, denial_reason, decided_at, expires_at)
    values (gen_random_uuid(), ${desk.context.store}, ${id}, 'd', ${state}, 4800, ${reason}, now(), now())`);
}

const what = 'The refund of $48.00 for order #1001';
const halved = sql`, amount_minor = 2400, lowered = '{"fromMinor": 4800, "by": {"userId": "U", "name": "M"}, "replaces": "x"}'`;

describe('of a refund that is', () => {
  test.each([
    ['awaiting-approval', 'awaiting_approval', `${what} is waiting for a manager to approve it.`],
    ['approved', 'under_way', `${what} is under way, but not made yet.`],
    ['sending', 'under_way', `${what} is under way, but not made yet.`],
    ['unknown', 'checking', `${what} was sent, but I cannot say yet whether it went through`],
    ['rejected', 'rejected', `${what} could not be made; a person has to look into it.`],
    ['denied', 'denied', `${what} was not approved.`],
    ['expired', 'expired', `${what} was not made: nobody decided about it in time.`],
    ['stale', 'stale', `${what} was not made, because the order changed.`],
  ])('%s the customer hears exactly that', async (state, shown, say) => {
    await refund(state);
    const status = await ask(jane, '1001');
    expect(status.refunds).toMatchObject([{ order_number: '#1001', amount: '$48.00', state: shown }]);
    expect(status.say).toContain(say);
    expect(status.say).not.toMatch(/was made on|is made/);
    expect(await ask(jane, null)).toMatchObject({ status: 'known', refunds: status.refunds });
  });

  test('denied, the customer hears the reason', async () => {
    await decided(await refund('denied'), 'denied', 'Worn');
    expect((await ask(jane, '1001')).say).toBe(`${what} was not approved. Reason: Worn.`);
  });
});

describe('a lower amount', () => {
  test('is not told before it is offered', async () => {
    await refund('awaiting-approval', jane, halved);
    const { say } = await ask(jane, '1001');
    expect(say).toContain(what);
    expect(say).not.toContain('$24.00');
  });

  test('that is offered is told beside what was asked for', async () => {
    await decided(await refund('offered', jane, halved), 'approved');
    expect((await ask(jane, '1001')).say).toContain(
      'The refund of $24.00 for order #1001 instead of $48.00 is approved and waits for your yes or no.',
    );
  });

  test('whose offer ran out was never refunded', async () => {
    await decided(await refund('expired', jane, halved), 'approved');
    expect((await ask(jane, '1001')).say).toBe(
      'The offer to refund $24.00 for order #1001 ran out, so nothing was refunded.',
    );
  });

  test('tells of itself, and not of the refund whose place it took', async () => {
    await refund('lowered');
    expect(await ask(jane, '1001')).toMatchObject({ refunds: [] });
  });
});

describe('who may know', () => {
  test('a stranger gets what they get for an order that does not exist', async () => {
    await refund('denied');
    const foreign = await ask(stranger, '1001');
    expect(foreign).toEqual({ ...(await ask(stranger, '9999')), kept: { order_number: '1001' } });
    expect(foreign.status).toBe('not_found');
    expect((await ask(stranger, null)).status).toBe('not_found');
  });

  test("a customer hears nothing of what colleagues asked for and did not make, nor of others' refunds", async () => {
    await decided(await refund('denied', colleague), 'denied', 'Blocked customer');
    expect(await ask(jane, '1001')).toMatchObject({ status: 'known', refunds: [] });
    expect((await ask(jane, null)).say).not.toMatch(/denied|approved|Blocked/);
    expect((await ask(colleague, '1001')).refunds).toMatchObject([
      { state: 'denied', reason: 'Blocked customer' },
    ]);
    const others = await returnStatus(desk.context, await desk.customer(marcus), undefined);
    expect(JSON.stringify(others)).not.toContain('#1001');
  });

  test('an order the shop lists for somebody whose number it does not bear is not told of', async () => {
    await refund('approved');
    const { storefront } = desk.context;
    const listOrdersByPhone = () => storefront.listOrdersByPhone('+15551230001' as PhoneNumber);
    const context = { ...desk.context, storefront: { ...storefront, listOrdersByPhone } };
    expect(await returnStatus(context, stranger, undefined)).toMatchObject({ refunds: [] });
  });

  test('at most three are told, the newest first', async () => {
    for (const [order, title] of [
      ['1001', 'Shirt'],
      ['1001', 'Socks'],
      ['1007', 'Tote'],
      ['1004', 'Cushion'],
    ] as const) {
      await desk.submit(jane, await desk.agreed(jane, order, title));
    }
    const { refunds } = await ask(jane, null);
    const amounts = refunds.map(({ amount }: { amount: string }) => amount);
    expect(amounts).toEqual(['$29.00', '$32.00', '$12.00']);
  });
});

test('what is kept of a question is the number alone', async () => {
  expect((await ask(jane, 'order #1001 please')).kept).toEqual({ order_number: '1001' });
  expect((await ask(jane, 'jane@example.com')).kept).toEqual({ order_number: 'unreadable' });
});

test('the returns of the order are named with where they stand', async () => {
  desk.sandbox.shop.editOrder('1004', { kind: 'return', status: 'OPEN' });
  expect(await ask(jane, '1004')).toMatchObject({
    returns: [{ name: '#1004-R1', state: 'open' }],
    say: 'I see no refund for order #1004 so far. Return #1004-R1 is open.',
  });
});

// Last: what was refunded once stays refunded in the shop of all these tests.
describe('what the shop says', () => {
  test('counts for more than the ledger: a refund it shows is made', async () => {
    const id = await refund('approved');
    await executeRefund(desk.context, id);
    await desk.db.execute(sql`update refunds set state = 'unknown', shop_refund_id = null`);
    expect((await ask(jane, '1001')).refunds).toMatchObject([{ state: 'made', made_by_hand: false }]);
    desk.sandbox.shop.editOrder('1001', { kind: 'settle', status: 'PENDING' });
    expect((await ask(jane, '1001')).refunds).toMatchObject([{ state: 'payment_pending' }]);
    desk.sandbox.shop.editOrder('1001', { kind: 'settle', status: 'FAILURE' });
    const failed = await ask(jane, '1001');
    expect(failed.refunds).toMatchObject([{ state: 'payment_failed', amount: '$48.00' }]);
    expect(failed.say).not.toMatch(/business days|was made/);
  });

  test('of a payment that failed reaches people once', async () => {
    desk.sandbox.shop.editOrder('1004', { kind: 'refund', line: 'Cushion' });
    desk.sandbox.shop.editOrder('1004', { kind: 'settle', status: 'FAILURE' });
    await Promise.all([ask(jane, '1004'), ask(jane, '1004'), ask(jane, null)]);
    await desk.db.execute(sql`update staff_notes set created_at = now() - interval '3 days'`);
    const { say, refunds } = await ask(jane, '1004');
    expect(refunds).toMatchObject([{ state: 'payment_failed', amount: null, made_by_hand: true }]);
    expect(say).toMatch(/^The refund for order #1004, entered on .*, did not go through/);
    const [notes] = await desk.db.execute(
      sql`select count(*)::int as told from staff_notes where text like '%#1004%'`,
    );
    expect(notes).toEqual({ told: 1 });
  });

  test('of a refund made by hand is told without a figure nobody knows', async () => {
    desk.sandbox.shop.editOrder('1007', { kind: 'refund', line: 'Tote' });
    const { say, refunds } = await ask(jane, '1007');
    expect(refunds).toMatchObject([{ state: 'made', made_by_hand: true, amount: '$32.00' }]);
    expect(say).toMatch(/^The refund of \$32\.00 for order #1007 was made on \w+ \d+\.$/);
    expect((await ask(colleague, '1007')).say).toContain(', by hand.');
  });

  test('of what others made is not told to somebody whose proof lapsed; what they asked for here is', async () => {
    await desk.db.execute(
      sql`insert into proofs (store, sender_id, order_id, order_name, proven_at)
        select ${desk.context.store}, ${stranger.sender.id}, ${orderId('#1011')}, '#1011', now()`,
    );
    await desk.submit(stranger, await desk.agreed(stranger, '1011', 'Candle'));
    expect((await ask(stranger, '1011')).status).toBe('known');
    desk.sandbox.shop.editOrder('1011', { kind: 'refund', line: 'Candle' });
    expect((await ask(stranger, null)).refunds).toHaveLength(2);
    await desk.db.execute(sql`update proofs set proven_at = now() - interval '25 hours'`);
    expect((await ask(stranger, '1011')).status).toBe('not_found');
    expect((await ask(stranger, null)).refunds).toMatchObject([{ state: 'under_way' }]);
    expect((await ask(await desk.customer('+15559990002'), null)).status).toBe('not_found');
  });
});

function orderId(name: string): string {
  const order = desk.sandbox.shop.orders().find((each) => each.name === name);
  if (!order) throw new Error(`There is no order ${name}.`);
  return order.id;
}
