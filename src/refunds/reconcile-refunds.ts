import { ExternalError } from '../errors.ts';
import type { OrderId } from '../returns/ids.ts';
import { type Db, databaseNow } from '../storage/database.ts';
import {
  type ComparisonProgress,
  lastComparison,
  ordersToCompare,
  recordComparison,
} from '../storage/reconciliation.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import { compareOrder } from './compare-order.ts';
import type { RefundContext } from './context.ts';

/** Every hour what is new, once a day what is older. */
const comparedDays = { recent: 3, all: 60 } as const;

/** The shop allows so much a second to all who ask; most of it is left to customers. */
const ordersPerRun = 10;
const nextRunMs = 15_000;
const nextComparisonMs = 3_600_000;

/**
 * Compares our ledger with the shop's, some orders in a run, and sets the next run in the transaction that ends
 * this one. Nothing is sent to the shop: facts are recorded, and every other difference is for people.
 */
export async function reconcileRefunds(
  context: RefundContext,
  progress: ComparisonProgress | undefined,
): Promise<void> {
  const { db, store } = context;
  const from = progress ?? (await begin(context));
  const orderIds = await ordersToCompare(db, store, from, ordersPerRun);
  let { after, orders, differences } = from;
  for (const orderId of orderIds) {
    const found = await inShop(context, orderId);
    if (found === 'stop')
      return continueLater(context, { ...from, after, orders, differences }, nextComparisonMs);
    after = orderId;
    orders += 1;
    differences += found;
  }
  const reached = { ...from, after, orders, differences };
  if (orderIds.length === ordersPerRun) return continueLater(context, reached, nextRunMs);
  await db.transaction(async (tx) => {
    await recordComparison(tx, store, reached);
    const startAfter = new Date((await databaseNow(tx)).getTime() + nextComparisonMs);
    await context.jobs.enqueue(tx, 'reconcile-refunds', { store }, { startAfter });
  });
}

async function begin({ db, store }: RefundContext): Promise<ComparisonProgress> {
  const whole = await lastComparison(db, store, comparedDays.all);
  const days = !whole || whole.isOlderThanADay ? comparedDays.all : comparedDays.recent;
  return { days, after: '', orders: 0, differences: 0 };
}

/** For `/metrics`: how each kind of comparison ended last, where there was one. */
export async function readComparisons(
  db: Db,
  store: string,
): Promise<readonly { readonly days: number; readonly differences: number; readonly at: Date }[]> {
  const found = await Promise.all(
    Object.values(comparedDays).map(async (days) => {
      const last = await lastComparison(db, store, days);
      return last && { days, differences: last.differences, at: last.at };
    }),
  );
  return found.filter((each) => each !== undefined);
}

/** 'stop': the shop lets nobody read orders; whoever can end that is told elsewhere, and it is tried again. */
async function inShop(context: RefundContext, orderId: OrderId): Promise<number | 'stop'> {
  try {
    return await compareOrder(context, orderId);
  } catch (error) {
    if (!(error instanceof ExternalError) || error.retryable) throw error;
    if (error.code !== 'order_too_large') {
      context.log.error('The ledgers cannot be compared', { code: error.code });
      return 'stop';
    }
    const { db, jobs, store } = context;
    const text = `Order ${orderId.split('/').at(-1)} is too large for me to read whole, so its refunds are not compared with Shopify's.`;
    await db.transaction((tx) => addStaffNoteOnce(tx, jobs, { store, text }, 'ever'));
    return 1;
  }
}

async function continueLater(
  { db, jobs, store }: RefundContext,
  progress: ComparisonProgress,
  afterMs: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const startAfter = new Date((await databaseNow(tx)).getTime() + afterMs);
    await jobs.enqueue(tx, 'reconcile-refunds', { store, progress }, { startAfter });
  });
}
