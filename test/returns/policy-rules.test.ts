import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeQuote } from '../../src/returns/compose-quote.ts';
import { judge } from '../../src/returns/judge.ts';
import { money, sumMoney, toDecimal } from '../../src/returns/money.ts';
import type { Order } from '../../src/returns/order.ts';
import type { Policy, Verdict } from '../../src/returns/policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import type { ReturnRequest } from '../../src/returns/return-request.ts';
import { type AskerFacts, factNames } from '../../src/returns/rule-facts.ts';
import {
  delivery,
  mug,
  sampleLine,
  sampleOrder,
  sampleRequest,
  sampleShipment,
  shirt,
} from './sample-order.ts';

const now = new Date(Date.parse(delivery) + 10 * 86_400_000);
const asker: AskerFacts = { channel: 'sms', askedBy: 'customer' };
const base = sampleOrder();

/** Everything a rule may ask about is known. */
const known: Order = {
  ...base,
  tags: ['wholesale'],
  discountCodes: ['SUMMER10'],
  salesChannel: 'Online Store',
  riskLevel: 'low',
  customer: base.customer && {
    ...base.customer,
    tags: ['VIP'],
    numberOfOrders: 10,
    earlierReturns: [
      { createdAt: '2026-09-30T12:00:00.000Z', skus: ['SH-1', 'X'] },
      { createdAt: '2026-01-01T12:00:00.000Z', skus: ['X'] },
    ],
  },
  lines: [
    sampleLine({
      sku: 'SH-1',
      productType: 'Shirts',
      productTags: ['Summer', 'cotton'],
      productId: '77',
      vendor: 'Acme',
      collections: ['summer-sale'],
      discountPercent: 12.5,
      boughtOnSale: false,
    }),
    ...base.lines.slice(1),
  ],
};
const request = { ...sampleRequest(), photoGiven: true };

/** Of each condition one that holds and one that does not. */
const conditions: Readonly<Record<string, readonly [holds: string, fails: string]>> = {
  country: ['[CA, us]', '{none: [US]}'],
  currency: ['USD', 'EUR'],
  product_id: ['"77"', '"78"'],
  product_type: ['shirts', 'shoes'],
  tag: ['{all: [summer, COTTON], none: [wool]}', '{any: [summer], none: [cot*]}'],
  vendor: ['ac*', 'acm'],
  sku: ['sh-*', '[SH-2, SH]'],
  collection: ['summer-sale', '{all: [summer-sale, winter]}'],
  discount_code: ['summer10', 'summer'],
  order_tag: ['wholesale', '{none: [wholesale]}'],
  sales_channel: ['online store', 'pos'],
  risk: ['[low, medium]', 'high'],
  customer_tag: ['vip', 'vi'],
  reason: ['unwanted', '{none: [unwanted]}'],
  wish: ['refund', '[store_credit, exchange]'],
  channel: ['[sms, whatsapp]', 'slack'],
  asked_by: ['customer', 'staff'],
  days_since_delivery: ['{at_least: 10, at_most: 10}', '{above: 10}'],
  days_since_shipment: ['{above: 12.99, at_most: 13}', '{below: 13}'],
  days_since_sale: ['16', '{above: 16}'],
  price: ['{above: "23.99", at_most: 24}', '{above: "24.00"}'],
  order_total: ['60.00', '{below: 60}'],
  quantity: ['1', '{at_least: 2}'],
  discount_percent: ['12.5', '{above: 12.5}'],
  number_of_orders: ['{above: 9}', '{at_most: 9}'],
  return_percent: ['20', '{above: 20}'],
  earlier_returns: ['{at_least: 1, below: 2, within_days: 90}', '{at_most: 1}'],
  earlier_returns_of_sku: ['1', '{at_least: 2}'],
  requested: ['{from: 2026-10-11, until: 2026-10-11}', '{from: 2026-10-12}'],
  ordered: ['{until: 2026-09-25}', '{until: 2026-09-24}'],
  gift_card: ['false', 'true'],
  digital: ['false', 'true'],
  undelivered: ['false', 'true'],
  partly_shipped: ['false', 'true'],
  bought_on_sale: ['false', 'true'],
  photo_given: ['true', 'false'],
};

