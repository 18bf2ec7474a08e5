import type { ConversationId } from '../returns/ids.ts';
import { formatMoney, isPositive, type Money, subtractMoney } from '../returns/money.ts';
import { latestApproval } from '../storage/approvals.ts';
import { type LockedConversation, lockWithSender } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import type { JobQueue } from '../storage/jobs.ts';
import { readQuote } from '../storage/quotes.ts';
import { markTold, type RefundRow, untoldRefunds } from '../storage/refunds.ts';
import { awaitedRefund, untoldReturns } from '../storage/returns.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import { sayCancellation } from './cancellation-words.ts';
import { makeOffer } from './make-offer.ts';
import { outcomeForStaff } from './outcome-for-staff.ts';
import { nameMovement, sayPieces } from './settlement-sentence.ts';
import { tellCustomer } from './tell-customer.ts';

/**
 * Tells the customer how their refunds ended, each once: `told_at` is written in the transaction that
 * writes the message. While a turn runs nothing is said: its commit calls `tellEndedRefunds` after its own
 * reply, so that "I am on it" never arrives after "it is done".
 */
export async function tellOutcomes(tx: Tx, jobs: JobQueue, conversationId: ConversationId): Promise<void> {
  const locked = await lockWithSender(tx, conversationId);
  if (locked.conversation.turnStartedAt === null) await tellEndedRefunds(tx, jobs, locked);
}

export async function tellEndedRefunds(tx: Tx, jobs: JobQueue, locked: LockedConversation): Promise<void> {
  for (const refund of await untoldRefunds(tx, locked.conversation.id)) {
    if (refund.state === 'offered') {
      await makeOffer(tx, jobs, locked, refund);
      continue;
    }
    const quoted = await readQuote(tx, refund.conversationId, refund.quoteId);
    const forStaff = locked.conversation.party === 'staff' ? await staffText(tx, refund) : undefined;
    const cancelled = await cancellationText(tx, refund, locked.conversation.party);
    const text = cancelled ?? forStaff ?? (await outcomeText(tx, refund));
    await markTold(tx, refund.id);
    await tellCustomer(tx, jobs, locked, text, {
      unprompted: true,
      staffInstead: `The ${nameMovement(quoted?.quote, amountOf(refund))} for order ${refund.orderName} ended (${refund.state}). The customer opted out of messages and was not told.`,
    });
  }
  for (const { id } of await untoldReturns(tx, locked.conversation.id)) {
    await jobs.enqueue(tx, 'announce-return', { returnId: id });
  }
}

async function cancellationText(
  tx: Tx,
  refund: RefundRow,
  party: 'customer' | 'staff',
): Promise<string | undefined> {
  const quoted = await readQuote(tx, refund.conversationId, refund.quoteId);
  if (quoted?.quote.settles !== 'cancels_order') return undefined;
  const approval = refund.state === 'denied' ? await latestApproval(tx, refund.id) : undefined;
  return sayCancellation(refund, party, approval?.denialReason);
}

async function staffText(tx: Tx, refund: RefundRow): Promise<string | undefined> {
  const approval = refund.state === 'denied' ? await latestApproval(tx, refund.id) : undefined;
  const decided = approval && { by: approval.decidedBy, reason: approval.denialReason };
  if (await isEndedOffer(tx, refund)) return undefined;
  const { quote } = (await readQuote(tx, refund.conversationId, refund.quoteId)) ?? {};
  const what = `${nameMovement(quote, await askedAmount(tx, refund))} for order ${refund.orderName}`;
  return outcomeForStaff(refund, what, quote, decided);
}

