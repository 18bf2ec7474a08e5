import type { RefundId, ReturnId } from '../returns/ids.ts';
import type { QuotedLine } from '../returns/quote.ts';
import type { ReturnLine } from '../returns/return-request.ts';
import { sayArrival } from '../returns/say-arrival.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { lockWithSender } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import type { RefundRow } from '../storage/refunds.ts';
import {
  awaitedRefund,
  lockAwaitedRefund,
  lockReturn,
  type QuotedRefund,
  type ReturnRow,
  readReturn,
} from '../storage/returns.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import { applyOutcome } from './record-outcome.ts';
import { type Divided, divideQuote, piecesLeft } from './split-quote.ts';
import { splitRefund } from './split-refund.ts';

export type Arrival = {
  readonly returnId: ReturnId;
  /** What was waited for when somebody looked; counted against that, and once. Left out: what is waited for now. */
  readonly refundId?: RefundId | undefined;
  readonly lines: 'all' | readonly ReturnLine[];
  /** The Slack user who says so, or the shop itself. */
  readonly by: string;
  /** Of a colleague: the others are told who took in what. */
  readonly name?: string | undefined;
};

export type RecordedArrival =
  | {
      readonly kind: 'recorded';
      readonly refund: RefundRow;
      readonly missing: readonly QuotedLine[];
      /** What came and what is due for it. */
      readonly what: string;
    }
  | { readonly kind: 'already' }
  | { readonly kind: 'not-open' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'bad-lines'; readonly say: string };

/**
 * Goods are there: what was agreed to for them is due. Where only a part came, the refund is divided by the
 * shop's own figures, read before anything is locked. Saying the same again changes nothing.
 */
export async function recordArrival(context: RefundContext, arrival: Arrival): Promise<RecordedArrival> {
  const { db } = context;
  const row = await readReturn(db, arrival.returnId);
  if (!row || row.store !== context.store) return { kind: 'not-found' };
  const awaited = await awaitedRefund(db, row.id);
  if (!awaited || (arrival.refundId && arrival.refundId !== awaited.refund.id)) return noneAwaited(arrival);
  const left = piecesLeft(awaited.quote.lines, arrival.lines);
  if (left.kind === 'bad-lines') return left;
  if (left.missing.length === 0) return recordAll(context, arrival, awaited);

  const divided = await divideQuote(context, row, awaited, left.arrived);
  return divided.kind === 'divided' ? recordPart(context, arrival, awaited, divided) : divided;
}

async function recordAll(
  context: RefundContext,
  arrival: Arrival,
  awaited: QuotedRefund,
): Promise<RecordedArrival> {
  const { id, conversationId } = awaited.refund;
  const { db, jobs } = context;
  return db.transaction(async (tx) => {
    await lockWithSender(tx, conversationId);
    const row = await lockReturn(tx, arrival.returnId);
    const refund = await lockAwaitedRefund(tx, arrival.returnId);
    if (row?.state !== 'open' || refund?.id !== id) return noneAwaited(arrival);
    await applyOutcome(tx, context, refund, 'arrived');
    await audit(row, refund);
    await jobs.enqueue(tx, 'execute-refund', { refundId: id });
    const what = await tellStaff(tx, context, arrival, row, awaited, awaited.quote);
    return { kind: 'recorded', refund: { ...refund, state: 'arrived' }, missing: [], what };

    function audit(of: ReturnRow, due: RefundRow): Promise<void> {
      return recordAudit(tx, arrivalRecord(of, arrival, due, 'all'));
    }
  });
}

async function recordPart(
  context: RefundContext,
  arrival: Arrival,
  awaited: QuotedRefund,
  divided: Divided,
): Promise<RecordedArrival> {
  const { db, jobs } = context;
  return db.transaction(async (tx) => {
    const { conversation } = await lockWithSender(tx, awaited.refund.conversationId);
    const row = await lockReturn(tx, arrival.returnId);
    const refund = await lockAwaitedRefund(tx, arrival.returnId);
    if (row?.state !== 'open' || refund?.id !== awaited.refund.id) return noneAwaited(arrival);
    const due = await splitRefund(tx, context, { conversation, refund, divided });
    await recordAudit(tx, arrivalRecord(row, arrival, due, 'part'));
    await jobs.enqueue(tx, 'execute-refund', { refundId: due.id });
    const what = await tellStaff(tx, context, arrival, row, awaited, divided.part);
    return { kind: 'recorded', refund: due, missing: divided.rest.lines, what };
  });
}

async function tellStaff(
  tx: Tx,
  { store, jobs }: RefundContext,
  { name }: Arrival,
  { shopReturnName, orderName }: ReturnRow,
  awaited: QuotedRefund,
  { lines: arrived, amount }: StoredQuote,
): Promise<string> {
  const returnName = shopReturnName ?? orderName;
  const what = sayArrival({ returnName, awaited: awaited.quote.lines, arrived, amount });
  if (name) {
    const text = `${name} took in ${what}.`;
    await addStaffNote(tx, jobs, { store, conversationId: null, kind: 'notice', text });
  }
  return what;
}

function noneAwaited({ refundId }: Arrival): RecordedArrival {
  return { kind: refundId ? 'already' : 'not-open' };
}

function arrivalRecord(
  { id, store, conversationId }: ReturnRow,
  { by, lines }: Arrival,
  due: RefundRow,
  what: 'all' | 'part',
) {
  return {
    store,
    conversationId,
    actor: by,
    action: 'return.arrived',
    subject: id,
    detail: { what, lines, refundId: due.id, amountMinor: due.amountMinor },
  };
}
