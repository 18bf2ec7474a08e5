import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderId } from '../../src/returns/ids.ts';
import { judge } from '../../src/returns/judge.ts';
import { money } from '../../src/returns/money.ts';
import type { Order, OrderLine } from '../../src/returns/order.ts';
import { defaultPolicy, type Policy, type PolicyRules, versionPolicy } from '../../src/returns/policy.ts';
import { type ReturnRequest, returnReasons } from '../../src/returns/return-request.ts';
import {
  delivery,
  lineId,
  mug,
  sampleLine,
  sampleOrder,
  sampleRequest,
  sampleShipment,
  shirt,
} from './sample-order.ts';

const dayMs = 86_400_000;
const soon = at(delivery, 1);
const thirtyDays = defaultPolicy({ windowDays: 30 });

function at(start: string, days: number, ms = 0): Date {
  return new Date(Date.parse(start) + days * dayMs + ms);
}

function policyWith(change: Partial<PolicyRules>): Policy {
  const { version: _, ...rules } = thirtyDays;
  return versionPolicy({ ...rules, ...change });
}

function ruleOf(
  order: Order,
  now: Date,
  request: ReturnRequest = sampleRequest(),
  policy = thirtyDays,
): string {
  const verdict = judge(policy, order, request, now);
  return `${verdict.kind} ${verdict.rule}`;
}

function withShirt(change: Partial<OrderLine>, order: Partial<Order> = {}): Order {
  return sampleOrder({
    lines: [sampleLine(change), sampleLine({ id: mug, title: 'Mug', quantity: 1 })],
    ...order,
  });
}

const both = sampleRequest({
  lines: [
    { lineId: shirt, quantity: 1 },
    { lineId: mug, quantity: 1 },
  ],
});

describe('the return window', () => {
  it('is open up to and including the last millisecond of its days after delivery', () => {
    expect(ruleOf(sampleOrder(), at(delivery, 30))).toBe('accept within-window');
    expect(ruleOf(sampleOrder(), at(delivery, 30, 1))).toBe('deny window-closed');
  });

  it('counts from the shipment when no delivery was reported', () => {
    const shipment = sampleShipment({ deliveredAt: undefined });
    const order = sampleOrder({ shipments: [shipment] });
    expect(ruleOf(order, at(shipment.shippedAt, 30))).toBe('accept within-window');
    expect(ruleOf(order, at(shipment.shippedAt, 30, 1))).toBe('deny window-closed');
  });

  it('counts from the sale when nothing was shipped, as over a counter', () => {
    const order = sampleOrder({ shipments: [] });
    expect(ruleOf(order, at(order.processedAt, 30))).toBe('accept within-window');
    expect(ruleOf(order, at(order.processedAt, 30, 1))).toBe('deny window-closed');
  });

  it('counts for each line from the shipment that holds it', () => {
    const late = '2026-10-20T12:00:00.000Z';
    const order = sampleOrder({
      shipments: [
        sampleShipment({ lines: [{ lineId: shirt, quantity: 2 }] }),
        sampleShipment({ deliveredAt: late, lines: [{ lineId: mug, quantity: 1 }] }),
      ],
    });
    const mugOnly = sampleRequest({ lines: [{ lineId: mug, quantity: 1 }] });
    expect(ruleOf(order, at(delivery, 31))).toBe('deny window-closed');
    expect(ruleOf(order, at(delivery, 31), mugOnly)).toBe('accept within-window');
    expect(ruleOf(order, at(late, 30, 1), mugOnly)).toBe('deny window-closed');
  });

  it('takes back as many units of a line as arrived within it', () => {
    const order = sampleOrder({
      shipments: [
        sampleShipment({ lines: [{ lineId: shirt, quantity: 1 }] }),
        sampleShipment({ deliveredAt: '2026-10-20T12:00:00.000Z', lines: [{ lineId: shirt, quantity: 1 }] }),
      ],
    });
    const two = sampleRequest({ lines: [{ lineId: shirt, quantity: 2 }] });
    expect(ruleOf(order, at(delivery, 30), two)).toBe('accept within-window');
    expect(ruleOf(order, at(delivery, 31), two)).toBe('deny window-closed');
    expect(ruleOf(order, at(delivery, 31))).toBe('accept within-window');
  });

  it('refuses to judge by a date it cannot read', () => {
    const order = sampleOrder({ shipments: [sampleShipment({ deliveredAt: 'soon' })] });
    expect(() => judge(thirtyDays, order, sampleRequest(), soon)).toThrow(RangeError);
  });
});

