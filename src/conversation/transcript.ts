import { viewLine } from '../agent/views.ts';
import type { ModelItem } from '../ports/model.ts';
import type { ConversationFacts } from '../ports/tools.ts';
import type { Asker } from '../refunds/read-order.ts';
import { amountOf } from '../refunds/tell-outcomes.ts';
import { verificationHours } from '../returns/customer-proof.ts';
import { explainPolicy } from '../returns/explain-policy.ts';
import { formatMoney } from '../returns/money.ts';
import type { Conversation, Message } from '../storage/conversations.ts';
import { earlierFacts } from '../storage/earlier-facts.ts';
import { ordersAwaitingCodes } from '../storage/one-time-codes.ts';
import { validProofs } from '../storage/proofs.ts';
import { openQuotes } from '../storage/quotes.ts';
import { refundsOfConversation } from '../storage/refunds.ts';
import { returnsOnTheWay } from '../storage/returns-on-the-way.ts';
import { wordsIn } from './attachment-notes.ts';
import { compactEarlier, mostEarlier } from './compact-earlier.ts';
import type { ConversationContext } from './context.ts';
import type { Attachments } from './gather-attachments.ts';
import { markEmails, markPhones, numberEmails, type TypedEmails } from './typed-emails.ts';

/** Enough to follow a return from the first word to the outcome; what came before is compacted to facts. */
export const transcriptLength = 30;

/** Without the addresses people wrote: what stands for each is in `typed`. */
export function readTranscript(
  { personal }: Pick<ConversationContext, 'personal'>,
  { id, party }: Pick<Conversation, 'id' | 'party'>,
  messages: readonly Message[],
  attachments: Attachments = new Map(),
): { readonly items: readonly ModelItem[]; readonly typed: TypedEmails } {
  const theirs = messages.filter(({ author }) => author === 'customer');
  const { texts, typed } = numberEmails(theirs, personal, id);
  // A colleague names a customer by number; nothing a customer may ask for takes one.
  const shown = party === 'staff' ? texts : texts.map(markPhones);
  const items = messages.map((message): ModelItem => {
    const index = theirs.indexOf(message);
    if (index < 0) return { kind: 'agent-text', text: markEmails(message.text) };
    const attached = attachments.get(message.id);
    const words = attached || message.spoken ? wordsIn(shown[index] ?? '') : (shown[index] ?? '');
    return {
      kind: 'customer-text',
      text: `${quoteAnswered(message, messages)}${words}`,
      ...(message.spoken && { spoken: true }),
      ...(attached && { attached }),
    };
  });
  return { items, typed };
}

/** What they answer, unless it is what we said last: that goes without saying. */
function quoteAnswered({ seq, replyToSeq }: Message, messages: readonly Message[]): string {
  if (replyToSeq === null) return '';
  const ours = messages.filter((message) => message.author !== 'customer' && message.seq < seq);
  if (ours.at(-1)?.seq === replyToSeq) return '';
  const quoted = ours.find((message) => message.seq === replyToSeq)?.text.replace(/\s+/g, ' ');
  return quoted
    ? `(in reply to "${markEmails(quoted.slice(0, 300))}") `
    : '(in reply to an earlier message) ';
}

/** The oldest text a model is shown, where others may have come before it. */
export function firstShown(recent: readonly Message[], shown: readonly Message[]): number | undefined {
  const isAll = recent.length < transcriptLength && shown.length === recent.length;
  return isAll ? undefined : shown[0]?.seq;
}

/**
 * What code knows, read fresh: a model that forgets or invents still works from these. What came before the
 * text `beforeSeq` is compacted to facts.
 */
export async function gatherFacts(
  { refunds: { db, policies }, storeName }: ConversationContext,
  { conversation, sender }: Asker,
  beforeSeq?: number,
): Promise<ConversationFacts> {
  const [proofs, codes, quotes, refunds, returns, before] = await Promise.all([
    validProofs(db, sender.id, verificationHours),
    ordersAwaitingCodes(db, sender.id),
    openQuotes(db, conversation.id),
    refundsOfConversation(db, conversation.id),
    returnsOnTheWay(db, conversation.id),
    beforeSeq === undefined ? [] : earlierFacts(db, conversation.id, { beforeSeq, limit: mostEarlier }),
  ]);
  return {
    store_name: storeName,
    channel: conversation.channel,
    party: conversation.party,
    phone_known: sender.phone !== null,
    proven_orders: proofs.map((proof) => proof.orderName),
    ...(codes.length > 0 && { codes_awaited: codes }),
    open_quotes: quotes.map(({ id, quote, shownInSeq }) => ({
      quote_id: id,
      order_number: quote.orderName,
      amount: formatMoney(quote.amount),
      items: quote.lines.map(viewLine),
      settles: quote.settles ?? 'at_once',
      store_credit: quote.storeCredit ? formatMoney(quote.storeCredit) : null,
      exchange: (quote.exchange ?? []).map(({ quantity, title }) => `${quantity} x ${title}`),
      shown: shownInSeq !== null,
    })),
    refunds: refunds.map((refund) => ({
      order_number: refund.orderName,
      amount: amountOf(refund),
      state: refund.state,
    })),
    returns: returns.map(({ shopReturnName, closesAt, quote }) => ({
      name: shopReturnName,
      order_number: quote.orderName,
      items: quote.lines.map(viewLine),
      open_until: closesAt?.toISOString().slice(0, 10) ?? null,
    })),
    policy: explainPolicy(policies.current()),
    ...(before.length > 0 && {
      earlier: compactEarlier(
        before,
        proofs.map(({ orderName }) => orderName),
      ),
    }),
  };
}