const accepted = { kind: 'accept', rule: 'within-window', feePercent: 0 };
const outcomes: readonly (readonly [then: string, verdict: object])[] = [
  ['{accept: true}', { ...accepted, rule: 'the-rule' }],
  ['{deny: Not this one.}', { kind: 'deny', rule: 'the-rule', say: 'Not this one (Blue Shirt).' }],
  ['{needs_person: true}', { kind: 'needs-person', rule: 'the-rule' }],
  ['{approval: {people: 2, approvers: [S1]}}', { approval: { people: 2, approvers: ['S1'] } }],
  ['{window_days: 10}', { ...accepted, rule: 'the-rule' }],
  ['{window_days: 9}', { kind: 'deny', rule: 'window-closed' }],
  ['{bypass_final_sale: true}', accepted],
  ['{restocking_fee_percent: 15}', { ...accepted, feePercent: 15 }],
  ['{return_shipping_fee: "5.00"}', { ...accepted, returnShippingFee: '5' }],
  ['{waive_fees: true}', accepted],
  ['{refund_to: original}', accepted],
  ['{refund_to: exchange}', { kind: 'deny', rule: 'the-rule', alternatives: ['exchange'] }],
  ['{refund_to: store_credit}', { kind: 'deny', rule: 'the-rule', alternatives: ['store_credit'] }],
  ['{refund_shipping: always}', { ...accepted, refundShipping: true }],
  ['{refund_shipping: our_fault}', accepted],
  ['{refund_shipping: never}', accepted],
  ['{when: at_once}', accepted],
  ['{when: on_arrival}', { ...accepted, settles: 'on_arrival' }],
  ['{when: on_arrival, keep_item: false}', { ...accepted, settles: 'on_arrival' }],
  ['{photo_required: true}', accepted],
  ['{keep_item: true}', { ...accepted, keepItem: true }],
  ['{label: "https://labels.example"}', { ...accepted, label: 'https://labels.example' }],
  ['{tag_order: seen}', { ...accepted, tags: { order: ['seen'], customer: [] } }],
  ['{tag_customer: [seen]}', { ...accepted, tags: { order: [], customer: ['seen'] } }],
  ['{note: Look at it}', { ...accepted, note: 'Look at it' }],
  ['{alternatives: [person]}', accepted],
];

function policyOf(yaml: string): Policy {
  const parsed = parsePolicyFile(yaml, 30);
  if (parsed.kind === 'invalid') throw new Error(`${yaml}\n${parsed.problems.join('\n')}`);
  return parsed.policy;
}

/** What contradicts itself cannot be a case. */
function verdictOf(when: string, then: string, order = known): Verdict | undefined {
  const parsed = parsePolicyFile(`rules: [{id: the-rule, when: ${when}, then: ${then}}]`, 30);
  if (parsed.kind === 'ok') return judge(parsed.policy, order, request, now, asker);
  expect(parsed.problems.join()).toContain('closed before');
  return undefined;
}

describe('each condition with each outcome', () => {
  it('has every condition there is', () => {
    expect(Object.keys(conditions).sort()).toEqual([...factNames].sort());
  });

  it.each(Object.entries(conditions))(
    '%s: decides where it holds, and nowhere else',
    (fact, [holds, fails]) => {
      for (const [then, expected] of outcomes) {
        const held = verdictOf(`{${fact}: ${holds}}`, then);
        if (held) expect(held, then).toMatchObject(expected);
        const failed = verdictOf(`{${fact}: ${fails}}`, then);
        if (failed) expect(failed, then).toEqual(accepted);
      }
    },
  );

  it.each(Object.entries(conditions))(
    '%s: with any other condition that fails, decides nothing',
    (fact, [holds]) => {
      for (const [other, [, fails]] of Object.entries(conditions)) {
        if (other === fact) continue;
        expect(verdictOf(`{${fact}: ${holds}, ${other}: ${fails}}`, '{needs_person: true}')).toEqual(
          accepted,
        );
      }
    },
  );

  it.each([
    ['discount_code', '{none: [X]}'],
    ['order_tag', '{none: [X]}'],
    ['risk', '{none: [high]}'],
    ['customer_tag', '{none: [VIP]}'],
    ['vendor', '{none: [X]}'],
    ['number_of_orders', '{below: 5}'],
    ['earlier_returns', '{at_most: 9}'],
    ['bought_on_sale', 'false'],
    ['product_type', '{none: [X]}'],
  ])('%s: matches nothing while it is not known, not even by what it is not', (fact, test) => {
    expect(verdictOf(`{${fact}: ${test}}`, '{deny: No}', base)).toEqual(accepted);
    expect(verdictOf(`{${fact}: ${test}}`, '{deny: No}', known)?.kind).toBe(
      ['customer_tag', 'number_of_orders'].includes(fact) ? 'accept' : 'deny',
    );
  });

  it('price is not known in another currency than the shop has', () => {
    const euro = { ...known, shopCurrency: 'EUR' };
    expect(verdictOf('{price: {below: 1000}}', '{deny: No}', euro)).toEqual(accepted);
  });
});

