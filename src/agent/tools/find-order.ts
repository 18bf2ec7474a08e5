import { z } from 'zod';
import type { FindOrderArguments, FindOrderResult } from '../../ports/tools.ts';
import { findVisibleOrder } from '../../refunds/read-order.ts';
import { parseOrderNumber } from '../../returns/order-number.ts';
import { notFound } from '../answers.ts';
import type { Tool } from '../tool.ts';
import { viewOrder } from '../views.ts';

export const findOrder: Tool<FindOrderArguments, FindOrderResult> = {
  name: 'find_order',
  description:
    'Reads one order of the sender. With null as order_number it lists the recent orders of the phone number they write from. Answers not_found for every order the sender has not proven to own.',
  schema: z.strictObject({ order_number: z.string().max(60).nullable() }),
  keep: (input) => ({
    order_number: input.order_number && (parseOrderNumber(input.order_number) ?? 'unreadable'),
  }),
  async run({ refunds, asker }, input) {
    if (input.order_number === null) {
      const phone = asker.sender.phone;
      const orders = phone ? await refunds.storefront.listOrdersByPhone(phone) : [];
      if (orders.length === 0) return { result: notFound };
      return {
        result: {
          status: 'choose',
          orders: orders.map((order) => ({
            order_number: order.name,
            placed_on: order.processedAt.slice(0, 10),
            items: order.lines.map(({ title, quantity }) => ({ title, quantity })),
          })),
        },
      };
    }
    const number = parseOrderNumber(input.order_number);
    const order = number && (await findVisibleOrder(refunds, asker, number));
    return { result: order ? { status: 'found', order: viewOrder(order) } : notFound };
  },
};
