import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Storefront } from '../../src/ports/storefront.ts';
import type { RefundContext } from '../../src/refunds/context.ts';
import { endReturn } from '../../src/refunds/end-return.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { followReturn } from '../../src/refunds/follow-return.ts';
import { proposeRefund } from '../../src/refunds/propose-refund.ts';
import { quoteReturn } from '../../src/refunds/quote-return.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import { recordArrival } from '../../src/refunds/record-arrival.ts';
import { applyOutcome } from '../../src/refunds/record-outcome.ts';
import { withdrawReturn } from '../../src/refunds/withdraw-return.ts';
import type { LineItemId, RefundId, ReturnId } from '../../src/returns/ids.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import type { ReturnWish } from '../../src/returns/return-request.ts';
import { lockConversation } from '../../src/storage/conversations.ts';
import { lockRefund } from '../../src/storage/refunds.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';
import { waitFor } from '../support/wait-for.ts';

const iris = 'UIRIS0003';
const onArrival = 'rules: [{id: arrive, then: {when: on_arrival}}]';

let desk: RefundDesk;
let context: RefundContext;
let asker: Asker;
beforeEach(async () => {
  desk = await openRefundDesk();
  asker = await desk.staff(iris);
  context = under(onArrival);
});
afterEach(() => desk.close());

function under(yaml: string): RefundContext {
  const parsed = parsePolicyFile(yaml, 90);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  const { policy } = parsed;
  return { ...desk.context, policies: { current: () => policy, find: async () => policy } };
}

function withShop(change: (shop: Storefront) => Partial<Storefront>): RefundContext {
  return { ...context, storefront: { ...context.storefront, ...change(context.storefront) } };
}

/** Olive wood spoons of order 1023, which has three. */
let spoon: LineItemId;
async function agreed(quantity: number, wish: ReturnWish = 'refund'): Promise<RefundId> {
  const quoted = await quoteReturn(context, asker, '1023', (order) => {
    spoon = order.lines.find(({ title }) => title.includes('Spoon'))?.id as LineItemId;
    return {
      lines: [{ lineId: spoon, quantity }],
      reason: 'unwanted',
      wish,
    };
  });
  if (quoted.kind !== 'quoted') throw new Error(`Not quoted: ${JSON.stringify(quoted)}`);
  await desk.show(asker, quoted.row.id);
  await desk.says(asker, 'yes');
  const proposed = await proposeRefund(context, asker, quoted.row.id);
  if (proposed.kind !== 'submitted') throw new Error(`Not submitted but ${proposed.kind}`);
  return proposed.refund.id;
}

async function opened(quantity: number): Promise<RefundId> {
  const id = await agreed(quantity);
  await executeRefund(context, id);
  return id;
}

type Row = { readonly id: RefundId; readonly state: string; readonly minor: number };
/** Oldest first; of the two that came in the place of one, what is due before what is awaited. */
const ledger = async () => [
  ...(await desk.db.execute<Row>(
    sql`select id, state, amount_minor::int as minor from refunds order by created_at, state`,
  )),
];
const theReturn = async () => {
  const [row] = await desk.db.execute<{ id: ReturnId; state: string; shop: string }>(
    sql`select id, state, shop_return_id as shop from returns`,
  );
  if (!row) throw new Error('No return');
  return row;
};
const jobs = async (name: string) => [
  ...(await desk.db.execute<{ key: string; later: boolean }>(
    sql`select singleton_key as key, start_after > now() + interval '1 minute' as later
      from jobs.job where name = ${name} and state = 'created'`,
  )),
];
const forgetJobs = () => desk.db.execute(sql`delete from jobs.job`);
const made = () => desk.sandbox.shop.refunds().filter(({ orderName }) => orderName === '#1023');
const arrives = async (quantity: number) =>
  recordArrival(context, {
    returnId: (await theReturn()).id,
    lines: [{ lineId: spoon, quantity }],
    by: 'UMAYA0001',
  });

