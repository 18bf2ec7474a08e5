import { z } from 'zod';
import { parseOrderNumber } from '../../returns/order-number.ts';

type OrderOrAll = { readonly order_number: string | null };

/** What a tool is asked that tells of one order or, with null, of all the sender has. */
export const orderOrAll = {
  schema: z.strictObject({ order_number: z.string().max(60).nullable() }),
  keep: ({ order_number }: OrderOrAll) => ({
    order_number: order_number && (parseOrderNumber(order_number) ?? 'unreadable'),
  }),
};

/** Undefined for all of them. */
export function readOrderOrAll({ order_number }: OrderOrAll): string | undefined | 'unreadable' {
  return order_number === null ? undefined : (parseOrderNumber(order_number) ?? 'unreadable');
}
