import type { LowerAmount } from './approval.ts';
import { exponentOf } from './currency.ts';
import {
  compareMoney,
  formatMoney,
  isPositive,
  type Money,
  parseMoney,
  subtractMoney,
  zero,
} from './money.ts';
import { type Quote, refundDigest } from './quote.ts';
import { trimPayments } from './quote-destination.ts';
import { least } from './quote-figures.ts';

type Quoted = Omit<Quote, 'id' | 'createdAt' | 'expiresAt'>;

/** Reads `80`, `80.00`, `$80.00`, `1,080.00` or `USD 80`; it must be more than nothing and less than `quoted`. */
export function readLowerAmount(text: string | undefined, quoted: Money): LowerAmount {
  const amount = parseTyped(text ?? '', quoted.currency);
  if (!amount) {
    return bad(`Write an amount in ${quoted.currency}, such as ${exampleBelow(quoted)}.`);
  }
  if (!isPositive(amount)) return bad('The amount must be more than zero. To refund nothing, deny it.');
  if (compareMoney(amount, quoted) >= 0) return bad(`The amount must be less than ${formatMoney(quoted)}.`);
  return { kind: 'ok', amount };
}

/**
 * The same refund, but no more than a person allowed. Undefined when its payments cannot carry it, and for what
 * is had whole or not at all: an exchange, a cancellation. What is already less stays what it is, and so has
 * another digest than the one that was allowed.
 */
export function lowerQuote<Q extends Quoted>(shop: string, quote: Q, loweredTo: Money): Q | undefined {
  if (quote.exchange || quote.settles === 'cancels_order') return undefined;
  if (compareMoney(quote.amount, loweredTo) < 0) return { ...quote, loweredTo };
  const none = zero(loweredTo.currency);
  const { storeCredit = none, bonus = none, shipping = none } = quote;
  const less = subtractMoney(quote.amount, loweredTo);
  const credit = subtractMoney(storeCredit, least(less, storeCredit));
  // The gift goes first: what is left of the credit is what was paid.
  const gift = subtractMoney(bonus, least(less, bonus));
  const payments = trimPayments(quote.payments, subtractMoney(loweredTo, credit));
  if (!payments) return undefined;
  const lowered = {
    ...quote,
    amount: loweredTo,
    payments,
    storeCredit: positive(credit),
    bonus: positive(gift),
    shipping: positive(least(shipping, loweredTo)),
    loweredTo,
  };
  return { ...lowered, digest: refundDigest({ ...lowered, shop }) };
}

function positive(amount: Money): Money | undefined {
  return isPositive(amount) ? amount : undefined;
}

function parseTyped(text: string, currency: string): Money | undefined {
  const plain = withoutCurrency(text.trim(), currency);
  const digits = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain;
  if (!/^\d{1,12}(?:\.\d{1,6})?$/.test(digits)) return undefined;
  const fraction = digits.split('.')[1] ?? '';
  if (/[1-9]/.test(fraction.slice(exponentOf(currency)))) return undefined;
  return parseMoney(digits, currency);
}

/** The currency's own code or sign before or after the number; any other makes it unreadable. */
function withoutCurrency(text: string, currency: string): string {
  const signs = (['symbol', 'narrowSymbol', 'code'] as const).map((currencyDisplay) =>
    new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay })
      .formatToParts(0)
      .find(({ type }) => type === 'currency')
      ?.value.toUpperCase(),
  );
  const upper = text.toUpperCase();
  for (const sign of signs) {
    if (sign === undefined) continue;
    if (upper.startsWith(sign)) return text.slice(sign.length).trim();
    if (upper.endsWith(sign)) return text.slice(0, -sign.length).trim();
  }
  return text;
}

function exampleBelow(quoted: Money): string {
  return formatMoney({ ...quoted, minor: Math.floor(quoted.minor / 2) });
}

function bad(say: string): LowerAmount {
  return { kind: 'bad-amount', say };
}
