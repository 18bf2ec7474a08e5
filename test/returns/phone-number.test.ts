import { describe, expect, it } from 'vitest';
import { normalisePhone } from '../../src/returns/phone-number.ts';

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

  it('knows one Mexican mobile under both its spellings', () => {
    expect(normalisePhone('whatsapp:+5215512345678')).toBe(normalisePhone('+52 55 1234 5678'));
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
