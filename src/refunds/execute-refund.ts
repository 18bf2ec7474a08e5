import { ExternalError } from '../errors.ts';
import type { RefundId } from '../returns/ids.ts';
import type { RecordedRefund } from '../returns/order.ts';
import { nextRefundState } from '../returns/refund.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { readQuote } from '../storage/quotes.ts';
import { keyLifetimeMs, lockOpenPause } from '../storage/refund-pauses.ts';
import { lockRefund, type RefundRow, readSettledRefund, updateRefund } from '../storage/refunds.ts';
import { lockReturn, quotedRefundsOf } from '../storage/returns.ts';
import type { RefundContext } from './context.ts';
import { openReturn } from './open-return.ts';
import { prepareRefund } from './prepare-refund.ts';
import type { EndedRefund, MoneyOrder } from './prepared-refund.ts';
import { askPeople, auditRefund, lookAgain, recordOutcome } from './record-outcome.ts';
import { isMade, isMoving } from './return-pieces.ts';

/** What was sent without a key may still be under way; asked again sooner, the shop could do it twice. */
const keylessPauseMs = 60_000;

/**
 * The only place that moves money. Safe to run any number of times, at once, and after a crash anywhere: it is
 * looked for in the shop before it is sent, and always sent as it was stored before the first attempt.
 */
export async function executeRefund(context: RefundContext, refundId: RefundId): Promise<void> {
  const refund = await readSettledRefund(context.db, refundId);
  if (!['approved', 'arrived', 'sending', 'unknown'].includes(refund.state)) return;
  const quoted = await readQuote(context.db, refund.conversationId, refund.quoteId);
  if (!quoted) throw new Error('A refund has lost its quote.');
  const awaitsGoods = quoted.quote.settles === 'on_arrival' && refund.state === 'approved';
  if (awaitsGoods) return openReturn(context, refund, quoted);

  const prepared = await prepareRefund(context, refund, quoted);
  if (prepared.kind === 'ended') return recordOutcome(context, refund, prepared.event, prepared.ending);
  if (prepared.kind === 'queued') return;
  if (prepared.kind === 'wait') {
    return context.db.transaction((tx) => lookAgain(tx, context, refundId, prepared.forMs));
  }
  if (!(await claim(context, refund, prepared.order))) return;

  try {
    const ended = await send(context, refund, prepared.order);
    if (ended) await recordOutcome(context, refund, ended.event, ended.ending);
  } catch (error) {
    if (error instanceof ExternalError && error.outcome === 'unknown') {
      await recordOutcome(context, refund, 'outcome-lost', {});
    }
    throw error;
  }
}

/** Undefined: the shop does it later. */
async function send(
  context: RefundContext,
  refund: RefundRow,
  { kind, command }: MoneyOrder,
): Promise<EndedRefund | undefined> {
  switch (kind) {
    case 'refund': {
      const receipt = await context.storefront.createRefund(command);
      if (receipt.kind === 'rejected') return rejected(receipt.messages);
      const { shopRefundId, payment } = receipt;
      return { event: 'refunded', ending: { shopRefundId, payment } };
    }
    case 'return': {
      const receipt = await context.storefront.processReturn(command);
      if (receipt.kind === 'rejected') return rejected(receipt.messages);
      return receipt.kind === 'processed' ? settled(receipt.refund) : rejected(['changed']);
    }
    case 'cancellation': {
      const receipt = await context.storefront.cancelOrder(command);
      // The second time it may be refused because the first was taken: the order tells.
      const isFinal = refund.sending === null;
      if (receipt.kind === 'rejected' && isFinal) return rejected(receipt.messages);
      await rememberJob(context, refund.id, receipt.kind === 'accepted' ? receipt.jobId : undefined);
      return undefined;
    }
  }
}

/**
 * Marks the refund as being sent. One that may have been sent before is sent again only while its key is
 * known, or, where the shop knows no keys, when what was sent cannot be under way any more. While refunds are
 * paused neither is.
 */
async function claim(context: RefundContext, refund: RefundRow, order: MoneyOrder): Promise<boolean> {
  return context.db.transaction(async (tx) => {
    const current = await lockRefund(tx, refund.id);
    // Resuming runs this job again.
    if (await lockOpenPause(tx, refund.store, 'shared')) return false;
    // Somebody else is at it, with what they read.
    if (current.state !== refund.state) return false;
    const now = await databaseNow(tx);
    const sending = sendingOf(order, now);
    if (current.state === 'sending' || current.state === 'unknown') {
      if (!(await maySendAgain(tx, context, current, now))) return false;
      if (sending) await updateRefund(tx, refund.id, { sending });
      return true;
    }
    const state = nextRefundState(current.state, 'sending');
    if (!state || (await isOvertaken(tx, context, current, order))) return false;
    await updateRefund(tx, refund.id, { state, firstSentAt: now, ...(sending && { sending }) });
    await auditRefund(tx, current, 'sending', {});
    return true;
  });
}

/**
 * The shop tells two parts of one return apart only by what was processed before. The end of one begins the
 * next; what was read before another was settled is read again.
 */
async function isOvertaken(
  tx: Tx,
  { jobs }: RefundContext,
  { id, returnId }: RefundRow,
  order: MoneyOrder,
): Promise<boolean> {
  if (order.kind !== 'return' || !returnId) return false;
  await lockReturn(tx, returnId);
  const parts = await quotedRefundsOf(tx, returnId);
  if (parts.some(isMoving)) return true;
  if (parts.filter(isMade).length === order.madeBefore) return false;
  await jobs.enqueue(tx, 'execute-refund', { refundId: id });
  return true;
}

async function maySendAgain(tx: Tx, context: RefundContext, refund: RefundRow, now: Date): Promise<boolean> {
  const { sending, firstSentAt } = refund;
  if (sending) {
    const waitMs = Date.parse(sending.sentAt) + keylessPauseMs - now.getTime();
    if (waitMs > 0) await lookAgain(tx, context, refund.id, waitMs);
    return waitMs <= 0;
  }
  const keyIsKnown = firstSentAt !== null && now.getTime() - firstSentAt.getTime() < keyLifetimeMs;
  if (!keyIsKnown) await askPeople(tx, context, refund);
  return keyIsKnown;
}

function sendingOf({ kind, command }: MoneyOrder, now: Date): RefundRow['sending'] {
  const sentAt = now.toISOString();
  if (kind === 'refund') return null;
  if (kind === 'cancellation') return { kind, sentAt };
  const { lines, exchanges, refundsBefore } = command;
  return { kind, sentAt, lines, exchanges, refundsBefore };
}

async function rememberJob(context: RefundContext, id: RefundId, jobId: string | undefined): Promise<void> {
  await context.db.transaction(async (tx) => {
    const { sending } = await lockRefund(tx, id);
    if (sending?.kind === 'cancellation' && jobId !== undefined) {
      await updateRefund(tx, id, { sending: { ...sending, jobId } });
    }
    await context.jobs.enqueue(tx, 'execute-refund', { refundId: id });
  });
}

function settled(refund: RecordedRefund | undefined): EndedRefund {
  return { event: 'refunded', ending: refund ? { shopRefundId: refund.id, payment: refund.payment } : {} };
}

function rejected(messages: readonly string[]): EndedRefund {
  return { event: 'rejected', ending: { rejection: messages } };
}
