import { describe, expect, it } from 'vitest';
import { composeCancellation } from '../../src/returns/compose-cancellation.ts';
import { judgeCancellation } from '../../src/returns/judge-cancellation.ts';
import { money } from '../../src/returns/money.ts';
import type { Order } from '../../src/returns/order.ts';
import { defaultPolicy } from '../../src/returns/policy.ts';
import { refundDigest } from '../../src/returns/quote.ts';
import { mug, sampleLine, sampleOrder, sampleShipment, shirt } from './sample-order.ts';

const policy = defaultPolicy({ windowDays: 30 });
const waiting = [
  sampleLine({ unfulfilledQuantity: 2 }),
  sampleLine({ id: mug, title: 'Mug', quantity: 1, refundableQuantity: 1, unfulfilledQuantity: 1 }),
];
/** Two shirts and a mug for $60.00, nothing of it shipped. */
const unshipped = (change: Partial<Order> = {}) => sampleOrder({ shipments: [], lines: waiting, ...change });
const judged = (change: Partial<Order> = {}) => judgeCancellation(policy, unshipped(change));

describe('cancelling an order', () => {
  it('is accepted whole while nothing of it was shipped', () => {
    expect(judged()).toMatchObject({
      kind: 'accept',
      rule: 'cancel-before-shipping',
      lines: [{ id: shirt }, { id: mug }],
      amount: money(6000, 'USD'),
    });
  });

  it('gives back what is left after earlier refunds, and only the pieces that are left', () => {
    const lines = [sampleLine({ refundableQuantity: 0, unfulfilledQuantity: 0 }), ...waiting.slice(1)];
    expect(judged({ lines, totalRefunded: money(4800, 'USD') })).toMatchObject({
      kind: 'accept',
      lines: [{ id: mug }],
      amount: money(1200, 'USD'),
    });
  });

  it('gives back nothing for an order that nobody paid', () => {
    expect(judged({ totalReceived: money(0, 'USD') })).toMatchObject({
      kind: 'accept',
      amount: money(0, 'USD'),
    });
  });

  it('is denied when it was cancelled before, whatever else is true', () => {
    const cancelledAt = '2026-10-02T12:00:00.000Z';
    expect(judged({ cancelledAt, shipments: [sampleShipment()] })).toMatchObject({
      kind: 'deny',
      rule: 'cancelled-order',
    });
  });

  it('is denied where the policy does not offer it', () => {
    const verdict = judgeCancellation({ ...policy, cancelBeforeShipping: false }, unshipped());
    expect(verdict).toMatchObject({ kind: 'deny', rule: 'cancelling-not-offered' });
  });

  it('is denied when all of it was shipped, and a return is named instead', () => {
    const lines = [sampleLine(), sampleLine({ id: mug, quantity: 1, refundableQuantity: 1 })];
    expect(judged({ lines, shipments: [sampleShipment()] })).toMatchObject({
      kind: 'deny',
      rule: 'already-shipped',
      say: expect.stringMatching(
        /shipped already.* Once it has arrived, tell me what you would like to return/,
      ),
    });
  });

  it('is denied for pieces that were sent although no shipment lists them', () => {
    const lines = [sampleLine({ unfulfilledQuantity: 0 })];
    expect(judged({ lines })).toMatchObject({ kind: 'deny', rule: 'already-shipped' });
  });

  it.each([
    ['one line of it', [sampleLine(), ...waiting.slice(1)]],
    ['one piece of a line', [sampleLine({ unfulfilledQuantity: 1 }), ...waiting.slice(1)]],
  ])('goes to a person when %s was shipped', (_, lines) => {
    const shipments = [sampleShipment({ lines: [{ lineId: shirt, quantity: 1 }] })];
    expect(judged({ lines, shipments })).toMatchObject({ kind: 'needs-person', rule: 'partly-shipped' });
    expect(judged({ lines })).toMatchObject({ kind: 'needs-person', rule: 'partly-shipped' });
  });

  it.each<[string, string, Partial<Order>]>([
    ['without lines', 'nothing-to-cancel', { lines: [] }],
    [
      'whose pieces were all refunded',
      'nothing-to-cancel',
      { lines: [sampleLine({ refundableQuantity: 0 })] },
    ],
    ['with a gift card', 'gift-card', { lines: [sampleLine({ isGiftCard: true, unfulfilledQuantity: 2 })] }],
    ['refunded beyond what was paid', 'cancellation-differs', { totalRefunded: money(6001, 'USD') }],
  ])('goes to a person for an order %s', (_, rule, change) => {
    expect(judged(change)).toMatchObject({ kind: 'needs-person', rule });
  });
});

describe('the quote of a cancellation', () => {
  const toCard = (minor: number) => ({
    parentTransactionId: 'gid://shopify/OrderTransaction/1',
    gateway: 'shopify_payments',
    amount: money(minor, 'USD'),
  });
  const now = new Date('2026-10-02T12:00:00.000Z');
  function compose(
    suggested: { readonly amount: number; readonly payments: readonly number[]; readonly shipping?: number },
    change: Partial<Order> = {},
  ) {
    const order = unshipped(change);
    const verdict = judgeCancellation(policy, order);
    if (verdict.kind !== 'accept') throw new Error(`Not accepted but ${verdict.kind}`);
    const suggestion = {
      amount: money(suggested.amount, 'USD'),
      payments: suggested.payments.map(toCard),
      shipping: money(suggested.shipping ?? 0, 'USD'),
    };
    const shop = 'birch.myshopify.com';
    return composeCancellation({
      shop,
      order,
      verdict,
      suggestion,
      policy,
      now,
      asker: undefined,
      ttlSeconds: 60,
    });
  }

  it('is everything that was paid, shipping named, and settles by cancelling', () => {
    expect(compose({ amount: 6000, payments: [6000], shipping: 500 })).toMatchObject({
      amount: money(6000, 'USD'),
      fee: money(0, 'USD'),
      shipping: money(500, 'USD'),
      settles: 'cancels_order',
      lines: [
        { lineId: shirt, quantity: 2 },
        { lineId: mug, quantity: 1 },
      ],
      rule: 'cancel-before-shipping',
      policyVersion: policy.version,
      expiresAt: new Date('2026-10-02T12:01:00.000Z'),
    });
  });

  it.each([
    ['suggests less than was paid', { amount: 5999, payments: [5999] }],
    ['suggests more than was paid', { amount: 6001, payments: [6001] }],
    ['has no payments for all of it', { amount: 6000, payments: [5000] }],
    ['has payments for another amount than it suggests', { amount: 5000, payments: [6000] }],
  ])('is none where the shop %s', (_, suggested) => {
    expect(compose(suggested)).toBeUndefined();
  });

  it('is another refund than the same money given back for a return', () => {
    const quote = compose({ amount: 6000, payments: [6000] });
    if (!quote) throw new Error('Not quoted');
    const { settles: _, ...returned } = quote;
    const shop = 'birch.myshopify.com';
    expect(quote.digest).toBe(refundDigest({ ...quote, shop }));
    expect(quote.digest).not.toBe(refundDigest({ ...returned, shop }));
  });
});
