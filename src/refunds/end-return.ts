import type { ShopAnswer } from '../ports/shop-answer.ts';
import type { ReturnId } from '../returns/ids.ts';
import { isTerminal } from '../returns/refund.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { lockConversation } from '../storage/conversations.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import {
  lockAwaitedRefund,
  lockReturn,
  type ReturnRow,
  readReturn,
  refundsOfReturn,
  updateReturn,
} from '../storage/returns.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import { lookAtReturn } from './follow-return.ts';
import { applyOutcome } from './record-outcome.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What the customer called off is cancelled in the shop; what did not come in time is closed. */
export async function endReturn(context: RefundContext, returnId: ReturnId): Promise<void> {
  const row = await readReturn(context.db, returnId);
  if (!row?.shopReturnId) return;
  if (row.state === 'cancelling') {
    return recordEnd(context, row, await context.storefront.cancelReturn(row.shopReturnId));
  }
  if (row.state === 'open') {
    // It may have come without anybody saying so.
    const isForPeople = (await lookAtReturn(context, returnId)) === 'for-people';
    if (isForPeople) return context.db.transaction((tx) => endLater(tx, context, row));
    if (!(await claim(context, returnId))) return;
  } else if (row.state !== 'closing') return;
  await recordEnd(
    context,
    { ...row, state: 'closing' },
    await context.storefront.closeReturn(row.shopReturnId),
  );
}

/** Closed is only what is due, and not while money moves for a part of it. */
async function claim({ db, jobs }: RefundContext, returnId: ReturnId): Promise<boolean> {
  return db.transaction(async (tx) => {
    const row = await lockReturn(tx, returnId);
    const now = await databaseNow(tx);
    if (row?.state !== 'open' || !row.closesAt || row.closesAt > now) return false;
    const open = (await refundsOfReturn(tx, returnId)).filter(({ state }) => !isTerminal(state));
    if (!open.some(({ state }) => state === 'awaiting-arrival')) return false;
    if (open.length > 1) {
      await jobs.enqueue(tx, 'end-return', { returnId }, { startAfter: new Date(now.getTime() + hourMs) });
      return false;
    }
    await updateReturn(tx, returnId, { state: 'closing' });
    return true;
  });
}

/** When it is due, and where it was due already, tomorrow. */
async function endLater(tx: Tx, { jobs }: RefundContext, { id, closesAt }: ReturnRow): Promise<void> {
  const tomorrow = (await databaseNow(tx)).getTime() + dayMs;
  const startAfter = new Date(Math.max(closesAt?.getTime() ?? 0, tomorrow));
  await jobs.enqueue(tx, 'end-return', { returnId: id }, { startAfter });
}

async function recordEnd(context: RefundContext, row: ReturnRow, answer: ShopAnswer): Promise<void> {
  const { db, jobs } = context;
  await db.transaction(async (tx) => {
    await lockConversation(tx, row.conversationId);
    const current = await lockReturn(tx, row.id);
    if (current?.state !== row.state) return;
    if (answer.kind === 'rejected') {
      await updateReturn(tx, row.id, { state: 'open' });
      await jobs.enqueue(tx, 'follow-return', { returnId: row.id });
      // Called off before it was open, it was told to nobody, and had no end.
      await jobs.enqueue(tx, 'announce-return', { returnId: row.id });
      await endLater(tx, context, current);
      return addStaffNote(tx, jobs, {
        store: row.store,
        conversationId: row.conversationId,
        kind: 'notice',
        text: `Shopify would not ${row.state === 'cancelling' ? 'cancel' : 'close'} return ${row.shopReturnName}: look at it in the Shopify admin, and settle there what was worked on by hand.`,
      });
    }
    const refund = await lockAwaitedRefund(tx, row.id);
    const event = row.state === 'cancelling' ? 'withdrawn' : 'not-received';
    await recordAudit(tx, {
      store: row.store,
      conversationId: row.conversationId,
      actor: 'system',
      action: `return.${event}`,
      subject: row.id,
    });
    if (refund) await applyOutcome(tx, context, refund, event);
  });
}
