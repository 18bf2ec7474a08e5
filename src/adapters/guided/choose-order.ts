import type { OrderChoice, OrderItemView } from '../../ports/tools.ts';
import { matchItems } from './match-items.ts';
import { asksWhichOrder, numbered } from './phrases-en.ts';
import { bareNumber, type Situation, sameOrder, shownNumber } from './read-situation.ts';
import { ask, findOrder, type Step } from './step.ts';

/** Which of the sender's orders is meant; asks when their words fit none or several. */
export function chooseOrder(situation: Situation, orders: readonly OrderChoice[]): Step {
  const [only, ...others] = orders;
  const found = others.length === 0 ? only : pickOrder(situation, orders);
  if (found !== undefined) return findOrder(bareNumber(found.order_number));
  const names = orders.slice(0, mostListed).map(describe);
  return ask(situation, situation.phrases.chooseOrder(names), numbered(names));
}

const mostListed = 5;

export function pickOrder(situation: Situation, orders: readonly OrderChoice[]): OrderChoice | undefined {
  const { request, vocabulary, itemTexts } = situation;
  const named = orders.find(({ order_number }) => sameOrder(order_number, request.orderNumber));
  const byWords = [itemTexts, request.itemTexts]
    .map((texts) => ordersHolding(texts, orders, situation))
    .find((fitting) => fitting.length === 1)?.[0];
  const newest = itemTexts.some((text) => vocabulary.newestFirst.test(text)) ? orders[0] : undefined;
  return named ?? newest ?? byPosition(situation, orders) ?? byWords;
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
  { itemTexts, vocabulary, earlier, facts }: Situation,
  orders: readonly OrderChoice[],
): OrderChoice | undefined {
  if (!asksWhichOrder(earlier.findLast(({ who }) => who === 'agent')?.text ?? '')) return undefined;
  const listed = facts.party === 'staff' ? orders : orders.slice(0, mostListed);
  const standIns = listed.map((_, index) => asItem({ title: '', quantity: 1 }, index));
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
