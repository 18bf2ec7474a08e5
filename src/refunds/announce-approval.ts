import type { ApprovalCard, CardOutcome } from '../ports/approval-desk.ts';
import type { ApprovalId } from '../returns/ids.ts';
import { type ApprovalRow, markAnnounced, readApproval, updateApproval } from '../storage/approvals.ts';
import { readConversation } from '../storage/conversations.ts';
import { readSender } from '../storage/customers.ts';
import { readQuote } from '../storage/quotes.ts';
import { readRefund } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';

/** How far Slack's clock may be behind ours when its history is searched. */
const clockSkewMs = 5 * 60_000;

/**
 * Posts the card once. Slack has no idempotency key: from the second attempt on the channel is read for a
 * card of this approval before another is posted.
 */
export async function announceApproval(context: RefundContext, approvalId: ApprovalId): Promise<void> {
  const desk = context.approvals?.desk;
  const approval = await readApproval(context.db, approvalId);
  if (!desk || !approval || approval.card) return;

  const triedBefore = approval.announcedAt !== null;
  const since = await markAnnounced(context.db, approvalId);
  const posted = triedBefore
    ? await desk.findCard(approvalId, new Date(since.getTime() - clockSkewMs))
    : undefined;
  const card = posted ?? (await desk.postCard(await describeApproval(context, approval)));
  await context.db.transaction(async (tx) => {
    await updateApproval(tx, approvalId, { card });
    // Decided while it was being posted: the card must not keep live buttons.
    const current = await readApproval(tx, approvalId);
    if (current && current.state !== 'pending')
      await context.jobs.enqueue(tx, 'refresh-card', { approvalId });
  });
}

/** The card keeps its body; the buttons give way to what was decided. */
export async function refreshCard(context: RefundContext, approvalId: ApprovalId): Promise<void> {
  const approval = await readApproval(context.db, approvalId);
  if (!context.approvals || !approval?.card || approval.state === 'pending') return;
  await context.approvals.desk.replaceCard(approval.card, await describeApproval(context, approval));
}

export async function describeApproval(context: RefundContext, approval: ApprovalRow): Promise<ApprovalCard> {
  const refund = await readRefund(context.db, approval.refundId);
  const quoted = await readQuote(context.db, refund.conversationId, refund.quoteId);
  const conversation = await readConversation(context.db, refund.conversationId);
  if (!quoted || !conversation) throw new Error('A refund has lost its quote or its conversation.');
  const sender = await readSender(context.db, conversation.senderId);
  const order = await context.storefront.readOrder(refund.orderId);
  const { quote } = quoted;
  return {
    approvalId: approval.id,
    orderName: refund.orderName,
    orderUrl: order?.adminUrl,
    customer: maskedCustomer(order?.customer?.displayName, sender.phone),
    items: quote.lines.map((line) => ({
      title: line.variantTitle ? `${line.title} (${line.variantTitle})` : line.title,
      quantity: line.quantity,
    })),
    amount: quote.amount,
    cumulativeAmount: { minor: approval.cumulativeMinor, currency: quote.amount.currency },
    reason: quote.reason,
    rule: quote.rule,
    policyVersion: quote.policyVersion,
    requestedBy: refund.requestedBy.kind === 'staff' ? refund.requestedBy.userId : 'the customer',
    earlierRefunds: (order?.refunds ?? []).map(({ amount, createdAt }) => ({ amount, createdAt })),
    expiresAt: approval.expiresAt,
    outcome: outcomeOf(approval),
  };
}

function outcomeOf(approval: ApprovalRow): CardOutcome | undefined {
  const at = approval.decidedAt ?? approval.expiresAt;
  const by = approval.decidedBy?.name ?? 'unknown';
  switch (approval.state) {
    case 'pending':
      return undefined;
    case 'approved':
      return { kind: 'approved', by, at };
    case 'denied':
      return { kind: 'denied', by, at, reason: approval.denialReason ?? undefined };
    case 'expired':
      return { kind: 'expired', at };
    case 'stale':
      return { kind: 'stale', at };
  }
}

/** Initials and the last four digits: enough to recognise, not enough to contact. */
function maskedCustomer(name: string | undefined, phone: string | null): string {
  const initials = (name ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${[...word][0]?.toUpperCase()}.`)
    .join(' ');
  const parts = [initials, phone ? `...${phone.slice(-4)}` : ''].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : 'unknown';
}