/** One spoon came, and its refund is on its way to the shop; the other came meanwhile. */
async function secondCameWhileFirstIsSent(): Promise<readonly [RefundId, RefundId]> {
  await opened(2);
  await arrives(1);
  const [, due, rest] = await ledger();
  if (!due || !rest) throw new Error('Not split');
  await executeRefund(
    withShop((shop) => ({
      async processReturn(command) {
        expect(await arrives(1)).toMatchObject({ kind: 'recorded' });
        // The two came at one instant, and nothing says which of their ids is the lower one.
        await desk.db.execute(
          sql`update refunds set created_at = created_at - interval '1 millisecond' where id = ${rest.id}`,
        );
        await executeRefund(context, rest.id);
        expect(await stateOf(rest.id)).toBe('arrived');
        const receipt = await shop.processReturn(command);
        await executeRefund(context, rest.id);
        expect(await stateOf(rest.id)).toBe('arrived');
        return receipt;
      },
    })),
    due.id,
  );
  return [due.id, rest.id];
}
const stateOf = async (id: RefundId) => (await ledger()).find((row) => row.id === id)?.state;

test('what came second waits until what came first was settled, whatever their ids', async () => {
  const [due, rest] = await secondCameWhileFirstIsSent();
  expect(await stateOf(due)).toBe('refunded');
  expect((await jobs('execute-refund')).map(({ key }) => key)).toContain(rest);
  await executeRefund(context, rest);
  expect(await stateOf(rest)).toBe('refunded');
  expect(made()).toHaveLength(2);
});

test('a part that was looked at before another was settled is looked at again, and both are paid', async () => {
  await opened(2);
  await arrives(1);
  const [, due, rest] = await ledger();
  if (!due || !rest) throw new Error('Not split');
  let isFirst = true;
  const late = withShop((shop) => ({
    async suggestReturnOutcome(question) {
      const outcome = await shop.suggestReturnOutcome(question);
      if (isFirst) {
        isFirst = false;
        await arrives(1);
        await desk.db.execute(
          sql`update refunds set created_at = created_at - interval '1 millisecond' where id = ${rest.id}`,
        );
        await executeRefund(context, rest.id);
      }
      return outcome;
    },
  }));
  await executeRefund(late, due.id);
  expect([await stateOf(due.id), await stateOf(rest.id)]).toEqual(['arrived', 'refunded']);
  expect((await jobs('execute-refund')).map(({ key }) => key)).toContain(due.id);
  for (const { id } of [due, rest]) await executeRefund(context, id);
  expect([await stateOf(due.id), await stateOf(rest.id)]).toEqual(['refunded', 'refunded']);
  expect(made().reduce((total, { amount }) => total + amount, 0)).toBe(due.minor + rest.minor);
});

test('what waits for another part looks behind whoever records how that one ended', async () => {
  await opened(2);
  await arrives(1);
  const [, due] = await ledger();
  await arrives(1);
  const rest = (await ledger()).find(({ id, state }) => state === 'arrived' && id !== due?.id);
  if (!due || !rest) throw new Error('Not split');
  await desk.db.execute(
    sql`update refunds set created_at = created_at - interval '1 s' where id = ${due.id}`,
  );
  await desk.db.execute(sql`update refunds set state = 'sending' where id = ${due.id}`);
  let waiting: Promise<void> | undefined;
  await desk.db.transaction(async (tx) => {
    const refund = await lockRefund(tx, due.id);
    await lockConversation(tx, refund.conversationId);
    await applyOutcome(tx, context, refund, 'rejected');
    let isOver = false;
    // Its job waited already, so the one that this outcome begins was folded into it.
    waiting = executeRefund(context, rest.id).finally(() => {
      isOver = true;
    });
    await waitFor('the other part to wait', async () => {
      const rows = await desk.db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return isOver || rows.length > 0;
    });
  });
  await waiting;
  expect(await stateOf(rest.id)).toBe('refunded');
});

test('what the shop was told while a part was being settled is looked at once that is done', async () => {
  await opened(2);
  await arrives(1);
  const [, due] = await ledger();
  if (!due) throw new Error('Not split');
  await forgetJobs();
  desk.sandbox.shop.parcelArrives('#1023', [{ line: 'Spoon', quantity: 1 }]);
  await followReturn(context, (await theReturn()).id);
  expect((await ledger()).map(({ state }) => state)).toContain('awaiting-arrival');
  await executeRefund(context, due.id);
  expect(await jobs('follow-return')).toMatchObject([{ key: (await theReturn()).id }]);
});

