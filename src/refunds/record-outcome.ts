import type { RefundId } from '../returns/ids.ts';
import { isTerminal, nextRefundState, type RefundEvent } from '../returns/refund.ts';
import { latestApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { lockConversation } from '../storage/conversations.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { readQuote } from '../storage/quotes.ts';
import { lockRefund, type RefundRow, updateRefund } from '../storage/refunds.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import { finishReturn } from './finish-return.ts';
import type { Ending } from './prepared-refund.ts';
import { nameMovement } from './settlement-sentence.ts';
import { amountOf, tellOutcomes } from './tell-outcomes.ts';

/** What became of a refund, with what follows from it, in one transaction. */
export async function recordOutcome(
  context: RefundContext,
  { id, conversationId, returnId }: Pick<RefundRow, 'id' | 'conversationId' | 'returnId'>,
  event: RefundEvent,
  ending: Ending,
): Promise<void> {
  await context.db.transaction(async (tx) => {
    // Whoever follows a return locks these in this order.
    if (returnId) await lockConversation(tx, conversationId);
    await applyOutcome(tx, context, await lockRefund(tx, id), event, ending);
  });
}

/** The same for a refund whose row the caller holds. False where the event is no longer possible. */
export async function applyOutcome(
  tx: Tx,
  context: RefundContext,
  current: RefundRow,
  event: RefundEvent,
  ending: Ending = {},
): Promise<boolean> {
  const { id } = current;
  // A refund the shop shows as made is made, whatever this row last knew.
  const state =
    event === 'refunded' && !isTerminal(current.state) ? 'refunded' : nextRefundState(current.state, event);
  if (!state) return false;
  const ended = isTerminal(state);
  await updateRefund(tx, id, { state, ...ending, ...(ended && { settledAt: await databaseNow(tx) }) });
  await auditRefund(tx, current, event, { ...ending });
  context.metrics.refund(state);
  if (!ended) return true;
  if (current.returnId) await finishReturn(tx, context.jobs, current.returnId);
  if (state === 'refunded') await tag(tx, context, current);
  await tellOutcomes(tx, context.jobs, current.conversationId);
  // After the conversation's lock: whoever writes a note holds that one already.
  if (state === 'rejected' || ending.payment === 'failed')
    await askPeople(tx, context, { ...current, state });
  if (state === 'stale') await tellOfStale(tx, context, current);
  return true;
}

/** On arrival they were added when the return was opened. */
async function tag(tx: Tx, { jobs }: RefundContext, refund: RefundRow): Promise<void> {
  const quoted = await readQuote(tx, refund.conversationId, refund.quoteId);
  if (!quoted?.quote.tags || quoted.quote.settles === 'on_arrival') return;
  await jobs.enqueue(tx, 'add-tags', { refundId: refund.id });
}

export async function askPeople(tx: Tx, { jobs }: RefundContext, refund: RefundRow): Promise<void> {
  const quoted = await readQuote(tx, refund.conversationId, refund.quoteId);
  await addStaffNote(tx, jobs, {
    store: refund.store,
    conversationId: refund.conversationId,
    kind: 'notice',
    text: `The ${nameMovement(quoted?.quote, amountOf(refund))} for order ${refund.orderName} needs a person: its state is "${refund.state}". Check the order in Shopify before settling it by hand.`,
  });
}

async function tellOfStale(tx: Tx, { jobs }: RefundContext, refund: RefundRow): Promise<void> {
  const quoted = await readQuote(tx, refund.conversationId, refund.quoteId);
  const what = nameMovement(quoted?.quote, amountOf(refund));
  const text = refund.returnId
    ? `What was sent back for order ${refund.orderName} arrived, but Shopify no longer makes it the ${what} that the customer agreed to. Nothing was refunded. Look at the return in the Shopify admin and settle it there.`
    : // The card says "approved": whoever approved it must not believe that it was made.
      (await latestApproval(tx, refund.id)) &&
      `The ${what} for order ${refund.orderName} was approved, but the order changed before it was made. Nothing was refunded, and the customer was told so.`;
  if (!text) return;
  const { store, conversationId } = refund;
  await addStaffNote(tx, jobs, { store, conversationId, kind: 'notice', text });
}

export async function auditRefund(
  tx: Tx,
  refund: RefundRow,
  event: RefundEvent,
  detail: Readonly<Record<string, unknown>>,
  actor = 'system',
): Promise<void> {
  await recordAudit(tx, {
    store: refund.store,
    conversationId: refund.conversationId,
    actor,
    action: `refund.${event}`,
    subject: refund.id,
    detail: { ...detail, idempotencyKey: refund.idempotencyKey, digest: refund.digest },
  });
}

/** Looks at the refund again by then, whoever is at work on it now. */
export async function lookAgain(
  tx: Tx,
  { jobs }: RefundContext,
  refundId: RefundId,
  afterMs: number,
): Promise<void> {
  const startAfter = new Date((await databaseNow(tx)).getTime() + afterMs);
  await jobs.enqueue(tx, 'execute-refund', { refundId }, { startAfter });
}
