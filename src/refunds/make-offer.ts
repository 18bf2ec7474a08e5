import { formatMoney } from '../returns/money.ts';
import { latestApproval } from '../storage/approvals.ts';
import type { LockedConversation } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import type { JobQueue } from '../storage/jobs.ts';
import { offerQuote, supersedeOpenQuotes } from '../storage/quotes.ts';
import type { RefundRow } from '../storage/refunds.ts';
import { tellCustomer } from './tell-customer.ts';

/** The message that shows the amount opens the quote: a yes counts only when it comes after it. */
export async function makeOffer(
  tx: Tx,
  jobs: JobQueue,
  locked: LockedConversation,
  refund: RefundRow,
): Promise<void> {
  const approval = await latestApproval(tx, refund.id);
  if (!approval) throw new Error('An offer has lost its approval.');
  const instead = `${amountsOfOffer(refund)} for order ${refund.orderName}`;
  const { seq } = await tellCustomer(
    tx,
    jobs,
    locked,
    `Our team can refund ${instead}. Reply YES to accept, or NO to leave it.`,
    {
      staffInstead: `The lower refund of ${instead} was approved, but the customer opted out of messages and was not asked. Nothing is refunded unless they agree.`,
    },
  );
  await supersedeOpenQuotes(tx, refund.conversationId, refund.orderId, refund.quoteId);
  await offerQuote(tx, refund.quoteId, { shownInSeq: seq, expiresAt: approval.expiresAt });
}

function amountsOfOffer({ amountMinor, currency, lowered }: RefundRow): string {
  const amount = formatMoney({ minor: amountMinor, currency });
  return lowered ? `${amount} instead of ${formatMoney({ minor: lowered.fromMinor, currency })}` : amount;
}