test('a second run that finds the pieces taken by the return of the first ends nothing', async () => {
  const id = await agreed(3);
  await executeRefund(
    withShop((shop) => ({
      async createReturn(command) {
        const created = await shop.createReturn(command);
        return created;
      },
      async readOrder(orderId) {
        const order = await shop.readOrder(orderId);
        // Somebody else runs the same job from here to the shop's answer, and is slow to write it down.
        await executeRefund(
          withShop(() => ({
            async createReturn(command) {
              const created = await shop.createReturn(command);
              throw Object.assign(new Error('killed'), { created });
            },
          })),
          id,
        ).catch(() => undefined);
        return order;
      },
    })),
    id,
  );
  expect(await stateOf(id)).toBe('approved');
  await desk.db.execute(
    sql`update refunds set sending = jsonb_set(sending, '{sentAt}', '"2020-01-01T00:00:00.000Z"')`,
  );
  await executeRefund(context, id);
  expect(await stateOf(id)).toBe('awaiting-arrival');
  expect(desk.sandbox.shop.returns().filter(({ orderName }) => orderName === '#1023')).toHaveLength(1);
});

test('a return that people cancelled before it was written down as open is followed, not announced', async () => {
  const id = await agreed(3);
  await forgetJobs();
  await executeRefund(
    withShop((shop) => ({
      async createReturn(command) {
        const created = await shop.createReturn(command);
        if (created.kind === 'created') await shop.cancelReturn(created.returnId);
        return shop.createReturn(command);
      },
    })),
    id,
  );
  expect(await jobs('announce-return')).toEqual([]);
  expect(await jobs('follow-return')).toHaveLength(1);
  await followReturn(context, (await theReturn()).id);
  expect(await stateOf(id)).toBe('withdrawn');
});

test('a return that the shop would not cancel is told of after all, and closed in its time', async () => {
  const id = await agreed(3);
  const shopSays = { kind: 'rejected', messages: ['no'] } as const;
  await executeRefund(
    withShop((shop) => ({
      async createReturn(command) {
        expect(await withdrawReturn(context, asker, '1023')).toMatchObject({ kind: 'withdrawing' });
        return shop.createReturn(command);
      },
    })),
    id,
  );
  await forgetJobs();
  await endReturn(
    withShop(() => ({ cancelReturn: async () => shopSays })),
    (await theReturn()).id,
  );
  expect(await theReturn()).toMatchObject({ state: 'open' });
  expect(await jobs('announce-return')).toHaveLength(1);
  expect(await jobs('end-return')).toMatchObject([{ later: true }]);
});

test('a return that the shop would not close is tried again, and not at once', async () => {
  await opened(3);
  await desk.db.execute(sql`update returns set closes_at = now()`);
  await forgetJobs();
  await endReturn(
    withShop(() => ({ closeReturn: async () => ({ kind: 'rejected', messages: ['no'] }) })),
    (await theReturn()).id,
  );
  expect(await theReturn()).toMatchObject({ state: 'open' });
  expect(await jobs('end-return')).toMatchObject([{ later: true }]);
});

test('a return of which a part is there that people have to settle is not closed as one that never came', async () => {
  await opened(3);
  // A lower amount was agreed to for all of it.
  await desk.db.execute(sql`update quotes set quote = jsonb_set(quote, '{loweredTo}', quote->'amount')`);
  desk.sandbox.shop.parcelArrives('#1023', [{ line: 'Spoon', quantity: 1 }]);
  await desk.db.execute(sql`update returns set closes_at = now()`);
  await forgetJobs();
  await endReturn(context, (await theReturn()).id);
  expect(await theReturn()).toMatchObject({ state: 'open' });
  expect((await ledger()).map(({ state }) => state)).toEqual(['awaiting-arrival']);
  expect(await jobs('end-return')).toMatchObject([{ later: true }]);
});

test('store credit that a person made less is given as it was agreed to', async () => {
  context = under('rules: [{id: credit, then: {when: on_arrival, refund_to: store_credit}}]');
  const id = await agreed(3, 'store_credit');
  await executeRefund(context, id);
  const less = JSON.stringify({ minor: 500, currency: 'USD' });
  await desk.db.execute(sql`update refunds set amount_minor = 500`);
  await desk.db.execute(sql`update quotes set quote = quote || jsonb_build_object(
    'amount', ${less}::jsonb, 'storeCredit', ${less}::jsonb, 'loweredTo', ${less}::jsonb)`);
  await recordArrival(context, { returnId: (await theReturn()).id, lines: 'all', by: 'UMAYA0001' });
  await executeRefund(context, id);
  expect(await stateOf(id)).toBe('refunded');
});
