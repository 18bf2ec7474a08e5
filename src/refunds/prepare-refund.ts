import { isPositive } from '../returns/money.ts';
import type { Order } from '../returns/order.ts';
import type { QuoteRow } from '../storage/quotes.ts';
import type { RefundRow } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { judgeAgain, sameRefund } from './judge-return.ts';
import { prepareArrival } from './prepare-arrival.ts';
import { prepareCancellation } from './prepare-cancellation.ts';
import type { Prepared } from './prepared-refund.ts';

/** Reads the shop: whether the refund is made already, and whether it still is what was agreed to. */
export async function prepareRefund(
  context: RefundContext,
  refund: RefundRow,
  quoted: QuoteRow,
): Promise<Prepared> {
  if (quoted.quote.settles === 'on_arrival') return prepareArrival(context, refund, quoted);
  const order = await context.storefront.readOrder(refund.orderId);
  return quoted.quote.settles === 'cancels_order'
    ? prepareCancellation(context, refund, quoted, order)
    : prepareAtOnce(context, refund, quoted, order);
}

/** An approved refund is sent only while the order is still the one that was agreed to. */
async function prepareAtOnce(
  context: RefundContext,
  refund: RefundRow,
  quoted: QuoteRow,
  order: Order | undefined,
): Promise<Prepared> {
  const made = order?.refunds.find((recorded) => recorded.intentId === refund.id);
  if (made) {
    return { kind: 'ended', event: 'refunded', ending: { shopRefundId: made.id, payment: made.payment } };
  }
  if (refund.state === 'approved') {
    const holds = order !== undefined && sameRefund(await judgeAgain(context, order, quoted), refund.digest);
    if (!holds) return { kind: 'ended', event: 'stale', ending: {} };
  }
  const { lines, amount, payments, storeCredit, bonus, shipping } = quoted.quote;
  const command = {
    idempotencyKey: refund.idempotencyKey,
    intentId: refund.id,
    orderId: refund.orderId,
    lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    amount,
    payments,
    storeCredit,
    bonus,
    ...(shipping && isPositive(shipping) && { shipping: 'full' as const }),
  };
  return { kind: 'send', order: { kind: 'refund', command } };
}
