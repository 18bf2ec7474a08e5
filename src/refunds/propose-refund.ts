import { consentOf, readConsent } from '../returns/consent.ts';
import type { QuoteId } from '../returns/ids.ts';
import { parseMoney } from '../returns/money.ts';
import type { Order } from '../returns/order.ts';
import { needsApproval } from '../returns/quote.ts';
import type { RefundState } from '../returns/refund.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { type Message, messagesAfter } from '../storage/conversations.ts';
import { type Db, databaseNow, type Tx } from '../storage/database.ts';
import { mayHaveArrived } from '../storage/outbox.ts';
import {
  lockQuote,
  markSubmitted,
  type QuoteRow,
  readQuote,
  supersedeOpenQuotes,
  wasAnotherShownAfter,
} from '../storage/quotes.ts';
import {
  insertRefund,
  lockSpending,
  type RefundRow,
  readRefundOfQuote,
  recentAmounts,
} from '../storage/refunds.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import { acceptOffer, closeOffer } from './accept-offer.ts';
import type { RefundContext } from './context.ts';
import { judgeAgain, sameRefund } from './judge-return.ts';
import { openApproval } from './open-approval.ts';
import { type Asker, maySee } from './read-order.ts';
import { requesterOf } from './requester-of.ts';
import { findUnderWay } from './under-way.ts';

export type ProposedRefund =
  | { readonly kind: 'submitted'; readonly refund: RefundRow; readonly quote: StoredQuote }
  | { readonly kind: 'awaiting-approval'; readonly refund: RefundRow; readonly quote: StoredQuote }
  | { readonly kind: 'already-submitted'; readonly state: RefundState }
  | { readonly kind: 'not-confirmed'; readonly quote: StoredQuote }
  | { readonly kind: 'expired' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'nobody-may-approve' }
  | { readonly kind: 'not-found' };

/**
 * Turns a quote the customer agreed to into a refund that will be made, or that waits for approval.
 *
 * The caller gives a quote id and nothing else. That the yes came after the amount was shown, that the
 * order is still what was quoted, and whether somebody must approve, is decided here.
 */
export async function proposeRefund(
  context: RefundContext,
  asker: Asker,
  quoteId: QuoteId,
): Promise<ProposedRefund> {
  const quoted = await readQuote(context.db, asker.conversation.id, quoteId);
  if (!quoted) return { kind: 'not-found' };
  const problem = await whyNotYet(context.db, quoted);
  if (problem) return problem;

  const order = await context.storefront.readOrder(quoted.orderId);
  if (!order || !(await maySee(context, asker, order))) return { kind: 'not-found' };
  if (!sameRefund(await judgeAgain(context, order, quoted), quoted.quote.digest)) {
    await context.db.transaction(async (tx) => {
      await closeOffer(tx, quoted);
      await supersedeOpenQuotes(tx, quoted.conversationId, quoted.orderId);
    });
    return { kind: 'changed' };
  }
  return context.db.transaction((tx) => submit(tx, context, asker, order, quoteId));
}

async function whyNotYet(db: Tx | Db, quoted: QuoteRow): Promise<ProposedRefund | undefined> {
  const earlier = await readRefundOfQuote(db, quoted.id);
  if (earlier && earlier.state !== 'offered') return { kind: 'already-submitted', state: earlier.state };
  if (quoted.state !== 'open') return { kind: 'changed' };
  if (quoted.expiresAt <= (await databaseNow(db))) return { kind: 'expired' };
  const notConfirmed = { kind: 'not-confirmed', quote: quoted.quote } as const;
  if (quoted.shownInSeq === null) return notConfirmed;
  if (!(await mayHaveArrived(db, quoted.conversationId, quoted.shownInSeq))) return notConfirmed;
  if (await wasAnotherShownAfter(db, quoted.conversationId, quoted.shownInSeq)) return notConfirmed;
  const since = await messagesAfter(db, quoted.conversationId, quoted.shownInSeq);
  const to = quoted.quote.settles === 'cancels_order' ? 'cancellation' : undefined;
  return saysYes(since, quoted.shownInSeq, to) ? undefined : notConfirmed;
}

