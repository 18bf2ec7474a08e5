import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RefundContext } from '../../src/refunds/context.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { proposeRefund } from '../../src/refunds/propose-refund.ts';
import { quoteReturn } from '../../src/refunds/quote-return.ts';
import { recordArrival } from '../../src/refunds/record-arrival.ts';
import type { LineItemId, RefundId, ReturnId } from '../../src/returns/ids.ts';
import { defaultPolicy, versionPolicy } from '../../src/returns/policy.ts';
import type { Outcomes } from '../../src/returns/policy-rule.ts';
import type { QuotedPayment } from '../../src/returns/quote.ts';
import { createDemoStore } from '../../src/sandbox/demo-store.ts';
import { editOrder } from '../../src/sandbox/shop/edit-order.ts';
import { lineTotal, orderTotal, sum } from '../../src/sandbox/shop/order-balance.ts';
import { nextId } from '../../src/sandbox/shop/shop-ids.ts';
import type { ShopLine, ShopOrder, ShopState } from '../../src/sandbox/shop/shop-state.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

let desk: RefundDesk;
let books: ShopState;
beforeAll(async () => {
  const far = (config: Parameters<NonNullable<Parameters<typeof openRefundDesk>[0]>>[0]) => ({
    ...config,
    returns: { ...config.returns, approvalThreshold: '1000000.00' },
  });
  desk = await openRefundDesk(far, (now) => {
    books = createDemoStore(now);
    return books;
  });
});
afterAll(() => desk.close());

const rates = {
  USD: { shop: 1, order: 1 },
  EUR: { shop: 108, order: 100 },
  JPY: { shop: 65, order: 100 },
  KWD: { shop: 325, order: 1_000 },
} as const;

const anyLine = fc.record({
  unitPrice: fc.integer({ min: 1, max: 9_999 }),
  quantity: fc.integer({ min: 1, max: 4 }),
  taxPermille: fc.constantFrom(0, 70, 83, 190),
  /** What a blue one costs now, of what this one came to. */
  bluePercent: fc.constantFrom(100, 90, 60),
});
const anyOrder = fc.record({
  currency: fc.constantFrom(...(Object.keys(rates) as (keyof typeof rates)[])),
  taxesIncluded: fc.boolean(),
  lines: fc.array(anyLine, { minLength: 1, maxLength: 3 }),
  /** Of the goods, off the whole order. */
  discountPermille: fc.constantFrom(0, 0, 101, 333, 500),
  shipping: fc.constantFrom(0, 0, 1, 595),
  giftCardPermille: fc.constantFrom(0, 0, 77, 500),
  /** Given back by hand before, for no line: less is left than the goods cost. */
  goodwillPermille: fc.constantFrom(0, 0, 0, 123, 700),
  /** A piece of the first line, refunded by hand before. */
  pieceBefore: fc.boolean(),
});
type AnyOrder = typeof anyOrder extends fc.Arbitrary<infer Value> ? Value : never;

const anyReturn = fc.record({
  wish: fc.constantFrom('refund', 'refund', 'store_credit', 'exchange'),
  when: fc.constantFrom('at_once', 'on_arrival'),
  pieces: fc.array(fc.constantFrom(0, 1, 2, 4), { minLength: 3, maxLength: 3 }),
  /** Comes in a parcel of its own, one piece of the first line. */
  inParts: fc.boolean(),
  feePercent: fc.constantFrom(0, 0, 7.5, 12.34),
  bonusPercent: fc.constantFrom(0, 5, 9.99),
  shippingBack: fc.constantFrom('never', 'always'),
  returnShippingFee: fc.constantFrom('0', '0', '1.01'),
});
type AnyReturn = typeof anyReturn extends fc.Arbitrary<infer Value> ? Value : never;

let numbers = 20_000;
function nextNumber(): number {
  numbers += 1;
  return numbers;
}

