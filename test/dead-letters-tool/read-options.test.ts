import { expect, test } from 'vitest';
import { readDeadLettersOptions } from '../../src/dead-letters-tool/read-options.ts';

test.each([
  ['list', { name: 'list' }],
  ['show 3', { name: 'show', seq: 3 }],
  ['show #3', { name: 'show', seq: 3 }],
  ['retry 3', { name: 'retry', seq: 3 }],
  ['retry --all', { name: 'retry', seq: 'all' }],
  ['drop 3 --reason settled', { name: 'drop', seq: 3, reason: 'settled', yes: false }],
  ['drop 3 --reason settled --yes', { name: 'drop', seq: 3, reason: 'settled', yes: true }],
])('%s is understood', (line, command) => {
  expect(readDeadLettersOptions(line.split(' '))).toEqual({ kind: 'ok', command });
});

test.each([
  ['', 'Name a command'],
  ['lst', 'There is no command lst'],
  ['list 3', 'Write list'],
  ['show', 'Write show ID'],
  ['show 0', '0 is no ID: it is a number that list shows'],
  ['show 1 2', 'Write show ID'],
  ['retry', 'Write retry ID or retry --all'],
  ['retry 3 --all', 'Write retry ID or retry --all'],
  ['drop 3', 'drop needs --reason "WORDS", which are kept'],
  ['drop 3 --reason=', 'drop needs --reason "WORDS", which are kept'],
  ['list --yes', '--yes does not go with list'],
  ['list --everything', "Unknown option '--everything'"],
])('"%s" gets a sentence', (line, sentence) => {
  expect(readDeadLettersOptions(line.split(' ').filter((word) => word !== ''))).toEqual({
    kind: 'wrong',
    sentence: `${sentence}; npm run dead-letters -- --help shows how.`,
  });
});

test('--help shows every command', () => {
  const read = readDeadLettersOptions(['--help']);
  expect(read.kind === 'usage' && read.text).toMatch(/list[\s\S]*show ID[\s\S]*retry ID[\s\S]*drop ID/);
});
