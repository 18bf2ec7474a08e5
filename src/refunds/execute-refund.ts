import { ExternalError } from '../errors.ts';
import type { RefundReceipt } from '../ports/storefront.ts';
import type { RefundId } from '../returns/ids.ts';
import type { Order, RecordedRefund } from '../returns/order.ts';
import { isTerminal, nextRefundState, type RefundEvent } from '../returns/refund.ts';
import { latestApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { type QuoteRow, readQuote } from '../storage/quotes.ts';
import { keyLifetimeMs, lockOpenPause } from '../storage/refund-pauses.ts';
import { lockRefund, type RefundRow, readRefund, updateRefund } from '../storage/refunds.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import { judgeAgain, sameRefund } from './judge-return.ts';
import { amountOf, tellOutcomes } from './tell-outcomes.ts';

/**
 * The only place that moves money. Safe to run any number of times, at once, and after a crash anywhere:
 * the refund is looked for in the shop before it is sent, and always sent with the key stored before the
 * first attempt.
 */
export async function executeRefund(context: RefundContext, refundId: RefundId): Promise<void> {
  const refund = await readRefund(context.db, refundId);
  if (isTerminal(refund.state) || refund.state === 'awaiting-approval' || refund.state === 'offered') return;
  const quoted = await readQuote(context.db, refund.conversationId, refund.quoteId);
  if (!quoted) throw new Error('A refund has lost its quote.');

  const order = await context.storefront.readOrder(refund.orderId);
  const made = order?.refunds.find((recorded) => recorded.intentId === refund.id);
  if (made) return record(context, refund.id, 'refunded', madeBefore(made));
  if (!(await claim(context, refund, quoted, order))) return;

  try {
    const { lines, amount, payments } = quoted.quote;
    const receipt = await context.storefront.createRefund({
      idempotencyKey: refund.idempotencyKey,
      intentId: refund.id,
      orderId: refund.orderId,
      lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
      amount,
      payments,
    });
    await record(context, refund.id, receipt.kind, ending(receipt));
  } catch (error) {
    if (error instanceof ExternalError && error.outcome === 'unknown') {
      await record(context, refund.id, 'outcome-lost', {});
    }
    throw error;
  }
}

/**
 * Marks the refund as being sent, or ends it. An approved refund is sent only while the order is still the
 * one that was agreed to; one that may have been sent before is sent again only while its key is known.
 * While refunds are paused neither is.
 */
async function claim(
  context: RefundContext,
  refund: RefundRow,
  quoted: QuoteRow,
  order: Order | undefined,
): Promise<boolean> {
  if (refund.state === 'approved') {
    const holds = order !== undefined && sameRefund(await judgeAgain(context, order, quoted), refund.digest);
    if (!holds) {
      await record(context, refund.id, 'stale', {});
      return false;
    }
  }
  return context.db.transaction(async (tx) => {
    const current = await lockRefund(tx, refund.id);
    // Resuming runs this job again.
    if (await lockOpenPause(tx, refund.store, 'shared')) return false;
    const now = await databaseNow(tx);
    if (current.state === 'sending' || current.state === 'unknown') {
      const keyIsKnown =
        current.firstSentAt !== null && now.getTime() - current.firstSentAt.getTime() < keyLifetimeMs;
      if (!keyIsKnown) await askPeople(tx, context, current);
      return keyIsKnown;
    }
    const state = nextRefundState(current.state, 'sending');
    if (!state) return false;
    await updateRefund(tx, refund.id, { state, firstSentAt: now });
    await audit(tx, current, 'sending', {});
    return true;
  });
}

type Ending = Partial<Pick<RefundRow, 'shopRefundId' | 'payment' | 'rejection'>>;

async function record(
  context: RefundContext,
  id: RefundId,
  event: RefundEvent,
  ending: Ending,
): Promise<void> {
  await context.db.transaction(async (tx) => {
    const current = await lockRefund(tx, id);
    // A refund the shop shows as made is made, whatever this row last knew.
    const state =
      event === 'refunded' && !isTerminal(current.state) ? 'refunded' : nextRefundState(current.state, event);
    if (!state) return;
    const ended = isTerminal(state);
    await updateRefund(tx, id, { state, ...ending, ...(ended && { settledAt: await databaseNow(tx) }) });
    await audit(tx, current, event, { ...ending });
    context.metrics.refund(state);
    if (ended) await tellOutcomes(tx, context.jobs, current.conversationId);
    // After the conversation's lock: whoever writes a note holds that one already.
    if (state === 'rejected' || ending.payment === 'failed')
      await askPeople(tx, context, { ...current, state });
    if (state === 'stale' && (await latestApproval(tx, id))) await tellApprovers(tx, context, current);
  });
}

async function askPeople(tx: Tx, { jobs }: RefundContext, refund: RefundRow): Promise<void> {
  await addStaffNote(tx, jobs, {
    store: refund.store,
    conversationId: refund.conversationId,
    kind: 'notice',
    text: `The refund of ${amountOf(refund)} for order ${refund.orderName} needs a person: its state is "${refund.state}". Check the order in Shopify before refunding by hand.`,
  });
}

/** The card says "approved": whoever approved it must not believe that it was made. */
async function tellApprovers(tx: Tx, { jobs }: RefundContext, refund: RefundRow): Promise<void> {
  await addStaffNote(tx, jobs, {
    store: refund.store,
    conversationId: refund.conversationId,
    kind: 'notice',
    text: `The refund of ${amountOf(refund)} for order ${refund.orderName} was approved, but the order changed before it was made. Nothing was refunded, and the customer was told so.`,
  });
}

async function audit(tx: Tx, refund: RefundRow, event: RefundEvent, detail: Ending): Promise<void> {
  await recordAudit(tx, {
    store: refund.store,
    conversationId: refund.conversationId,
    actor: 'system',
    action: `refund.${event}`,
    subject: refund.id,
    detail: { ...detail, idempotencyKey: refund.idempotencyKey, digest: refund.digest },
  });
}

function madeBefore(made: RecordedRefund): Ending {
  return { shopRefundId: made.id, payment: made.payment };
}

function ending(receipt: RefundReceipt): Ending {
  return receipt.kind === 'refunded'
    ? { shopRefundId: receipt.shopRefundId, payment: receipt.payment }
    : { rejection: receipt.messages };
}
