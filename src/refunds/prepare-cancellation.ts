import { clockSkewMs } from '../ports/clock.ts';
import { compareMoney, isPositive } from '../returns/money.ts';
import type { Order, RecordedRefund } from '../returns/order.ts';
import { databaseNow } from '../storage/database.ts';
import type { QuoteRow } from '../storage/quotes.ts';
import type { RefundRow } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { judgeAgain, sameRefund } from './judge-return.ts';
import type { EndedRefund, Prepared } from './prepared-refund.ts';

/**
 * The order was just read. The shop cancels later than it answers, and repeats nothing by itself: what was
 * asked for once is looked for at the order and at its job, and asked for again only where neither knows it.
 */
export async function prepareCancellation(
  context: RefundContext,
  refund: RefundRow,
  quoted: QuoteRow,
  order: Order | undefined,
): Promise<Prepared> {
  const { sending } = refund;
  const command = {
    orderId: refund.orderId,
    reason: 'customer',
    refundTo: 'original',
    restock: true,
    staffNote: `Cancelled through the returns agent [intent:${refund.id}]`,
  } as const;
  const holds = async () =>
    order !== undefined && sameRefund(await judgeAgain(context, order, quoted), refund.digest);
  if (sending?.kind !== 'cancellation') {
    // Cancelled or sent out by somebody else meanwhile: it is not ours.
    if (!(await holds())) return { kind: 'ended', event: 'stale', ending: {} };
    return { kind: 'send', order: { kind: 'cancellation', command } };
  }

  const at = (await databaseNow(context.db)).getTime();
  const elapsedMs = at - Date.parse(sending.sentAt);
  const wait = { kind: 'wait', forMs: Math.min(Math.max(elapsedMs / 2, 1_000), 60_000) } as const;
  const job = sending.jobId === undefined ? 'gone' : await context.storefront.readJob(sending.jobId);
  // It may have ended after the order was read.
  const now = job === 'done' ? await context.storefront.readOrder(refund.orderId) : order;
  if (now?.cancelledAt !== undefined) {
    const made = madeBy(refund, now);
    if (made || !isPositive({ minor: refund.amountMinor, currency: refund.currency })) return ended(made);
    return job === 'running' || elapsedMs < patienceMs ? wait : rejected(notPaid);
  }
  if (job === 'running') return elapsedMs < longestMs ? wait : rejected('It was not done within a day.');
  if (job === 'done') return rejected('The job ended, and the order is not cancelled.');
  if (elapsedMs < patienceMs) return wait;
  if (at - (refund.firstSentAt?.getTime() ?? 0) > stubbornMs) return rejected('The shop confirmed nothing.');
  return (await holds())
    ? { kind: 'send', order: { kind: 'cancellation', command } }
    : rejected('The order changed before it was cancelled.');
}

/** What was sent may still be under way for so long. */
const patienceMs = 60_000;
/** It is asked for again for so long. */
const stubbornMs = 3_600_000;
const longestMs = 24 * 3_600_000;
const notPaid = 'The order is cancelled, but what was agreed to was not refunded.';

/** A cancellation leaves no note with its refund. Of one whose payment did not go through, the amount is not shown. */
function madeBy(
  { amountMinor: minor, currency, firstSentAt }: RefundRow,
  order: Order,
): RecordedRefund | undefined {
  const since = (firstSentAt?.getTime() ?? Number.POSITIVE_INFINITY) - clockSkewMs;
  const recent = order.refunds.filter(
    ({ intentId, createdAt }) => intentId === undefined && Date.parse(createdAt) >= since,
  );
  return (
    recent.find(({ amount }) => compareMoney(amount, { minor, currency }) === 0) ??
    recent.find(({ payment }) => payment !== 'settled')
  );
}

function ended(made: RecordedRefund | undefined): Prepared {
  const ending: EndedRefund['ending'] = made ? { shopRefundId: made.id, payment: made.payment } : {};
  return { kind: 'ended', event: 'refunded', ending };
}

function rejected(why: string): Prepared {
  return { kind: 'ended', event: 'rejected', ending: { rejection: [why] } };
}
