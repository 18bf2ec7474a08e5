import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentOf } from '../../src/returns/currency.ts';
import {
  addMoney,
  compareMoney,
  formatMoney,
  isPositive,
  money,
  parseMoney,
  percentOf,
  subtractMoney,
  sumMoney,
  toDecimal,
  zero,
} from '../../src/returns/money.ts';

const currencies = ['USD', 'EUR', 'JPY', 'KWD', 'HUF', 'CLF'];
const anyMoney = fc
  .tuple(
    fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    fc.constantFrom(...currencies),
  )
  .map(([minor, currency]) => money(minor, currency));

describe('minor units', () => {
  it.each([
    ...['USD', 'EUR', 'GBP', 'HUF', 'IDR', 'COP', 'PKR', 'TWD', 'MGA'].map((code) => [code, 2] as const),
    ...['JPY', 'KRW', 'VND', 'CLP', 'ISK', 'UGX', 'XAF'].map((code) => [code, 0] as const),
    ...['KWD', 'BHD', 'TND', 'JOD', 'OMR', 'IQD', 'LYD'].map((code) => [code, 3] as const),
    ['CLF', 4] as const,
  ])('%s has %i decimals', (currency, exponent) => {
    expect(exponentOf(currency)).toBe(exponent);
  });

  it.each(['ZZZ', 'XXX', 'usd', '', 'DOLLARS', 'constructor'])(
    'refuses the unknown currency "%s"',
    (code) => {
      expect(() => exponentOf(code)).toThrow(/Unknown currency code/);
      expect(() => money(1, code)).toThrow(RangeError);
    },
  );

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d minor units', (minor) => {
    expect(() => money(minor, 'USD')).toThrow(RangeError);
  });
});

describe('parseMoney', () => {
  it.each([
    ['24.00', 'USD', 2400],
    ['24.0', 'USD', 2400],
    ['24', 'USD', 2400],
    ['24.000', 'USD', 2400],
    ['0.29', 'USD', 29],
    ['-5.01', 'USD', -501],
    ['1200', 'JPY', 1200],
    ['1200.0', 'JPY', 1200],
    ['1.5', 'KWD', 1500],
    ['1.500', 'KWD', 1500],
    ['1234.50', 'HUF', 123450],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('reads %s %s as %i', (amount, currency, minor) => {
    expect(parseMoney(amount, currency)).toEqual({ minor, currency });
  });

  it('reads minus nothing as nothing', () => {
    expect(Object.is(parseMoney('-0.00', 'USD').minor, 0)).toBe(true);
  });

  it.each([
    ['24.001', 'USD', /more decimals than USD \(2\)/],
    ['1200.5', 'JPY', /more decimals than JPY \(0\)/],
    ['1.0005', 'KWD', /more decimals than KWD/],
    ['90071992547409.92', 'USD', /whole number of minor units/],
    ['', 'USD', /Not a decimal amount/],
    ['1e3', 'USD', /Not a decimal amount/],
    ['1,000.00', 'USD', /Not a decimal amount/],
    ['.50', 'USD', /Not a decimal amount/],
    [' 1', 'USD', /Not a decimal amount/],
    ['NaN', 'USD', /Not a decimal amount/],
    ['٢٤', 'USD', /Not a decimal amount/],
  ])('refuses "%s" %s', (amount, currency, message) => {
    expect(() => parseMoney(amount, currency)).toThrow(message);
  });

  it('reads back every amount it writes', () => {
    fc.assert(
      fc.property(anyMoney, (value) => {
        expect(parseMoney(toDecimal(value), value.currency)).toEqual(value);
      }),
    );
  });
});

describe('writing', () => {
  it.each([
    [2400, 'USD', '24.00', '$24.00'],
    [5, 'USD', '0.05', '$0.05'],
    [-5, 'USD', '-0.05', '-$0.05'],
    [123456789, 'USD', '1234567.89', '$1,234,567.89'],
    [2400, 'EUR', '24.00', '€24.00'],
    [1200, 'JPY', '1200', '¥1,200'],
    [1500, 'KWD', '1.500', 'KWD 1.500'],
    [2400, 'CAD', '24.00', 'CA$24.00'],
    [120050, 'HUF', '1200.50', 'HUF 1,200.50'],
    [Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91', '$90,071,992,547,409.91'],
  ])('writes %i %s as %s for programs and %s for people', (minor, currency, decimal, text) => {
    expect(toDecimal(money(minor, currency))).toBe(decimal);
    expect(formatMoney(money(minor, currency))).toBe(text);
  });

  it('puts no space but the plain one into texts', () => {
    fc.assert(
      fc.property(anyMoney, (value) => {
        expect(formatMoney(value)).not.toMatch(/[^\S ]/);
      }),
    );
  });
});

describe('sums', () => {
  it('adds, subtracts, sums and compares within one currency', () => {
    expect(addMoney(money(1, 'USD'), money(2, 'USD'))).toEqual(money(3, 'USD'));
    expect(subtractMoney(money(1, 'USD'), money(2, 'USD'))).toEqual(money(-1, 'USD'));
    expect(sumMoney([money(1, 'USD'), money(2, 'USD')], 'USD')).toEqual(money(3, 'USD'));
    expect(sumMoney([], 'JPY')).toEqual(zero('JPY'));
    expect(compareMoney(money(1, 'USD'), money(2, 'USD'))).toBeLessThan(0);
    expect([money(1, 'USD'), money(0, 'USD'), money(-1, 'USD')].map(isPositive)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([addMoney, subtractMoney, compareMoney])('refuses to mix currencies', (operation) => {
    expect(() => operation(money(1, 'USD'), money(1, 'EUR'))).toThrow('Cannot mix USD and EUR');
  });

  it('refuses to sum a list of another currency', () => {
    expect(() => sumMoney([money(1, 'EUR')], 'USD')).toThrow('Cannot mix USD and EUR');
  });

  it('refuses a sum that a number cannot hold exactly', () => {
    expect(() => addMoney(money(Number.MAX_SAFE_INTEGER, 'USD'), money(1, 'USD'))).toThrow(RangeError);
  });
});

describe('percentOf', () => {
  it.each([
    [1000, 10, 100],
    [5, 10, 1],
    [4, 10, 0],
    [15, 10, 2],
    [-5, 10, 0],
    [-6, 10, -1],
    [-10, 10, -1],
    [999, 0, 0],
    [999, 100, 999],
    [1000, 12.25, 123],
    [100, 0.29, 0],
    [Number.MAX_SAFE_INTEGER, 100, Number.MAX_SAFE_INTEGER],
  ])('of %i at %d %% is %i', (minor, percent, expected) => {
    expect(percentOf(money(minor, 'USD'), percent)).toEqual(money(expected, 'USD'));
  });

  it.each([-1, 100.01, 10.005, Number.NaN])('refuses %d %%', (percent) => {
    expect(() => percentOf(money(100, 'USD'), percent)).toThrow(/percentage/);
  });

  it('never takes more than there is, and at most half a unit off the exact share', () => {
    const amount = fc.integer({ min: 0, max: 1e12 });
    const basisPoints = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(amount, basisPoints, (minor, points) => {
        const part = percentOf(money(minor, 'USD'), points / 100).minor;
        expect(part).toBeLessThanOrEqual(minor);
        const twiceOff = 2n * (BigInt(part) * 10_000n - BigInt(minor) * BigInt(points));
        expect(twiceOff > -10_000n && twiceOff <= 10_000n).toBe(true);
      }),
    );
  });
});
