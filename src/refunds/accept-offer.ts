import { hasRequested, type Requester } from '../returns/approval.ts';
import type { RefundId } from '../returns/ids.ts';
import { nextRefundState, type RefundState } from '../returns/refund.ts';
import { votesOf } from '../storage/approval-votes.ts';
import { latestApproval } from '../storage/approvals.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { messagesAfter } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { markSubmitted, type QuoteRow } from '../storage/quotes.ts';
import { lockRefund, markTold, type RefundRow, readRefundOfQuote, updateRefund } from '../storage/refunds.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import type { RefundContext } from './context.ts';
import type { Asker } from './read-order.ts';

export type AcceptedOffer =
  | { readonly kind: 'submitted'; readonly refund: RefundRow; readonly quote: StoredQuote }
  | { readonly kind: 'already-submitted'; readonly state: RefundState }
  | { readonly kind: 'not-confirmed'; readonly quote: StoredQuote }
  | { readonly kind: 'changed' };

/** The customer's yes to the lower amount, which people approved before it was offered. */
export async function acceptOffer(
  tx: Tx,
  context: RefundContext,
  asker: Asker,
  quoted: QuoteRow,
  refundId: RefundId,
): Promise<AcceptedOffer> {
  const refund = await lockRefund(tx, refundId);
  const state = nextRefundState(refund.state, 'approved');
  if (refund.state !== 'offered' || !state) return { kind: 'already-submitted', state: refund.state };
  const approval = await latestApproval(tx, refund.id);
  if (approval?.state !== 'approved' || approval.digest !== refund.digest) return { kind: 'changed' };
  // In a thread of colleagues: whoever approved it cannot also be among those who take it.
  const taker = await whoTakes(tx, asker, quoted);
  const votes = await votesOf(tx, approval.id);
  if (votes.some(({ userId }) => hasRequested(taker, userId))) {
    return { kind: 'not-confirmed', quote: quoted.quote };
  }

  await updateRefund(tx, refund.id, { state });
  await markSubmitted(tx, quoted.id);
  await recordAudit(tx, {
    store: refund.store,
    conversationId: refund.conversationId,
    actor: asker.conversation.party,
    action: 'refund.offer-accepted',
    subject: refund.id,
    detail: { quoteId: quoted.id, amountMinor: refund.amountMinor, digest: refund.digest },
  });
  await context.jobs.enqueue(tx, 'execute-refund', { refundId: refund.id });
  return { kind: 'submitted', refund: { ...refund, state }, quote: quoted.quote };
}

/** Everybody who wrote since the amount was last shown: earlier words were about something else. */
async function whoTakes(
  tx: Tx,
  { conversation, sender }: Asker,
  { shownInSeq }: QuoteRow,
): Promise<Requester> {
  const since = shownInSeq === null ? [] : await messagesAfter(tx, conversation.id, shownInSeq);
  const authors = since.map(({ authorId }) => authorId).filter((id) => id !== null);
  return { kind: 'staff', userId: sender.address, with: authors };
}

/** The order changed after the offer was made: the answer to the customer says so, and nothing is left of it. */
export async function closeOffer(tx: Tx, quoted: QuoteRow): Promise<void> {
  const found = await readRefundOfQuote(tx, quoted.id);
  if (found?.state !== 'offered') return;
  const refund = await lockRefund(tx, found.id);
  if (refund.state !== 'offered') return;
  await updateRefund(tx, refund.id, { state: 'stale' });
  await markTold(tx, refund.id);
}
