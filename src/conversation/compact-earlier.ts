import { formatMoney } from '../returns/money.ts';
import type { EarlierFact } from '../storage/earlier-facts.ts';

/** How many facts a conversation is compacted to. */
export const mostEarlier = 10;

/**
 * What happened before the texts a model is shown, a sentence each, oldest first. What an order consists of
 * is named only where the sender proved to own it lately.
 */
export function compactEarlier(facts: readonly EarlierFact[], proven: readonly string[]): readonly string[] {
  return facts
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .slice(-mostEarlier)
    .map((fact) => `${fact.at.toISOString().slice(0, 10)}: ${sentence(fact, proven)}`);
}

function sentence(fact: EarlierFact, proven: readonly string[]): string {
  const { kind, orderName = '', amountMinor: minor, currency, lines, refundState } = fact;
  if (kind === 'hand-off') return 'people of the store had the conversation.';
  const items = lines.map(({ title, quantity }) => `${quantity} x ${title}`).join(', ');
  const what = proven.includes(orderName) && items !== '' ? ` (${items})` : '';
  const amount =
    minor === undefined || currency === undefined ? '' : ` of ${formatMoney({ minor, currency })}`;
  return kind === 'quote'
    ? `a refund${amount} for order ${orderName}${what} was quoted and not agreed to.`
    : `a refund${amount} for order ${orderName}${what} was asked for; its state is ${refundState}.`;
}
