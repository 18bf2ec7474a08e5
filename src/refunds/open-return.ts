import type { CreatedReturn, CreateReturnCommand } from '../ports/return-desk.ts';
import { isPositive } from '../returns/money.ts';
import type { Policy } from '../returns/policy.ts';
import type { ReturnReason } from '../returns/return-request.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { lockConversation } from '../storage/conversations.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import type { QuoteRow } from '../storage/quotes.ts';
import { lockRefund, type RefundRow, updateRefund } from '../storage/refunds.ts';
import { insertReturn, lockReturnOf, updateReturn } from '../storage/returns.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import type { RefundContext } from './context.ts';
import { judgeAgain, sameRefund } from './judge-return.ts';
import { applyOutcome, lookAgain } from './record-outcome.ts';

/** The shop cannot tell a repeated request: what was sent may be under way for so long. */
const pauseMs = 60_000;
const dayMs = 86_400_000;

/**
 * Opens the return that an approved refund waits for. Moves no money, so a pause does not hold it. The row
 * comes before the request, and the shop's return is found again by the refund's id on its lines.
 */
export async function openReturn(context: RefundContext, refund: RefundRow, quoted: QuoteRow): Promise<void> {
  if (!refund.sending) {
    // Sent before, a return may be there that has taken the pieces; then nothing is judged any more.
    const order = await context.storefront.readOrder(refund.orderId);
    const holds = order !== undefined && sameRefund(await judgeAgain(context, order, quoted), refund.digest);
    if (!holds) return recordStale(context, refund);
  }
  if (!(await claim(context, refund))) return;
  const policy = await context.policies.find(quoted.quote.policyVersion);
  const answer = await context.storefront.createReturn(
    createCommand(refund, quoted.quote, await reasonIdOf(context, quoted.quote.reason)),
  );
  if (answer.kind === 'created') {
    return recordOpened(context, refund, answer, policy ?? context.policies.current());
  }
  const messages = answer.kind === 'rejected' ? answer.messages : ['not-returnable'];
  await context.db.transaction((tx) => recordRefused(tx, context, refund, messages));
}

/** Unless another run sent it meanwhile: then the pieces may be in the return that is being opened for it. */
async function recordStale(context: RefundContext, { id }: RefundRow): Promise<void> {
  await context.db.transaction(async (tx) => {
    const current = await lockRefund(tx, id);
    if (current.state !== 'approved') return;
    if (current.sending) return lookAgain(tx, context, id, pauseMs);
    await applyOutcome(tx, context, current, 'stale');
  });
}

async function claim(context: RefundContext, { id }: RefundRow): Promise<boolean> {
  return context.db.transaction(async (tx) => {
    const current = await lockRefund(tx, id);
    if (current.state !== 'approved') return false;
    const now = await databaseNow(tx);
    const waitMs = current.sending ? Date.parse(current.sending.sentAt) + pauseMs - now.getTime() : 0;
    if (waitMs > 0) {
      await lookAgain(tx, context, id, waitMs);
      return false;
    }
    await updateRefund(tx, id, { sending: { kind: 'opening', sentAt: now.toISOString() } });
    await insertReturn(tx, current);
    return true;
  });
}

function createCommand(
  refund: RefundRow,
  quote: StoredQuote,
  reasonId: string | undefined,
): CreateReturnCommand {
  const { lines, exchange, returnShippingFee, feePercent, note, reason } = quote;
  return {
    intentId: refund.id,
    orderId: refund.orderId,
    lines: lines.map(({ lineId, quantity }) => ({
      lineId,
      quantity,
      ...(feePercent && { restockingFeePercent: feePercent }),
    })),
    ...(exchange?.length && {
      exchanges: exchange.map(({ variantId, quantity }) => ({ variantId, quantity })),
    }),
    ...(returnShippingFee && isPositive(returnShippingFee) && { returnShippingFee }),
    ...(reasonId && { reasonId }),
    note: note ?? reason,
  };
}

/** Some shops know fewer reasons; without one the return says why in its note. */
async function reasonIdOf({ storefront }: RefundContext, reason: ReturnReason): Promise<string | undefined> {
  const known = await storefront.listReturnReasons();
  const fitting = reasonHandles[reason].map((wanted) => known.find(({ handle }) => handle === wanted));
  return fitting.find((each) => each !== undefined)?.id;
}

/** The first that the shop knows. */
const reasonHandles: Readonly<Record<ReturnReason, readonly string[]>> = {
  unwanted: ['unwanted'],
  too_small: ['size-too-small', 'too-small'],
  too_large: ['size-too-large', 'too-large'],
  damaged: ['damaged', 'defective'],
  wrong_item: ['wrong-item'],
  not_as_described: ['not-as-described'],
  arrived_late: ['arrived-late'],
  other: ['other'],
};

async function recordOpened(
  context: RefundContext,
  { id, conversationId, sending }: RefundRow,
  { returnId: shopReturnId, name, status }: CreatedReturn,
  policy: Policy,
): Promise<void> {
  const { db, jobs } = context;
  await db.transaction(async (tx) => {
    await lockConversation(tx, conversationId);
    const row = await lockReturnOf(tx, id);
    const refund = await lockRefund(tx, id);
    if (!row || refund.state !== 'approved') return;
    const now = await databaseNow(tx);
    const closesAt = new Date(now.getTime() + policy.closeReturnsAfterDays * dayMs);
    const { id: returnId } = row;
    await updateRefund(tx, id, { returnId, sending: null });
    const known = { shopReturnId, shopReturnName: name, closesAt };
    await applyOutcome(tx, context, refund, 'return-opened');
    await recordAudit(tx, {
      store: refund.store,
      conversationId,
      actor: 'system',
      action: 'return.opened',
      subject: returnId,
      detail: { refundId: id, shopReturnId, closesAt: closesAt.toISOString() },
    });
    await jobs.enqueue(tx, 'add-tags', { refundId: id });
    // They changed their mind while it was being opened.
    if (row.state === 'cancelling') {
      await updateReturn(tx, returnId, known);
      return jobs.enqueue(tx, 'end-return', { returnId });
    }
    await updateReturn(tx, returnId, { ...known, state: 'open' });
    await jobs.enqueue(tx, 'end-return', { returnId }, { startAfter: closesAt });
    // Found again after a crash, people may have ended it meanwhile: then no way back is told. What came
    // before this row was open was followed by nobody.
    if (status === 'open') await jobs.enqueue(tx, 'announce-return', { returnId });
    if (sending || status !== 'open') await jobs.enqueue(tx, 'follow-return', { returnId });
  });
}

async function recordRefused(
  tx: Tx,
  context: RefundContext,
  { id, conversationId }: RefundRow,
  rejection: readonly string[],
): Promise<void> {
  await lockConversation(tx, conversationId);
  const row = await lockReturnOf(tx, id);
  const refund = await lockRefund(tx, id);
  const event = row?.state === 'cancelling' ? 'withdrawn' : 'rejected';
  const ended = await applyOutcome(tx, context, refund, event, { rejection });
  if (!row || !ended) return;
  const state = event === 'withdrawn' ? 'cancelled' : 'refused';
  await updateReturn(tx, row.id, { state, endedAt: await databaseNow(tx) });
}
