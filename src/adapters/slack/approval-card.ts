import type { ActionsBlock, ContextBlock, KnownBlock, SectionBlock } from '@slack/web-api';
import type { ApprovalCard, CardOutcome } from '../../ports/approval-desk.ts';
import { formatMoney } from '../../returns/money.ts';
import { escapeMrkdwn, mrkdwnDate, mrkdwnLink, plainLine } from './mrkdwn.ts';

export const approveActionId = 'approve_refund';
export const denyActionId = 'deny_refund';

export type SlackMessage = { readonly text: string; readonly blocks: KnownBlock[] };

/** With an outcome the body stays as it was decided on, and one line replaces the buttons. */
export function buildApprovalCard(card: ApprovalCard): SlackMessage {
  const amount = formatMoney(card.amount);
  const title = `Refund of ${amount} for order ${plainLine(card.orderName, 60)}`;
  const state = card.outcome === undefined ? 'needs approval' : card.outcome.kind;
  return {
    text: `${escapeMrkdwn(title, 200)}: ${state}`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: plainLine(title, 150), emoji: false } },
      { type: 'section', block_id: 'approval_facts', fields: facts(card, amount).map(mrkdwn) },
      section('approval_items', `*Items*\n${itemList(card.items)}`),
      section('approval_rule', ruleText(card)),
      card.outcome === undefined ? buttons(card, amount) : context(outcomeText(card.outcome)),
    ],
  };
}

function facts(card: ApprovalCard, amount: string): string[] {
  const cumulative = formatMoney(card.cumulativeAmount);
  return [
    `*Order*\n${mrkdwnLink(card.orderUrl, escapeMrkdwn(card.orderName, 60))}`,
    `*Amount*\n${amount}`,
    `*Customer*\n${escapeMrkdwn(card.customer, 120)}`,
    `*Reason*\n${escapeMrkdwn(card.reason, 400)}`,
    `*Requested by*\n${escapeMrkdwn(card.requestedBy, 120)}`,
    `*Expires*\n${mrkdwnDate(card.expiresAt)}`,
    ...(cumulative === amount ? [] : [`*With the last 24 hours*\n${cumulative}`]),
  ];
}

function itemList(items: ApprovalCard['items']): string {
  const lines = items.map(({ title, quantity }) => `${quantity} × ${escapeMrkdwn(title, 150)}`);
  return lines.length === 0 ? 'None named' : firstLines(lines, 2400);
}

function ruleText(card: ApprovalCard): string {
  const rule = `*Rule*\n${escapeMrkdwn(card.rule, 600)} (policy ${escapeMrkdwn(card.policyVersion, 60)})`;
  if (card.earlierRefunds.length === 0) return `${rule}\n*Earlier refunds*\nNone`;
  const lines = card.earlierRefunds.map(
    ({ amount, createdAt }) => `${formatMoney(amount)} on ${escapeMrkdwn(createdAt.slice(0, 10), 10)}`,
  );
  return `${rule}\n*Earlier refunds*\n${firstLines(lines, 600)}`;
}

/** As many whole lines as fit; the rest is counted, never silently left out. */
function firstLines(lines: readonly string[], maxLength: number): string {
  let length = 0;
  const fits = lines.findIndex((line) => {
    length += line.length + 1;
    return length > maxLength;
  });
  if (fits === -1) return lines.join('\n');
  return [...lines.slice(0, fits), `and ${lines.length - fits} more`].join('\n');
}

function buttons(card: ApprovalCard, amount: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: 'approval_actions',
    elements: [
      {
        type: 'button',
        action_id: approveActionId,
        style: 'primary',
        text: { type: 'plain_text', text: 'Approve' },
        value: card.approvalId,
        confirm: {
          title: { type: 'plain_text', text: 'Approve this refund?' },
          text: { type: 'plain_text', text: plainLine(`${amount} for order ${card.orderName}`, 200) },
          confirm: { type: 'plain_text', text: 'Approve' },
          deny: { type: 'plain_text', text: 'Back' },
        },
      },
      {
        type: 'button',
        action_id: denyActionId,
        style: 'danger',
        text: { type: 'plain_text', text: 'Deny' },
        value: card.approvalId,
      },
    ],
  };
}

function outcomeText(outcome: CardOutcome): string {
  const at = mrkdwnDate(outcome.at);
  switch (outcome.kind) {
    case 'approved':
      return `Approved by ${escapeMrkdwn(outcome.by, 80)} at ${at}`;
    case 'denied': {
      const reason = outcome.reason === undefined ? '' : `: ${escapeMrkdwn(outcome.reason, 600)}`;
      return `Denied by ${escapeMrkdwn(outcome.by, 80)} at ${at}${reason}`;
    }
    case 'expired':
      return `Expired at ${at} without a decision; nothing was refunded`;
    case 'stale':
      return `Closed at ${at}: the order changed after this card was posted; nothing was refunded`;
  }
}

function section(blockId: string, text: string): SectionBlock {
  return { type: 'section', block_id: blockId, text: mrkdwn(text) };
}

function context(text: string): ContextBlock {
  return { type: 'context', block_id: 'approval_outcome', elements: [mrkdwn(text)] };
}

/** `verbatim` keeps Slack from turning addresses and names in the text into links. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn', text, verbatim: true } as const;
}
