import type { NotReturnable, ReturnCalculation } from '../ports/return-desk.ts';
import type { RefundSuggestion, Storefront } from '../ports/storefront.ts';
import { isPositive } from '../returns/money.ts';
import type { Order } from '../returns/order.ts';
import type { Acceptance } from '../returns/policy.ts';
import type { QuotedExchange } from '../returns/quote.ts';
import { returnShippingFee } from '../returns/quote-figures.ts';
import type { ReturnRequest } from '../returns/return-request.ts';

export type PricedReturn = {
  readonly kind: 'priced';
  readonly suggestion: RefundSuggestion;
  readonly calculation?: ReturnCalculation;
};

/**
 * The shop's own figures for what was accepted: the refund for one at once, the return for one it opens. The
 * return says nothing about payments and shipping, so the refund is asked for both.
 */
export async function priceReturn(
  storefront: Storefront,
  {
    order,
    request,
    verdict,
    exchange,
  }: {
    readonly order: Order;
    readonly request: ReturnRequest;
    readonly verdict: Acceptance;
    readonly exchange: readonly QuotedExchange[] | undefined;
  },
): Promise<PricedReturn | NotReturnable | { readonly kind: 'no-store-credit' }> {
  const { storeCredit, settles, refundShipping, feePercent } = verdict;
  if (storeCredit && (!order.customer || !(await storefront.storeCreditEnabled()))) {
    return { kind: 'no-store-credit' };
  }
  const suggestion = await storefront.suggestRefund(order.id, request.lines, {
    ...(refundShipping && { shipping: 'full' }),
    ...(storeCredit && { destination: 'store_credit' }),
  });
  if (settles === undefined) return { kind: 'priced', suggestion };
  const fee = returnShippingFee(verdict, order);
  const calculation = await storefront.calculateReturn({
    orderId: order.id,
    lines: request.lines.map((line) => ({
      ...line,
      ...(feePercent > 0 && { restockingFeePercent: feePercent }),
    })),
    ...(exchange && { exchanges: exchange.map(({ variantId, quantity }) => ({ variantId, quantity })) }),
    ...(isPositive(fee) && { returnShippingFee: fee }),
  });
  return calculation.kind === 'calculated' ? { kind: 'priced', suggestion, calculation } : calculation;
}
