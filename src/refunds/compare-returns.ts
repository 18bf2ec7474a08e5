import type { ListedReturn } from '../ports/return-desk.ts';
import type { OrderId } from '../returns/ids.ts';
import { returnsToCompare } from '../storage/reconciliation.ts';
import type { ReturnRow } from '../storage/returns.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';

/**
 * The returns of an order, ours and the shop's. One that the shop opened and whose answer was lost is found
 * again by the job that opens it, and what became of an open one by the job that follows it, as after a
 * webhook. Returns how many differences are left for people.
 */
export async function compareReturns(context: RefundContext, orderId: OrderId): Promise<number> {
  const { db, jobs, store, storefront, metrics } = context;
  const rows = await returnsToCompare(db, store, orderId);
  if (rows.length === 0) return 0;
  const shown = await storefront.listReturns(orderId);
  let left = 0;
  for (const { row, isOverdue } of rows) {
    const found = shown.find(({ id, intentId }) => intentId === row.refundId || id === row.shopReturnId);
    if (row.state === 'open') {
      await db.transaction((tx) => jobs.enqueue(tx, 'follow-return', { returnId: row.id }));
    } else if (row.state === 'opening' && found && isOverdue) {
      await db.transaction((tx) => jobs.enqueue(tx, 'execute-refund', { refundId: row.refundId }));
    }
    const difference = describe(row, found, isOverdue);
    if (!difference) continue;
    left += 1;
    const text = `My records and Shopify differ on a return of order ${row.orderName}: ${difference} I changed nothing. Look at the order in the Shopify admin.`;
    const isNews = await db.transaction((tx) => addStaffNoteOnce(tx, jobs, { store, text }, 'ever'));
    if (isNews) metrics.ledgerDifference('return');
  }
  return left;
}

function describe(row: ReturnRow, found: ListedReturn | undefined, isOverdue: boolean): string | undefined {
  if (row.state === 'opening' && !found && isOverdue) {
    return 'I asked for it more than an hour ago, and it is not there.';
  }
  const isUnknown = found && row.shopReturnId === null && row.endedAt !== null;
  if (isUnknown && (found.status === 'open' || found.status === 'requested')) {
    return `${found.name} bears my mark and is open there, and I have it as "${row.state}".`;
  }
  return undefined;
}
