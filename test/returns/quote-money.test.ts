import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeQuote, type QuoteInput } from '../../src/returns/compose-quote.ts';
import { money, sumMoney, zero } from '../../src/returns/money.ts';
import { type Acceptance, defaultPolicy } from '../../src/returns/policy.ts';
import type { QuotedExchange } from '../../src/returns/quote.ts';
import { sampleOrder, sampleRequest, shirt } from './sample-order.ts';

const accepted: Acceptance = { kind: 'accept', rule: 'within-window', feePercent: 0 };
const exchange: readonly QuotedExchange[] = [
  { lineId: shirt, variantId: 'gid://shopify/ProductVariant/2', title: 'Blue Shirt (L)', quantity: 1 },
];

type Figures = {
  readonly currency: string;
  readonly subtotal: number;
  readonly tax: number;
  readonly taxesIncluded: boolean;
  readonly shipping: number;
  readonly fee: number;
  readonly sentOut: number;
  readonly maximum: number;
  readonly received: number;
  readonly refunded: number;
};
const figures: Figures = {
  currency: 'USD',
  subtotal: 2400,
  tax: 200,
  taxesIncluded: false,
  shipping: 0,
  fee: 0,
  sentOut: 0,
  maximum: 6000,
  received: 6000,
  refunded: 0,
};

/** As a shop would answer for goods of this worth. */
function inputOf(change: Partial<Figures>, verdict: Partial<Acceptance>, isExchange = false): QuoteInput {
  const given = { ...figures, ...change };
  const amount = (minor: number) => money(minor, given.currency);
  const worth = given.subtotal + (given.taxesIncluded ? 0 : given.tax) + given.shipping;
  const suggested = amount(Math.min(worth, given.maximum));
  const priced = (subtotal: number, tax: number) => ({ subtotal: amount(subtotal), tax: amount(tax) });
  const all = { ...accepted, ...verdict };
  return {
    shop: 'my-store.myshopify.com',
    order: sampleOrder({
      currency: given.currency,
      shopCurrency: given.currency,
      totalReceived: amount(given.received),
      totalRefunded: amount(given.refunded),
    }),
    request: sampleRequest(),
    suggestion: {
      amount: suggested,
      maximumRefundable: amount(given.maximum),
      payments: [{ parentTransactionId: '1', gateway: 'card', amount: suggested }],
      shipping: amount(given.shipping),
      storeCredit: all.storeCredit ? suggested : amount(0),
    },
    ...(all.settles && {
      calculation: {
        taxesIncluded: given.taxesIncluded,
        lines: [{ ...priced(given.subtotal, given.tax), fee: amount(given.fee) }],
        exchanges: isExchange ? [priced(given.sentOut, 0)] : [],
        returnShippingFee: undefined,
      },
    }),
    ...(isExchange && { exchange }),
    verdict: all,
    policy: defaultPolicy({ windowDays: 30 }),
    now: new Date('2026-10-02T12:00:00.000Z'),
    ttlSeconds: 60,
  };
}

const minor = fc.integer({ min: 0, max: 100_000 });
const anyFigures = fc.record({
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  subtotal: minor,
  tax: fc.integer({ min: 0, max: 9_000 }),
  taxesIncluded: fc.boolean(),
  shipping: fc.integer({ min: 0, max: 2_000 }),
  fee: fc.integer({ min: 0, max: 5_000 }),
  sentOut: minor,
  maximum: minor,
  received: minor,
  refunded: minor,
});

function worthOf({ subtotal, tax, taxesIncluded, shipping }: Figures): number {
  return subtotal + (taxesIncluded ? 0 : tax) + shipping;
}

function refundableOf(given: Figures): number {
  return Math.min(worthOf(given), given.maximum, given.received - given.refunded);
}

