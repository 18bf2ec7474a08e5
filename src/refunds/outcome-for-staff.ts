import type { Approval } from '../returns/approval.ts';
import type { RefundRow } from '../storage/refunds.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';

/** How a refund ended, for the colleagues who asked for it: the customer is told nothing by this. */
export function outcomeForStaff(
  refund: Pick<RefundRow, 'state' | 'payment' | 'orderName'>,
  /** `refund of $24.00 for order #1001`. */
  what: string,
  quote: Pick<StoredQuote, 'storeCredit' | 'exchange' | 'settles'> | undefined,
  decided: { readonly by: Approval['decidedBy'] | null; readonly reason: string | null } | undefined,
): string | undefined {
  switch (refund.state) {
    case 'refunded':
      return refund.payment === 'failed'
        ? `The ${what} was entered, but the payment provider turned it down. Please look at the order in the Shopify admin.`
        : `Done: ${made(what, quote)}.`;
    case 'denied': {
      const reason = decided?.reason ? ` Reason: ${decided.reason}` : '';
      return `${decided?.by?.name ?? 'An approver'} did not approve the ${what}.${reason}`;
    }
    case 'expired':
      return `The ${what} was not made: nobody decided in time. Ask me again if it is still wanted.`;
    case 'stale':
      return `The ${what} was not made: the order changed since. Ask me again for a new quote.`;
    case 'rejected':
      return `Shopify did not accept the ${what}. Please look at the order in the Shopify admin.`;
    case 'withdrawn':
      return `The return for order ${refund.orderName} is cancelled, and nothing is refunded.`;
    case 'not-received':
      return `Nothing of the return arrived in time: it was closed, and nothing is refunded for order ${refund.orderName}.`;
    case 'by-hand':
      return `The return was settled in the Shopify admin, so the ${what} was left to people.`;
    case 'split':
    case 'awaiting-arrival':
    case 'arrived':
    case 'awaiting-approval':
    case 'offered':
    case 'approved':
    case 'sending':
    case 'unknown':
    case 'lowered':
      return undefined;
  }
}

function made(
  what: string,
  quote: Pick<StoredQuote, 'storeCredit' | 'exchange' | 'settles'> | undefined,
): string {
  const came = quote?.settles === 'on_arrival' ? 'what was sent back arrived, and ' : '';
  if (quote?.exchange?.length) {
    return `${came}${quote.exchange.map(({ title }) => title).join(' and ')} will be sent out in exchange`;
  }
  return `${came}the ${what} is made, ${quote?.storeCredit ? 'as store credit' : 'to the original payment method'}`;
}
