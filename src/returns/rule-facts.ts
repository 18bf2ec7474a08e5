import { exponentOf } from './currency.ts';
import { foldTag } from './fold-tag.ts';
import type { Money } from './money.ts';
import type { EarlierReturn, Order, OrderLine } from './order.ts';
import { type ReturnRequest, returnReasons, returnWishes } from './return-request.ts';
import { countUnits, shippedUnits, type UnitsSince } from './return-window.ts';

/** One line of a request, with all that a rule may ask about. */
export type Subject = {
  readonly order: Order;
  readonly line: OrderLine;
  readonly quantity: number;
  readonly request: ReturnRequest;
  readonly asker: AskerFacts | undefined;
  readonly now: Date;
};

/** Kept with a quote, so that judging it again asks the same. */
export type AskerFacts = { readonly channel: Channel; readonly askedBy: 'customer' | 'staff' };

export const channels = ['sms', 'whatsapp', 'chat', 'terminal', 'slack'] as const;
export type Channel = (typeof channels)[number];

export type Fact =
  | Readable<'words', readonly string[]>
  /** Ranges compare ten-thousandths, so that no decimal is rounded. */
  | Readable<'amount' | 'number' | 'days' | 'history', number>
  | Readable<'dates', number>
  | Readable<'flag', boolean>;

type Readable<Kind, Value> = {
  readonly kind: Kind;
  /** Undefined: not known, or not anything the fact could be said of. */
  readonly read: (subject: Subject, withinDays?: number) => Value | undefined;
  /** The only words there are. */
  readonly of?: readonly string[];
};

const dayMs = 86_400_000;
const scale = 10_000;

export const facts = {
  country: words(({ order }) => one(order.shippingAddress?.countryCode)),
  currency: words(({ order }) => [order.currency]),
  product_id: words(({ line }) => one(line.productId)),
  product_type: words(({ line }) => one(line.productType)),
  tag: words(({ line }) => line.productTags),
  vendor: words(({ line }) => one(line.vendor)),
  sku: words(({ line }) => one(line.sku)),
  collection: words(({ line }) => line.collections),
  discount_code: words(({ order }) => order.discountCodes),
  order_tag: words(({ order }) => order.tags),
  sales_channel: words(({ order }) => one(order.salesChannel)),
  risk: words(({ order }) => one(order.riskLevel), ['low', 'medium', 'high']),
  customer_tag: words(({ order }) => order.customer?.tags),
  reason: words(({ request }) => [request.reason], returnReasons),
  wish: words(({ request }) => [request.wish], returnWishes),
  channel: words(({ asker }) => one(asker?.channel), channels),
  asked_by: words(({ asker }) => one(asker?.askedBy), ['customer', 'staff']),

  days_since_delivery: days((subject) => startOf(subject, ({ delivered }) => delivered)),
  days_since_shipment: days(sentAt),
  days_since_sale: days(({ order }) => Date.parse(order.processedAt)),

  price: amount(({ order, line }) => inShopCurrency(order, line.unitPrice)),
  order_total: amount(({ order }) => inShopCurrency(order, order.totalReceived)),
  quantity: number(({ quantity }) => quantity),
  discount_percent: number(({ line }) => line.discountPercent),
  number_of_orders: number(({ order }) => order.customer?.numberOfOrders),
  return_percent: number(({ order }) => percentReturned(order)),
  earlier_returns: history(() => true),
  earlier_returns_of_sku: history(
    ({ skus }, { line }) => line.sku !== undefined && skus.map(foldTag).includes(foldTag(line.sku)),
    ({ line }) => line.sku !== undefined,
  ),

  requested: { kind: 'dates', read: ({ now }) => now.getTime() },
  ordered: { kind: 'dates', read: ({ order }) => Date.parse(order.processedAt) },

  gift_card: flag(({ line }) => line.isGiftCard),
  digital: flag(({ line }) => !line.requiresShipping && !line.isGiftCard),
  undelivered: flag(
    ({ order, line, quantity }) =>
      line.requiresShipping &&
      countUnits(shippedUnits(order, line).filter(({ delivered }) => delivered)) < quantity,
  ),
  partly_shipped: flag(
    ({ order }) =>
      order.shipments.length > 0 &&
      order.lines.some(
        ({ requiresShipping, unfulfilledQuantity }) => requiresShipping && unfulfilledQuantity > 0,
      ),
  ),
  bought_on_sale: flag(({ line }) => line.boughtOnSale),
  photo_given: flag(({ request }) => request.photoGiven),
} as const satisfies Readonly<Record<string, Fact>>;

