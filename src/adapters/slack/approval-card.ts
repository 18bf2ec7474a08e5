import type { ActionsBlock, Button, ContextBlock, KnownBlock, SectionBlock } from '@slack/web-api';
import type { ApprovalCard } from '../../ports/approval-desk.ts';
import type { ApprovalId } from '../../returns/ids.ts';
import { formatMoney } from '../../returns/money.ts';
import { canBeLowered } from '../../returns/settlement-words.ts';
import { earlierRefundList, earlierReturnList, itemTable } from './card-lists.ts';
import { amountText, outcomeText, requesterText, settlementText, titleOf, votesText } from './card-words.ts';
import { escapeMrkdwn, mrkdwnDate, mrkdwnLink, plainLine } from './mrkdwn.ts';

export const approveActionId = 'approve_refund';
export const lowerActionId = 'lower_refund';
export const denyActionId = 'deny_refund';

export type SlackMessage = { readonly text: string; readonly blocks: KnownBlock[] };

/** With an outcome the body stays as it was decided on, and one line replaces the buttons. */
export function buildApprovalCard(card: ApprovalCard): SlackMessage {
  const title = titleOf(card);
  const votes = votesText(card);
  return {
    text: notification(card),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: plainLine(title, 150), emoji: false } },
      { type: 'section', block_id: 'approval_facts', fields: facts(card).map(mrkdwn) },
      itemTable(card.items),
      section('approval_rule', ruleText(card)),
      section('approval_refunds', earlierRefundList(card.earlierRefunds)),
      section('approval_returns', earlierReturnList(card.earlierReturns)),
      ...(card.pictures === 0 ? [] : [context('approval_pictures', picturesText(card.pictures))]),
      ...(votes === undefined ? [] : [context('approval_votes', votes)]),
      ending(card),
    ],
  };
}

/** What is left when Slack takes the whole card for too long: enough to decide, and the way to the rest. */
export function buildShortCard(card: ApprovalCard): SlackMessage {
  const details = mrkdwnLink(card.orderUrl, 'details in Shopify');
  const lines = [
    `*${escapeMrkdwn(titleOf(card), 200)}*`,
    `How: ${settlementText(card.settlement, 400)}`,
    `Customer: ${escapeMrkdwn(card.customer, 120)}`,
    `This card is shortened: ${details}`,
  ];
  return {
    text: notification(card),
    blocks: [section('approval_facts', lines.join('\n')), ending(card)],
  };
}

export type ButtonsOf = {
  readonly approvalId: ApprovalId;
  readonly orderName: string;
  /** Formatted. */
  readonly amount: string;
  readonly canBeLowered: boolean;
};

/** The same buttons wherever an approval is shown. They carry the approval's id and nothing else. */
export function approvalButtons({ approvalId, amount, orderName, canBeLowered }: ButtonsOf): ActionsBlock {
  return {
    type: 'actions',
    block_id: `approval_${approvalId}`,
    elements: [
      {
        ...button(approveActionId, 'Approve', approvalId),
        style: 'primary',
        confirm: {
          title: { type: 'plain_text', text: 'Approve this refund?' },
          text: { type: 'plain_text', text: plainLine(`${amount} for order ${orderName}`, 200) },
          confirm: { type: 'plain_text', text: 'Approve' },
          deny: { type: 'plain_text', text: 'Back' },
        },
      },
      ...(canBeLowered ? [button(lowerActionId, 'Approve a lower amount…', approvalId)] : []),
      { ...button(denyActionId, 'Deny', approvalId), style: 'danger' },
    ],
  };
}

function notification(card: ApprovalCard): string {
  const state = card.outcome === undefined ? 'needs approval' : card.outcome.kind;
  return `${escapeMrkdwn(titleOf(card), 200)} (${settlementText(card.settlement, 600)}): ${state}`;
}

function facts(card: ApprovalCard): string[] {
  const cumulative = formatMoney(card.cumulativeAmount);
  return [
    `*Order*\n${mrkdwnLink(card.orderUrl, escapeMrkdwn(card.orderName, 60))}`,
    `*Amount*\n${amountText(card)}`,
    `*How*\n${settlementText(card.settlement, 800)}`,
    `*Customer*\n${escapeMrkdwn(card.customer, 120)}`,
    `*Reason*\n${escapeMrkdwn(card.reason, 400)}`,
    `*Requested by*\n${requesterText(card.requestedBy)}`,
    `*Expires*\n${mrkdwnDate(card.expiresAt)}`,
    ...(cumulative === formatMoney(card.amount) ? [] : [`*With the last 24 hours*\n${cumulative}`]),
  ];
}

function ruleText(card: ApprovalCard): string {
  return `*Rule*\n${escapeMrkdwn(card.rule, 600)} (policy ${escapeMrkdwn(card.policyVersion, 60)})`;
}

function picturesText(count: number): string {
  return count === 1
    ? 'The customer sent a picture: it is in this thread.'
    : `The customer sent ${count} pictures: they are in this thread.`;
}

function ending(card: ApprovalCard): ActionsBlock | ContextBlock {
  return card.outcome === undefined
    ? approvalButtons({
        approvalId: card.approvalId,
        orderName: card.orderName,
        amount: formatMoney(card.amount),
        canBeLowered: canBeLowered(card.settlement),
      })
    : context('approval_outcome', outcomeText(card.outcome));
}

function button(actionId: string, text: string, value: string): Button {
  return { type: 'button', action_id: actionId, text: { type: 'plain_text', text }, value };
}

function section(blockId: string, text: string): SectionBlock {
  return { type: 'section', block_id: blockId, text: mrkdwn(text) };
}

function context(blockId: string, text: string): ContextBlock {
  return { type: 'context', block_id: blockId, elements: [mrkdwn(text)] };
}

/** `verbatim` keeps Slack from turning addresses and names in the text into links. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn', text, verbatim: true } as const;
}
