import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskSecretNumbers } from '../../src/conversation/mask-secret-numbers.ts';

describe('a stored text', () => {
  test.each([
    ['a card number', 'charge 4242424242424242 please', 'charge [card number] please'],
    ['one in groups', '4242 4242 4242 4242', '[card number]'],
    ['one with dashes', 'is 5555-5555-5555-4444.', 'is [card number].'],
    ['one with typographic dashes', '5555–5555–5555–4444', '[card number]'],
    ['one over two lines', '4242 4242\n4242 4242', '[card number]'],
    ['one of 15 digits', '3782 822463 10005', '[card number]'],
    ['one of 14 digits', '30569309025904', '[card number]'],
    ['one in full-width digits', '４２４２４２４２４２４２４２４２', '[card number]'],
    ['one of the smaller networks', '6759 6498 2643 8453', '[card number]'],
    ['one of them in one piece', '6759649826438453', '[card number]'],
    ['one behind an order number', 'order 1001 4242 4242 4242 4242', 'order 1001 [card number]'],
    ['two of them', '4242424242424242, 5555555555554444', '[card number], [card number]'],
    [
      'one with its code',
      '4242424242424242 exp 12/27 cvv: 123',
      '[card number] exp 12/27 cvv: [security code]',
    ],
    ['a security code before a date', 'security code 123, 12/27', 'security code [security code], 12/27'],
    ['a social security number', 'my ssn is 123-45-6789', 'my ssn is [social security number]'],
    ['one without dashes, when it is called one', 'SSN 123456789', 'SSN [social security number]'],
    ['an IBAN', 'to DE89370400440532013000 please', 'to [IBAN] please'],
    ['one in groups', 'GB82 WEST 1234 5698 7654 32 thanks', '[IBAN] thanks'],
    ['one in small letters', 'nl91 abna 0417 1643 00', '[IBAN]'],
  ])('loses %s', (_what, text, kept) => {
    expect(maskSecretNumbers(text)).toBe(kept);
  });

  test.each([
    'order 1001 and order #10010',
    'call +1 (555) 123-0001 or 555-123-0001',
    'tracking 9400 1000 0000 0000 0000 00',
    'tracking number 4242424242424242',
    'it is 1Z999AA10123456784 with the carrier',
    '4111 1111 1111 1112 has wrong check digits',
    'RR123456785US from the post',
    'I paid $1,234.50 on 2026-11-05, twice 1234.50',
    'ISBN 978-3-16-148410-0',
    'gid 5123456789012',
    'DE12345678901234567890 is no IBAN',
    'security code for the door',
    '650-123-4565 97205',
    'order 6019 555 123 0001',
    'the security code is 123 456',
    'security code 123-456',
    '',
  ])('keeps what may be needed: "%s"', (text) => {
    expect(maskSecretNumbers(text)).toBe(text);
  });

  test('loses every valid card number, however it is spaced', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', ' - ');
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(digits, fc.array(separator, { minLength: 15, maxLength: 15 }), (middle, separators) => {
        const number = withCheckDigit(`4${middle.join('')}`);
        const written = [...number].map((digit, at) => `${digit}${separators[at] ?? ''}`).join('');
        expect(maskSecretNumbers(`pay with ${written}, thanks`)).toBe('pay with [card number], thanks');
      }),
      { numRuns: 300 },
    );
  });
});

function withCheckDigit(start: string): string {
  const sum = [...start].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${start}${(10 - (sum % 10)) % 10}`;
}
