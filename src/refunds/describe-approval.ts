import type { ApprovalCard, CardOutcome } from '../ports/approval-desk.ts';
import type { CustomerHistory } from '../ports/storefront.ts';
import type { Order } from '../returns/order.ts';
import { votesOf } from '../storage/approval-votes.ts';
import type { ApprovalRow } from '../storage/approvals.ts';
import { readConversation } from '../storage/conversations.ts';
import { readSender } from '../storage/customers.ts';
import { recentPictures } from '../storage/picture-notes.ts';
import { readQuote } from '../storage/quotes.ts';
import { type RefundRow, readRefund, readReplacement } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { mergeEarlierRefunds } from './earlier-refunds.ts';

/** Everything the card shows. Throws when the shop cannot be asked: the card waits rather than say less. */
export async function describeApproval(context: RefundContext, approval: ApprovalRow): Promise<ApprovalCard> {
  const { db, storefront } = context;
  const refund = await readRefund(db, approval.refundId);
  const quoted = await readQuote(db, refund.conversationId, refund.quoteId);
  const conversation = await readConversation(db, refund.conversationId);
  if (!quoted || !conversation) throw new Error('A refund has lost its quote or its conversation.');
  const sender = await readSender(db, conversation.senderId);
  const order = await storefront.readOrder(refund.orderId);
  const history = await readHistory(context, order);
  const votes = await votesOf(db, approval.id);
  const { quote } = quoted;
  const { currency } = quote.amount;
  return {
    approvalId: approval.id,
    orderName: refund.orderName,
    orderUrl: order?.adminUrl,
    customer: maskedCustomer(order?.customer?.displayName, sender.phone ?? phoneOf(order)),
    items: quote.lines.map((line) => ({
      title: line.variantTitle ? `${line.title} (${line.variantTitle})` : line.title,
      quantity: line.quantity,
    })),
    amount: quote.amount,
    settlement: quote,
    cumulativeAmount: { minor: approval.cumulativeMinor, currency },
    reason: quote.reason,
    rule: quote.rule,
    policyVersion: quote.policyVersion,
    requestedBy: requesters(refund),
    votes: { by: votes.map(({ name }) => name), need: approval.required },
    lowered: refund.lowered
      ? { from: { minor: refund.lowered.fromMinor, currency }, by: refund.lowered.by.name }
      : undefined,
    earlierRefunds: mergeEarlierRefunds(order, history.refunds),
    earlierReturns: history.returns.slice(0, 10),
    pictures: (await recentPictures(db, refund.conversationId, refund.id)).length,
    expiresAt: approval.expiresAt,
    outcome: await outcomeOf(context, approval, refund),
  };
}

async function readHistory(
  { storefront }: RefundContext,
  order: Order | undefined,
): Promise<CustomerHistory> {
  const customerId = order?.customer?.id;
  return customerId ? await storefront.readCustomerHistory(customerId) : { refunds: [], returns: [] };
}

function requesters({ requestedBy }: RefundRow): string {
  if (requestedBy.kind === 'customer') return 'the customer';
  return [requestedBy.userId, ...(requestedBy.with ?? [])].join(', ');
}

async function outcomeOf(
  { db }: RefundContext,
  approval: ApprovalRow,
  refund: RefundRow,
): Promise<CardOutcome | undefined> {
  const at = approval.decidedAt ?? approval.expiresAt;
  const by = approval.decidedBy?.name ?? 'unknown';
  switch (approval.state) {
    case 'pending':
      return undefined;
    case 'approved':
      return { kind: 'approved', by, at };
    case 'denied':
      return { kind: 'denied', by, at, reason: approval.denialReason ?? undefined };
    case 'lowered': {
      const lower = await readReplacement(db, refund);
      if (!lower) throw new Error('A lowered refund has lost the one in its place.');
      return { kind: 'lowered', by, at, to: { minor: lower.amountMinor, currency: lower.currency } };
    }
    case 'expired':
      return { kind: 'expired', at };
    case 'stale':
      return { kind: 'stale', at };
  }
}

/** Of the customer a colleague asked for. */
function phoneOf(order: Order | undefined): string | undefined {
  return order?.customer?.phone ?? order?.phone ?? order?.shippingAddress?.phone;
}

/** Initials and the last four digits: enough to recognise, not enough to contact. */
function maskedCustomer(name: string | undefined, phone: string | undefined): string {
  const initials = (name ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${[...word][0]?.toUpperCase()}.`)
    .join(' ');
  const parts = [initials, phone ? `...${phone.slice(-4)}` : ''].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : 'unknown';
}
