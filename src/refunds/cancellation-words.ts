import { formatMoney, isPositive } from '../returns/money.ts';
import type { RefundRow } from '../storage/refunds.ts';

type Party = 'customer' | 'staff';

/** How the cancelling of an order ended; undefined where it did not. `reason` is why it was denied. */
export function sayCancellation(
  refund: Pick<RefundRow, 'state' | 'payment' | 'orderName' | 'amountMinor' | 'currency'>,
  party: Party,
  reason: string | null | undefined,
): string | undefined {
  const { state, orderName } = refund;
  const isStaff = party === 'staff';
  const order = `order ${orderName}`;
  switch (state) {
    case 'refunded':
      return sayDone(refund, isStaff);
    case 'denied': {
      const why = reason
        ? ` Reason: ${/[.!?]$/.test(reason.trim()) ? reason.trim() : `${reason.trim()}.`}`
        : '';
      return `We looked at it: cancelling ${order} was not approved, so it goes on as it is.${why}${isStaff ? '' : ask}`;
    }
    case 'expired':
      return isStaff
        ? `Cancelling ${order} was not decided in time, so I did not cancel it. Ask me again if it is still wanted.`
        : `Nobody on our team could look at cancelling ${order} in time, so it was not cancelled.${ask}`;
    case 'stale':
      return `Order ${orderName} changed before I could cancel it, perhaps because it was sent out: I cancelled nothing and refunded nothing. ${isStaff ? 'Ask me' : 'Write back'} to have it looked at again.`;
    case 'rejected':
      return isStaff
        ? `Shopify did not cancel ${order} as agreed. Please look at it in the Shopify admin.`
        : `I could not cancel ${order} as agreed. Someone from our team will look into it.`;
    case 'awaiting-approval':
    case 'offered':
    case 'lowered':
    case 'approved':
    case 'sending':
    case 'unknown':
    case 'awaiting-arrival':
    case 'arrived':
    case 'split':
    case 'withdrawn':
    case 'not-received':
    case 'by-hand':
      return undefined;
  }
}

const ask = ' If you have questions, just write back and ask for a person.';

function sayDone(
  { payment, orderName, amountMinor, currency }: Parameters<typeof sayCancellation>[0],
  isStaff: boolean,
): string {
  const money = { minor: amountMinor, currency };
  const done = `${isStaff ? 'Done:' : 'Your'} order ${orderName} is cancelled`;
  if (!isPositive(money)) return `${done}. There was nothing to refund.`;
  const amount = formatMoney(money);
  if (payment === 'failed') {
    return `${done}, but the payment provider turned the refund of ${amount} down. ${isStaff ? 'Please look at it in the Shopify admin.' : 'Someone from our team will get in touch.'}`;
  }
  const whose = isStaff ? "the customer's" : 'your';
  return `${done}; ${amount} goes back to ${whose} original payment method.${isStaff ? '' : ' Your bank may take a few days to show it.'}`;
}
