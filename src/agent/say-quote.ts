import { formatMoney, isPositive, type Money } from '../returns/money.ts';
import type { Quote } from '../returns/quote.ts';
import { sayItems, viewLine } from './views.ts';
import type { Agreed, ToolWords } from './words.ts';

type Said = Omit<Quote, 'id' | 'createdAt' | 'expiresAt' | 'digest' | 'policyVersion' | 'orderId'>;

/** All of it, and the question: may be sent as it is. */
export function sayQuote(quote: Said, words: ToolWords, needsApproval: boolean): string {
  return [
    `${sayOffer(quote, words)}.`,
    ...(quote.keepItem ? ['Nothing has to be sent back.'] : []),
    ...(needsApproval ? [words.review] : []),
    ...(quote.settles === 'on_arrival' ? [words.wayBack] : []),
    'Reply YES to go ahead, or NO to leave it.',
  ].join(' ');
}

/** For an answer that was no clear yes. */
export function sayAgain(quote: Said, words: ToolWords): string {
  const { settles, exchange, orderName, amount } = quote;
  if (settles === 'cancels_order') {
    return `I would cancel order ${orderName}, and ${formatMoney(amount)} goes back.`;
  }
  if (exchange) return `${sayOffer(quote, words).replace(/^I can /, 'I would ')}.`;
  const as = quote.storeCredit ? ' as store credit' : '';
  const when = settles === 'on_arrival' ? ', once it has arrived' : '';
  return `I would ${as ? 'give' : 'refund'} ${formatMoney(amount)}${as} for order ${orderName}${when}.`;
}

export function agreedOf({ amount, storeCredit, exchange, settles, orderName }: Said): Agreed {
  const agreed = { order: orderName, settles };
  if (settles === 'cancels_order') return { ...agreed, what: 'cancellation' };
  if (exchange) return { ...agreed, what: 'exchange' };
  return { ...agreed, what: `${storeCredit ? 'store credit' : 'refund'} of ${formatMoney(amount)}` };
}

/** `1 x Field Jacket (L)` each; empty where nothing is sent out. */
export function listExchange({ exchange = [] }: Pick<Quote, 'exchange'>): readonly string[] {
  return exchange.map(({ title, quantity }) => `${quantity} x ${title}`);
}

function sayOffer(quote: Said, words: ToolWords): string {
  const { amount, storeCredit, exchange, orderName } = quote;
  const items = sayItems(quote.lines.map(viewLine));
  const when = quote.settles === 'on_arrival' ? ', once it has arrived' : '';
  if (exchange) {
    const rest = isPositive(amount)
      ? `and ${formatMoney(amount)}${storeCredit ? ' as store credit' : ` to ${words.paymentMethod}`}`
      : 'nothing to pay';
    const out = listExchange(quote).join(', ');
    return `I can exchange ${items} from order ${orderName} for ${out}, ${rest}${sayFee(quote)}${when}`;
  }
  const included = sayIncluded(quote);
  if (storeCredit) {
    return `I can give ${words.receiver} ${formatMoney(amount)} as store credit${included}${sayFee(quote)} for ${items} from order ${orderName}${when}`;
  }
  return `I can refund ${formatMoney(amount)}${included}${sayFee(quote)} for ${items} from order ${orderName} to ${words.paymentMethod}${when}`;
}

function sayIncluded({ bonus, shipping }: Said): string {
  const parts: readonly (readonly [Money | undefined, string])[] = [
    [bonus, 'a gift'],
    [shipping, 'for shipping'],
  ];
  const said = parts.flatMap(([part, what]) =>
    part && isPositive(part) ? [`${formatMoney(part)} of it ${what}`] : [],
  );
  return said.length > 0 ? `, ${said.join(', ')},` : '';
}

function sayFee({ fee, returnShippingFee }: Said): string {
  return isPositive(fee)
    ? ` after a ${returnShippingFee ? '' : 'restocking '}fee of ${formatMoney(fee)}`
    : '';
}
