import { exponentOf } from '../../returns/currency.ts';
import { type Money, parseMoney } from '../../returns/money.ts';

type MoneySet = {
  readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string };
};

/** What the customer paid in. Throws RangeError when the shop's text is not an exact amount. */
export function presentmentMoney(set: MoneySet): Money {
  return parseMoney(set.presentmentMoney.amount, set.presentmentMoney.currencyCode);
}

/** For amounts the shop itself calls approximate: they may have more decimals than the currency. */
export function approximateMoney(set: MoneySet): Money {
  const { amount, currencyCode } = set.presentmentMoney;
  const [whole = '', fraction = ''] = amount.split('.');
  const kept = fraction.slice(0, exponentOf(currencyCode));
  return parseMoney(kept === '' ? whole : `${whole}.${kept}`, currencyCode);
}
