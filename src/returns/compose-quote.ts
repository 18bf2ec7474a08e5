import { addMoney, compareMoney, formatMoney, isPositive, type Money, subtractMoney, zero } from './money.ts';
import type { Order } from './order.ts';
import type { Acceptance, Policy } from './policy.ts';
import { type Quote, type QuotedExchange, type QuotedLine, refundDigest } from './quote.ts';
import { type ByPerson, paymentsTooSmall, whereItGoes } from './quote-destination.ts';
import { type Calculated, least, quoteFigures, type Suggested } from './quote-figures.ts';
import type { ReturnLine, ReturnRequest } from './return-request.ts';
import type { AskerFacts } from './rule-facts.ts';

export type QuoteInput = {
  readonly shop: string;
  readonly order: Order;
  readonly request: ReturnRequest;
  readonly suggestion: Suggested;
  /** Of a return that is opened: then fees and prices are the shop's. */
  readonly calculation?: Calculated | undefined;
  readonly exchange?: readonly QuotedExchange[] | undefined;
  readonly verdict: Acceptance;
  readonly asker?: AskerFacts | undefined;
  readonly policy: Policy;
  readonly now: Date;
  readonly ttlSeconds: number;
};

export type QuoteOutcome =
  | { readonly kind: 'quoted'; readonly quote: Omit<Quote, 'id'> }
  | { readonly kind: 'nothing-to-refund'; readonly say: string }
  | ByPerson;

/** Throws RangeError when the shop's amounts are not all in the order's currency. */
export function composeQuote(input: QuoteInput): QuoteOutcome {
  const { order, request, policy, suggestion, verdict, asker, exchange } = input;
  const { refundable, shipping, restocking, shippingFee, missing, exchanged } = quoteFigures(
    order,
    verdict,
    suggestion,
    input.calculation,
  );
  const fee = addMoney(restocking, shippingFee);
  const rest = subtractMoney(subtractMoney(refundable, fee), exchanged);
  if (exchange && rest.minor < 0) return costsMore(rest, missing);
  if (!exchange && !isPositive(rest)) {
    return { kind: 'nothing-to-refund', say: 'There is nothing left to refund for these items.' };
  }
  const destination = whereItGoes(rest, verdict, suggestion);
  if ('kind' in destination) return destination;
  const { approval, keepItem, settles, label, tags, note, feePercent } = verdict;
  const moved = {
    ...destination,
    ...(verdict.refundShipping && isPositive(shipping) && { shipping: least(shipping, destination.amount) }),
    ...(settles && { settles }),
    ...(exchange && { exchange }),
    ...(approval && { approval }),
  };
  const policyVersion = policy.version;
  return {
    kind: 'quoted',
    quote: {
      orderId: order.id,
      orderName: order.name,
      lines: request.lines.map((line) => nameLine(order, line)),
      reason: request.reason,
      wish: request.wish,
      ...moved,
      fee,
      rule: verdict.rule,
      policyVersion,
      digest: refundDigest({
        ...moved,
        shop: input.shop,
        orderId: order.id,
        lines: request.lines,
        policyVersion,
      }),
      shopCurrency: order.shopCurrency,
      ...(isPositive(shippingFee) && { returnShippingFee: shippingFee }),
      ...(feePercent > 0 && { feePercent }),
      ...(keepItem && { keepItem }),
      ...(label !== undefined && { label: labelFor(label, order) }),
      ...(tags && { tags }),
      ...(note !== undefined && { note }),
      ...(asker && { asker }),
      ...(request.photoGiven !== undefined && { photoGiven: request.photoGiven }),
      createdAt: input.now,
      expiresAt: new Date(input.now.getTime() + input.ttlSeconds * 1000),
    },
  };
}

/** Where the goods would pay for it and only the shop no longer holds as much, no price is to blame. */
function costsMore(rest: Money, missing: Money): QuoteOutcome {
  if (compareMoney(addMoney(rest, missing), zero(rest.currency)) >= 0) return paymentsTooSmall;
  const more = formatMoney({ ...rest, minor: -rest.minor });
  return {
    kind: 'needs-person',
    rule: 'exchange-costs-more',
    say: `This exchange would cost ${more} more, which a person has to arrange.`,
  };
}

function labelFor(template: string, { name }: Order): string {
  return template.replaceAll('{order}', encodeURIComponent(name.replace(/^#/, '')));
}

function nameLine(order: Order, line: ReturnLine): QuotedLine {
  const ordered = order.lines.find(({ id }) => id === line.lineId);
  if (ordered === undefined) {
    throw new RangeError('A quote needs a request that was checked against its order');
  }
  return {
    lineId: line.lineId,
    quantity: line.quantity,
    title: ordered.title,
    variantTitle: ordered.variantTitle,
  };
}
