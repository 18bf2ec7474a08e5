import type { ApprovalReminder } from '../../ports/approval-desk.ts';
import type { SlackMessage } from './approval-card.ts';
import { escapeMrkdwn, mrkdwnDate } from './mrkdwn.ts';

/** Without buttons: there is one card to click, and this hangs under it. */
export function buildReminder(reminder: ApprovalReminder): SlackMessage {
  const subject = `${escapeMrkdwn(reminder.amount, 40)} for order ${escapeMrkdwn(reminder.orderName, 60)}`;
  const text = `The refund of ${subject} still waits for a decision. It expires ${mrkdwnDate(reminder.expiresAt)}.`;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] };
}
