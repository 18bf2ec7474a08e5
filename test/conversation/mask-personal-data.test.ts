import { describe, expect, test } from 'vitest';
import { maskPersonalData } from '../../src/conversation/mask-personal-data.ts';

describe('a text that is kept', () => {
  test.each([
    ['an e-mail address', 'write to Jane.Doe+shop@mail.example.co.uk please', 'write to [e-mail] please'],
    ['an address in brackets', 'Jane <jane@example.com>', 'Jane <[e-mail]>'],
    ['two addresses', 'a@b.io, c@d.org', '[e-mail], [e-mail]'],
    ['a phone number', 'call +15551230001', 'call [number]'],
    ['a phone number with spaces', 'call +1 (555) 123-0001 now', 'call [number] now'],
    ['a phone number with dots', '555.123.0001', '[number]'],
    ['a card number', 'my card 4242 4242 4242 4242 exp', 'my card [card] exp'],
    ['a card number with dashes', '4242-4242-4242-4242', '[card]'],
    ['a ZIP code that is called one', 'zip code: 97205 thanks', '[postal code] thanks'],
    ['a postal code that is called one', 'my postal code is V6B 1A1', 'my [postal code]'],
    ['a Japanese one', 'postal code 150-0001', '[postal code]'],
    ['a British one', 'postcode SW1A 1AA', '[postal code]'],
    ['a postal code nobody calls one', 'it is V6B 1A1', 'it is [postal code]'],
    [
      'a ZIP code beside an e-mail address',
      'order 10010, a@b.io, 97205',
      'order 10010, [e-mail], [postal code]',
    ],
  ])('loses %s', (_what, text, kept) => {
    expect(maskPersonalData(text)).toBe(kept);
  });

  test.each([
    'return the blue shirt from order #1001',
    'order 10010, 2 pieces, size 42',
    'I need the zip code of your store',
    'which postal code do you mean?',
    'I paid $1,234.50 on 2026-11-05',
    'it is 100% wool',
    '📦 broken',
    '',
  ])('keeps what names nobody: "%s"', (text) => {
    expect(maskPersonalData(text)).toBe(text);
  });
});
