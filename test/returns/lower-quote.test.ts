import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderId } from '../../src/returns/ids.ts';
import { lowerQuote, readLowerAmount } from '../../src/returns/lower-quote.ts';
import { money, sumMoney } from '../../src/returns/money.ts';
import { refundDigest } from '../../src/returns/quote.ts';
import { shirt } from './sample-order.ts';

const usd = (minor: number) => money(minor, 'USD');
const quoted = usd(12_000);

describe('readLowerAmount', () => {
  it.each(['80', '80.00', '$80.00', ' $ 80 ', 'USD 80', '80 usd', '80.0000'])('reads "%s"', (text) => {
    expect(readLowerAmount(text, quoted)).toEqual({ kind: 'ok', amount: usd(8000) });
  });

  it.each([
    ['1,080', usd(200_000), usd(108_000)],
    ['¥80', money(90, 'JPY'), money(80, 'JPY')],
    ['1.5', money(9000, 'KWD'), money(1500, 'KWD')],
    ['$80', money(9000, 'CAD'), money(8000, 'CAD')],
  ])('reads "%s" in the refund’s own currency', (text, most, amount) => {
    expect(readLowerAmount(text, most)).toEqual({ kind: 'ok', amount });
  });

  it.each([
    undefined,
    '',
    ' ',
    'eighty',
    '80,00',
    '1,08',
    '-80',
    '+80',
    '€80',
    'EUR 80',
    '80%',
    '8e1',
    '0x50',
    '80.005',
    '80.',
    '.5',
    '80 60',
    '٨٠',
    '9'.repeat(13),
    '$',
    '80\n60',
  ])('cannot read %j', (text) => {
    expect(readLowerAmount(text, quoted)).toMatchObject({ kind: 'bad-amount', say: /such as \$60\.00/ });
  });

  it.each([
    ['0', 'more than zero'],
    ['0.00', 'more than zero'],
    ['120', 'less than $120.00'],
    ['120.01', 'less than $120.00'],
  ])('refuses %s', (text, why) => {
    const read = readLowerAmount(text, quoted);
    expect(read.kind === 'bad-amount' && read.say).toContain(why);
  });
});

const payments = [
  { parentTransactionId: 't1', gateway: 'gift_card', amount: usd(5000) },
  { parentTransactionId: 't2', gateway: 'shopify_payments', amount: usd(7000) },
];
const quote = {
  orderId: 'gid://shopify/Order/1001' as OrderId,
  orderName: '#1001',
  lines: [{ lineId: shirt, quantity: 1, title: 'Blue Shirt', variantTitle: undefined }],
  reason: 'unwanted',
  wish: 'refund',
  amount: quoted,
  fee: usd(0),
  payments,
  rule: 'within-window',
  policyVersion: '0123456789ab',
  digest: refundDigest({
    shop: 's',
    orderId: 'gid://shopify/Order/1001' as OrderId,
    lines: [{ lineId: shirt, quantity: 1 }],
    amount: quoted,
    payments,
    policyVersion: '0123456789ab',
  }),
} as const;

describe('lowerQuote', () => {
  it('is another refund: of the lower amount, paid from the same payments, with another digest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11_999 }), (minor) => {
        const lower = lowerQuote('s', quote, usd(minor));
        expect(lower).toMatchObject({ amount: usd(minor), loweredTo: usd(minor), lines: quote.lines });
        expect(
          sumMoney(
            (lower?.payments ?? []).map(({ amount }) => amount),
            'USD',
          ),
        ).toEqual(usd(minor));
        expect(lower?.digest).not.toBe(quote.digest);
      }),
    );
  });

  it('is the same each time, so that what was approved can be compared with what is sent', () => {
    const once = lowerQuote('s', quote, usd(8000));
    expect(lowerQuote('s', quote, usd(8000))).toEqual(once);
    expect(once && lowerQuote('s', once, usd(8000))?.digest).toBe(once?.digest);
  });

  it('is no longer what was allowed when policy gives less by now', () => {
    const less = { ...quote, amount: usd(6000), digest: 'of 60' };
    expect(lowerQuote('s', less, usd(8000))).toMatchObject({ amount: usd(6000), digest: 'of 60' });
  });

  it('keeps the approval a rule demands, and is bound to it', () => {
    const plain = lowerQuote('s', quote, usd(8000));
    const lower = lowerQuote('s', { ...quote, approval: { people: 2 } }, usd(8000));
    expect(lower?.approval).toEqual({ people: 2 });
    expect(lower?.digest).not.toBe(plain?.digest);
  });

  it.each([
    [11_500, { storeCredit: usd(11_500), bonus: usd(100) }],
    [11_400, { storeCredit: usd(11_400), bonus: undefined }],
    [5000, { storeCredit: usd(5000), bonus: undefined }],
  ])('takes the gift of store credit before what was paid (%i)', (minor, expected) => {
    const credit = { ...quote, payments: [], storeCredit: quoted, bonus: usd(600) };
    const lower = lowerQuote('s', credit, usd(minor));
    expect(lower).toMatchObject({ amount: usd(minor), payments: [], ...expected });
    expect(lower?.digest).not.toBe(lowerQuote('s', quote, usd(minor))?.digest);
  });

  it('names no more shipping than it pays, and stays a refund on arrival', () => {
    const arriving = { ...quote, settles: 'on_arrival', shipping: usd(600) } as const;
    expect(lowerQuote('s', arriving, usd(500))).toMatchObject({ shipping: usd(500), settles: 'on_arrival' });
    expect(lowerQuote('s', arriving, usd(8000))?.digest).not.toBe(lowerQuote('s', quote, usd(8000))?.digest);
  });

  it('is nothing for an exchange or a cancellation, which are had whole or not at all', () => {
    const exchange = [{ lineId: shirt, variantId: 'v', title: 'Shirt (L)', quantity: 1 }];
    expect(lowerQuote('s', { ...quote, exchange }, usd(8000))).toBeUndefined();
    expect(lowerQuote('s', { ...quote, settles: 'cancels_order' }, usd(8000))).toBeUndefined();
  });

  it('is nothing when the payments cannot carry it', () => {
    expect(lowerQuote('s', { ...quote, payments: [] }, usd(8000))).toBeUndefined();
  });
});
