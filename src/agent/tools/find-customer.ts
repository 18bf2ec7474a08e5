import { z } from 'zod';
import type { FindCustomerArguments, FindCustomerResult } from '../../ports/tools.ts';
import { findCustomerOrders } from '../../refunds/find-customer.ts';
import type { Tool } from '../tool.ts';
import { typedEmail } from '../typed-email.ts';
import { viewChoice } from '../views.ts';

export const findCustomer: Tool<FindCustomerArguments, FindCustomerResult> = {
  name: 'find_customer',
  description:
    'Lists the recent orders of a customer, by the phone number or e-mail address a colleague gave, exactly as they wrote it. Null for what they did not give. Answers no contact details.',
  schema: z.strictObject({ phone: z.string().max(60).nullable(), email: z.string().max(320).nullable() }),
  keep: (input) => ({ phone: input.phone !== null, email: input.email !== null }),
  async run({ refunds, asker, typed }, { phone, email }) {
    const found = await findCustomerOrders(refunds, asker, {
      phone,
      email: email === null ? null : typedEmail({ typed }, email),
    });
    switch (found.kind) {
      case 'found':
        return { result: { status: 'choose', orders: found.orders.map(viewChoice) } };
      case 'none':
        return { result: { status: 'no_orders', say: 'I found no orders for that customer.' } };
      case 'unreadable':
        return {
          result: {
            status: 'invalid',
            say: "I can't read that. Please give me the customer's e-mail address, or their phone number with its country code.",
          },
        };
    }
  },
};
