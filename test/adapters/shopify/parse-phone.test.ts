import { expect, it } from 'vitest';
import { parsePhone } from '../../../src/adapters/shopify/parse-phone.ts';

it.each([
  ['+15551230001', null, '+15551230001'],
  ['(555) 123-0001', 'US', '+15551230001'],
  ['030 1234567', 'DE', '+49301234567'],
  ['+44 20 7946 0018', 'US', '+442079460018'],
  ['555 123 0001', null, undefined],
  ['555 123 0001', 'ZZ', undefined],
  ['12', 'US', undefined],
  ['ask my neighbour', 'US', undefined],
  ['', 'US', undefined],
  [null, 'US', undefined],
])('reads %j in %j as %j', (text, country, phone) => {
  expect(parsePhone(text, country)).toBe(phone);
});