async function outcomeText(tx: Tx, refund: RefundRow): Promise<string> {
  const { quote } = (await readQuote(tx, refund.conversationId, refund.quoteId)) ?? {};
  const what = `${nameMovement(quote, amountOf(refund))} for order ${refund.orderName}`;
  const asked = `${nameMovement(quote, await askedAmount(tx, refund))} for order ${refund.orderName}`;
  switch (refund.state) {
    case 'refunded':
      return refund.payment === 'failed'
        ? `We tried to make the ${what}, but the payment provider turned it down. Someone from our team will get in touch.`
        : `${sayMade(refund, quote)}${await sayAwaited(tx, refund)}`;
    case 'denied': {
      const reason = (await latestApproval(tx, refund.id))?.denialReason;
      return `We looked at your return: the ${asked} was not approved.${reason ? ` Reason: ${endSentence(reason)}` : ''} If you have questions, just write back and ask for a person.`;
    }
    case 'expired':
      if (await isEndedOffer(tx, refund)) {
        return `Our offer of a ${what} has run out, so nothing was refunded. Write back if you still want to return it.`;
      }
      return `Our team could not finish reviewing the ${asked} in time, so it was not made. Write back if you still want to return it, or ask for a person.`;
    case 'stale':
      return `Order ${refund.orderName} changed since we talked, so the ${nameMovement(quote, await askedAmount(tx, refund))} was not made. Write back to get a new quote.`;
    case 'rejected':
      return `The ${what} could not be made. Someone from our team will look into it.`;
    case 'withdrawn':
      return `The return for order ${refund.orderName} is cancelled: nothing has to be sent back, and nothing is refunded.`;
    case 'not-received':
      return `Nothing of your return for order ${refund.orderName} reached us, so it was closed and nothing was refunded. If you did send it, please write back and ask for a person.`;
    case 'by-hand':
      return `Our team has settled the return for order ${refund.orderName} themselves. If you have questions, just write back and ask for a person.`;
    case 'split':
    case 'awaiting-arrival':
    case 'arrived':
    case 'awaiting-approval':
    case 'offered':
    case 'lowered':
    case 'approved':
    case 'sending':
    case 'unknown':
      throw new Error('Only an ended refund has an outcome.');
  }
}

async function sayAwaited(tx: Tx, { returnId }: RefundRow): Promise<string> {
  const awaited = returnId ? await awaitedRefund(tx, returnId) : undefined;
  return awaited ? ` Still to come: ${sayPieces(awaited.quote.lines)}.` : '';
}

/** What was done, no more than is certain: the shop sends what is exchanged, and banks show what is paid. */
function sayMade(refund: RefundRow, quote: StoredQuote | undefined): string {
  const order = `order ${refund.orderName}`;
  const total = { minor: refund.amountMinor, currency: refund.currency };
  const credit = quote?.storeCredit;
  const money = credit ? subtractMoney(total, credit) : total;
  const came = quote?.settles === 'on_arrival' ? `We received ${sayPieces(quote.lines)}. ` : 'Done: ';
  const exchanged = (quote?.exchange ?? []).map(({ title, quantity }) =>
    quantity > 1 ? `${quantity} x ${title}` : title,
  );
  const said = [
    ...(exchanged.length > 0
      ? [`${exchanged.join(' and ')} for ${order} will be sent to you in exchange.`]
      : []),
    ...(credit && isPositive(credit) ? [sayCredit(credit, quote?.bonus, order)] : []),
    ...(isPositive(money)
      ? [
          `your refund of ${formatMoney(money)} for ${order} is on its way back to your original payment method. Your bank may take a few days to show it.`,
        ]
      : []),
    ...(quote?.label && quote.settles === undefined
      ? [`To send it back, use this label: ${quote.label.replaceAll('{order}', bare(refund.orderName))}`]
      : []),
  ];
  return `${came}${said.map((sentence, index) => (index > 0 || came.endsWith('. ') ? capital(sentence) : sentence)).join(' ')}`;
}

function sayCredit(credit: Money, bonus: Money | undefined, order: string): string {
  const gift = bonus && isPositive(bonus) ? `, ${formatMoney(bonus)} of it a gift` : '';
  return `${formatMoney(credit)} in store credit for ${order} is on your account${gift}.`;
}

function bare(name: string): string {
  return encodeURIComponent(name.replace(/^#/, ''));
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

export function amountOf(refund: Pick<RefundRow, 'amountMinor' | 'currency'>): string {
  return formatMoney({ minor: refund.amountMinor, currency: refund.currency });
}

/** What the customer knows of: a lower amount is new to them until it is approved and offered. */
async function askedAmount(tx: Tx, refund: RefundRow): Promise<string> {
  const { lowered, currency } = refund;
  const isTheirs = !lowered || (await wasOffered(tx, refund));
  return formatMoney({ minor: isTheirs ? refund.amountMinor : lowered.fromMinor, currency });
}

async function isEndedOffer(tx: Tx, refund: RefundRow): Promise<boolean> {
  return refund.state === 'expired' && refund.lowered !== null && (await wasOffered(tx, refund));
}

async function wasOffered(tx: Tx, refund: RefundRow): Promise<boolean> {
  return (await latestApproval(tx, refund.id))?.state === 'approved';
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
