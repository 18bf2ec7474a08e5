import { z } from 'zod';
import type { FindOrderArguments, FindOrderResult } from '../../ports/tools.ts';
import { ordersToShow, orderToShow, type Shown } from '../../refunds/order-to-show.ts';
import { parseOrderNumber } from '../../returns/order-number.ts';
import type { Tool } from '../tool.ts';
import { viewChoice, viewOrder } from '../views.ts';
import { wordsFor } from '../words.ts';

export const findOrder: Tool<FindOrderArguments, FindOrderResult> = {
  name: 'find_order',
  description:
    'Reads one order of the sender. With null as order_number it lists the recent orders of the phone number they write from. Answers not_found for every order the sender has not proven to own.',
  schema: z.strictObject({ order_number: z.string().max(60).nullable() }),
  keep: (input) => ({
    order_number: input.order_number && (parseOrderNumber(input.order_number) ?? 'unreadable'),
  }),
  async run({ refunds, asker }, input) {
    const { notFound } = wordsFor(asker);
    if (input.order_number === null) {
      const orders = await ordersToShow(refunds, asker);
      if (orders.value.length === 0) return { result: notFound(undefined) };
      return { result: { status: 'choose', orders: orders.value.map(viewChoice), ...ageOf(orders) } };
    }
    const number = parseOrderNumber(input.order_number);
    const order = number && (await orderToShow(refunds, asker, number));
    if (!order) return { result: notFound(number) };
    return { result: { status: 'found', order: viewOrder(order.value), ...ageOf(order) } };
  },
};

/** The same by name and arguments; a colleague has no orders of their own, and sees what they asked for. */
export const findAnyOrder: Tool<FindOrderArguments, FindOrderResult> = {
  ...findOrder,
  description:
    'Reads one order of the store by its number. Without a number, ask for it or use find_customer.',
  async run(context, input) {
    if (input.order_number === null) return { result: wordsFor(context.asker).notFound(undefined) };
    const { result } = await findOrder.run(context, input);
    return result.status === 'found'
      ? { result, effect: { kind: 'showed', order: result.order } }
      : { result };
  },
};

function ageOf({ minutesOld }: Shown<unknown>): { readonly outdated?: string } {
  if (minutesOld === undefined) return {};
  const outdated = `The shop cannot be reached. This is what it said up to ${minutesOld} min ago: say so, and that nothing can be returned or changed until it is back.`;
  return { outdated };
}
