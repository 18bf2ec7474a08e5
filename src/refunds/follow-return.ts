import type { ShopReturn } from '../ports/return-desk.ts';
import type { ReturnId } from '../returns/ids.ts';
import type { RefundEvent } from '../returns/refund.ts';
import type { ReturnLine } from '../returns/return-request.ts';
import { lockWithSender } from '../storage/conversations.ts';
import {
  lockAwaitedRefund,
  lockReturn,
  type QuotedRefund,
  quotedRefundsOf,
  type ReturnRow,
  readReturn,
} from '../storage/returns.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import { recordArrival } from './record-arrival.ts';
import { applyOutcome } from './record-outcome.ts';
import { arrivedOf, wasTouched } from './return-pieces.ts';

/** Money of it may be moving: whoever moves it tells how that ended. */
const moving: readonly string[] = ['arrived', 'sending', 'unknown'];

/**
 * What became of an open return in the shop: called off or settled there by people, or arrived. Decides by
 * what the shop shows now, never by what a webhook said. Safe at any time and any number of times.
 */
export async function followReturn(context: RefundContext, returnId: ReturnId): Promise<void> {
  await lookAtReturn(context, returnId);
}

/** 'for-people': a part of it is there that cannot be settled by itself. */
export async function lookAtReturn(
  context: RefundContext,
  returnId: ReturnId,
): Promise<'for-people' | 'followed'> {
  const row = await readReturn(context.db, returnId);
  if (row?.state !== 'open' || !row.shopReturnId) return 'followed';
  const found = await context.storefront.readReturn(row.shopReturnId);
  const ours = await quotedRefundsOf(context.db, returnId);
  const awaited = ours.find(({ refund }) => refund.state === 'awaiting-arrival');
  if (!awaited || ours.some(({ refund }) => moving.includes(refund.state))) return 'followed';
  if (found?.status === 'cancelled') return endAwaited(context, row, awaited, 'withdrawn');
  if (found?.status !== 'open' || wasTouched(found, ours)) {
    return endAwaited(context, row, awaited, 'by-hand');
  }
  const arrived = newlyArrived(found, ours, awaited);
  if (arrived.length === 0) return 'followed';
  const answer = await recordArrival(context, {
    returnId,
    refundId: awaited.refund.id,
    lines: arrived,
    by: 'shop',
  });
  if (answer.kind !== 'bad-lines') return 'followed';
  await tellStaff(context, row, answer.say);
  return 'for-people';
}

/** What the shop knows to have come, beside what was settled before. */
function newlyArrived(
  found: ShopReturn,
  ours: readonly QuotedRefund[],
  awaited: QuotedRefund,
): readonly ReturnLine[] {
  const settled = ours.filter(({ refund }) => refund.state === 'refunded');
  return awaited.quote.lines
    .map(({ lineId, quantity }) => {
      const before = settled
        .flatMap(({ quote }) => quote.lines)
        .filter((line) => line.lineId === lineId)
        .reduce((total, line) => total + line.quantity, 0);
      return { lineId, quantity: Math.min(quantity, arrivedOf(found, lineId) - before) };
    })
    .filter(({ quantity }) => quantity > 0);
}

async function endAwaited(
  context: RefundContext,
  { id, conversationId, shopReturnName }: ReturnRow,
  awaited: QuotedRefund,
  event: RefundEvent,
): Promise<'followed'> {
  const { db, jobs, store } = context;
  await db.transaction(async (tx) => {
    await lockWithSender(tx, conversationId);
    const current = await lockReturn(tx, id);
    const refund = await lockAwaitedRefund(tx, id);
    if (current?.state !== 'open' || refund?.id !== awaited.refund.id) return;
    await applyOutcome(tx, context, refund, event);
    const how = event === 'withdrawn' ? 'cancelled' : 'settled or closed';
    const text = `Return ${shopReturnName} was ${how} in the Shopify admin, so I refund nothing for it. The customer was told.`;
    await addStaffNoteOnce(tx, jobs, { store, text }, 'ever');
  });
  return 'followed';
}

async function tellStaff(
  { db, jobs, store }: RefundContext,
  { shopReturnName }: ReturnRow,
  why: string,
): Promise<void> {
  const text = `A part of return ${shopReturnName} arrived, by Shopify. ${why}`;
  await db.transaction((tx) => addStaffNoteOnce(tx, jobs, { store, text }, 'ever'));
}
