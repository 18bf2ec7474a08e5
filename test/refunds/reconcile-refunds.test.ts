import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { readComparisons, reconcileRefunds } from '../../src/refunds/reconcile-refunds.ts';
import type { RefundId } from '../../src/returns/ids.ts';
import type { ShopRefund } from '../../src/sandbox/shop/shop-state.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

const submitted = (orderNumber?: string, title?: string) => desk.submitted(jane, orderNumber, title);
async function refunded(): Promise<RefundId> {
  const id = await submitted();
  await executeRefund(desk.context, id);
  return id;
}
const compare = () => reconcileRefunds(desk.context, undefined);
const shopRefunds = () => desk.sandbox.shop.refunds() as ShopRefund[];
const ours = () => shopRefunds().find(({ idempotencyKey }) => idempotencyKey) as ShopRefund;
const notes = async () => (await desk.db.execute(sql`select text from staff_notes`)).map((row) => row.text);
const counted = async (kind: string) =>
  new RegExp(`ledger_differences_total{kind="${kind}"} (\\d+)`).exec(
    (await desk.context.metrics.render()).body,
  )?.[1];
async function ledger() {
  const [row] = await desk.db.execute(sql`select state, payment, shop_refund_id as made from refunds`);
  return row;
}
async function said(words: string): Promise<number> {
  const rows = await desk.db.execute(
    sql`select 1 from outbox where body like ${`%${words}%`} and state = 'waiting'`,
  );
  return rows.length;
}
async function differences() {
  const found = await readComparisons(desk.db, desk.context.store);
  return found.map((each) => each.differences);
}

