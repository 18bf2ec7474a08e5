import type { OpenReturn } from '../ports/staff-desk.ts';
import { formatMoney } from '../returns/money.ts';
import { saySettlement } from '../returns/settlement-words.ts';
import type { OpenReturnRow } from '../storage/open-returns.ts';

/** As colleagues see it. What is missing is what the refund that waits was quoted for. */
export function toOpenReturn(row: OpenReturnRow): OpenReturn {
  const { id, quote, labelUrl, closesAt, refundId, name, orderName, openedAt } = row;
  return {
    returnId: id,
    refundId,
    name,
    orderName,
    missing: quote.lines.map(({ lineId, quantity, title, variantTitle }) => ({
      lineId,
      quantity,
      title: variantTitle ? `${title} (${variantTitle})` : title,
    })),
    amount: formatMoney(quote.amount),
    settlement: saySettlement(quote),
    openedAt,
    closesAt: closesAt ?? undefined,
    hasLabel: (labelUrl ?? quote.label) !== undefined,
  };
}
