import { exponentOf } from './currency.ts';

/** An amount in whole minor units (cents, yen, fils) of `currency` (ISO 4217). Never a fraction. */
export type Money = { readonly minor: number; readonly currency: string };

/** Throws RangeError unless `minor` is a safe integer and the currency is known. */
export function money(minor: number, currency: string): Money {
  exponentOf(currency);
  if (!Number.isSafeInteger(minor)) {
    throw new RangeError(
      `Money must be a whole number of minor units within ±2^53, not ${minor} ${currency}`,
    );
  }
  return { minor: minor + 0, currency };
}

export function zero(currency: string): Money {
  return money(0, currency);
}

/** Reads a shop's decimal string exactly. More decimals than the currency has are refused unless zeros. */
export function parseMoney(amount: string, currency: string): Money {
  const exponent = exponentOf(currency);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  if (match === null) {
    throw new RangeError(`Not a decimal amount: ${JSON.stringify(amount.slice(0, 32))}`);
  }
  const [, sign = '', whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new RangeError(`${amount.slice(0, 32)} has more decimals than ${currency} (${exponent})`);
  }
  return money(Number(sign + whole + fraction.slice(0, exponent).padEnd(exponent, '0')), currency);
}

/** As APIs write it: `24.00`, `1200` (JPY), `1.500` (KWD). */
export function toDecimal(value: Money): string {
  const exponent = exponentOf(value.currency);
  const digits = String(Math.abs(value.minor)).padStart(exponent + 1, '0');
  const sign = value.minor < 0 ? '-' : '';
  if (exponent === 0) {
    return sign + digits;
  }
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** As people read it: `$24.00`, `¥1,200`, `KWD 1.500`. Spaces are plain, so that texts compare and cost less. */
export function formatMoney(value: Money): string {
  return formatFor(value.currency)
    .format(toDecimal(value) as `${number}`)
    .replace(/[\u00a0\u202f]/g, ' ');
}

/** Making a formatter takes a hundred times as long as using one; there are few currencies. */
const formats = new Map<string, Intl.NumberFormat>();

function formatFor(currency: string): Intl.NumberFormat {
  const known = formats.get(currency);
  if (known) return known;
  const digits = exponentOf(currency);
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(currency, format);
  return format;
}

export function addMoney(left: Money, right: Money): Money {
  return money(left.minor + sameCurrency(left, right).minor, left.currency);
}

export function subtractMoney(left: Money, right: Money): Money {
  return money(left.minor - sameCurrency(left, right).minor, left.currency);
}

/** The currency is named because an empty list has none. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(addMoney, zero(currency));
}

/** Negative when left is less, 0 when equal, positive when left is more. */
export function compareMoney(left: Money, right: Money): number {
  return left.minor - sameCurrency(left, right).minor;
}

export function isPositive(value: Money): boolean {
  return value.minor > 0;
}

/** `percent` is 0 to 100 with at most two decimals. */
export function percentOf(value: Money, percent: number, rounding: 'half-up' | 'down' = 'half-up'): Money {
  const basisPoints = Math.round(percent * 100);
  if (!(percent >= 0 && percent <= 100) || Math.abs(percent * 100 - basisPoints) > 1e-9) {
    throw new RangeError(`A percentage is 0 to 100 with at most two decimals, not ${percent}`);
  }
  const scaled = BigInt(value.minor) * BigInt(basisPoints) + (rounding === 'down' ? 0n : 5_000n);
  const down = scaled < 0n && scaled % 10_000n !== 0n ? 1n : 0n;
  return money(Number(scaled / 10_000n - down), value.currency);
}

function sameCurrency(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw new RangeError(`Cannot mix ${left.currency} and ${right.currency}`);
  }
  return right;
}
