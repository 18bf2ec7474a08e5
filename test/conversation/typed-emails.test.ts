import { expect, test } from 'vitest';
import {
  markEmails,
  markPhones,
  numberEmails,
  setEmailsApart,
  withoutMarks,
} from '../../src/conversation/typed-emails.ts';
import { createPersonalData } from '../../src/storage/personal-data.ts';

const personal = createPersonalData([Buffer.from('a key')]);
const store = (text: string) => setEmailsApart(text, personal, 'conversation');
const number = (...written: Parameters<typeof numberEmails>[0]) =>
  numberEmails(written, personal, 'conversation');

test('an address is not in what is stored, neither in the text nor beside it', () => {
  const stored = store('order 1001, Jane.Doe+x@example.com, 97205');
  expect(stored.text).toBe('order 1001, [e-mail], 97205');
  expect(stored.emails).toMatch(/^[^{}@]+$/);
  expect(Buffer.from(stored.emails ?? '', 'base64').toString('latin1')).not.toContain('example');
});

test.each([
  ['1001/jane@example.com/97205', '1001/[e-mail]/97205'],
  ['e-mail=jane@example.com', 'e-mail=[e-mail]'],
  ['*jane@example.com*', '*[e-mail]*'],
  ['jane@example.com-97205', '[e-mail]-97205'],
  ['jane@example.com.', '[e-mail].'],
])('what stands close to an address is none of it: %s', (written, stored) => {
  const row = store(written);
  expect(row.text).toBe(stored);
  expect(number(row).typed.get('[e-mail 1]')).toBe('jane@example.com');
});

test('an address in letters of its own is one', () => {
  expect(store('jane@müller.example and a@b.xn--p1ai').text).toBe('[e-mail] and [e-mail]');
});

test('a model sees a number for each address, the same for the same, and the numbers lead back', () => {
  const { texts, typed } = number(
    store('jane@example.com or jd@example.org?'),
    store('it was JANE@example.com'),
    store('and full-width: jane＠example.com'),
  );
  expect(texts).toEqual(['[e-mail 1] or [e-mail 2]?', 'it was [e-mail 1]', 'and full-width: [e-mail 1]']);
  expect(typed.get('[e-mail 2]')).toBe('jd@example.org');
});

test('a text from before addresses were set apart is shown without them as well', () => {
  const { texts, typed } = number({ text: 'jane@example.com 4242 4242 4242 4242', emails: null });
  expect(texts).toEqual(['[e-mail 1] [card number]']);
  expect(typed.get('[e-mail 1]')).toBe('jane@example.com');
});

test('an address that is gone, or sealed by another key, leaves its mark and nothing to look up', () => {
  const foreign = setEmailsApart(
    'jane@example.com',
    createPersonalData([Buffer.from('another')]),
    'conversation',
  );
  const { texts, typed } = number({ ...store('jane@example.com'), emails: null }, foreign);
  expect(texts).toEqual(['[e-mail]', '[e-mail]']);
  expect(typed.size).toBe(0);
});

test('an address opens in its own conversation only', () => {
  expect(numberEmails([store('jane@example.com')], personal, 'another').typed.size).toBe(0);
});

test('what somebody types to look like a mark is none', () => {
  const { texts, typed } = number(store('[e-mail] [e-mail 1] jane@example.com'));
  expect(texts).toEqual(['(e-mail) (e-mail 1) [e-mail 1]']);
  expect(typed.get('[e-mail 1]')).toBe('jane@example.com');
});

test('what was sealed by an older key opens beside the new one', () => {
  const rotated = createPersonalData([Buffer.from('new'), Buffer.from('a key')]);
  expect(numberEmails([store('jane@example.com')], rotated, 'conversation').typed.get('[e-mail 1]')).toBe(
    'jane@example.com',
  );
});

test('a text of our own keeps no address either, and a reply no mark', () => {
  expect(markEmails('I wrote to jane@example.com')).toBe('I wrote to [e-mail]');
  expect(withoutMarks('I checked [e-mail 1].')).toBe('I checked your e-mail address.');
});

test('a long word costs little', () => {
  expect(store('a'.repeat(10_000)).emails).toBeNull();
  expect(store(`${'a@'.repeat(5_000)}`).emails).toBeNull();
});

test.each([
  ['call +1 555 123 0001 please', 'call [phone number] please'],
  ['(555) 123-0001 or 555-123-0001', '[phone number] or [phone number]'],
  ['+15551230001', '[phone number]'],
  ['order 1001, tracking 1234567890, #10010', 'order 1001, tracking 1234567890, #10010'],
  ['on 2026-11-05 I paid 1,234.50', 'on 2026-11-05 I paid 1,234.50'],
])('a model reads "%s" without phone numbers', (text, shown) => {
  expect(markPhones(text)).toBe(shown);
});
