import { consentOf } from '../returns/consent.ts';
import type { ConversationId } from '../returns/ids.ts';
import { formatMoney } from '../returns/money.ts';
import { yesOrNo } from '../returns/yes-or-no.ts';
import { latestApproval } from '../storage/approvals.ts';
import { type LockedConversation, lockWithSender, messagesAfter } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import type { JobQueue } from '../storage/jobs.ts';
import {
  lockQuote,
  offerQuote,
  openQuotes,
  type QuoteRow,
  readQuote,
  supersedeOpenQuotes,
} from '../storage/quotes.ts';
import { type RefundRow, readRefundOfQuote } from '../storage/refunds.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
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
  const quoted = await readQuote(tx, refund.conversationId, refund.quoteId);
  const asCredit = quoted?.quote.storeCredit ? ' as store credit' : '';
  const cancels = quoted?.quote.settles === 'cancels_order';
  const verb = asCredit ? 'give' : cancels ? 'cancel the order and refund' : 'refund';
  const instead = `${amountsOfOffer(refund)}${asCredit} for order ${refund.orderName}`;
  const when = quoted?.quote.settles === 'on_arrival' ? ' once it has arrived' : '';
  const { seq } = await tellCustomer(
    tx,
    jobs,
    locked,
    locked.conversation.party === 'staff'
      ? `${refund.lowered?.by.name ?? 'An approver'} approved ${instead}. Reply YES to ${verb} that${when}, or NO to leave it.`
      : `Our team can ${verb}${asCredit && ' you'} ${instead}${when}. Reply YES to accept, or NO to leave it.`,
    {
      unprompted: true,
      buttons: yesOrNo,
      staffInstead: `The lower refund of ${instead} was approved, but the customer opted out of messages and was not asked. Nothing is refunded unless they agree.`,
    },
  );
  if (locked.conversation.owner === 'person') {
    await addStaffNote(tx, jobs, {
      store: refund.store,
      conversationId: refund.conversationId,
      kind: 'thread-note',
      text: `The customer was asked whether they take ${instead}. I take no yes while you have the conversation: when you hand it back, I ask them again.`,
    });
  }
  await supersedeOpenQuotes(tx, refund.conversationId, refund.orderId, refund.quoteId);
  await offerQuote(tx, refund.quoteId, { shownInSeq: seq, expiresAt: approval.expiresAt });
}

/** While a person had the conversation nobody took a yes: whoever did not say no is asked once more. */
export async function offerAgain(tx: Tx, jobs: JobQueue, conversationId: ConversationId): Promise<void> {
  const locked = await lockWithSender(tx, conversationId);
  if (locked.optedOut) return;
  for (const { id } of await openQuotes(tx, conversationId)) {
    // Locked as the yes locks it: nobody takes the offer while it is made again.
    const quoted = await lockQuote(tx, conversationId, id);
    const refund = quoted?.state === 'open' ? await readRefundOfQuote(tx, id) : undefined;
    if (refund?.state !== 'offered' || !quoted || (await wasTurnedDown(tx, quoted))) continue;
    await makeOffer(tx, jobs, locked, refund);
  }
}

/** Whoever answered no knows that nothing comes; so does who was quoted the order anew. */
export async function wasTurnedDown(tx: Tx, quoted: QuoteRow): Promise<boolean> {
  if (quoted.shownInSeq === null) return false;
  if (quoted.state !== 'open') return true;
  const since = await messagesAfter(tx, quoted.conversationId, quoted.shownInSeq);
  const texts = since.filter(({ author }) => author === 'customer').map(({ text }) => text);
  return consentOf(texts, quoted.quote.settles === 'cancels_order' ? 'cancellation' : undefined) === 'no';
}

function amountsOfOffer({ amountMinor, currency, lowered }: RefundRow): string {
  const amount = formatMoney({ minor: amountMinor, currency });
  return lowered ? `${amount} instead of ${formatMoney({ minor: lowered.fromMinor, currency })}` : amount;
}
