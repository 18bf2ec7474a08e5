import { describe, expect, it } from 'vitest';
import { phoneMatches, proofMatches } from '../../src/returns/customer-proof.ts';
import type { Order } from '../../src/returns/order.ts';
import { phone, sampleOrder } from './sample-order.ts';

const order = sampleOrder();
const stranger = sampleOrder({
  email: undefined,
  phone: undefined,
  shippingAddress: undefined,
  billingAddress: undefined,
  customer: undefined,
});

describe('phoneMatches', () => {
  it.each([
    ["the order's phone", '+15551230001', true],
    ['the phone of the shipping address', '+15551230002', true],
    ['the phone of the billing address', '+15551230003', false],
    ["the customer's phone", '+15551230004', true],
    ['another phone', '+15551230009', false],
    ['an empty phone', '', false],
  ])('for %s', (_, number, expected) => {
    expect(phoneMatches(order, phone(number))).toBe(expected);
  });

  it('never matches an order that has no phone, or an empty one', () => {
    expect(phoneMatches(stranger, phone('+15551230001'))).toBe(false);
    expect(phoneMatches(sampleOrder({ phone: phone('') }), phone(''))).toBe(false);
  });
});

describe('proofMatches', () => {
  function shippedTo(postalCode: string, countryCode: string | undefined): Order {
    return sampleOrder({ shippingAddress: { postalCode, countryCode, phone: undefined } });
  }

  it.each([
    ['jane@example.com', '94107', true],
    [' Jane@Example.COM ', '94107', true],
    ['ｊａｎｅ@example.com', '９４１０７', true],
    ['jane.doe@example.org', '94107', true],
    ['jane@example.com', 'sw1a1aa', true],
    ['jane@example.com', 'SW1A-1AA', true],
    ['jane@example.com', '94107-1234', true],
    ['jane@example.com', '94108', false],
    ['jane@example.com', '9410', false],
    ['jane@example.com', '941071', false],
    ['john@example.com', '94107', false],
    ['jane@example.co', '94107', false],
    ['', '94107', false],
    ['jane@example.com', '', false],
    ['jane@example.com', ' - ', false],
    ['', '', false],
  ])('given "%s" and "%s": %s', (email, postalCode, expected) => {
    expect(proofMatches(order, { email, postalCode })).toBe(expected);
  });

  it.each([
    ['94107-1234', 'US', '94107', true],
    ['941071234', undefined, '94107', true],
    ['94107-1234', 'US', '94108-1234', false],
    ['94107', undefined, '94107-1234', true],
    ['123456789', 'DE', '12345', false],
    ['12345', 'DE', '12345-6789', false],
    ['150-0001', 'JP', '１５００００１', true],
  ])('an order shipped to %s (%s) is proven by %s: %s', (stored, country, given, expected) => {
    const proof = { email: 'jane@example.com', postalCode: given };
    expect(proofMatches(shippedTo(stored, country), proof)).toBe(expected);
  });

  it('never matches what the order does not have', () => {
    expect(proofMatches(stranger, { email: '', postalCode: '' })).toBe(false);
    expect(proofMatches(stranger, { email: 'jane@example.com', postalCode: '94107' })).toBe(false);
    expect(proofMatches(sampleOrder({ email: ' ' }), { email: ' ', postalCode: '94107' })).toBe(false);
    const noCode = sampleOrder({ shippingAddress: undefined, billingAddress: undefined });
    expect(proofMatches(noCode, { email: 'jane@example.com', postalCode: '' })).toBe(false);
  });
});
