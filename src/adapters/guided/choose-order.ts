import type { OrderChoice, OrderItemView } from '../../ports/tools.ts';
import { matchItems } from './match-items.ts';
import { asksWhichOrder, numbered, phrases } from './phrases-en.ts';
import { bareNumber, type Situation, sameOrder, shownNumber } from './read-situation.ts';
import { ask, findOrder, type Step } from './step.ts';

/** Which of the sender's orders is meant; asks when their words fit none or several. */
export function chooseOrder(situation: Situation, orders: readonly OrderChoice[]): Step {
  const { request, vocabulary, itemTexts } = situation;
  const [only, ...others] = orders;
  if (only !== undefined && others.length === 0) return findOrder(bareNumber(only.order_number));
  const named = orders.find(({ order_number }) => sameOrder(order_number, request.orderNumber));
  const byWords = [itemTexts, request.itemTexts]
    .map((texts) => ordersHolding(texts, orders, situation))
    .find((fitting) => fitting.length === 1)?.[0];
  const newest = itemTexts.some((text) => vocabulary.newestFirst.test(text)) ? only : undefined;
  const found = named ?? newest ?? byPosition(situation, orders) ?? byWords;
  if (found !== undefined) return findOrder(bareNumber(found.order_number));
  const names = orders.slice(0, 5).map(describe);
  return ask(situation, phrases.chooseOrder(names), numbered(names));
}

function describe({ order_number, items }: OrderChoice): string {
  const titles = items
    .slice(0, 3)
    .map(({ title, quantity }) => (quantity > 1 ? `${quantity} x ${title}` : title));
  return `${shownNumber(order_number)} (${titles.join(', ')}${items.length > 3 ? ', ...' : ''})`;
}

export function ordersHolding(
  texts: readonly string[],
  orders: readonly OrderChoice[],
  { vocabulary }: Situation,
): readonly OrderChoice[] {
  return orders.filter((order) => {
    const items = order.items.map(asItem);
    return texts.some((text) => matchItems(text, items, [], vocabulary).picks.length > 0);
  });
}

/** "the second one", "2": counted along the list that was sent. */
function byPosition(
  { itemTexts, vocabulary, earlier }: Situation,
  orders: readonly OrderChoice[],
): OrderChoice | undefined {
  if (!asksWhichOrder(earlier.findLast(({ who }) => who === 'agent')?.text ?? '')) return undefined;
  const standIns = orders.slice(0, 5).map((_, index) => asItem({ title: '', quantity: 1 }, index));
  const picked = itemTexts.flatMap((text) => matchItems(text, [], standIns, vocabulary).picks).at(0);
  return picked === undefined ? undefined : orders[Number(picked.item.line_id)];
}

/** A list of orders says nothing of variants, prices or what can still be returned. */
function asItem({ title, quantity }: OrderChoice['items'][number], index: number): OrderItemView {
  return {
    line_id: String(index),
    title,
    variant: null,
    quantity,
    returnable_quantity: quantity,
    unit_price: '',
  };
}