/** Outcomes that change nothing of an ordinary case, each in one where it shows. */
type Telling = {
  readonly outcome: string;
  readonly base?: string;
  readonly other?: string;
  readonly order?: Order;
  readonly asks?: Partial<ReturnRequest>;
  readonly daysLater?: number;
  /** Conditions that this case itself changes. */
  readonly but?: readonly string[];
  readonly held: object;
  readonly failed: object;
};
const [first = sampleLine(), ...rest] = known.lines;
const telling: readonly Telling[] = [
  {
    outcome: '{waive_fees: true}',
    base: 'restocking_fee_percent: 10',
    held: accepted,
    failed: { ...accepted, feePercent: 10 },
  },
  {
    outcome: '{bypass_final_sale: true}',
    order: { ...known, lines: [{ ...first, productTags: [...first.productTags, 'final sale'] }, ...rest] },
    held: accepted,
    failed: { kind: 'deny', rule: 'final-sale' },
  },
  {
    outcome: '{refund_to: original}',
    other: '{refund_to: store_credit}',
    held: accepted,
    failed: { kind: 'deny', rule: 'other' },
  },
  {
    outcome: '{refund_shipping: never}',
    other: '{refund_shipping: always}',
    held: { ...accepted, refundShipping: undefined },
    failed: { ...accepted, refundShipping: true },
  },
  {
    outcome: '{refund_shipping: our_fault}',
    asks: { reason: 'damaged' },
    but: ['reason'],
    held: { ...accepted, refundShipping: true },
    failed: { ...accepted, refundShipping: undefined },
  },
  {
    outcome: '{when: at_once}',
    other: '{when: on_arrival}',
    held: { ...accepted, settles: undefined },
    failed: { ...accepted, settles: 'on_arrival' },
  },
  {
    outcome: '{photo_required: true}',
    asks: { photoGiven: false },
    but: ['photo_given'],
    held: { kind: 'needs-person', rule: 'photo-required' },
    failed: accepted,
  },
  {
    outcome: '{alternatives: [person]}',
    daysLater: 30,
    but: [
      'days_since_delivery',
      'days_since_shipment',
      'days_since_sale',
      'requested',
      'earlier_returns',
      'earlier_returns_of_sku',
    ],
    held: { kind: 'deny', rule: 'window-closed', alternatives: ['person'] },
    failed: { kind: 'deny', rule: 'window-closed', alternatives: undefined },
  },
];

describe('each condition with an outcome that shows in some cases only', () => {
  it.each(telling)('$outcome decides where the condition holds, and nowhere else', ({ outcome, ...one }) => {
    const { base = '', other, order = known, asks, daysLater = 0, held, failed } = one;
    const at = new Date(now.getTime() + daysLater * 86_400_000);
    const facts = Object.entries(conditions).filter(([fact]) => !one.but?.includes(fact));
    for (const [fact, [holds, fails]] of facts) {
      for (const [test, expected] of [
        [holds, held],
        [fails, failed],
      ] as const) {
        const rules = [`  - {id: the-rule, when: {${fact}: ${test}}, then: ${outcome}}`];
        if (other) rules.push(`  - {id: other, then: ${other}}`);
        const policy = policyOf([base, 'rules:', ...rules].join('\n'));
        const verdict = judge(policy, order, { ...request, ...asks }, at, asker);
        const named = Object.keys(expected).map((key) => [key, verdict[key as keyof Verdict]]);
        expect(Object.fromEntries(named), `${fact}: ${test}`).toEqual(expected);
      }
    }
  });
});

