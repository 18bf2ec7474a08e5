import { formatMoney, isPositive, type Money } from './money.ts';
import type { QuotedLine } from './quote.ts';

type ArrivedPieces = {
  /** `#1001-R1`. */
  readonly returnName: string;
  readonly awaited: readonly QuotedLine[];
  readonly arrived: readonly QuotedLine[];
  /** Due for what arrived. */
  readonly amount: Money;
};

/** For staff, behind who took it in: `#1001-R1: 1 of 2 × Linen Napkins; $24.00 is refunded`. */
export function sayArrival({ returnName, awaited, arrived, amount }: ArrivedPieces): string {
  const pieces = arrived.slice(0, maxLines).map((line) => {
    const of = awaited.find(({ lineId }) => lineId === line.lineId)?.quantity ?? line.quantity;
    const count = of > line.quantity ? `${line.quantity} of ${of}` : `${line.quantity}`;
    return `${count} × ${line.variantTitle ? `${line.title} (${line.variantTitle})` : line.title}`;
  });
  const more = arrived.length > maxLines ? ` and ${arrived.length - maxLines} more` : '';
  const due = isPositive(amount) ? `${formatMoney(amount)} is refunded` : 'no money moves for it';
  return `${returnName}: ${pieces.join(', ')}${more}; ${due}`;
}

const maxLines = 10;