export type FactName = keyof typeof facts;
export const factNames = Object.keys(facts) as readonly FactName[];

export function factOf(name: FactName): Fact {
  return facts[name];
}

function words(read: (subject: Subject) => readonly string[] | undefined, of?: readonly string[]): Fact {
  return { kind: 'words', read: (subject) => read(subject)?.map(foldTag), ...(of && { of }) };
}

function amount(read: (subject: Subject) => Money | undefined): Fact {
  return {
    kind: 'amount',
    read: (subject) => {
      const value = read(subject);
      return value && (value.minor * scale) / 10 ** exponentOf(value.currency);
    },
  };
}

function number(read: (subject: Subject) => number | undefined): Fact {
  return { kind: 'number', read: (subject) => scaled(read(subject)) };
}

/** Days of 24 hours, as the return window counts them; parts of a day count. */
function days(startMs: (subject: Subject) => number | undefined): Fact {
  return {
    kind: 'days',
    read: (subject) => {
      const start = startMs(subject);
      return start === undefined ? undefined : ((subject.now.getTime() - start) * scale) / dayMs;
    },
  };
}

function history(
  counts: (earlier: EarlierReturn, subject: Subject) => boolean,
  isKnown: (subject: Subject) => boolean = () => true,
): Fact {
  return {
    kind: 'history',
    read: (subject, withinDays = Number.POSITIVE_INFINITY) => {
      const since = subject.now.getTime() - withinDays * dayMs;
      if (!isKnown(subject)) return undefined;
      return scaled(
        subject.order.customer?.earlierReturns?.filter(
          (earlier) => Date.parse(earlier.createdAt) >= since && counts(earlier, subject),
        ).length,
      );
    },
  };
}

function flag(read: (subject: Subject) => boolean | undefined): Fact {
  return { kind: 'flag', read };
}

function one(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : [text];
}

function scaled(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value * scale;
}

/** Amounts of the policy are in the shop's currency; another cannot be weighed without a rate. */
function inShopCurrency(order: Order, value: Money): Money | undefined {
  return value.currency === order.shopCurrency ? value : undefined;
}

/** Which units come back cannot be told: the newest that are enough for the request, the oldest of those. */
function startOf(
  { order, line, quantity }: Subject,
  isMeant: (unit: UnitsSince) => boolean,
): number | undefined {
  let open = quantity;
  const newest = shippedUnits(order, line)
    .filter(isMeant)
    .toSorted((left, right) => right.start.getTime() - left.start.getTime());
  for (const unit of newest) {
    open -= unit.quantity;
    if (open <= 0) return unit.start.getTime();
  }
  return undefined;
}

function sentAt(subject: Subject): number | undefined {
  const shipments = subject.order.shipments.map((shipment) => ({ ...shipment, deliveredAt: undefined }));
  const sent = subject.order.shipments.some(({ lines }) =>
    lines.some(({ lineId }) => lineId === subject.line.id),
  );
  return sent ? startOf({ ...subject, order: { ...subject.order, shipments } }, () => true) : undefined;
}

function percentReturned({ customer }: Order): number | undefined {
  if (!customer?.numberOfOrders || !customer.earlierReturns) return undefined;
  return (customer.earlierReturns.length * 100) / customer.numberOfOrders;
}
