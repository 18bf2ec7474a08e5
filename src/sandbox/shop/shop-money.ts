import type { ShopRate } from './shop-state.ts';

/** As Shopify writes it: `{ amount: "48.00", currencyCode: "USD" }`. */
type MoneyView = { readonly amount: string; readonly currencyCode: string };
type MoneyBagView = { readonly shopMoney: MoneyView; readonly presentmentMoney: MoneyView };

/** Shopify's MoneyInput; its decimal may arrive as a number. */
export type MoneyInput = { readonly amount: string | number; readonly currencyCode: string };

/** Converts a minor amount of an order into both of its currencies. */
export type MoneyBagger = (minor: number) => MoneyBagView;

export function moneyBagger(currency: string, shopCurrency: string, rate: ShopRate): MoneyBagger {
  return (minor) => ({
    presentmentMoney: moneyView(minor, currency),
    shopMoney: moneyView(Math.round((minor * rate.shop) / rate.order), shopCurrency),
  });
}

export function moneyView(minor: number, currency: string): MoneyView {
  return { amount: toDecimal(minor, currency), currencyCode: currency };
}

/** Shopify trims a decimal to one place at least: `48.0`, not `48`; yen too. */
export function toDecimal(minor: number, currency: string): string {
  const digits = fractionDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = text.slice(text.length - digits).replace(/0+$/, '') || '0';
  return `${minor < 0 ? '-' : ''}${whole}.${digits === 0 ? '0' : fraction}`;
}

/** Undefined when the text is no amount of this currency, e.g. has more decimals than it knows. */
export function toMinor(decimal: string, currency: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(decimal.trim());
  if (!match) return undefined;
  const digits = fractionDigits(currency);
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return undefined;
  return Number(`${match[1]}${fraction.padEnd(digits, '0')}`);
}

/** Undefined when it is of another currency, or no amount. */
export function minorOf({ amount, currencyCode }: MoneyInput, currency: string): number | undefined {
  return currencyCode === currency ? toMinor(String(amount), currency) : undefined;
}

const digits = new Map<string, number>();

function fractionDigits(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const found = format.resolvedOptions().maximumFractionDigits ?? 2;
  digits.set(currency, found);
  return found;
}
