import { compareMoney, isPositive } from './money.ts';
import type { Order } from './order.ts';
import type { RuleId } from './policy.ts';
import type { ReturnRequest } from './return-request.ts';

type OrderRule = {
  readonly id: RuleId;
  readonly isBroken: (order: Order, request: ReturnRequest) => boolean;
  readonly say: (order: Order) => string;
};

/** What no policy can allow. The first one broken denies. */
export const orderRules: readonly OrderRule[] = [
  {
    id: 'foreign-order',
    isBroken: (order, request) => {
      const known = new Set(order.lines.map(({ id }) => id));
      return request.orderId !== order.id || !request.lines.every(({ lineId }) => known.has(lineId));
    },
    say: ({ name }) => `These items are not on order ${name}.`,
  },
  {
    id: 'cancelled-order',
    isBroken: ({ cancelledAt }) => cancelledAt !== undefined,
    say: ({ name }) => `Order ${name} was cancelled, so there is nothing to return.`,
  },
  {
    id: 'already-refunded',
    isBroken: ({ totalReceived, totalRefunded }) =>
      isPositive(totalReceived) && compareMoney(totalRefunded, totalReceived) >= 0,
    say: ({ name }) => `Order ${name} has already been refunded in full.`,
  },
];
