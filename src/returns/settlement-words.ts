import { formatMoney, isPositive, subtractMoney, sumMoney } from './money.ts';
import type { Quote } from './quote.ts';

/** What of a quote says how its money moves. */
export type QuotedSettlement = Pick<
  Quote,
  | 'amount'
  | 'payments'
  | 'storeCredit'
  | 'bonus'
  | 'shipping'
  | 'settles'
  | 'exchange'
  | 'fee'
  | 'feePercent'
  | 'returnShippingFee'
  | 'keepItem'
>;

/** For staff, a few words each and the most important first: `to the original payment`, `at once`. */
export function saySettlement(quote: QuotedSettlement): readonly string[] {
  return [
    ...sayDestinations(quote),
    ...(quote.shipping && isPositive(quote.shipping)
      ? [`${formatMoney(quote.shipping)} of it is the order's shipping`]
      : []),
    ...(quote.exchange?.length ? [`in exchange for ${quote.exchange.map(sayPieces).join(', ')}`] : []),
    sayWhen(quote),
    ...(isPositive(quote.fee) ? [sayFee(quote)] : []),
    ...(quote.keepItem ? ['the customer keeps the goods'] : []),
  ];
}

/** What is agreed to beside the amount can be had whole or not at all. */
export function canBeLowered({ exchange, settles }: QuotedSettlement): boolean {
  return !exchange?.length && settles !== 'cancels_order';
}

export function sayPieces({
  title,
  quantity,
}: {
  readonly title: string;
  readonly quantity: number;
}): string {
  return `${quantity} × ${title}`;
}

function sayDestinations({ amount, payments, storeCredit, bonus }: QuotedSettlement): readonly string[] {
  if (!isPositive(amount)) return ['no money moves'];
  const paid = sumMoney(
    payments.map((payment) => payment.amount),
    amount.currency,
  );
  const gift = bonus && isPositive(bonus) ? `, ${formatMoney(bonus)} of it a gift` : '';
  if (!storeCredit || !isPositive(storeCredit)) return ['to the original payment'];
  if (!isPositive(paid)) return [`as store credit${gift}`];
  return [
    `${formatMoney(paid)} to the original payment`,
    `${formatMoney(storeCredit)} as store credit${gift}`,
  ];
}

function sayWhen({ settles }: QuotedSettlement): string {
  switch (settles) {
    case undefined:
      return 'at once';
    case 'on_arrival':
      return 'once the goods arrived';
    case 'cancels_order':
      return 'by cancelling the order';
  }
}

function sayFee({ fee, feePercent, returnShippingFee }: QuotedSettlement): string {
  const percent = feePercent ? ` (${feePercent}%)` : '';
  if (!returnShippingFee || !isPositive(returnShippingFee))
    return `${formatMoney(fee)} fee kept back${percent}`;
  const restocking = subtractMoney(fee, returnShippingFee);
  const shipping = `${formatMoney(returnShippingFee)} kept back for the way back`;
  return isPositive(restocking)
    ? `${formatMoney(restocking)} fee kept back${percent}, ${shipping}`
    : shipping;
}
