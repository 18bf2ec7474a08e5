import { compareLedgers, type Difference, type LedgerEntry } from '../returns/compare-ledgers.ts';
import type { OrderId } from '../returns/ids.ts';
import { refundsToCompare } from '../storage/reconciliation.ts';
import type { RefundRow } from '../storage/refunds.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import { compareReturns } from './compare-returns.ts';
import type { RefundContext } from './context.ts';
import { describeDifference } from './describe-difference.ts';
import { recordOutcome } from './record-outcome.ts';
import { recordPayment } from './record-payment.ts';

type Entry = LedgerEntry & { readonly refund: RefundRow };

/** How many differences of one order are left for people. Throws ExternalError when it cannot be read. */
export async function compareOrder(context: RefundContext, orderId: OrderId): Promise<number> {
  const before = await readEntries(context, orderId);
  const order = await context.storefront.readOrder(orderId);
  const shown = order?.refunds ?? [];
  // Only what differed before the shop was read and differs still: anything else was on its way just then.
  const after = compareLedgers(await readEntries(context, orderId), shown).map(nameOf);
  const differences = compareLedgers(before, shown).filter((each) => after.includes(nameOf(each)));
  const orderName = order?.name ?? before[0]?.refund.orderName ?? '';
  let left = 0;
  for (const difference of differences) {
    if (await settle(context, difference, orderName)) left += 1;
  }
  return left + (await compareReturns(context, orderId));
}

async function readEntries({ db, store }: RefundContext, orderId: OrderId): Promise<readonly Entry[]> {
  const rows = await refundsToCompare(db, store, orderId);
  return rows.map(({ refund, isOverdue }) => ({
    id: refund.id,
    state: refund.state,
    amount: { minor: refund.amountMinor, currency: refund.currency },
    payment: refund.payment ?? undefined,
    shopRefundId: refund.shopRefundId ?? undefined,
    isOverdue,
    refund,
  }));
}

function nameOf(difference: Difference<LedgerEntry>): string {
  const id = 'entry' in difference ? difference.entry.id : '';
  return `${difference.kind} ${id} ${'recorded' in difference ? difference.recorded.id : ''}`;
}

/** True where people have to look: a fact is recorded, and nothing else is repaired. */
async function settle(
  context: RefundContext,
  difference: Difference<Entry>,
  orderName: string,
): Promise<boolean> {
  const { db, jobs, store, metrics } = context;
  if (difference.kind === 'made' || difference.kind === 'payment') {
    const { entry, recorded } = difference;
    if (difference.kind === 'payment') await recordPayment(context, entry.refund, recorded.payment);
    else {
      const ending = { shopRefundId: recorded.id, payment: recorded.payment };
      await recordOutcome(context, entry.refund, 'refunded', ending);
    }
    metrics.ledgerDifference(difference.kind);
    return false;
  }
  const text = `My ledger and Shopify differ on order ${orderName}: ${describeDifference(difference)} I changed nothing. Look at the order in the Shopify admin.`;
  const isNews = await db.transaction((tx) => addStaffNoteOnce(tx, jobs, { store, text }, 'ever'));
  if (isNews) metrics.ledgerDifference(difference.kind);
  return true;
}
