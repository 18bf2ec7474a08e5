import type { FindOrderResult, OrderChoice, OrderView } from '../../ports/tools.ts';
import { nameOf } from './match-items.ts';
import { asksWhichOrder } from './phrases-en.ts';
import type { StaffSituation } from './read-colleague.ts';
import { sameOrder, shownNumber } from './read-situation.ts';
import { findOrder, type Step, say } from './step.ts';

const mostShown = 3;

/** One after the other, then all of them in one answer. */
export function afterLook(situation: StaffSituation): Step {
  const results = situation.calls
    .filter(({ name, result }) => name === 'find_order' && result !== undefined)
    .map(({ result }) => result as FindOrderResult);
  const next = situation.orderNumbers.slice(0, mostShown)[results.length];
  if (next !== undefined) return findOrder(next);
  const lines = results.map((result) => {
    if (result.status === 'found') return describe(situation, result.order);
    return result.status === 'choose' ? situation.phrases.askOrderNumber : result.say;
  });
  return say(lines.join('\n'));
}

function describe(situation: StaffSituation, order: OrderView): string {
  const { phrases, facts } = situation;
  const number = shownNumber(order.order_number);
  const items = order.items
    .map((item) =>
      phrases.itemLine(
        `${item.quantity} x ${nameOf(item)}`,
        item.unit_price,
        item.returnable_quantity,
        item.quantity,
      ),
    )
    .join('; ');
  const refunds = facts.refunds
    .filter(({ order_number }) => sameOrder(order_number, number))
    .map(({ amount, state }) => phrases.refundState(amount, number, state));
  // Slack shows the one order of an answer on a card below it, with its items and dates.
  const hasCard = facts.channel === 'slack' && situation.orderNumbers.length < 2;
  const what = hasCard
    ? phrases.orderOnCard(number)
    : order.cancelled
      ? phrases.cancelledLine(number, order.placed_on, items)
      : phrases.orderLine(number, order.placed_on, order.delivered_on ?? undefined, items);
  return [what, ...refunds].join(' ');
}

/** A list that was asked for, or, when a return is wanted, the question which of them it is. */
export function listOrders(
  { phrases }: StaffSituation,
  orders: readonly OrderChoice[],
  isForReturn: boolean,
): Step {
  const names = orders.map(({ order_number, placed_on, items }) => {
    const titles = items.map(({ title, quantity }) => (quantity > 1 ? `${quantity} x ${title}` : title));
    return phrases.choiceLine(shownNumber(order_number), placed_on, titles.join(', '));
  });
  return say(isForReturn ? phrases.chooseOrder(names) : phrases.ordersOfCustomer(names));
}

const listedLine = /^\d+\) (\S+) of ([^(]*) \((.*)\)$/gm;

/** The list our last text ended with: "the second one" is one of these. */
export function listedBefore({ earlier }: StaffSituation): readonly OrderChoice[] {
  const last = earlier.findLast(({ who }) => who === 'agent')?.text ?? '';
  if (!asksWhichOrder(last)) return [];
  return [...last.matchAll(listedLine)].map(([, order_number = '', placed_on = '', titles = '']) => ({
    order_number,
    placed_on,
    items: titles.split(', ').map((title) => ({ title, quantity: 1 })),
  }));
}
