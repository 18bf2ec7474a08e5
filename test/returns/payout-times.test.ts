import { describe, expect, test } from 'vitest';
import { payoutTimes } from '../../src/returns/payout-times.ts';

describe('how long a payment method takes to show a refund', () => {
  test.each([
    ['shopify_payments', { method: 'card', days: { from: 5, to: 10, business: true } }],
    ['PayPal', { method: 'paypal', days: { from: 0, to: 30, business: false } }],
    ['klarna', { method: 'klarna', days: { from: 2, to: 5, business: true } }],
    ['gift_card', { method: 'gift-card', days: undefined }],
    ['shopify_store_credit', { method: 'store-credit', days: undefined }],
  ])('is known of %s', (gateway, time) => {
    expect(payoutTimes([gateway])).toEqual([time]);
  });

  test.each(['manual', 'Cash on Delivery (COD)', 'bogus', 'toString', ''])(
    'is not guessed of "%s"',
    (gateway) => {
      expect(payoutTimes([gateway])).toEqual([]);
    },
  );

  test('is told once for a method that occurs twice, and for each of several', () => {
    const methods = payoutTimes(['gift_card', 'shopify_payments', 'manual', 'stripe']);
    expect(methods.map(({ method }) => method)).toEqual(['gift-card', 'card']);
  });
});
