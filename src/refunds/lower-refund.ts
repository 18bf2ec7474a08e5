import { lowerQuote } from '../returns/lower-quote.ts';
import type { Money } from '../returns/money.ts';
import type { ApprovalRow } from '../storage/approvals.ts';
import type { Tx } from '../storage/database.ts';
import { markTold, type RefundRow, updateRefund } from '../storage/refunds.ts';
import type { CheckedClick } from './checked-click.ts';
import type { RefundContext } from './context.ts';
import { offerRefund } from './offer-refund.ts';
import { replaceRefund } from './replace-refund.ts';

/**
 * A manager gives less than policy would: another refund with an approval of its own takes the place of this
 * one. The customer hears of it with the offer, for they agreed to another amount.
 */
export async function lowerRefund(
  tx: Tx,
  context: RefundContext,
  lower: CheckedClick & {
    readonly approval: ApprovalRow;
    readonly refund: RefundRow;
    readonly amount: Money;
  },
): Promise<void> {
  const { refund, amount, judged, click } = lower;
  if (judged?.kind !== 'quoted') throw new Error('Only what policy would refund can be lowered.');
  const quote = lowerQuote(context.store, judged.quote, amount);
  if (!quote) throw new Error('A part of a refund must fit its payments.');
  await updateRefund(tx, refund.id, { state: 'lowered' });
  await markTold(tx, refund.id);
  const replaced = await replaceRefund(tx, context, {
    ...lower,
    quote,
    lowered: {
      fromMinor: refund.lowered?.fromMinor ?? refund.amountMinor,
      by: click.by,
      replaces: refund.id,
    },
    vote: lower.votesForLower ? click.by : undefined,
  });
  if (replaced.approval.state === 'approved') {
    await offerRefund(tx, context, replaced.approval.id, replaced.refund);
  }
}
