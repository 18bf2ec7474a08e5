import type { Order, RecordedRefund } from '../returns/order.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { Tx } from '../storage/database.ts';
import type { LedgerRefund } from '../storage/refund-history.ts';
import { lockRefund, updateRefund } from '../storage/refunds.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import { amountOf } from './tell-outcomes.ts';

/**
 * A payment provider may turn a refund down days after the shop made it. Whoever asks is told that a person
 * will look into it, so people are told, once; the ledger then says so too.
 */
export async function reportFailedPayments(
  { db, jobs, store }: RefundContext,
  order: Order,
  ledger: readonly LedgerRefund[],
): Promise<void> {
  for (const recorded of order.refunds.filter(({ payment }) => payment === 'failed')) {
    const ours = ledger.find(
      ({ refund }) => refund.id === recorded.intentId || refund.shopRefundId === recorded.id,
    );
    if (ours?.refund.payment === 'failed') continue;
    await db.transaction(async (tx) => {
      const what = ours ? await recordFailure(tx, ours, recorded) : `made by hand on ${order.name}`;
      if (!what) return;
      await addStaffNoteOnce(
        tx,
        jobs,
        {
          store,
          text: `The payment provider turned down the refund ${what}, entered on ${recorded.createdAt.slice(0, 10)}. Whoever asked about it was told that a person looks into it. Check the order in Shopify before refunding by hand.`,
        },
        'ever',
      );
    });
  }
}

/** Undefined when somebody else has recorded it meanwhile, and told people. */
async function recordFailure(
  tx: Tx,
  { refund }: LedgerRefund,
  recorded: RecordedRefund,
): Promise<string | undefined> {
  const current = await lockRefund(tx, refund.id);
  // One that is still being sent is recorded, with its failure, by the job that sends it.
  if (current.state !== 'refunded' || current.payment === 'failed') return undefined;
  await updateRefund(tx, refund.id, { payment: 'failed' });
  await recordAudit(tx, {
    store: refund.store,
    conversationId: refund.conversationId,
    actor: 'system',
    action: 'refund.payment-failed',
    subject: refund.id,
    detail: { shopRefundId: recorded.id },
  });
  return `of ${amountOf(refund)} for order ${refund.orderName}`;
}