describe('several rules', () => {
  it('are asked by priority, then in the order of the file, each for what is not decided yet', () => {
    const policy = policyOf(`rules:
  - {id: last, priority: 5, then: {deny: No, restocking_fee_percent: 50, note: last}}
  - {id: fee, when: {country: US}, then: {restocking_fee_percent: 20}}
  - {id: other-fee, when: {country: [US, CA]}, then: {restocking_fee_percent: 30, keep_item: true}}
  - {id: first, priority: -1, when: {reason: unwanted}, then: {accept: true}}`);
    expect(judge(policy, known, request, now, asker)).toEqual({
      kind: 'accept',
      rule: 'first',
      feePercent: 20,
      keepItem: true,
      note: 'last',
    });
  });

  it('cannot lift what is a fact, nor what only the base refuses', () => {
    const policy = policyOf(
      'rules: [{id: all, then: {accept: true, window_days: 999, bypass_final_sale: true}}]',
    );
    const ruleFor = (order: Order) => judge(policy, order, request, now, asker).rule;
    const withShirt = (change: object) => ({ ...known, lines: [{ ...sampleLine(), ...change }] });
    expect(ruleFor(withShirt({ productTags: ['final sale'] }))).toBe('all');
    expect(ruleFor(withShirt({ isGiftCard: true }))).toBe('gift-card');
    expect(ruleFor(withShirt({ refundableQuantity: 0 }))).toBe('already-refunded');
    expect(ruleFor(withShirt({ unfulfilledQuantity: 2 }))).toBe('not-shipped');
    expect(ruleFor({ ...known, cancelledAt: delivery })).toBe('cancelled-order');
  });

  it('charge no fee for a reason that is the fault of the shop', () => {
    const policy = policyOf(
      'rules: [{id: fees, then: {restocking_fee_percent: 50, return_shipping_fee: 9}}]',
    );
    expect(judge(policy, known, { ...request, reason: 'damaged' }, now, asker)).toEqual(accepted);
  });

  it('offer only what would not be denied in turn', () => {
    const offer = '{id: offer, then: {alternatives: [person, store_credit, exchange]}}';
    const late = new Date(Date.parse(delivery) + 40 * 86_400_000);
    const verdictWith = (more: string) =>
      judge(policyOf(`rules: [${offer}${more}]`), known, request, late, asker);
    expect(verdictWith('')).toMatchObject({ kind: 'deny', rule: 'window-closed', alternatives: ['person'] });
    const more = ', {id: credit, when: {wish: store_credit}, then: {window_days: 60}}';
    const offered = verdictWith(more);
    expect(offered).toMatchObject({ alternatives: ['store_credit', 'person'] });
    expect(offered.kind === 'deny' && offered.say).toContain(
      'store credit or a person to look at it instead',
    );
  });

  it('take a photo that was not seen to a person', () => {
    const policy = policyOf('rules: [{id: photo, then: {photo_required: true}}]');
    for (const photoGiven of [false, undefined]) {
      expect(judge(policy, known, { ...request, photoGiven }, now, asker).rule).toBe('photo-required');
    }
  });
});

const some = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const anyWhen = some(...Object.entries(conditions)).chain(([fact, tests]) =>
  some(...tests).map((test) => `${fact}: ${test}`),
);
const anyRules = fc
  .array(fc.tuple(anyWhen, some(...outcomes.map(([then]) => then)), fc.integer({ min: -2, max: 2 })), {
    maxLength: 8,
  })
  .map((rules) =>
    rules.map(
      ([when, then, priority], index) =>
        `  - {id: r${index}, priority: ${priority}, when: {${when}}, then: ${then}}`,
    ),
  )
  .map((lines) => ['restocking_fee_percent: 5', 'rules:', ...lines].join('\n'))
  .map((yaml) => parsePolicyFile(yaml.replace(/rules:$/, 'rules: []'), 30))
  .filter((parsed) => parsed.kind === 'ok')
  .map((parsed) => (parsed.kind === 'ok' ? parsed.policy : policyOf('{}')));
