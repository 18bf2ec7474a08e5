import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExternalError } from '../../src/errors.ts';
import { decideApproval } from '../../src/refunds/decide-approval.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import type { RefundId } from '../../src/returns/ids.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

const submitted = (orderNumber?: string, title?: string) => desk.submitted(jane, orderNumber, title);

async function ledger() {
  const [row] = await desk.db.execute(
    sql`select state, payment, idempotency_key as key, told_at is not null as told from refunds`,
  );
  return row;
}
async function said(words: string): Promise<number> {
  const rows = await desk.db.execute(
    sql`select 1 from messages where author = 'agent' and text like ${`%${words}%`}`,
  );
  return rows.length;
}
const notes = async () => (await desk.db.execute(sql`select text from staff_notes`)).map((row) => row.text);
const execute = (id: RefundId) => executeRefund(desk.context, id);
/** Whether the shop was asked to make a refund, and with which key. */
function watchShop(): readonly string[] {
  const asked: string[] = [];
  desk.sandbox.shop.faults.add({
    operation: 'refundCreate',
    when: 'before',
    action: { kind: 'call', run: () => void asked.push('asked') },
  });
  return asked;
}
const loseAnswers = (when: 'before' | 'after', times = 1) =>
  desk.sandbox.shop.faults.add({ operation: 'refundCreate', when, times, action: { kind: 'drop' } });

describe('an approved refund', () => {
  test('is made once, however many workers make it at once, and told once', async () => {
    const id = await submitted();
    await Promise.allSettled(Array.from({ length: 6 }, () => execute(id)));
    await execute(id);
    expect(desk.made('#1001')).toMatchObject([{ amount: 4800 }]);
    expect(await ledger()).toMatchObject({ state: 'refunded', payment: 'settled', told: true });
    expect(await said('Done:')).toBe(1);
  });

  test('is not made any more when the order changed after the yes, and the customer is told', async () => {
    const id = await submitted();
    const asked = watchShop();
    desk.sandbox.shop.editOrder('1001', { kind: 'refund', amount: 2500 });
    await execute(id);
    expect(asked).toEqual([]);
    expect(await ledger()).toMatchObject({ state: 'stale', told: true });
    expect(await said('changed since we talked')).toBe(1);
  });

  test('that somebody had approved is told to staff when the order changed after it', async () => {
    const id = await submitted('1002', 'Desk');
    const [{ approval } = {}] = await desk.db.execute<{ approval: string }>(
      sql`select id as approval from approvals`,
    );
    const decided = await decideApproval(desk.context, {
      approvalId: approval as Parameters<typeof decideApproval>[1]['approvalId'],
      decision: 'approve',
      by: { userId: 'UMAYA0001', teamId: 'TBIRCHLOOM', name: 'Maya' },
    });
    expect(decided).toEqual({ kind: 'accepted', state: 'approved' });
    desk.sandbox.shop.editOrder('1002', { kind: 'refund', amount: 2500 });
    const asked = watchShop();
    await execute(id);
    expect(asked).toEqual([]);
    expect(await ledger()).toMatchObject({ state: 'stale', told: true });
    expect(await notes()).toEqual([expect.stringContaining('was approved, but the order changed')]);
  });

  test('keeps its state when the shop cannot be read, so that it is tried again', async () => {
    const id = await submitted();
    const repair = desk.sandbox.shop.faults.add({ when: 'before', action: { kind: 'status', status: 503 } });
    await expect(execute(id)).rejects.toBeInstanceOf(ExternalError);
    repair();
    expect(await ledger()).toMatchObject({ state: 'approved' });
    await execute(id);
    expect(desk.made('#1001')).toHaveLength(1);
  });

  test('whose payment the provider turned down is told as that, to the customer and to staff', async () => {
    desk.sandbox.shop.setPaymentStatus('FAILURE');
    await execute(await submitted());
    expect(await ledger()).toMatchObject({ state: 'refunded', payment: 'failed' });
    expect(await said('turned it down')).toBe(1);
    expect(await notes()).toEqual([expect.stringContaining('needs a person')]);
  });
});

describe('a refund that waits for approval', () => {
  test('is not made by running its job', async () => {
    const id = await submitted('1002', 'Desk');
    const asked = watchShop();
    await execute(id);
    expect(asked).toEqual([]);
    expect(await ledger()).toMatchObject({ state: 'awaiting-approval' });
  });

  test.each(['denied', 'expired', 'stale', 'rejected', 'refunded'])(
    'is not made when it ended as %s',
    async (state) => {
      const id = await submitted('1002', 'Desk');
      await desk.db.execute(sql`update refunds set state = ${state}`);
      const asked = watchShop();
      await execute(id);
      expect(asked).toEqual([]);
      expect(await ledger()).toMatchObject({ state });
    },
  );
});

