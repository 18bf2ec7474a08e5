import { checkRequest } from '../returns/check-request.ts';
import { composeQuote } from '../returns/compose-quote.ts';
import { judge } from '../returns/judge.ts';
import { lowerQuote } from '../returns/lower-quote.ts';
import { needsShopFacts } from '../returns/needs-shop-facts.ts';
import type { Order } from '../returns/order.ts';
import type { Policy } from '../returns/policy.ts';
import type { Quote } from '../returns/quote.ts';
import { creditByPerson, paymentsTooSmall } from '../returns/quote-destination.ts';
import type { ReturnRequest } from '../returns/return-request.ts';
import type { AskerFacts } from '../returns/rule-facts.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import { type ChooseVariant, chooseExchange, returnByPerson } from './choose-exchange.ts';
import type { RefundContext } from './context.ts';
import { priceCancellation } from './price-cancellation.ts';
import { priceReturn } from './price-return.ts';

export type JudgedReturn =
  | { readonly kind: 'quoted'; readonly quote: Omit<Quote, 'id'>; readonly known?: Order }
  | ChooseVariant
  | { readonly kind: 'invalid'; readonly problem: string; readonly say: string }
  | { readonly kind: 'denied'; readonly rule: string; readonly say: string; readonly known?: Order }
  /** `known`: the order with all that the policy knew of it. */
  | { readonly kind: 'needs-person'; readonly rule: string; readonly say: string; readonly known?: Order };

/**
 * Judges a return of an order that was just read: the request against the order, the policy, and the
 * shop's own figures. `at` is when the customer asked, so that a window cannot close between quote and yes.
 */
export async function judgeReturn(
  { store, storefront, terms }: Pick<RefundContext, 'store' | 'storefront' | 'terms'>,
  {
    policy,
    order,
    request,
    at,
    asker,
  }: {
    readonly policy: Policy;
    readonly order: Order;
    readonly request: ReturnRequest;
    readonly at: Date;
    readonly asker: AskerFacts | undefined;
  },
): Promise<JudgedReturn> {
  const checked = checkRequest(order, request);
  // Nothing is left of a cancelled order; that it was cancelled says more.
  if (checked.kind === 'invalid' && order.cancelledAt === undefined) return checked;
  const isExchange = request.wish === 'exchange';
  const known = isExchange || needsShopFacts(policy) ? await storefront.addPolicyFacts(order) : order;
  const verdict = judge(policy, known, request, at, asker);
  const { rule } = verdict;
  if (verdict.kind === 'deny') return { kind: 'denied', rule, say: verdict.say, known };
  if (verdict.kind === 'needs-person') return { kind: 'needs-person', rule, say: verdict.say, known };

  const chosen = isExchange ? await chooseExchange(storefront, known, request) : undefined;
  if (chosen?.kind === 'needs-person') return { ...chosen, known };
  if (chosen?.kind === 'choose-variant') return chosen;
  const exchange = chosen?.exchange;
  const priced = await priceReturn(storefront, { order: known, request, verdict, exchange });
  if (priced.kind === 'no-store-credit') return { ...creditByPerson, known };
  if (priced.kind === 'not-returnable') return { ...returnByPerson, known };
  const { suggestion, calculation } = priced;
  const outcome = composeQuote({
    shop: store,
    order,
    request,
    suggestion,
    calculation,
    exchange,
    verdict,
    asker,
    policy,
    now: at,
    ttlSeconds: terms.quoteTtlSeconds,
  });
  if (outcome.kind === 'nothing-to-refund')
    return { kind: 'denied', rule: 'already-refunded', say: outcome.say, known };
  return { ...outcome, known };
}

/**
 * What judging the quoted request again gives now, under the policy it was quoted with and never more than a
 * person lowered it to. Money moves only while the digest is the same.
 */
export async function judgeAgain(
  context: Pick<RefundContext, 'store' | 'storefront' | 'policies' | 'terms'>,
  order: Order,
  quoted: { readonly quote: StoredQuote; readonly createdAt: Date },
): Promise<JudgedReturn> {
  const { policies } = context;
  const { orderId, lines, reason, wish, asker, photoGiven, policyVersion, exchange } = quoted.quote;
  const policy = (await policies.find(policyVersion)) ?? policies.current();
  if (quoted.quote.settles === 'cancels_order') {
    return priceCancellation(context, { policy, order, at: quoted.createdAt, asker });
  }
  const request = {
    orderId,
    lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    reason,
    wish,
    exchangeFor: exchange?.map(({ lineId, variantId }) => ({ lineId, variant: variantId })),
    photoGiven,
  };
  const judged = await judgeReturn(context, { policy, order, request, at: quoted.createdAt, asker });
  const { loweredTo } = quoted.quote;
  if (judged.kind !== 'quoted' || !loweredTo) return judged;
  const quote = lowerQuote(context.store, judged.quote, loweredTo);
  return quote ? { kind: 'quoted', quote } : paymentsTooSmall;
}

export function sameRefund(judged: JudgedReturn, digest: string): boolean {
  return judged.kind === 'quoted' && judged.quote.digest === digest;
}
