import type { CancelReturnArguments, CancelReturnResult } from '../../ports/tools.ts';
import { withdrawReturn } from '../../refunds/withdraw-return.ts';
import type { Tool } from '../tool.ts';
import { wordsFor } from '../words.ts';
import { orderOrAll, readOrderOrAll } from './order-or-all.ts';

export const cancelReturn: Tool<CancelReturnArguments, CancelReturnResult> = {
  name: 'cancel_return',
  description:
    'Takes back a return or exchange that was agreed to and has not arrived: the customer keeps the goods and gets nothing for them. Only when they say so. Not for an order, and not for a quote that nobody agreed to yet.',
  ...orderOrAll,
  async run({ refunds, asker }, input) {
    const { notFound } = wordsFor(asker);
    const number = readOrderOrAll(input);
    if (number === 'unreadable') return { result: notFound(undefined) };
    const withdrawn = await withdrawReturn(refunds, asker, number);
    switch (withdrawn.kind) {
      case 'withdrawing':
        return {
          result: {
            status: 'withdrawing',
            order_number: withdrawn.orderName,
            say: `OK. I am taking back the return for order ${withdrawn.orderName}; I will confirm here when it is cancelled.`,
          },
          effect: { kind: 'proposed' },
        };
      case 'nothing-open':
        return {
          result: {
            status: 'nothing_open',
            say: 'I see no return that is on its way, so there is nothing to take back.',
          },
        };
      case 'arrived-already':
        return {
          result: {
            status: 'arrived_already',
            say: `That return can no longer be taken back: what was sent has arrived already.`,
          },
        };
      case 'several':
        return {
          result: {
            status: 'choose',
            order_numbers: withdrawn.orderNames,
            say: `Which return do you mean: the one for order ${withdrawn.orderNames.join(' or the one for order ')}?`,
          },
        };
      case 'not-found':
        return { result: notFound(number) };
    }
  },
};