/**
 * Texts sent in one go are read as one: "only one of them", then "yes", is no yes to both of them. Where a
 * colleague wrote to the customer since, the yes may be to them; one that answers an earlier text of ours, by its
 * button or by quoting it, is about that one.
 */
function saysYes(since: readonly Message[], shownInSeq: number, to: 'cancellation' | undefined): boolean {
  if (since.some(({ author }) => author === 'staff')) return false;
  const texts = (messages: readonly Message[]) =>
    messages
      .filter((message) => message.author === 'customer')
      .map((message) => toConsent(message, shownInSeq));
  const lastAnswer = since.findLastIndex((message) => message.author !== 'customer');
  const inOneGo = texts(since.slice(lastAnswer + 1));
  return consentOf(texts(since), to) === 'yes' && readConsent(inOneGo.join('\n'), to) === 'yes';
}

/** Money needs a yes in writing: what a program heard is none. Anything else that was said holds it back. */
function toConsent({ text, spoken, replyToSeq }: Message, shownInSeq: number): string {
  if (replyToSeq !== null && replyToSeq < shownInSeq) return 'something about another text';
  return spoken ? 'something that was said' : text;
}

async function submit(
  tx: Tx,
  context: RefundContext,
  asker: Asker,
  order: Order,
  quoteId: QuoteId,
): Promise<ProposedRefund> {
  const shopifyCustomerId = order.customer?.id ?? null;
  await lockSpending(tx, context.store, order.id, shopifyCustomerId);
  const quoted = await lockQuote(tx, asker.conversation.id, quoteId);
  if (!quoted) return { kind: 'not-found' };
  // Once more, under the lock: the shop took its time, and a no may have come meanwhile.
  const problem = await whyNotYet(tx, quoted);
  if (problem) return problem;

  const offered = await readRefundOfQuote(tx, quoteId);
  if (offered) return acceptOffer(tx, context, asker, quoted, offered.id);

  const { quote } = quoted;
  if (await findUnderWay(tx, context.store, order, quote.lines)) return { kind: 'changed' };
  const recent = await recentAmounts(tx, { store: context.store, orderId: order.id, shopifyCustomerId });
  const threshold = parseMoney(context.terms.approvalThreshold, order.shopCurrency);
  const mustWait = needsApproval({
    amount: quote.amount,
    recentAmounts: recent,
    threshold,
    tiers: context.policies.current().approvalTiers,
    demand: quote.approval,
  });
  if (mustWait && !context.approvals) return { kind: 'nobody-may-approve' };

  const refund = await insertRefund(tx, {
    store: context.store,
    conversationId: asker.conversation.id,
    quoteId,
    orderId: order.id,
    orderName: order.name,
    shopifyCustomerId,
    amountMinor: quote.amount.minor,
    currency: quote.amount.currency,
    digest: quote.digest,
    requestedBy: await requesterOf(tx, asker),
    state: mustWait ? 'awaiting-approval' : 'approved',
  });
  if (!refund) return { kind: 'changed' };
  await markSubmitted(tx, quoteId);
  await recordAudit(tx, {
    store: context.store,
    conversationId: asker.conversation.id,
    actor: asker.conversation.party,
    action: 'refund.proposed',
    subject: refund.id,
    detail: { quoteId, amount: quote.amount, digest: quote.digest, rule: quote.rule, mustWait },
  });
  if (!mustWait) {
    await context.jobs.enqueue(tx, 'execute-refund', { refundId: refund.id });
    return { kind: 'submitted', refund, quote };
  }
  await openApproval(tx, context, refund, {
    amounts: [quote.amount, ...recent],
    shopCurrency: order.shopCurrency,
    demand: quote.approval,
  });
  return { kind: 'awaiting-approval', refund, quote };
}
