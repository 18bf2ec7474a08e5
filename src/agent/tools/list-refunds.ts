import { z } from 'zod';
import type { ListRefundsArguments, ListRefundsResult } from '../../ports/tools.ts';
import { listTodaysRefunds, type TodaysRefund, type TodaysRefunds } from '../../refunds/list-refunds.ts';
import { formatMoney } from '../../returns/money.ts';
import type { Tool } from '../tool.ts';

export const listRefunds: Tool<ListRefundsArguments, ListRefundsResult> = {
  name: 'list_refunds',
  description:
    'Lists what this program refunded today, since midnight UTC, and what it was asked to. Knows no other day, and no refund made by hand.',
  schema: z.strictObject({}),
  keep: () => ({}),
  async run({ refunds, asker }) {
    const today = await listTodaysRefunds(refunds, asker);
    return {
      result: {
        status: 'listed',
        refunds: today.refunds.map((refund) => ({
          order_number: refund.orderName,
          amount: formatMoney(refund.amount),
          state: refund.state,
          at: refund.at.toISOString(),
        })),
        total_refunded: today.made.totals.map(formatMoney),
        say: sayToday(today),
      },
    };
  },
};

function sayToday({ refunds, made }: TodaysRefunds): string {
  if (refunds.length === 0) return 'No refunds so far today (since midnight UTC).';
  const count = made.count === 1 ? '1 refund was' : `${made.count === 0 ? 'No' : made.count} refunds were`;
  const total = made.totals.length > 0 ? `, ${made.totals.map(formatMoney).join(' and ')} in total` : '';
  return [`${count} made today${total} (since midnight UTC).`, ...refunds.map(sayRefund)].join('\n');
}

function sayRefund({ orderName, amount, state, at }: TodaysRefund): string {
  return `${at.toISOString().slice(11, 16)} ${orderName}: ${formatMoney(amount)}, ${stateWords[state]}`;
}

const stateWords: Readonly<Record<TodaysRefund['state'], string>> = {
  'awaiting-approval': 'waits for approval',
  approved: 'approved, under way',
  sending: 'under way',
  unknown: 'outcome is being checked',
  refunded: 'refunded',
  'payment-failed': 'turned down by the payment provider',
  rejected: 'refused by the shop',
  denied: 'denied',
  expired: 'not approved in time',
  stale: 'stopped, the order changed',
  lowered: 'replaced by a lower amount',
  offered: 'a lower amount waits for a yes',
  'awaiting-arrival': 'waits for the goods',
  arrived: 'goods arrived, under way',
  split: 'continued in parts',
  withdrawn: 'withdrawn, nothing came back',
  'not-received': 'closed, nothing came back',
  'by-hand': 'settled by hand',
};
