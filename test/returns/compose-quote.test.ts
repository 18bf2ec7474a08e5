import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeQuote, type QuoteInput } from '../../src/returns/compose-quote.ts';
import { type Money, money, sumMoney } from '../../src/returns/money.ts';
import { defaultPolicy } from '../../src/returns/policy.ts';
import { type QuotedPayment, refundDigest } from '../../src/returns/quote.ts';
import { sampleOrder, sampleRequest, shirt } from './sample-order.ts';

const now = new Date('2026-10-02T12:00:00.000Z');
const policy = defaultPolicy({ windowDays: 30 });

function usd(minor: number): Money {
  return money(minor, 'USD');
}

function payments(...minors: readonly number[]): readonly QuotedPayment[] {
  return minors.map((minor, index) => ({
    parentTransactionId: `gid://shopify/OrderTransaction/${index + 1}`,
    gateway: 'shopify_payments',
    amount: usd(minor),
  }));
}

function input(change: Partial<QuoteInput> = {}): QuoteInput {
  return {
    shop: 'my-store.myshopify.com',
    order: sampleOrder(),
    request: sampleRequest(),
    suggestion: { amount: usd(2400), maximumRefundable: usd(6000), payments: payments(2400) },
    verdict: { kind: 'accept', rule: 'within-window', feePercent: 0 },
    policy,
    now,
    ttlSeconds: 3600,
    ...change,
  };
}

function minors(outcome: ReturnType<typeof composeQuote>): unknown {
  return outcome.kind === 'quoted'
    ? [outcome.quote.amount, outcome.quote.fee, ...outcome.quote.payments.map(({ amount }) => amount)].map(
        ({ minor }) => minor,
      )
    : outcome.kind;
}

function fee(feePercent: number): Pick<QuoteInput, 'verdict'> {
  return { verdict: { kind: 'accept', rule: 'within-window', feePercent } };
}

describe('composeQuote', () => {
  it('quotes what the shop suggests, for an hour', () => {
    expect(composeQuote(input())).toEqual({
      kind: 'quoted',
      quote: {
        orderId: 'gid://shopify/Order/1001',
        orderName: '#1001',
        lines: [{ lineId: shirt, quantity: 1, title: 'Blue Shirt', variantTitle: 'M' }],
        reason: 'unwanted',
        wish: 'refund',
        amount: usd(2400),
        fee: usd(0),
        payments: payments(2400),
        rule: 'within-window',
        policyVersion: policy.version,
        digest: refundDigest({
          shop: 'my-store.myshopify.com',
          orderId: sampleOrder().id,
          lines: sampleRequest().lines,
          amount: usd(2400),
          payments: payments(2400),
          policyVersion: policy.version,
        }),
        shopCurrency: 'USD',
        createdAt: now,
        expiresAt: new Date('2026-10-02T13:00:00.000Z'),
      },
    });
  });

  it.each<[string, Partial<QuoteInput>, unknown]>([
    ['takes a fee off', fee(10), [2160, 240, 2160]],
    [
      'rounds the fee half up',
      {
        ...fee(12.5),
        suggestion: { amount: usd(100), maximumRefundable: usd(6000), payments: payments(100) },
      },
      [87, 13, 87],
    ],
    ['has nothing left after a fee of everything', fee(100), 'nothing-to-refund'],
    [
      'never exceeds what the shop can refund',
      { suggestion: { amount: usd(2400), maximumRefundable: usd(2000), payments: payments(2400) } },
      [2000, 0, 2000],
    ],
    [
      'never exceeds what is left of what was received',
      { order: sampleOrder({ totalRefunded: usd(5000) }) },
      [1000, 0, 1000],
    ],
    [
      'has nothing to refund when everything was refunded',
      { order: sampleOrder({ totalRefunded: usd(6000) }) },
      'nothing-to-refund',
    ],
    [
      'has nothing to refund when too much was refunded',
      { ...fee(10), order: sampleOrder({ totalRefunded: usd(7000) }) },
      'nothing-to-refund',
    ],
    [
      'has nothing to refund for what was free',
      { suggestion: { amount: usd(0), maximumRefundable: usd(6000), payments: [] } },
      'nothing-to-refund',
    ],
    [
      'takes a fee from the last payment first',
      {
        ...fee(50),
        suggestion: { amount: usd(2400), maximumRefundable: usd(6000), payments: payments(1000, 1400) },
      },
      [1200, 1200, 1000, 200],
    ],
    [
      'drops payments nothing is left for',
      {
        ...fee(75),
        suggestion: { amount: usd(2400), maximumRefundable: usd(6000), payments: payments(0, 1000, 1400) },
      },
      [600, 1800, 600],
    ],
    [
      'asks a person when the payments cannot carry the amount',
      { suggestion: { amount: usd(2400), maximumRefundable: usd(6000), payments: payments(2399) } },
      'needs-person',
    ],
    [
      'asks a person when there is no payment',
      { suggestion: { amount: usd(2400), maximumRefundable: usd(6000), payments: [] } },
      'needs-person',
    ],
    [
      'takes no money from a payment below zero',
      { suggestion: { amount: usd(2400), maximumRefundable: usd(6000), payments: payments(-100, 2400) } },
      [2400, 0, 2400],
    ],
  ])('%s', (_, change, expected) => {
    expect(minors(composeQuote(input(change)))).toEqual(expected);
  });

  it('refuses amounts in another currency than the order', () => {
    const suggestion = { amount: money(2400, 'EUR'), maximumRefundable: usd(6000), payments: payments(2400) };
    expect(() => composeQuote(input({ suggestion }))).toThrow('Cannot mix');
  });

  it('keeps every sum within its bounds, whatever shop and policy say', () => {
    const minor = fc.integer({ min: 0, max: 100_000 });
    const figures = fc.record({
      suggested: minor,
      maximum: minor,
      received: minor,
      refunded: minor,
      parts: fc.array(minor, { maxLength: 5 }),
      feePercent: fc.integer({ min: 0, max: 10_000 }).map((points) => points / 100),
    });
    fc.assert(
      fc.property(figures, ({ suggested, maximum, received, refunded, parts, feePercent }) => {
        const outcome = composeQuote(
          input({
            ...fee(feePercent),
            order: sampleOrder({ totalReceived: usd(received), totalRefunded: usd(refunded) }),
            suggestion: {
              amount: usd(suggested),
              maximumRefundable: usd(maximum),
              payments: payments(...parts),
            },
          }),
        );
        if (outcome.kind === 'quoted') {
          const { quote } = outcome;
          const parent = new Map(
            payments(...parts).map((part) => [part.parentTransactionId, part.amount.minor]),
          );
          expect(
            sumMoney(
              quote.payments.map(({ amount }) => amount),
              'USD',
            ),
          ).toEqual(quote.amount);
          expect(
            quote.payments.every((part) => part.amount.minor <= (parent.get(part.parentTransactionId) ?? 0)),
          ).toBe(true);
          expect(quote.amount.minor).toBeGreaterThan(0);
          expect(quote.fee.minor).toBeGreaterThanOrEqual(0);
          expect(quote.amount.minor + quote.fee.minor).toBe(
            Math.min(suggested, maximum, received - refunded),
          );
        }
      }),
    );
  });
});
