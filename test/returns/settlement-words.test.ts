import { expect, test } from 'vitest';
import type { LineItemId } from '../../src/returns/ids.ts';
import { canBeLowered, type QuotedSettlement, saySettlement } from '../../src/returns/settlement-words.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const paid = (minor: number) => ({ parentTransactionId: '1', gateway: 'bogus', amount: usd(minor) });
const jacket = {
  lineId: 'gid://shopify/LineItem/1' as LineItemId,
  variantId: 'gid://shopify/ProductVariant/2',
  title: 'Field Jacket (L)',
  quantity: 1,
};
const plain: QuotedSettlement = { amount: usd(4800), fee: usd(0), payments: [paid(4800)] };

const cases: readonly (readonly [string, Partial<QuotedSettlement>, string])[] = [
  ['the way it was paid', {}, 'to the original payment, at once'],
  [
    'store credit with a gift',
    { amount: usd(5280), payments: [], storeCredit: usd(5280), bonus: usd(480) },
    'as store credit, $4.80 of it a gift, at once',
  ],
  [
    'both ways',
    { payments: [paid(3600)], storeCredit: usd(1200) },
    '$36.00 to the original payment, $12.00 as store credit, at once',
  ],
  [
    'with shipping, on arrival',
    { shipping: usd(500), settles: 'on_arrival' },
    "to the original payment, $5.00 of it is the order's shipping, once the goods arrived",
  ],
  [
    'an even exchange',
    { amount: usd(0), payments: [], exchange: [jacket], settles: 'on_arrival' },
    'no money moves, in exchange for 1 × Field Jacket (L), once the goods arrived',
  ],
  ['a cancelled order', { settles: 'cancels_order' }, 'to the original payment, by cancelling the order'],
  [
    'a restocking fee',
    { fee: usd(480), feePercent: 10 },
    'to the original payment, at once, $4.80 fee kept back (10%)',
  ],
  [
    'both fees',
    { fee: usd(980), feePercent: 10, returnShippingFee: usd(500) },
    'to the original payment, at once, $4.80 fee kept back (10%), $5.00 kept back for the way back',
  ],
  [
    'the way back only',
    { fee: usd(500), returnShippingFee: usd(500) },
    'to the original payment, at once, $5.00 kept back for the way back',
  ],
  [
    'goods that are kept',
    { keepItem: true },
    'to the original payment, at once, the customer keeps the goods',
  ],
];

test.each(cases)('says how the money moves: %s', (_name, change, words) => {
  expect(saySettlement({ ...plain, ...change }).join(', ')).toBe(words);
});

test('an exchange and a cancellation are approved whole or not at all', () => {
  expect(canBeLowered(plain)).toBe(true);
  expect(canBeLowered({ ...plain, settles: 'on_arrival' })).toBe(true);
  expect(canBeLowered({ ...plain, storeCredit: usd(1) })).toBe(true);
  for (const change of [{ exchange: [jacket] }, { settles: 'cancels_order' }] as const) {
    expect(canBeLowered({ ...plain, ...change })).toBe(false);
  }
});
