import type { DifferenceForPeople, LedgerEntry } from '../returns/compare-ledgers.ts';
import { formatMoney } from '../returns/money.ts';
import type { RecordedRefund } from '../returns/order.ts';

/** One sentence, the same whenever the same difference is found. */
export function describeDifference(difference: DifferenceForPeople<LedgerEntry>): string {
  switch (difference.kind) {
    case 'amount':
      return `my refund of ${amount(difference.entry)} is one of ${formatMoney(difference.recorded.amount)} there (${nameOf(difference.recorded)}).`;
    case 'not-due':
      return `my refund of ${amount(difference.entry)}, which is "${difference.entry.state}" here, was made there (${nameOf(difference.recorded)}).`;
    case 'twice':
      return `my refund of ${amount(difference.entry)} was made more than once there (again as ${nameOf(difference.recorded)}).`;
    case 'missing':
      return `I have a refund of ${amount(difference.entry)} as made (${difference.entry.id}), and it is not there.`;
    case 'unclear':
      return `a refund of ${amount(difference.entry)} was sent (${difference.entry.id}), nobody knows what became of it, and it is not there.`;
    case 'not-known':
      return `a refund of ${formatMoney(difference.recorded.amount)} there (${nameOf(difference.recorded)}) bears my mark, and I have none like it.`;
  }
}

function amount(entry: LedgerEntry): string {
  return formatMoney(entry.amount);
}

function nameOf(recorded: RecordedRefund): string {
  return `refund ${recorded.id.split('/').at(-1)}`;
}