describe('comparing the ledger with the shop', () => {
  test('leaves alone what both have alike, and refunds that people made', async () => {
    await refunded();
    desk.sandbox.shop.editOrder('1001', { kind: 'refund', amount: 1500 });
    await compare();
    expect(await notes()).toEqual([]);
    expect(await ledger()).toMatchObject({ state: 'refunded', payment: 'settled' });
    expect(await differences()).toEqual([0]);
  });

  test('records a refund of unknown outcome that the shop shows as made, and tells the customer once', async () => {
    desk.sandbox.shop.faults.add({
      operation: 'refundCreate',
      when: 'after',
      times: 1,
      action: { kind: 'drop' },
    });
    await expect(refunded()).rejects.toThrow();
    expect(await ledger()).toMatchObject({ state: 'unknown' });
    await compare();
    await compare();
    expect(await ledger()).toMatchObject({ state: 'refunded', payment: 'settled', made: ours().id });
    expect(await said('Done:')).toBe(1);
    expect(await counted('made')).toBe('1');
    expect(desk.made('#1001')).toHaveLength(1);
  });

  test('asks for nothing again where the shop shows nothing, and tells staff once when an hour is over', async () => {
    desk.sandbox.shop.faults.add({
      operation: 'refundCreate',
      when: 'before',
      times: 1,
      action: { kind: 'drop' },
    });
    await expect(refunded()).rejects.toThrow();
    await compare();
    expect(await notes()).toEqual([]);
    await desk.db.execute(sql`update refunds set first_sent_at = now() - interval '2 hours'`);
    await compare();
    await compare();
    expect(await ledger()).toMatchObject({ state: 'unknown' });
    expect(await notes()).toEqual([expect.stringContaining('nobody knows what became of it')]);
    expect(desk.made('#1001')).toEqual([]);
  });

  test.each<[string, (refund: ShopRefund) => void, string]>([
    [
      'is of another amount',
      ({ transactions: [first] }) => Object.assign(first as object, { amount: 4799 }),
      'is one of $47.99 there',
    ],
    ['is gone', (refund) => void shopRefunds().splice(shopRefunds().indexOf(refund), 1), 'it is not there'],
    [
      'is there twice',
      (refund) => void shopRefunds().push({ ...structuredClone(refund), id: 'gid://shopify/Refund/77' }),
      'again as refund 77',
    ],
  ])(
    'tells staff once of a refund that %s, counts it once, and changes nothing',
    async (_, change, words) => {
      await refunded();
      const before = await ledger();
      change(ours());
      await compare();
      await compare();
      expect(await notes()).toEqual([expect.stringContaining(words)]);
      expect(await ledger()).toEqual(before);
      expect(await differences()).toEqual([1, 1]);
    },
  );

  test('tells staff of a refund that bears our mark and is in no ledger, or should never have been made', async () => {
    const id = await refunded();
    await desk.db.execute(sql`update refunds set state = 'denied', shop_refund_id = null`);
    const strange = { ...structuredClone(ours()), id: 'gid://shopify/Refund/78' };
    strange.note = strange.note?.replace(id, '0198c0de-0000-7000-8000-000000000001');
    shopRefunds().push(strange);
    await compare();
    expect(await notes()).toEqual([
      expect.stringContaining('which is "denied" here, was made there'),
      expect.stringContaining('bears my mark, and I have none like it'),
    ]);
    expect(await ledger()).toMatchObject({ state: 'denied' });
  });

  test('says nothing of what was just on its way while the shop was read', async () => {
    await refunded();
    await desk.db.execute(sql`update refunds set state = 'awaiting-approval'`);
    desk.sandbox.shop.faults.add({
      when: 'after',
      times: 1,
      action: {
        kind: 'call',
        run: async () => void (await desk.db.execute(sql`update refunds set state = 'refunded'`)),
      },
    });
    await compare();
    expect(await notes()).toEqual([]);
    expect(await differences()).toEqual([0]);
  });

  test('says to customer and staff, once, that a payment was turned down which had gone through', async () => {
    desk.sandbox.shop.setPaymentStatus('PENDING');
    await refunded();
    await compare();
    expect(await ledger()).toMatchObject({ state: 'refunded', payment: 'pending' });
    for (const each of ours().transactions) Object.assign(each, { status: 'FAILURE' });
    await compare();
    await compare();
    expect(await ledger()).toMatchObject({ state: 'refunded', payment: 'failed' });
    expect(await said('the payment provider turned it down')).toBe(1);
    expect(await notes()).toEqual([expect.stringContaining('The payment provider turned down the refund')]);
  });

  test('records that a pending payment went through, and says nothing more', async () => {
    desk.sandbox.shop.setPaymentStatus('PENDING');
    await refunded();
    for (const each of ours().transactions) Object.assign(each, { status: 'SUCCESS' });
    await compare();
    expect(await ledger()).toMatchObject({ state: 'refunded', payment: 'settled' });
    expect(await notes()).toEqual([]);
    expect(await said('')).toBe(1);
  });

  test('sets one next run, also when it runs at once and again, and goes on where it stopped', async () => {
    await refunded();
    await Promise.all([compare(), compare()]);
    const { db, jobs, store } = desk.context;
    // As a job that is put off comes back from the database: with its keys in another order.
    const progress = { days: 3, after: '', orders: 0, differences: 0 };
    await db.transaction((tx) =>
      jobs.enqueue(tx, 'reconcile-refunds', { progress, store }, { startAfter: new Date() }),
    );
    const [job, ...more] = await desk.db.execute(
      sql`select start_after > now() + interval '50 minutes' as later, data from jobs.job
        where name = 'reconcile-refunds' and state = 'created'`,
    );
    expect([job, more]).toEqual([{ later: true, data: { store: desk.context.store } }, []]);
    await desk.db.execute(sql`delete from jobs.job`);
    const asked: string[] = [];
    desk.sandbox.shop.faults.add({
      when: 'before',
      action: { kind: 'call', run: () => void asked.push('asked') },
    });
    const [{ order } = {}] = await desk.db.execute<{ order: string }>(
      sql`select order_id as order from refunds`,
    );
    await reconcileRefunds(desk.context, { days: 3, after: order ?? '', orders: 1, differences: 1 });
    expect(asked).toEqual([]);
    expect(await differences()).toEqual([1, 0]);
  });

  test('goes on later, from the same order, when the shop lets nobody read', async () => {
    await refunded();
    desk.sandbox.shop.faults.add({ when: 'before', action: { kind: 'status', status: 403, body: '{}' } });
    await compare();
    const [job] = await desk.db.execute(sql`select data from jobs.job where name = 'reconcile-refunds'`);
    expect(job).toEqual({
      data: { store: desk.context.store, progress: { days: 60, after: '', orders: 0, differences: 0 } },
    });
  });
});