describe('what is quoted', () => {
  it('holds a gift of exactly its percentage, and nothing else beyond what can be refunded', () => {
    const percent = fc.integer({ min: 0, max: 10_000 }).map((points) => points / 100);
    fc.assert(
      fc.property(anyFigures, percent, percent, (given, feePercent, bonusPercent) => {
        const outcome = composeQuote(inputOf(given, { feePercent, storeCredit: { bonusPercent } }));
        if (outcome.kind !== 'quoted') return;
        const { amount, storeCredit, bonus = zero(given.currency), payments, fee } = outcome.quote;
        const paid = amount.minor - bonus.minor;
        expect(storeCredit).toEqual(amount);
        expect(payments).toEqual([]);
        expect(bonus.minor).toBe(Number((BigInt(paid) * BigInt(Math.round(bonusPercent * 100))) / 10_000n));
        expect(paid + fee.minor).toBe(refundableOf(given));
      }),
    );
  });

  it('on arrival is what the shop keeps less than the goods, and never below nothing', () => {
    fc.assert(
      fc.property(anyFigures, (given) => {
        const outcome = composeQuote(inputOf(given, { settles: 'on_arrival' }));
        const expected = refundableOf(given) - given.fee;
        if (outcome.kind !== 'quoted') {
          expect(expected).toBeLessThanOrEqual(0);
          return;
        }
        const { amount, fee, payments, settles } = outcome.quote;
        expect([amount.minor, fee.minor, settles]).toEqual([expected, given.fee, 'on_arrival']);
        const parts = payments.map((payment) => payment.amount);
        expect(sumMoney(parts, given.currency)).toEqual(amount);
      }),
    );
  });

  it('in exchange never asks for money, and gives back no more than what comes back is worth', () => {
    fc.assert(
      fc.property(anyFigures, (given) => {
        const outcome = composeQuote(inputOf(given, { settles: 'on_arrival' }, true));
        const rest = refundableOf(given) - given.fee - given.sentOut;
        if (outcome.kind !== 'quoted') {
          expect(rest).toBeLessThan(0);
          return;
        }
        expect(outcome.quote.amount.minor).toBe(rest);
        expect(outcome.quote.exchange).toEqual(exchange);
      }),
    );
  });

  it('over any number of returns adds up to no more than was received, gifts aside', () => {
    const returns = fc.array(fc.tuple(anyFigures, fc.boolean()), { maxLength: 6 });
    fc.assert(
      fc.property(returns, minor, (all, received) => {
        let refunded = 0;
        for (const [one, asCredit] of all) {
          const given = { ...one, currency: 'USD', received, refunded };
          const verdict = asCredit ? { storeCredit: { bonusPercent: 10 } } : {};
          const outcome = composeQuote(inputOf(given, verdict));
          if (outcome.kind !== 'quoted') continue;
          refunded += outcome.quote.amount.minor - (outcome.quote.bonus?.minor ?? 0);
        }
        expect(refunded).toBeLessThanOrEqual(received);
      }),
    );
  });
});

describe('a quote', () => {
  const exchanged = (change: Partial<Figures>, verdict: Partial<Acceptance> = {}) =>
    composeQuote(inputOf(change, { settles: 'on_arrival', ...verdict }, true));

  it('gives what an exchange leaves over back, or as store credit where that is all there is', () => {
    expect(exchanged({ sentOut: 2100 })).toMatchObject({
      quote: { amount: { minor: 500 }, payments: [{ amount: { minor: 500 } }] },
    });
    const credit = exchanged({ sentOut: 2100 }, { storeCredit: { bonusPercent: 0 } });
    expect(credit).toMatchObject({
      quote: { amount: { minor: 500 }, payments: [], storeCredit: { minor: 500 } },
    });
    const even = exchanged({ sentOut: 2600 }, { storeCredit: { bonusPercent: 0 } });
    expect(even).toMatchObject({ quote: { amount: { minor: 0 }, payments: [] } });
    expect(even).not.toHaveProperty('quote.storeCredit');
  });

  it('names what an exchange costs more, unless the order was refunded meanwhile', () => {
    expect(exchanged({ sentOut: 2650 })).toMatchObject({
      kind: 'needs-person',
      rule: 'exchange-costs-more',
      say: 'This exchange would cost $0.50 more, which a person has to arrange.',
    });
    expect(exchanged({ sentOut: 2600, maximum: 2000 })).toMatchObject({ rule: 'payments-too-small' });
  });

  it('goes to a person when the shop would give less as store credit', () => {
    const input = inputOf({}, { storeCredit: { bonusPercent: 0 } });
    const suggestion = { ...input.suggestion, storeCredit: money(2599, 'USD') };
    expect(composeQuote({ ...input, suggestion })).toMatchObject({ rule: 'store-credit-by-person' });
  });

  it('charges no fee on shipping that goes back', () => {
    const verdict = { feePercent: 10, refundShipping: true } as const;
    expect(composeQuote(inputOf({ shipping: 500 }, verdict))).toMatchObject({
      quote: { amount: { minor: 2840 }, fee: { minor: 260 }, shipping: { minor: 500 } },
    });
  });

  it.each(['settles', 'storeCredit', 'exchange'] as const)(
    'of another kind has another digest (%s)',
    (kind) => {
      const digestOf = (outcome: ReturnType<typeof composeQuote>) =>
        outcome.kind === 'quoted' ? outcome.quote.digest : outcome.kind;
      const other = {
        settles: composeQuote(inputOf({}, { settles: 'on_arrival' })),
        storeCredit: composeQuote(inputOf({}, { storeCredit: { bonusPercent: 0 } })),
        exchange: exchanged({}),
      }[kind];
      expect(digestOf(other)).not.toBe(digestOf(composeQuote(inputOf({}, {}))));
    },
  );

  it('puts the order into the link to the label', () => {
    const outcome = composeQuote(inputOf({}, { label: 'https://labels.example.com/{order}' }));
    expect(outcome).toMatchObject({ quote: { label: 'https://labels.example.com/1001' } });
  });
});
