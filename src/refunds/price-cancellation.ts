import { composeCancellation } from '../returns/compose-cancellation.ts';
import { judgeCancellation } from '../returns/judge-cancellation.ts';
import { formatMoney, isPositive } from '../returns/money.ts';
import type { Order } from '../returns/order.ts';
import type { Policy } from '../returns/policy.ts';
import type { Quote } from '../returns/quote.ts';
import type { AskerFacts } from '../returns/rule-facts.ts';
import type { RefundContext } from './context.ts';

export type PricedCancellation =
  | { readonly kind: 'quoted'; readonly quote: Omit<Quote, 'id'> }
  | { readonly kind: 'denied' | 'needs-person'; readonly rule: string; readonly say: string };

/** Judges cancelling an order that was just read, and what comes back then by the shop's own figures. */
export async function priceCancellation(
  { store, storefront, terms }: Pick<RefundContext, 'store' | 'storefront' | 'terms'>,
  asked: {
    readonly policy: Policy;
    readonly order: Order;
    readonly at: Date;
    readonly asker: AskerFacts | undefined;
  },
): Promise<PricedCancellation> {
  const { policy, order, at, asker } = asked;
  const verdict = judgeCancellation(policy, order);
  if (verdict.kind !== 'accept') {
    const { rule, say } = verdict;
    return { kind: verdict.kind === 'deny' ? 'denied' : 'needs-person', rule, say };
  }
  const lines = verdict.lines.map((line) => ({ lineId: line.id, quantity: line.refundableQuantity }));
  const suggestion = isPositive(verdict.amount)
    ? await storefront.suggestRefund(order.id, lines, { shipping: 'full' })
    : undefined;
  const quote = composeCancellation({
    shop: store,
    order,
    verdict,
    suggestion,
    asker,
    policy,
    now: at,
    ttlSeconds: terms.quoteTtlSeconds,
  });
  if (quote) return { kind: 'quoted', quote };
  return {
    kind: 'needs-person',
    rule: 'cancellation-differs',
    say: `${formatMoney(verdict.amount)} was paid for order ${order.name}, but the shop suggests another refund, so a person has to look at it.`,
  };
}