/** Of everything there is a blue one too, so that it can be exchanged. */
function sell(given: AnyOrder): ShopOrder {
  const id = (kind: string) => nextId(books, kind);
  const rate = rates[given.currency];
  const name = `#${nextNumber()}`;
  const lines = given.lines.map(({ unitPrice, quantity, taxPermille, bluePercent }, index): ShopLine => {
    const worth = unitPrice * quantity;
    const discount = Math.floor((worth * given.discountPermille) / 1_000);
    const title = `Thing ${index}`;
    const priced = (price: number) => Math.max(1, Math.round((price * rate.shop) / rate.order));
    const variant = (of: string, price: number) => ({
      id: id('ProductVariant'),
      title: of,
      sku: `${title}-${of}`,
      price: priced(price),
      stock: 100,
    });
    const variants = [
      variant('Red', unitPrice),
      variant('Blue', Math.floor(((unitPrice - Math.floor(discount / quantity)) * bluePercent) / 100)),
    ];
    const product = { id: id('Product'), title, vendor: '', productType: 'Home', tags: [], variants };
    books.products = [...(books.products ?? []), product];
    return {
      id: id('LineItem'),
      productId: product.id,
      variantId: variants[0]?.id,
      title,
      variantTitle: 'Red',
      sku: `${title}-Red`,
      quantity,
      removedQuantity: 0,
      unitPrice,
      discount,
      tax: Math.round(((worth - discount) * taxPermille) / 1_000),
      isGiftCard: false,
      requiresShipping: true,
      productTags: [],
      productType: 'Home',
    };
  });
  const at = new Date(Date.now() - 5 * 86_400_000).toISOString();
  const unpaid: ShopOrder = {
    id: id('Order'),
    name,
    processedAt: at,
    currency: given.currency,
    shopRate: rate,
    customerId: books.customers[0]?.id,
    tags: [],
    taxesIncluded: given.taxesIncluded,
    shippingPrice: given.shipping,
    lines,
    fulfillments: [
      {
        id: id('Fulfillment'),
        status: 'SUCCESS',
        createdAt: at,
        deliveredAt: at,
        lines: lines.map((line) => ({
          id: id('FulfillmentLineItem'),
          lineId: line.id,
          quantity: line.quantity,
        })),
      },
    ],
    payments: [],
  };
  const total = orderTotal(unpaid);
  const byGiftCard = Math.floor((total * given.giftCardPermille) / 1_000);
  const payments = [
    { gateway: 'gift_card', amount: byGiftCard },
    { gateway: 'shopify_payments', amount: total - byGiftCard },
  ]
    .filter(({ amount }) => amount > 0)
    .map((payment) => ({ ...payment, id: id('OrderTransaction'), createdAt: at }));
  books.orders = [...books.orders, { ...unpaid, payments }];
  const goodwill = Math.floor((total * given.goodwillPermille) / 1_000);
  const refundByHand = (change: { line?: string; amount?: number }) =>
    editOrder(books, name, { kind: 'refund', note: 'By hand', ...change }, new Date());
  if (goodwill > 0) refundByHand({ amount: goodwill });
  else if (given.pieceBefore) refundByHand({ line: 'Thing 0' });
  return { ...unpaid, payments };
}

function under({
  wish,
  when,
  feePercent,
  bonusPercent,
  shippingBack,
  returnShippingFee,
}: AnyReturn): RefundContext {
  const outcomes: Outcomes = {
    restockingFeePercent: feePercent,
    refundWhen: when,
    refundShipping: shippingBack,
    ...(returnShippingFee !== '0' && { returnShippingFee }),
    ...(wish === 'store_credit' && { refundTo: { to: 'store_credit', bonusPercent } }),
  };
  const policy = versionPolicy({
    ...defaultPolicy({ windowDays: 30 }),
    rules: [{ id: 'drawn', priority: 0, when: [], outcomes }],
  });
  return { ...desk.context, policies: { current: () => policy, find: async () => policy } };
}

type Row = {
  readonly id: RefundId;
  readonly state: string;
  readonly amount_minor: string;
  readonly return_id: ReturnId | null;
  readonly shop_refund_id: string | null;
  readonly rejection: readonly string[] | null;
  readonly quote: {
    readonly payments: readonly QuotedPayment[];
    readonly storeCredit?: { readonly minor: number };
    readonly bonus?: { readonly minor: number };
    readonly shipping?: { readonly minor: number };
    readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
    readonly exchange?: readonly { readonly quantity: number }[];
  };
};
const rowsOf = (order: ShopOrder) =>
  desk.db.execute<Row>(
    sql`select refunds.*, quotes.quote from refunds join quotes on quotes.id = refunds.quote_id where refunds.order_id = ${order.id} order by refunds.created_at, refunds.id`,
  );

/** Asks for it, says yes, has it approved, and sends it back; how many refunds were made. */
async function takeBack(order: ShopOrder, wanted: AnyReturn): Promise<number> {
  const context = under(wanted);
  const asker = await desk.staff(`U${nextNumber()}`);
  const quoted = await quoteReturn(context, asker, order.name, ({ lines }) => {
    const asked = lines
      .map(({ id, refundableQuantity }, index) => ({
        lineId: id,
        quantity: Math.min(refundableQuantity, wanted.pieces[index] ?? 0),
      }))
      .filter(({ quantity }) => quantity > 0);
    const exchangeFor = asked.map(({ lineId }) => ({ lineId, variant: 'Blue' }));
    return { lines: asked, reason: 'unwanted', wish: wanted.wish, exchangeFor };
  });
  if (quoted.kind !== 'quoted') return 0;
  await desk.show(asker, quoted.row.id);
  await desk.says(asker, 'yes');
  const { store } = context;
  const before = new Set((await rowsOf(order)).map(({ id }) => id));
  const proposed = await proposeRefund(context, asker, quoted.row.id);
  expect(proposed.kind).toMatch(/^(submitted|awaiting-approval)$/);
  // Another currency than the shop's always asks for somebody.
  await desk.db.execute(
    sql`update refunds set state = 'approved' where store = ${store} and order_id = ${order.id} and state = 'awaiting-approval'`,
  );
  const mine = async () => (await rowsOf(order)).filter(({ id }) => !before.has(id));
  const [row] = await mine();
  if (!row) throw new Error('No refund');
  await executeRefund(context, row.id);
  const returnId = (await mine())[0]?.return_id;
  if (returnId) {
    const [first] = row.quote.lines;
    if (wanted.inParts && first) {
      const lines = [{ lineId: first.lineId as LineItemId, quantity: 1 }];
      await recordArrival(context, { returnId, lines, by: 'UMAYA0001' });
      await settle();
    }
    await recordArrival(context, { returnId, lines: 'all', by: 'UMAYA0001' });
    await settle();
  }
  const rows = await mine();
  const ends = rows.filter(({ state }) => state !== 'split');
  const gift = ends.some(({ state, quote }) => state === 'refunded' && quote.bonus);
  for (const { state, rejection } of ends) {
    // Of an order that a gift took more from than was returned so far, the shop may have too little left.
    const allowed = gift && ends.length > 1 ? /^(refunded|stale)$/ : /^refunded$/;
    expect(state, String(rejection)).toMatch(allowed);
  }
  expect(sum(ends.map(({ amount_minor: minor }) => Number(minor)))).toBe(quoted.row.quote.amount.minor);
  const last = ends.filter(({ state }) => state === 'refunded');
  for (const each of last) isWhatWasQuoted(each);
  return last.length;

  async function settle(): Promise<void> {
    for (const { id, state } of await mine()) if (state === 'arrived') await executeRefund(context, id);
  }
}

