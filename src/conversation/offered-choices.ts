import type { AgentTurn } from '../agent/agent-loop.ts';
import type { Button } from '../ports/channel.ts';
import type { OrderChoice, VariantView } from '../ports/tools.ts';

/** What the reply asks to choose from, by the result the turn ended on; undefined when it asks something else. */
export function offeredChoices({ calls, outcome }: AgentTurn, text: string): readonly Button[] | undefined {
  const last = calls.at(-1);
  if (!last || outcome !== 'replied') return undefined;
  const result = JSON.parse(last.result.outputJson) as {
    readonly orders?: readonly OrderChoice[];
    readonly variants?: readonly VariantView[];
  };
  const choices =
    last.status === 'choose' ? ofOrders(result.orders) : ofVariants(last.status, result.variants);
  // A list that says more than the text would only confuse.
  const named = choices.filter(({ title }) => names(text, title));
  return named.length > 1 ? named : undefined;
}

function names(text: string, title: string): boolean {
  const words = (given: string) => ` ${given.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  return words(text).includes(words(title));
}

function ofOrders(orders: readonly OrderChoice[] = []): readonly Button[] {
  return orders.map(({ order_number, items }) => ({
    title: order_number,
    detail: items.map(({ quantity, title }) => `${quantity} x ${title}`).join(', '),
  }));
}

function ofVariants(status: string, variants: readonly VariantView[] = []): readonly Button[] {
  if (status !== 'choose_variant') return [];
  return variants
    .filter(({ available }) => available)
    .map(({ title, price_difference }) => ({ title, detail: price_difference ?? 'Same price' }));
}
