import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderId } from '../../src/returns/ids.ts';
import { money } from '../../src/returns/money.ts';
import { type DigestedRefund, isExpired, needsApproval, refundDigest } from '../../src/returns/quote.ts';
import { mug, shirt } from './sample-order.ts';

const refund: DigestedRefund = {
  shop: 'my-store.myshopify.com',
  orderId: 'gid://shopify/Order/1001' as OrderId,
  lines: [
    { lineId: shirt, quantity: 1 },
    { lineId: mug, quantity: 1 },
  ],
  amount: money(3600, 'USD'),
  payments: [
    {
      parentTransactionId: 'gid://shopify/OrderTransaction/1',
      gateway: 'gift_card',
      amount: money(1000, 'USD'),
    },
    {
      parentTransactionId: 'gid://shopify/OrderTransaction/2',
      gateway: 'shopify_payments',
      amount: money(2600, 'USD'),
    },
  ],
  policyVersion: '0123456789ab',
};

describe('refundDigest', () => {
  it('stays what it is: stored approvals are compared with it', () => {
    expect(refundDigest(refund)).toBe('ac4b36b436c4441cbe3b9307d7b5d599b956b1b1665a4c8777d4c5c267015066');
  });

  it('does not depend on the order of lines or payments', () => {
    const reordered = fc.record({
      lines: fc.shuffledSubarray([...refund.lines], { minLength: 2 }),
      payments: fc.shuffledSubarray([...refund.payments], { minLength: 2 }),
    });
    fc.assert(
      fc.property(reordered, (change) => {
        expect(refundDigest({ ...refund, ...change })).toBe(refundDigest(refund));
      }),
    );
  });

  it.each<[string, Partial<DigestedRefund>]>([
    ['shop', { shop: 'other.myshopify.com' }],
    ['order', { orderId: 'gid://shopify/Order/1002' as OrderId }],
    ['set of lines', { lines: [{ lineId: shirt, quantity: 1 }] }],
    [
      'quantity',
      {
        lines: [
          { lineId: shirt, quantity: 2 },
          { lineId: mug, quantity: 1 },
        ],
      },
    ],
    ['amount', { amount: money(3601, 'USD') }],
    ['currency', { amount: money(3600, 'CAD') }],
    ['destination', { payments: refund.payments.map((one) => ({ ...one, gateway: 'manual' })) }],
    ['payment', { payments: refund.payments.map((one) => ({ ...one, parentTransactionId: 'other' })) }],
    ['split', { payments: refund.payments.map((one) => ({ ...one, amount: money(1800, 'USD') })) }],
    ['policy', { policyVersion: 'ba9876543210' }],
    ['approval a rule demands', { approval: { people: 1 } }],
    ['part that is store credit', { storeCredit: money(3600, 'USD') }],
    ['part that is shipping', { shipping: money(600, 'USD') }],
  ])('changes with the %s', (_, change) => {
    expect(refundDigest({ ...refund, ...change })).not.toBe(refundDigest(refund));
  });
});

describe('needsApproval', () => {
  const threshold = money(10_000, 'USD');

  it.each([
    [10_000, [], false],
    [10_001, [], true],
    [5_000, [5_000], false],
    [5_000, [5_001], true],
    [5_000, [2_500, 2_501], true],
    [1, [10_000], true],
  ])('of %i with %j in the last day: %s', (minor, recent, expected) => {
    const recentAmounts = recent.map((other) => money(other, 'USD'));
    expect(needsApproval({ amount: money(minor, 'USD'), recentAmounts, threshold })).toBe(expected);
  });

  it('is always needed for another currency than the threshold is in', () => {
    expect(needsApproval({ amount: money(1, 'EUR'), recentAmounts: [], threshold })).toBe(true);
    expect(needsApproval({ amount: money(1, 'USD'), recentAmounts: [money(1, 'EUR')], threshold })).toBe(
      true,
    );
  });

  it('is needed whatever the amount when a rule demands it', () => {
    expect(
      needsApproval({ amount: money(1, 'USD'), recentAmounts: [], threshold, demand: { people: 1 } }),
    ).toBe(true);
  });

  it('is needed for every refund when the threshold is zero', () => {
    expect(needsApproval({ amount: money(1, 'USD'), recentAmounts: [], threshold: money(0, 'USD') })).toBe(
      true,
    );
  });
});

describe('isExpired', () => {
  it.each([
    ['2026-10-01T11:59:59.999Z', false],
    ['2026-10-01T12:00:00.000Z', true],
    ['2026-10-01T12:00:00.001Z', true],
  ])('at %s: %s', (now, expected) => {
    expect(isExpired({ expiresAt: new Date('2026-10-01T12:00:00.000Z') }, new Date(now))).toBe(expected);
  });
});