/** To the cent, and to the payment it went back to. */
function isWhatWasQuoted({ shop_refund_id: id, amount_minor: amount, quote }: Row): void {
  const refund = books.refunds.find((each) => each.id === id);
  if (Number(amount) === 0 && !refund) return;
  expect(refund).toBeDefined();
  expect(refund?.amount).toBe(Number(amount));
  const paid = (refund?.transactions ?? []).filter(({ parentId }) => parentId !== undefined);
  expect(paid.map(({ parentId, amount: minor }) => [parentId, minor]).toSorted()).toEqual(
    quote.payments
      .map(({ parentTransactionId, amount: { minor } }) => [parentTransactionId, minor])
      .toSorted(),
  );
  expect((refund?.amount ?? 0) - sum(paid.map(({ amount: minor }) => minor))).toBe(
    quote.storeCredit?.minor ?? 0,
  );
  // All of it is marked as refunded, also where less of the order was left.
  const shipping = Math.min(refund?.shipping ?? 0, Number(amount));
  expect(shipping).toBe(quote.shipping?.minor ?? 0);
  expect(refund?.lines.map(({ lineId, quantity }) => [lineId, quantity]).toSorted()).toEqual(
    quote.lines.map(({ lineId, quantity }) => [lineId, quantity]).toSorted(),
  );
}

/** No line and no payment gives back more than was paid, gifts aside. */
function isWithinWhatWasPaid(order: ShopOrder, gifts: number): void {
  const refunds = books.refunds.filter(({ orderId }) => orderId === order.id);
  const received = sum(order.payments.map(({ amount }) => amount));
  expect(sum(refunds.map(({ amount }) => amount))).toBeLessThanOrEqual(received + gifts);
  expect(sum(refunds.map(({ shipping = 0 }) => shipping))).toBeLessThanOrEqual(order.shippingPrice);
  for (const line of order.lines) {
    const back = refunds.flatMap(({ lines }) => lines).filter(({ lineId }) => lineId === line.id);
    expect(sum(back.map(({ quantity }) => quantity))).toBeLessThanOrEqual(line.quantity);
    expect(sum(back.map(({ subtotal }) => subtotal))).toBeLessThanOrEqual(lineTotal(line));
    expect(sum(back.map(({ tax }) => tax))).toBeLessThanOrEqual(line.tax);
  }
  for (const { id, amount } of order.payments) {
    const back = refunds
      .flatMap(({ transactions }) => transactions)
      .filter(({ parentId }) => parentId === id);
    expect(sum(back.map((each) => each.amount))).toBeLessThanOrEqual(amount);
  }
}

/** Orders under way together: what is refunded for one is nothing to another. */
const atOnce = 4;
test('what is quoted is what the shop refunds, to the cent, and never more than was paid', async () => {
  let executed = 0;
  const play = async ([given, returns]: readonly [AnyOrder, readonly AnyReturn[]]) => {
    const order = sell(given);
    for (const wanted of returns) {
      const count = await takeBack(order, wanted);
      executed += count;
    }
    const rows = (await rowsOf(order)).filter(({ state }) => state === 'refunded');
    isWithinWhatWasPaid(order, sum(rows.map(({ quote }) => quote.bonus?.minor ?? 0)));
  };
  const customers = fc.array(fc.tuple(anyOrder, fc.array(anyReturn, { minLength: 1, maxLength: 2 })), {
    minLength: atOnce,
    maxLength: atOnce,
  });
  await fc.assert(
    fc.asyncProperty(customers, async (several) => {
      await Promise.all(several.map(play));
    }),
    { numRuns: 160 / atOnce, endOnFailure: true },
  );
  expect(executed).toBeGreaterThan(80);
}, 120_000);