describe('a return', () => {
  it.each<[string, Order]>([
    ['deny cancelled-order', sampleOrder({ cancelledAt: delivery })],
    ['deny already-refunded', sampleOrder({ totalRefunded: money(6000, 'USD') })],
    ['deny already-refunded', withShirt({ refundableQuantity: 0 })],
    ['deny gift-card', withShirt({ isGiftCard: true })],
    ['deny final-sale', withShirt({ productTags: ['summer', ' Final-Sale '] })],
    ['deny final-sale', withShirt({ productTags: ['FINAL SALE'] })],
    ['accept within-window', withShirt({ productTags: ['final', 'on sale'] })],
    ['accept within-window', withShirt({}, { totalReceived: money(0, 'USD') })],
    ['needs-person not-shipped', withShirt({ unfulfilledQuantity: 2 }, { shipments: [] })],
    ['accept within-window', withShirt({ unfulfilledQuantity: 1 })],
    [
      'accept within-window',
      withShirt({ unfulfilledQuantity: 2, requiresShipping: false }, { shipments: [] }),
    ],
  ])('is judged: %s (case %#)', (expected, order) => {
    expect(ruleOf(order, soon)).toBe(expected);
  });

  it('of a line still waiting to be shipped goes to a person however old the order is', () => {
    const order = withShirt({ unfulfilledQuantity: 2 }, { shipments: [] });
    expect(ruleOf(order, at(delivery, 300))).toBe('needs-person not-shipped');
  });

  it('of more units than were shipped so far goes to a person', () => {
    const order = withShirt(
      { unfulfilledQuantity: 1 },
      { shipments: [sampleShipment({ lines: [{ lineId: shirt, quantity: 1 }] })] },
    );
    const two = sampleRequest({ lines: [{ lineId: shirt, quantity: 2 }] });
    expect(ruleOf(order, soon)).toBe('accept within-window');
    expect(ruleOf(order, soon, two)).toBe('needs-person not-shipped');
  });

  it.each(['refund', 'store_credit', 'exchange'] as const)('for %s is judged like any other', (wish) => {
    expect(ruleOf(sampleOrder(), soon, sampleRequest({ wish }))).toBe('accept within-window');
    expect(ruleOf(sampleOrder(), at(delivery, 31), sampleRequest({ wish }))).toBe('deny window-closed');
  });

  it.each([
    ['refund', ['store_credit'], 'store credit'],
    ['refund', ['exchange', 'store_credit'], 'store credit or an exchange'],
    ['store_credit', ['refund'], 'a refund'],
    ['exchange', ['refund', 'store_credit'], 'a refund or store credit'],
  ] as const)('for %s is denied where the shop offers %j, which is said', (wish, offers, said) => {
    const verdict = judge(policyWith({ offers }), sampleOrder(), sampleRequest({ wish }), soon);
    expect(verdict).toMatchObject({ kind: 'deny', rule: 'wish-not-offered' });
    expect(verdict).toHaveProperty('say', expect.stringContaining(`I can offer you ${said} instead.`));
  });

  it('of another order, or of a line the order does not have, is denied', () => {
    const other = sampleRequest({ orderId: 'gid://shopify/Order/2' as OrderId });
    const foreign = sampleRequest({ lines: [{ lineId: lineId(9), quantity: 1 }] });
    expect(ruleOf(sampleOrder(), soon, other)).toBe('deny foreign-order');
    expect(ruleOf(sampleOrder(), soon, foreign)).toBe('deny foreign-order');
  });

  it('is denied as a whole when one of its lines is, and says which', () => {
    const order = withShirt({ isGiftCard: true, title: 'Gift Card $25' });
    expect(judge(thirtyDays, order, both, soon)).toEqual({
      kind: 'deny',
      rule: 'gift-card',
      say: "Gift cards can't be returned (Gift Card $25). You can ask about the other items on their own.",
    });
  });

  it('is denied rather than handed to a person when both apply', () => {
    const order = sampleOrder({
      lines: [sampleLine({ unfulfilledQuantity: 2 }), sampleLine({ id: mug, quantity: 1, isGiftCard: true })],
      shipments: [],
    });
    expect(ruleOf(order, soon, both)).toBe('deny gift-card');
  });

  it('of an unreported delivery goes to a person where the policy says so', () => {
    const strict = policyWith({ allowUndelivered: false });
    const order = sampleOrder({ shipments: [sampleShipment({ deliveredAt: undefined })] });
    expect(ruleOf(order, soon, sampleRequest(), strict)).toBe('needs-person not-delivered');
    expect(ruleOf(order, at(delivery, 300), sampleRequest(), strict)).toBe('needs-person not-delivered');
    expect(ruleOf(sampleOrder(), soon, sampleRequest(), strict)).toBe('accept within-window');
  });

  it('of a product type the shop does not take back is denied', () => {
    const policy = policyWith({ nonReturnable: { giftCards: false, productTypes: ['Underwear'] } });
    expect(ruleOf(withShirt({ productType: 'underwear' }), soon, sampleRequest(), policy)).toBe(
      'deny non-returnable-type',
    );
    expect(ruleOf(withShirt({ isGiftCard: true }), soon, sampleRequest(), policy)).toBe(
      'accept within-window',
    );
  });

  it.each(returnReasons)('because of "%s" pays the fee unless it is the shop that erred', (reason) => {
    const verdict = judge(
      policyWith({ restockingFeePercent: 15 }),
      sampleOrder(),
      sampleRequest({ reason }),
      soon,
    );
    const waived = ['damaged', 'wrong_item', 'not_as_described'].includes(reason);
    expect(verdict).toEqual({ kind: 'accept', rule: 'within-window', feePercent: waived ? 0 : 15 });
  });
});

