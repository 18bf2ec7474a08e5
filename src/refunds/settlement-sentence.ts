import { formatMoney, isPositive, subtractMoney } from '../returns/money.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';

type Owed = Pick<StoredQuote, 'amount' | 'storeCredit' | 'exchange'>;

/** What the customer is to get: `your refund of $24.00`, `$24.00 in store credit and your Field Jacket (L)`. */
export function sayOwed({ amount, storeCredit, exchange = [] }: Owed): string {
  const money = storeCredit ? subtractMoney(amount, storeCredit) : amount;
  const parts = [
    ...exchange.map(({ title, quantity }) =>
      quantity > 1 ? `your ${quantity} x ${title}` : `your ${title}`,
    ),
    ...(isPositive(money) ? [`your refund of ${formatMoney(money)}`] : []),
    ...(storeCredit && isPositive(storeCredit) ? [`${formatMoney(storeCredit)} in store credit`] : []),
  ];
  return inWords(parts);
}

/** `refund of $24.00` or `exchange`, which may move no money at all. */
export function nameMovement(quote: Pick<StoredQuote, 'exchange'> | undefined, amount: string): string {
  return quote?.exchange?.length ? 'exchange' : `refund of ${amount}`;
}

/** With an x: the sign for times would make a text message cost twice as much. */
export function sayPieces(lines: StoredQuote['lines']): string {
  return inWords(
    lines.map(({ title, variantTitle, quantity }) => {
      const name = variantTitle ? `${title} (${variantTitle})` : title;
      return quantity > 1 ? `${quantity} x ${name}` : name;
    }),
  );
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export function sayDay(at: Date): string {
  return `${months[at.getUTCMonth()]} ${at.getUTCDate()}`;
}

function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}
