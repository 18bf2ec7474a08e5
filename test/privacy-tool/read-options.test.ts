import { expect, test } from 'vitest';
import { readPrivacyOptions } from '../../src/privacy-tool/read-options.ts';

const id = '0192d3c4-0000-7000-8000-123456789012';

test.each([
  ['export --phone +15551230001', { by: 'phone', phone: '+15551230001' }],
  ['erase --email jane@example.com', { by: 'email', email: 'jane@example.com' }],
  ['erase --customer 7', { by: 'customer', customerId: 'gid://shopify/Customer/7' }],
  ['erase --customer gid://shopify/Customer/7', { by: 'customer', customerId: 'gid://shopify/Customer/7' }],
  [`export --request ${id}`, { by: 'request', id }],
])('"%s" says whose data', (line, selection) => {
  expect(readPrivacyOptions(line.split(' '))).toMatchObject({ kind: 'ok', command: { selection } });
});

test.each([
  '',
  'export',
  'delete --phone +15551230001',
  'erase --phone 5551230001x',
  'erase --phone +15551230001 --email jane@example.com',
  'erase --email jane',
  'erase --customer gid://shopify/Order/7',
  'erase --request 7',
  'erase --phone +15551230001 --file x.json',
  'erase --everybody',
])('"%s" is answered with a sentence', (line) => {
  const read = readPrivacyOptions(line.split(' ').filter((word) => word !== ''));
  expect(read).toMatchObject({ kind: 'wrong', sentence: expect.stringMatching(/^(?:Usage|Say|--)/) });
});

test('--help says how', () => {
  expect(readPrivacyOptions(['--help']).kind).toBe('usage');
});
