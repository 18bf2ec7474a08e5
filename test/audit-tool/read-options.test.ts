import { expect, test } from 'vitest';
import { readAuditOptions } from '../../src/audit-tool/read-options.ts';

const read = (line: string) => readAuditOptions(line.split(' ').filter((word) => word !== ''));
const hash = 'ab'.repeat(32);

test('reads what is asked for', () => {
  expect(read('export')).toEqual({ kind: 'ok', command: { name: 'export' } });
  expect(read('verify')).toMatchObject({ kind: 'ok', command: { name: 'verify' } });
  expect(read(`verify --expect-head ${hash}`)).toEqual({
    kind: 'ok',
    command: { name: 'verify', expectedHead: hash },
  });
});

test.each([
  '',
  'check',
  'verify now',
  'export --expect-head x',
  `export --expect-head ${hash}`,
  'verify --head x',
])('answers "%s" with how it is used', (line) => {
  expect(read(line)).toMatchObject({
    kind: 'wrong',
    sentence: expect.stringContaining('Usage: npm run audit'),
  });
});

test('does not take anything for a hash', () => {
  expect(read('verify --expect-head 12ab')).toMatchObject({
    kind: 'wrong',
    sentence: expect.stringContaining('64 digits'),
  });
});