describe('a refund whose outcome is unknown', () => {
  test('is a state of its own until the shop says', async () => {
    const id = await submitted();
    loseAnswers('after');
    await expect(execute(id)).rejects.toMatchObject({ outcome: 'unknown', retryable: true });
    expect(await ledger()).toMatchObject({ state: 'unknown', told: false });
    expect(desk.made('#1001')).toHaveLength(1);
  });

  test('is found in the shop by its note, and not sent again', async () => {
    const id = await submitted();
    loseAnswers('after');
    await execute(id).catch(() => {});
    const asked = watchShop();
    await execute(id);
    expect(asked).toEqual([]);
    expect(desk.made('#1001')).toHaveLength(1);
    expect(await ledger()).toMatchObject({ state: 'refunded', told: true });
  });

  test('is sent again with the key of the first time when the shop has not made it', async () => {
    const id = await submitted();
    const { key } = (await ledger()) ?? {};
    loseAnswers('before');
    await execute(id).catch(() => {});
    expect(await ledger()).toMatchObject({ state: 'unknown' });
    await execute(id);
    expect(desk.made('#1001')).toMatchObject([{ amount: 4800, idempotencyKey: key }]);
    expect(await ledger()).toMatchObject({ state: 'refunded', key });
  });

  test('is sent again although the order no longer is what was quoted: the money may be part of it', async () => {
    const id = await submitted();
    loseAnswers('before');
    await execute(id).catch(() => {});
    desk.sandbox.shop.editOrder('1001', { kind: 'refund', line: 'Socks' });
    await execute(id);
    expect(desk.made('#1001')).toHaveLength(1);
  });

  test.each([
    ['22 hours 59 minutes', 1],
    ['23 hours', 0],
    ['3 days', 0],
  ])('%s after the first sending is sent %i more times, while the shop knows the key', async (age, times) => {
    const id = await submitted();
    loseAnswers('before');
    await execute(id).catch(() => {});
    await desk.db.execute(sql`update refunds set first_sent_at = now() - ${age}::interval`);
    const asked = watchShop();
    await execute(id);
    expect(asked).toHaveLength(times);
    expect(desk.made('#1001')).toHaveLength(times);
    expect(await ledger()).toMatchObject({ state: times === 1 ? 'refunded' : 'unknown' });
    expect(await notes()).toHaveLength(times === 1 ? 0 : 1);
  });

  test('is taken for made as soon as the shop shows it, however late', async () => {
    const id = await submitted();
    loseAnswers('after');
    await execute(id).catch(() => {});
    await desk.db.execute(sql`update refunds set first_sent_at = now() - interval '3 days'`);
    await execute(id);
    expect(await ledger()).toMatchObject({ state: 'refunded', told: true });
    expect(desk.made('#1001')).toHaveLength(1);
  });

  test('of a process that died while sending is treated the same', async () => {
    const id = await submitted();
    loseAnswers('after');
    await execute(id).catch(() => {});
    await desk.db.execute(sql`update refunds set state = 'sending'`);
    await execute(id);
    expect(desk.made('#1001')).toHaveLength(1);
    expect(await ledger()).toMatchObject({ state: 'refunded' });
  });
});

test('a member of staff cannot approve the refund they asked for; another approver can', async () => {
  const asker = await desk.staff('UMAYA0001');
  const proposed = await desk.submit(asker, await desk.agreed(asker, '1002', 'Desk'));
  expect(proposed).toMatchObject({
    kind: 'awaiting-approval',
    refund: { requestedBy: { kind: 'staff', userId: 'UMAYA0001' } },
  });
  const [{ id } = {}] = await desk.db.execute<{ id: string }>(sql`select id from approvals`);
  const click = (userId: string, decision: 'approve' | 'deny') =>
    decideApproval(desk.context, {
      approvalId: id as Parameters<typeof decideApproval>[1]['approvalId'],
      decision,
      by: { userId, teamId: 'TBIRCHLOOM', name: 'somebody' },
    });
  expect(await click('UMAYA0001', 'approve')).toEqual({ kind: 'not-allowed', why: 'requester' });
  expect(await click('UMAYA0001', 'deny')).toEqual({ kind: 'not-allowed', why: 'requester' });
  expect(await ledger()).toMatchObject({ state: 'awaiting-approval' });
  expect(await click('UNOAH0002', 'approve')).toEqual({ kind: 'accepted', state: 'approved' });
});