const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 3 }),
  unfulfilledQuantity: fc.integer({ min: 0, max: 2 }),
  isGiftCard: fc.boolean(),
  requiresShipping: fc.boolean(),
  productTags: fc.constantFrom([], ['final sale']),
});
const anyOrder = fc
  .tuple(
    fc.array(anyLine, { minLength: 1, maxLength: 4 }),
    fc.array(fc.integer({ min: -40, max: 0 }), { maxLength: 3 }),
  )
  .map(([lines, deliveries]) =>
    sampleOrder({
      lines: lines.map((line, index) =>
        sampleLine({ ...line, id: lineId(index), title: `Item ${index}`, refundableQuantity: line.quantity }),
      ),
      shipments: deliveries.map((days, index) =>
        sampleShipment({
          deliveredAt: index === 2 ? undefined : at(delivery, days).toISOString(),
          lines: lines.map((_, line) => ({ lineId: lineId(line), quantity: 1 })),
        }),
      ),
    }),
  );

describe('judging', () => {
  it('does not depend on the order in which lines are named', () => {
    const shuffled = anyOrder.chain((order) => {
      const lines = order.lines.map(({ id }) => ({ lineId: id, quantity: 1 }));
      return fc.tuple(
        fc.constant(order),
        fc.constant(lines),
        fc.shuffledSubarray(lines, { minLength: lines.length }),
      );
    });
    fc.assert(
      fc.property(shuffled, ([order, lines, reordered]) => {
        expect(judge(thirtyDays, order, sampleRequest({ lines: reordered }), soon)).toEqual(
          judge(thirtyDays, order, sampleRequest({ lines }), soon),
        );
      }),
    );
  });

  it('never accepts more for a narrower window', () => {
    const days = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(anyOrder, days, days, fc.integer({ min: 1, max: 3 }), (order, one, other, quantity) => {
        const request = sampleRequest({ lines: [{ lineId: lineId(0), quantity }] });
        const [narrow, wide] = [Math.min(one, other), Math.max(one, other)].map(
          (windowDays) => judge(defaultPolicy({ windowDays }), order, request, soon).kind,
        );
        expect(narrow === 'accept' && wide !== 'accept').toBe(false);
      }),
    );
  });
});
