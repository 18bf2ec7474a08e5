import type { RefundStatusView, ReturnStatusArguments, ReturnStatusResult } from '../../ports/tools.ts';
import type { KnownRefund, RefundProgress } from '../../refunds/refund-progress.ts';
import { returnStatus as readStatus } from '../../refunds/return-status.ts';
import { formatMoney } from '../../returns/money.ts';
import { sayStatus } from '../say-status.ts';
import type { Tool } from '../tool.ts';
import { wordsFor } from '../words.ts';
import { orderOrAll, readOrderOrAll } from './order-or-all.ts';

export const returnStatus: Tool<ReturnStatusArguments, ReturnStatusResult> = {
  name: 'return_status',
  description:
    'Tells where the refunds and returns of an order stand, those made by hand included. With null as order_number: the refunds of this conversation and of the orders of the sender. Answers not_found for every order the sender has not proven to own.',
  ...orderOrAll,
  async run({ refunds, asker }, input) {
    const { notFound } = wordsFor(asker);
    const number = readOrderOrAll(input);
    if (number === 'unreadable') return { result: notFound(undefined) };
    const found = await readStatus(refunds, asker, number);
    if (found.kind === 'not-found') return { result: notFound(number) };
    return {
      result: {
        status: 'known',
        refunds: found.refunds.map(viewRefund),
        returns: found.returns.map(({ name, status }) => ({ name, state: status.toLowerCase() })),
        say: sayStatus(found, asker.conversation.party),
      },
    };
  },
};

function viewRefund({ orderName, amount, progress, at, reason, byHand }: KnownRefund): RefundStatusView {
  return {
    order_number: orderName,
    amount: amount ? formatMoney(amount) : null,
    state: states[progress],
    on: at.toISOString().slice(0, 10),
    reason: reason ?? null,
    made_by_hand: byHand,
  };
}

const states: Readonly<Record<RefundProgress, RefundStatusView['state']>> = {
  'awaiting-approval': 'awaiting_approval',
  offered: 'offered',
  'under-way': 'under_way',
  checking: 'checking',
  made: 'made',
  'payment-pending': 'payment_pending',
  'payment-failed': 'payment_failed',
  denied: 'denied',
  expired: 'expired',
  'offer-expired': 'offer_expired',
  stale: 'stale',
  rejected: 'rejected',
  'awaiting-arrival': 'awaiting_arrival',
  withdrawn: 'withdrawn',
  'not-received': 'not_received',
  'by-hand': 'by_hand',
};
