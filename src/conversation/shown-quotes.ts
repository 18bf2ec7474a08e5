import type { ToolEffect } from '../agent/tool.ts';
import type { QuoteId } from '../returns/ids.ts';
import { formatMoney } from '../returns/money.ts';
import type { QuoteRow } from '../storage/quotes.ts';

/**
 * A quote counts as shown only when the text that goes out names its amount; one of an earlier turn when it
 * names the order too.
 */
export function shownQuotes(
  text: string,
  effects: readonly ToolEffect[],
  open: readonly QuoteRow[],
): readonly QuoteId[] {
  const madeNow = new Set(effects.map((effect) => (effect.kind === 'quoted' ? effect.quoteId : undefined)));
  return open
    .filter(({ quote }) => text.includes(formatMoney(quote.amount)) || namesEvenExchange(text, quote))
    .filter(({ id, quote }) => madeNow.has(id) || namesOrder(text, quote.orderName))
    .map(({ id }) => id);
}

/** Where no money moves, what is sent out is what is agreed to. */
function namesEvenExchange(text: string, { amount, exchange }: QuoteRow['quote']): boolean {
  return amount.minor === 0 && exchange !== undefined && exchange.every(({ title }) => text.includes(title));
}

function namesOrder(text: string, orderName: string): boolean {
  const words = (given: string) => ` ${given.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  return words(text).includes(words(orderName));
}
