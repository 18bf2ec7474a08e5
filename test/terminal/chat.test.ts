import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPlace } from './program.ts';

const place = createPlace();
beforeAll(() => place.serve());
afterAll(() => place.leave());

const say = (lines: readonly string[], args: readonly string[] = []) =>
  place.run('chat.ts', args, lines.map((line) => `${line}\n`).join(''));
const linesOf = (output: string) => output.trimEnd().split('\n');
/** Complete enough to be live; nothing is asked of it. */
const live = {
  SHOPIFY_STORE_DOMAIN: 'some-store',
  SHOPIFY_ADMIN_TOKEN: 'shpat_0000000000000000000000000000000f',
  CHAT_API_TOKEN: 'f'.repeat(32),
};

describe('a pipe', () => {
  test('is answered line by line, and a refund under way ends before the chat does', async () => {
    const { code, stdout, stderr } = await say(['return the blue shirt from 1001', 'yes']);
    expect(linesOf(stdout)).toEqual([
      expect.stringContaining('$48.00 for 1 x Blue Oxford Shirt'),
      expect.stringMatching(/^Thank you\. .*\$48\.00/),
      expect.stringMatching(/^Done: .*\$48\.00 for order #1001/),
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('sees the reply, then how to decide, and after /approve who approved and the outcome', async () => {
    const { code, stdout } = await say(['return the desk from 1002', 'yes', '/approvals', '/approve']);
    const [quote, thanks, waiting, listed, decided, outcome, ...more] = linesOf(stdout);
    expect(quote).toContain('$420.00');
    expect(thanks).toContain('manager');
    expect(waiting).toMatch(/^\(waiting for approval (\w+): type \/approve \1 or \/deny \1\)$/);
    expect(listed).toMatch(/^[0-9a-f]{8} {2}\$420\.00 for order #1002: to the original payment, at once$/);
    expect(decided).toBe('Maya Lindqvist approved it in Slack.');
    expect(outcome).toMatch(/^Done: .*\$420\.00 for order #1002/);
    expect({ code, more }).toEqual({ code: 0, more: [] });
  });

  test('hears a denial with the reason that was typed', async () => {
    const { code, stdout } = await say(
      ['return everything from 1006', 'yes', '/deny the gloves were worn', '/approvals'],
      ['--as', '+1 (555) 123-0003'],
    );
    expect(linesOf(stdout).slice(-3).toSorted()).toEqual([
      'Maya Lindqvist denied it in Slack.',
      'No refund waits for approval.',
      expect.stringContaining('was not approved. Reason: the gloves were worn.'),
    ]);
    expect(code).toBe(0);
  });

  test('says what is wrong with a lower amount, and then asks the customer whether they take it', async () => {
    const { code, stdout } = await say(
      ['return everything from 1011', 'yes', '/lower $9,000', '/lower $80', '/approvals'],
      ['--as', '+15551230001'],
    );
    const [, , , wrong, ...rest] = linesOf(stdout);
    expect(wrong).toContain('$126.55');
    expect(rest.toSorted()).toEqual([
      'Maya Lindqvist approved a lower amount in Slack; it has a card of its own.',
      'No refund waits for approval.',
      expect.stringMatching(/^Our team can refund \$80\.00 instead of \$126\.55/),
    ]);
    expect(code).toBe(0);
  });

  test('answers an unknown command with a sentence that names /help, and sends nothing after /quit', async () => {
    const { code, stdout } = await say(['/dance', '/approve', '/help', '/quit', 'hello']);
    const [unknown, nothing, ...help] = linesOf(stdout);
    expect(unknown).toBe('/dance is not a command; /help lists them.');
    expect(nothing).toBe('No refund waits for approval.');
    expect(help.filter((line) => !line.startsWith('  /'))).toEqual([
      expect.stringContaining('for this terminal'),
    ]);
    expect(code).toBe(0);
  });

  test('starts afresh after /new: an amount quoted before is not agreed to', async () => {
    const { stdout } = await say(['return a mug from 1015', '/new', 'yes'], ['--as', '+15551230001']);
    expect(stdout).toContain('$18.00');
    expect(stdout).toContain('(A fresh conversation.)');
    expect(stdout).not.toContain('Thank you.');
  });

  test('lists what there is to try and marks the orders of the speaker', async () => {
    const { stdout } = await say(['/orders'], ['--as', '+15551230002']);
    expect(stdout).toMatch(/^\* #1010 /m);
    expect(stdout).toMatch(/^ {2}#1001 .*Blue Oxford Shirt/m);
  });

  test('says that STOP silences it, and START brings the answers back', async () => {
    const { stdout } = await say(['STOP', 'START'], ['--as', '+15551230006']);
    expect(linesOf(stdout)).toEqual([
      '(This number gets no more messages. Write START to change that.)',
      expect.stringContaining('Birch & Loom again'),
    ]);
  });
});

describe('somebody who opted out', () => {
  test('is not told the outcome of an approval', async () => {
    const { stdout } = await say(
      ['return everything from 1006', 'yes', 'STOP', '/approve', '/approvals'],
      ['--as', '+15551230003'],
    );
    expect(linesOf(stdout).slice(-3)).toEqual([
      '(This number gets no more messages. Write START to change that.)',
      'Maya Lindqvist approved it in Slack.',
      'No refund waits for approval.',
    ]);
  });
});

describe('--once', () => {
  test('prints the one reply and ends', async () => {
    const { code, stdout } = await place.run('chat.ts', [
      '--once',
      'return the kettle from 1010',
      '--as',
      '+15551230002',
    ]);
    expect(linesOf(stdout)).toEqual([expect.stringContaining('$52.00')]);
    expect(code).toBe(0);
  });

  test('speaks as staff, who may see any order', async () => {
    const { stdout } = await place.run('chat.ts', ['--staff', '--once', 'what is in order 1018?']);
    expect(stdout).toContain('Copper Pan');
  });
});

describe('the command line', () => {
  test('answers a wrong option with one sentence and exit code 1', async () => {
    const { code, stdout, stderr } = await place.run('chat.ts', ['--loud']);
    expect(linesOf(stderr)).toEqual([expect.stringContaining('--loud')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('asks who speaks when the store is live', async () => {
    const { code, stderr } = await place.run('chat.ts', ['--once', 'hello'], '', live);
    expect(stderr).toContain('say who you are: --as +15551230001 or --staff');
    expect(code).toBe(1);
  });

  test('does not mix a live terminal with a program that runs the sandbox', async () => {
    const { code, stderr } = await place.run('chat.ts', ['--staff', '--once', 'hello'], '', live);
    expect(stderr).toContain('serves the sandbox');
    expect(code).toBe(1);
  });
});

describe('the log command', () => {
  test('exports a line per turn from the running program and leaves it running', async () => {
    await place.run('chat.ts', [
      '--as',
      '+15551230007',
      '--once',
      'return the pan from 1018, call +15551230007',
    ]);
    const { code, stdout, stderr } = await place.run('log-command.ts', ['export']);
    const exported = linesOf(stdout).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(exported.at(-1)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      conversation: expect.stringMatching(/^[0-9a-f-]{36}$/),
      turn: 1,
      channel: 'terminal',
      model: 'guided',
      asked: ['return the pan from 1018, call [number]'],
      answered: expect.stringContaining('$86.00'),
      tools: expect.arrayContaining([{ name: 'check_return', status: 'quoted', ms: expect.any(Number) }]),
      milliseconds: expect.any(Number),
      tokens: { input: 0, cached: 0, output: 0 },
      costUsd: 0,
      outcome: 'replied',
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const none = await place.run('log-command.ts', ['export', '--since', '2999-01-01']);
    expect(none).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(join(place.directory, '.data/postgres/postmaster.pid'))).toBe(true);
  });

  test('answers wrong arguments with its usage and exit code 1', async () => {
    const { code, stdout, stderr } = await place.run('log-command.ts', ['import']);
    expect(stderr).toContain('Usage: npm run log -- export [--since 2026-11-01]');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});
