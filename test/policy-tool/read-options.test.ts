import { describe, expect, test } from 'vitest';
import { readPolicyOptions } from '../../src/policy-tool/read-options.ts';

const read = (line: string) => readPolicyOptions(line.split(' ').filter((word) => word !== ''));

test('reads every command with its defaults', () => {
  expect(read('check a.yaml')).toEqual({ kind: 'ok', command: { name: 'check', file: 'a.yaml' } });
  expect(read('explain #1001 shirt damaged')).toEqual({
    kind: 'ok',
    command: {
      name: 'explain',
      orderNumber: '1001',
      item: 'shirt',
      reason: 'damaged',
      wish: 'refund',
      quantity: 1,
      staff: false,
      file: undefined,
    },
  });
  expect(read('explain 1001 shirt other --wish exchange --quantity 2 --staff --file b.yaml')).toMatchObject({
    command: { wish: 'exchange', quantity: 2, staff: true, file: 'b.yaml' },
  });
  expect(read('replay a.yaml')).toMatchObject({ command: { days: 90, json: false } });
  expect(read('replay a.yaml --since 7d --json')).toMatchObject({ command: { days: 7, json: true } });
  expect(read('publish a.yaml --author Ada')).toMatchObject({ command: { author: 'Ada' } });
  expect(read('history')).toEqual({ kind: 'ok', command: { name: 'history' } });
  expect(read('check --help')).toMatchObject({ kind: 'usage' });
});

describe('answers wrong input with a sentence that says what to do', () => {
  test.each([
    ['', 'Name a command'],
    ['publsh a.yaml', 'There is no command publsh'],
    ['toString a.yaml', 'There is no command toString'],
    ['check', 'Write check FILE'],
    ['check a.yaml b.yaml', 'Write check FILE'],
    ['history a.yaml', 'Write history'],
    ['explain 1001 shirt', 'Write explain ORDER ITEM REASON'],
    ['explain 1001 shirt broken', 'REASON is one of unwanted'],
    ['explain 1001 shirt damaged --wish money', '--wish is one of refund'],
    ['explain 1001 shirt damaged --quantity 0', '--quantity needs a whole number'],
    ['explain 1001 shirt damaged --quantity 1.5', '--quantity needs a whole number'],
    ['check a.yaml --staff', '--staff does not go with check'],
    ['replay a.yaml --since yesterday', '--since needs a number of days'],
    ['replay a.yaml --since 0d', '--since needs a number of days'],
    ['publish a.yaml --author', "Option '--author <value>' argument missing"],
    ['check a.yaml --colour', "Unknown option '--colour'"],
  ])('%s', (line, sentence) => {
    const answer = read(line);
    expect(answer.kind).toBe('wrong');
    if (answer.kind === 'wrong') expect(answer.sentence).toContain(sentence);
    if (answer.kind === 'wrong') expect(answer.sentence).toContain('npm run policy -- --help');
  });
});