const anyRequest = fc.record({
  reason: some('unwanted', 'damaged', 'too_small'),
  wish: some('refund', 'store_credit'),
  lines: fc.shuffledSubarray(
    [
      { lineId: shirt, quantity: 2 },
      { lineId: mug, quantity: 1 },
    ],
    { minLength: 1 },
  ),
}) as fc.Arbitrary<Partial<ReturnRequest>>;
const anyNow = fc
  .integer({ min: 0, max: 60 })
  .map((days) => new Date(Date.parse(delivery) + days * 86_400_000));

describe('judging by any rules', () => {
  it('depends neither on the order of the lines nor on anything but its input', () => {
    fc.assert(
      fc.property(anyRules, anyRequest, anyNow, (policy, change, at) => {
        const asked = sampleRequest(change);
        const verdict = judge(policy, known, asked, at, asker);
        expect(judge(policy, known, asked, at, asker)).toEqual(verdict);
        const turned = { ...known, lines: known.lines.toReversed() };
        const reversed = judge(policy, turned, { ...asked, lines: asked.lines.toReversed() }, at, asker);
        expect({ ...reversed, say: '' }).toEqual({ ...verdict, say: '' });
      }),
    );
  });

  it('never accepts more for a narrower window', () => {
    const days = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(anyRequest, anyNow, days, days, (change, at, one, other) => {
        const [narrow, wide] = [Math.min(one, other), Math.max(one, other)].map((windowDays) => {
          const policy = policyOf(`rules: [{id: r, then: {window_days: ${windowDays}}}]`);
          return judge(policy, known, sampleRequest(change), at, asker).kind;
        });
        expect(narrow !== 'deny' && wide === 'deny').toBe(false);
      }),
    );
  });

  it('is not changed by a rule that matches nothing', () => {
    fc.assert(
      fc.property(anyRules, anyRequest, anyNow, some(...outcomes), (policy, change, at, [then]) => {
        const [extra] =
          policyOf(`rules: [{id: never, priority: -9, when: {currency: XTS}, then: ${then}}]`).rules ?? [];
        const rules = extra ? [extra, ...(policy.rules ?? [])] : [];
        const asked = sampleRequest(change);
        expect(judge({ ...policy, rules }, known, asked, at, asker)).toEqual(
          judge(policy, known, asked, at, asker),
        );
      }),
    );
  });

  it('keeps fees within the refund, and refunds within what was paid', () => {
    const fees = fc.record({
      percent: fc.integer({ min: 0, max: 100 }),
      fee: fc.integer({ min: 0, max: 9_000 }),
    });
    const paid = fc.integer({ min: 0, max: 6_000 });
    fc.assert(
      fc.property(fees, paid, paid, ({ percent, fee }, suggested, refunded) => {
        const policy = policyOf(
          `rules: [{id: r, then: {restocking_fee_percent: ${percent}, return_shipping_fee: "${toDecimal(money(fee, 'USD'))}"}}]`,
        );
        const order = { ...known, totalRefunded: money(Math.min(refunded, 5_999), 'USD') };
        const verdict = judge(policy, order, request, now, asker);
        if (verdict.kind !== 'accept') throw new Error('It is to be accepted.');
        const amount = money(suggested, 'USD');
        const payment = { parentTransactionId: '1', gateway: 'card', amount };
        const suggestion = { amount, maximumRefundable: amount, payments: [payment] };
        const shop = 'my-store.myshopify.com';
        const quoted = composeQuote({
          shop,
          order,
          request,
          suggestion,
          verdict,
          policy,
          now,
          ttlSeconds: 60,
        });
        if (quoted.kind !== 'quoted') return;
        const { quote } = quoted;
        const refundable = Math.min(suggested, 6_000 - order.totalRefunded.minor);
        expect(quote.amount.minor + quote.fee.minor).toBe(refundable);
        expect(quote.fee.minor).toBeGreaterThanOrEqual(0);
        expect(quote.amount.minor).toBeGreaterThan(0);
        expect(quote.returnShippingFee?.minor ?? 0).toBeLessThanOrEqual(Math.min(fee, quote.fee.minor));
        expect(
          sumMoney(
            quote.payments.map((one) => one.amount),
            'USD',
          ),
        ).toEqual(quote.amount);
      }),
    );
  });
});

