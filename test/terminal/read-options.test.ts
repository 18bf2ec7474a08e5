import { describe, expect, test } from 'vitest';
import { readChatOptions } from '../../src/terminal/read-chat-options.ts';
import { readLogOptions } from '../../src/terminal/read-log-options.ts';

describe('the options of the chat', () => {
  test('read a number as people write it', () => {
    expect(readChatOptions(['--as', '+1 (555) 123-0002', '--once', 'hello'])).toEqual({
      kind: 'ok',
      options: { as: '+15551230002', staff: false, once: 'hello' },
    });
  });

  test.each([
    [['--as', 'nobody'], /phone number with its country code/],
    [['--as', '5551230001'], /phone number with its country code/],
    [['--as'], /--as <value>/],
    [['--as', '+15551230001', '--staff'], /Choose one/],
    [['--loud'], /--loud/],
    [['hello'], /--once/],
    [['--once', ' '], /needs a text/],
  ])('answer %j with one sentence', (args, sentence) => {
    const read = readChatOptions(args);
    expect(read).toEqual({ kind: 'wrong', sentence: expect.stringMatching(sentence) });
    expect(read.kind === 'wrong' && read.sentence).toMatch(/^[^\n]+ --help shows the options\.$/);
  });

  test('are explained by --help', () => {
    expect(readChatOptions(['--help'])).toEqual({ kind: 'usage', text: expect.stringContaining('--staff') });
  });
});

describe('the options of the log command', () => {
  test('read a day from midnight UTC, and an instant', () => {
    expect(readLogOptions(['export', '--since', '2026-11-01'])).toEqual({
      kind: 'export',
      since: new Date('2026-11-01T00:00:00Z'),
    });
    expect(readLogOptions(['export', '--since', '2026-11-01T08:00+02:00'])).toEqual({
      kind: 'export',
      since: new Date('2026-11-01T06:00:00Z'),
    });
  });

  test.each([
    [[]],
    [['import']],
    [['export', 'twice']],
    [['export', '--until', 'x']],
    [['export', '--since']],
    [['export', '--since', '2026-02-31']],
    [['export', '--since', '2026-13-01']],
    [['export', '--since', 'yesterday']],
  ])('answer %j with the usage', (args) => {
    expect(readLogOptions(args)).toEqual({ kind: 'wrong', sentence: expect.stringContaining('Usage: ') });
  });
});
