import { describe, expect, it } from 'vitest';
import type { PhoneNumber } from '../../src/returns/ids.ts';
import { normalisePhone, phoneForms } from '../../src/returns/phone-number.ts';

describe('normalisePhone', () => {
  it.each([
    '+15551230001',
    '+1 (555) 123-0001',
    'whatsapp:+15551230001',
    'WhatsApp: +1 555 123 0001',
    'sms:+15551230001',
    'tel:+15551230001',
    '+１５５５１２３０００１',
    '+١٥٥٥١٢٣٠٠٠١',
    ' +15551230001\u200f',
  ])('reads "%s" as the number it is', (text) => {
    expect(normalisePhone(text)).toBe('+15551230001');
  });

  it('needs a country for a number without one', () => {
    expect(normalisePhone('(555) 123-0001')).toBeUndefined();
    expect(normalisePhone('(555) 123-0001', 'US')).toBe('+15551230001');
    expect(normalisePhone('07700 900123', 'GB')).toBe('+447700900123');
  });

  it.each([
    ['Mexican', 'whatsapp:+5215512345678', '+52 55 1234 5678', '+525512345678'],
    ['Mexican', '+52 1 (55) 1234-5678', '55 1234 5678', '+525512345678'],
    ['Argentine', '+54 11 4321 5678', 'whatsapp:+5491143215678', '+5491143215678'],
    ['Argentine', '+54 0351 15 512 3456', '+54 9 351 512 3456', '+5493515123456'],
    ['Brazilian', 'whatsapp:+551187654321', '+55 (11) 98765-4321', '+5511987654321'],
    ['Brazilian', '+55 85 8812-3456', '+5585988123456', '+5585988123456'],
  ])('knows one %s mobile as %s and as %s', (_, one, other, number) => {
    expect(normalisePhone(one)).toBe(number);
    expect(normalisePhone(other, 'MX')).toBe(number);
  });

  it.each([
    ['a Brazilian landline', '+551132654321', '+5511932654321'],
    ['a Brazilian number that never got the ninth digit', '+551178123456', '+5511978123456'],
  ])('takes %s for no mobile', (_, other, mobile) => {
    expect(normalisePhone(other)).toBe(other);
    expect(normalisePhone(mobile)).toBe(mobile);
  });

  it.each([
    'whatsapp:US.13491208655302741918',
    'US.13491208655302741918',
    'whatsapp:',
    '',
    '32665',
    '+123',
    '+1 555 123 0001 ext. 5',
    'call +15551230001',
    'jane@example.com',
    `+${'1'.repeat(200)}`,
  ])('finds no number in "%s"', (text) => {
    expect(normalisePhone(text)).toBeUndefined();
    expect(normalisePhone(text, 'US')).toBeUndefined();
  });
});

describe('phoneForms', () => {
  it.each([
    ['+15551230001', ['+15551230001']],
    ['+525512345678', ['+525512345678', '+5215512345678']],
    ['+5491143215678', ['+5491143215678', '+541143215678']],
    ['+5511987654321', ['+5511987654321', '+551187654321']],
    ['+551187654321', ['+5511987654321', '+551187654321']],
    ['+5511932654321', ['+5511932654321']],
  ])('of %s are %j', (number, forms) => {
    expect(phoneForms(number as PhoneNumber)).toEqual(forms);
  });
});