describe('lines with different outcomes', () => {
  const both = sampleRequest({
    lines: [
      { lineId: mug, quantity: 1 },
      { lineId: shirt, quantity: 1 },
    ],
  });
  const verdictWith = (ofShirt: string, ofMug: string, order = known) =>
    judge(
      policyOf(`rules:
  - {id: mugs, when: {sku: MUG}, then: {${ofMug}}}
  - {id: shirts, when: {sku: SH-1}, then: {${ofShirt}}}`),
      { ...order, lines: order.lines.map((line) => (line.id === mug ? { ...line, sku: 'MUG' } : line)) },
      both,
      now,
      asker,
    );

  it.each([
    ['restocking_fee_percent: 20', 'restocking_fee_percent: 10', { feePercent: 20 }],
    ['return_shipping_fee: 9.5', 'return_shipping_fee: 10', { returnShippingFee: '10' }],
    ['return_shipping_fee: 9.5', 'return_shipping_fee: 5', { returnShippingFee: '9.5' }],
    ['approval: {people: 3}', 'approval: {people: 2, approvers: [S1]}', { approval: { people: 3 } }],
    ['approval: {people: 2, approvers: [S2]}', 'approval: {people: 2}', { approval: { people: 2 } }],
    ['refund_to: exchange', 'refund_to: store_credit', { rule: 'shirts', alternatives: ['exchange'] }],
    ['refund_to: original', 'refund_to: store_credit', { rule: 'mugs', alternatives: ['store_credit'] }],
    ['when: at_once', 'when: on_arrival', { settles: 'on_arrival' }],
    ['when: on_arrival', 'keep_item: true', { settles: 'on_arrival' }],
    ['refund_shipping: never', 'refund_shipping: always', { refundShipping: true }],
    ['label: "https://b.example"', 'label: "https://a.example"', { label: 'https://a.example' }],
    ['tag_order: b', 'tag_order: [a, b]', { tags: { order: ['a', 'b'], customer: [] } }],
    ['deny: Not this', 'needs_person: true', { kind: 'deny', rule: 'shirts' }],
    ['needs_person: true', 'accept: true', { kind: 'needs-person', rule: 'shirts' }],
    ['window_days: 5', 'window_days: 90', { kind: 'deny', rule: 'window-closed' }],
    ['note: Look', 'note: Listen', { note: 'Listen Look' }],
  ])('come to the strictest of "%s" and "%s"', (ofShirt, ofMug, expected) => {
    expect(verdictWith(ofShirt, ofMug)).toMatchObject(expected);
  });

  it('keep an item only when it is so for all of them', () => {
    expect(verdictWith('keep_item: true', 'keep_item: false')).not.toHaveProperty('keepItem');
    expect(verdictWith('keep_item: true', 'keep_item: true')).toMatchObject({ keepItem: true });
  });
});

describe('a line in several shipments', () => {
  it('is as old as the oldest of the newest pieces that are enough', () => {
    const order = sampleOrder({
      shipments: [
        sampleShipment({ lines: [{ lineId: shirt, quantity: 1 }] }),
        sampleShipment({ deliveredAt: '2026-10-06T12:00:00.000Z', lines: [{ lineId: shirt, quantity: 1 }] }),
      ],
    });
    const policy = policyOf(
      'rules: [{id: fresh, when: {days_since_delivery: {at_most: 5}}, then: {accept: true}}]',
    );
    const ruleFor = (quantity: number) =>
      judge(policy, order, sampleRequest({ lines: [{ lineId: shirt, quantity }] }), now).rule;
    expect(ruleFor(1)).toBe('fresh');
    expect(ruleFor(2)).toBe('within-window');
    expect(ruleFor(3)).not.toBe('fresh');
  });
});
