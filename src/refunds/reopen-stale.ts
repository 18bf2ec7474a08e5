import { canonicalJson } from '../returns/canonical-json.ts';
import { formatMoney, type Money } from '../returns/money.ts';
import type { Quote } from '../returns/quote.ts';
import { type ApprovalRow, updateApproval } from '../storage/approvals.ts';
import type { Tx } from '../storage/database.ts';
import { readQuote } from '../storage/quotes.ts';
import { markTold, type RefundRow, updateRefund } from '../storage/refunds.ts';
import type { Lowered } from '../storage/schema/refunds.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import type { JudgedReturn } from './judge-return.ts';
import { replaceRefund } from './replace-refund.ts';
import { nameMovement } from './settlement-sentence.ts';
import { tellCustomer } from './tell-customer.ts';
import { amountOf, tellOutcomes } from './tell-outcomes.ts';

/**
 * The order is no longer what the card showed: the old card closes, and its votes with it. If the return
 * still stands under the order as it is now, a new refund with a card of its own takes its place and the
 * customer hears of it; otherwise they and staff are told that nothing was refunded.
 */
export async function reopenStale(
  tx: Tx,
  context: RefundContext,
  stale: {
    readonly approval: ApprovalRow;
    readonly refund: RefundRow;
    readonly judged: JudgedReturn | undefined;
    /** The refund's first, then what counts beside it. */
    readonly amounts: readonly Money[];
    readonly now: Date;
  },
): Promise<void> {
  const { approval, refund, judged } = stale;
  await updateApproval(tx, approval.id, { state: 'stale', decidedAt: stale.now });
  await updateRefund(tx, refund.id, { state: 'stale' });
  context.metrics.approval('stale');
  await context.jobs.enqueue(tx, 'refresh-card', { approvalId: approval.id });
  if (judged?.kind !== 'quoted') return closeForGood(tx, context, refund);

  const { quote } = judged;
  const { locked } = await replaceRefund(tx, context, {
    ...stale,
    quote,
    lowered: agreedBefore(refund, await isSameDeal(tx, refund, quote)),
  });
  await markTold(tx, refund.id);
  await tellCustomer(
    tx,
    context.jobs,
    locked,
    `Order ${refund.orderName} changed since we talked${quote.exchange ? '' : `: the refund would now be ${formatMoney(quote.amount)}`}. Our team is looking at it, and I will tell you what they decide.`,
    { unprompted: true },
  );
}

/** Their yes was to something else: once the new one is approved they are asked, as after a person lowered it. */
function agreedBefore(refund: RefundRow, isSame: boolean): Lowered | null {
  if (isSame) return null;
  const fromMinor = refund.lowered?.fromMinor ?? refund.amountMinor;
  return refund.lowered ?? { fromMinor, by: theOrder, replaces: refund.id };
}

/** As much, as money or as credit as before, as soon, and for the same in exchange. */
async function isSameDeal(tx: Tx, refund: RefundRow, quote: Omit<Quote, 'id'>): Promise<boolean> {
  const before = (await readQuote(tx, refund.conversationId, refund.quoteId))?.quote;
  if (quote.amount.minor !== (refund.lowered?.fromMinor ?? refund.amountMinor)) return false;
  const deal = ({ storeCredit, settles, exchange }: Pick<Quote, 'storeCredit' | 'settles' | 'exchange'>) =>
    canonicalJson([
      storeCredit?.minor ?? 0,
      settles ?? 'at_once',
      ...(exchange ?? []).map(({ variantId, quantity }) => [variantId, quantity]),
    ]);
  return before !== undefined && deal(before) === deal(quote);
}

const theOrder = { userId: 'system', name: 'a change of the order' } as const;

async function closeForGood(tx: Tx, { jobs }: RefundContext, refund: RefundRow): Promise<void> {
  const quoted = await readQuote(tx, refund.conversationId, refund.quoteId);
  await tellOutcomes(tx, jobs, refund.conversationId);
  await addStaffNote(tx, jobs, {
    store: refund.store,
    conversationId: refund.conversationId,
    kind: 'notice',
    text: `The ${nameMovement(quoted?.quote, amountOf(refund))} for order ${refund.orderName} waited for approval, but the order changed and can no longer be refunded this way. Its card was closed, nothing was refunded, and the customer was told so.`,
  });
}
