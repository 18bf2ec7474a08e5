import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOrderNumbers, parseOrderNumber } from '../../src/returns/order-number.ts';

describe('parseOrderNumber', () => {
  it.each([
    '1001',
    '#1001',
    '# 1001',
    '##1001',
    ' 1001 ',
    '1001.',
    '#1001!',
    '(1001)',
    '"1001"',
    'order 1001',
    'order1001',
    'Order#1001',
    'order no. 1001',
    'order no1001',
    'ORDER NR 1001',
    'order id 1001',
    'Order number: #1001',
    'My order number is 1001, thanks',
    'nº 1001',
    'N° 1001',
    '№1001',
    '＃１００１',
    '１００１',
    '١٠٠١',
    '۱۰۰۱',
    '१००१',
    'رقم الطلب ١٠٠١',
    '注文番号1001です',
    '\u200f1001\u200f',
    '1001 x2 shirts',
    '1001, $24.00',
    'I paid $24.00 for 1001',
    'order 1001 jane@example.com 94107',
    '1001, zip 94107',
    '#1001 and my phone is 5551234',
    'in 2024 I bought 1001',
    'the mug, 100 ml, from 1001',
  ])('reads 1001 from "%s"', (text) => {
    expect(parseOrderNumber(text)).toBe('1001');
  });

  it.each([
    ['1001-A', '1001-A'],
    ['#1001-A', '1001-A'],
    ['#1001-2', '1001-2'],
    ['1001-eu', '1001-eu'],
    ['#EN1001', 'EN1001'],
    ['EN1001', 'EN1001'],
    ['order #EN-1001-B please', 'EN-1001-B'],
  ])('keeps what the shop adds: "%s" is %s', (text, number) => {
    expect(parseOrderNumber(text)).toBe(number);
  });

  it.each([
    ['7', '7'],
    ['#7', '7'],
    ['order 7', '7'],
    ['order #5551230001', '5551230001'],
  ])('takes short and long numbers when they are called orders or stand alone: "%s"', (text, number) => {
    expect(parseOrderNumber(text)).toBe(number);
  });

  it.each([
    '',
    '   ',
    'no',
    'hello',
    'order',
    '#',
    '#-5',
    '$24.00',
    '$240',
    '240 USD',
    'USD100',
    '€1001',
    '1001 €',
    '24,50',
    '1,001',
    '2026-11-22',
    '11/22/2026',
    '22.11.2026',
    'Nov 22, 2026',
    '22 November 2026',
    'at 10:30',
    '5551230001',
    '+15551230001',
    '+1 555 123 0001',
    '(555) 123-0001',
    '555-123-0001',
    'order 555-123-0001',
    '555-1234',
    '07700 900123',
    'size 42',
    'size 420',
    'SIZE420',
    'qty 100',
    'order 2 shirts',
    'return 2 shirts',
    'bought 100 days ago',
    'order 12345678901',
    '#1001a',
    '1001-A-B',
    '#1001-1002',
    'https://example.com/1001',
    '1001@example.com',
    '1'.repeat(21),
  ])('finds none in "%s"', (text) => {
    expect(parseOrderNumber(text)).toBeUndefined();
  });

  it.each([
    '#1001 and #1002',
    'orders 1001 and 1002',
    '1001 1002',
    '1001,1002',
    '1001 jane@example.com 94107',
  ])('does not choose between the candidates in "%s"', (text) => {
    expect(parseOrderNumber(text)).toBeUndefined();
  });

  it('reads a number that is repeated', () => {
    expect(parseOrderNumber('1001? yes, #1001')).toBe('1001');
  });

  it('answers any text with a short number without spaces, or with nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(fc.constantFrom('#', '1001', '-', 'A', ' ', '.', 'order', 'no', '$', '٣', '2'), {
          maxLength: 20,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        expect(parseOrderNumber(any) ?? '0').toMatch(/^[A-Za-z0-9-]{1,20}$/);
      }),
    );
  });

  it('refuses a text longer than any message', () => {
    expect(parseOrderNumber(`1001${' '.repeat(3000)}`)).toBeUndefined();
  });
});

describe('findOrderNumbers', () => {
  it.each([
    ['return the blue shirt from 1001', ['1001']],
    ['#1001 and #1002', ['1001', '1002']],
    ['#1001 and 1002', ['1001', '1002']],
    ['orders 1001, 1002 and 1003', ['1001', '1002', '1003']],
    ['from 1001 to 1002', ['1001', '1002']],
    ['#1001, #1001-A and #1001-a', ['1001', '1001-a']],
    ['return 1001-the blue shirt', ['1001']],
    ['I want to return 2 shirts, size 42, from order 7', ['7']],
    ['2 shirts', []],
    ['12 and 99', []],
    ['123456789', []],
    ['12345678', ['12345678']],
    ['call me at 5551230001', []],
    ['call me at 555 123 0001 about 1001', ['1001']],
  ])('finds in "%s" %j', (text, numbers) => {
    expect(findOrderNumbers(text)).toEqual(numbers);
  });

  it.each([
    '1'.repeat(2000),
    '1 '.repeat(1000),
    '(1'.repeat(1000),
    'order '.repeat(400),
    '0.'.repeat(1000),
    ' '.repeat(2000),
  ])('takes no longer for a text made to be slow', (text) => {
    const start = performance.now();
    findOrderNumbers(text);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
