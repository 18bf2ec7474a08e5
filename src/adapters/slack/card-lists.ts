import type { SectionBlock, TableBlock } from '@slack/web-api';
import type { ApprovalCard } from '../../ports/approval-desk.ts';
import { formatMoney } from '../../returns/money.ts';
import { escapeMrkdwn, inertCell } from './mrkdwn.ts';

/** A table takes 100 rows, but all blocks of a message share 13,200 characters. */
const maxRows = 40;
const maxTableLength = 2400;

/** Slack shows cells as they are, without markup. */
export function itemTable(items: ApprovalCard['items']): TableBlock | SectionBlock {
  if (items.length === 0) {
    return {
      type: 'section',
      block_id: 'approval_items',
      text: { type: 'mrkdwn', text: '*Items*\nNone named' },
    };
  }
  const rows = items.slice(0, maxRows).map(({ title, quantity }): [string, string] => {
    return [inertCell(title, 150) || 'Untitled', String(quantity)];
  });
  const shown = rows.slice(0, countThatFit(rows, maxTableLength));
  const left = items.length - shown.length;
  return {
    type: 'table',
    block_id: 'approval_items',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [['Item', 'Quantity'], ...shown, ...(left === 0 ? [] : [[`and ${left} more`, '…']])].map((row) =>
      row.map((text) => ({ type: 'raw_text', text })),
    ),
  };
}

export function earlierRefundList(refunds: ApprovalCard['earlierRefunds']): string {
  const lines = refunds.map(
    ({ orderName, amount, createdAt }) =>
      `${formatMoney(amount)} for ${escapeMrkdwn(orderName, 60)} on ${escapeMrkdwn(createdAt.slice(0, 10), 10)}`,
  );
  return `*Earlier refunds*\n${firstLines(lines, 700)}`;
}

export function earlierReturnList(returns: ApprovalCard['earlierReturns']): string {
  const lines = returns.map(({ orderName, name, status }) => {
    const state = escapeMrkdwn(status.replaceAll('_', ' ').toLowerCase(), 40);
    return `${escapeMrkdwn(name, 60)} of ${escapeMrkdwn(orderName, 60)}: ${state}`;
  });
  return `*Earlier returns*\n${firstLines(lines, 700)}`;
}

/** As many whole lines as fit; the rest is counted, never silently left out. */
function firstLines(lines: readonly string[], maxLength: number): string {
  if (lines.length === 0) return 'None';
  const fits = countThatFit(lines, maxLength);
  if (fits === lines.length) return lines.join('\n');
  return [...lines.slice(0, fits), `and ${lines.length - fits} more`].join('\n');
}

function countThatFit(entries: readonly (string | readonly string[])[], maxLength: number): number {
  let length = 0;
  const first = entries.findIndex((entry) => {
    length += (typeof entry === 'string' ? entry : entry.join('')).length + 1;
    return length > maxLength;
  });
  return first === -1 ? entries.length : first;
}
