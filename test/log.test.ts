import { describe, expect, it } from 'vitest';
import { ExternalError } from '../src/errors.ts';
import { createLog, type Log, type LogFields, type LogLevel } from '../src/log.ts';

function capture(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createLog({ level, destination: { write: (line) => void lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

const canaries = ['+15551230001', '15551230001', 'jane@example.com', 'my dog ate the left shoe'] as const;

function expectNoCanary(lines: readonly string[]) {
  for (const canary of canaries) {
    for (const text of [canary.replace('+', ''), canary.replaceAll(/\W/g, '_')]) {
      for (const line of lines) expect(line).not.toContain(text);
    }
  }
}

describe('a log line', () => {
  it('is JSON with level, time, message and the allowed fields, without host and process', () => {
    const { log, last } = capture();
    log.info('turn taken', {
      conversationId: '0192d3c4-0000-7000-8000-123456789012',
      ms: 12,
      outcome: 'replied',
      turnNumber: 3,
    });
    const { time, ...rest } = last();
    expect(Number.isNaN(Date.parse(String(time)))).toBe(false);
    expect(rest).toEqual({
      level: 'info',
      conversationId: '0192d3c4-0000-7000-8000-123456789012',
      ms: 12,
      outcome: 'replied',
      turnNumber: 3,
      msg: 'turn taken',
    });
  });

  it('below the level is not written', () => {
    const { log, lines } = capture('warn');
    log.info('quiet');
    log.debug('quieter');
    log.warn('loud');
    expect(lines).toHaveLength(1);
  });

  it('drops every field that is not on the list', () => {
    const { log, last } = capture();
    const fields = { phone: canaries[0], body: canaries[3], nested: { email: canaries[2] }, status: 200 };
    log.info('event', fields);
    expect(Object.keys(last()).sort()).toEqual(['level', 'msg', 'status', 'time']);
  });

  it('caps a long word', () => {
    const { log, last } = capture();
    log.info('event', { code: 'x'.repeat(5_000) });
    expect(String(last().code)).toHaveLength(80);
  });

  it('names a URL without its query, fragment, credentials and numbers', () => {
    const { log, last, lines } = capture();
    log.info('called', {
      url: 'https://user:hunter2@api.example.com:8443/Accounts/15551230001/a.json?to=jane@example.com#my%20dog',
    });
    expect(last().url).toBe('https://api.example.com:8443/Accounts/[withheld]/a.json');
    expect(lines.join()).not.toContain('hunter2');
    log.info('called', { url: 'my dog ate the left shoe' });
    expectNoCanary(lines);
  });

  it('keeps what a child was given', () => {
    const { log, last } = capture();
    log.child({ queue: 'take-turn' }).child({ attempt: 2 }).info('job started', { ms: 1 });
    expect(last()).toMatchObject({ queue: 'take-turn', attempt: 2, ms: 1 });
  });
});

describe('personal data', () => {
  const wordFields = [
    'conversationId',
    'code',
    'channel',
    'kind',
    'outcome',
    'route',
    'url',
    'version',
  ] as const;

  it('in an allowed field is withheld', () => {
    const { log, lines } = capture();
    for (const canary of canaries) {
      for (const field of wordFields) {
        log.info('event', { [field]: canary });
        log.child({ [field]: canary }).warn('event');
        log.info('event', { [field]: `whatsapp:${canary}` });
      }
    }
    expect(lines).toHaveLength(canaries.length * wordFields.length * 3);
    expectNoCanary(lines);
  });

  it('in a number field, as something else than a number, is dropped', () => {
    const { log, lines } = capture();
    for (const canary of canaries) log.info('event', { ms: canary } as unknown as LogFields);
    expectNoCanary(lines);
  });

  it('in a message that is not a constant after all is withheld', () => {
    const { log, lines } = capture();
    const careless = log as unknown as { info(message: string): void };
    careless.info('texted +15551230001');
    careless.info('mailed jane@example.com');
    expect(lines).toHaveLength(2);
    expectNoCanary(lines);
  });

  it('in an error never appears: not in its message, cause, properties or many-lined stack', () => {
    const { log, lines, last } = capture();
    for (const canary of canaries) {
      const cause = Object.assign(new Error(`Key (phone)=(${canary}) already exists.`), {
        code: '23505',
        detail: canary,
        parameters: [canary],
      });
      const error = new TypeError(`Failed query: insert\nparams: ${canary}\n    at ${canary}\n${canary}`, {
        cause,
      });
      log.error('failed', { error });
      expect(last().error).toMatchObject({
        name: 'TypeError',
        class: 'TypeError',
        cause: { name: 'Error', code: '23505' },
      });
      log.error('failed', { error: new Error(`two\n    at shoe (/${canary.replaceAll(/\W/g, '_')}:1:1)`) });
      const renamed = Object.assign(new Error(canary), { name: canary, code: canary });
      renamed.stack = `${canary}\n    at ${canary}`;
      log.error('failed', { error: renamed });
      log.error('failed', { error: canary });
      log.error('failed', { error: { message: canary } });
      log.error('failed', { error: new AggregateError([new Error(canary)], canary) });
      log.child({ error: new Error(canary) }).error('failed');
    }
    expectNoCanary(lines);
  });
});

describe('an error', () => {
  it('of a provider is written as who, what and whether it acted', () => {
    const { log, last } = capture();
    const cause = Object.assign(new Error('socket'), { code: 'ECONNRESET' });
    log.warn('call failed', {
      error: new ExternalError({
        service: 'twilio',
        retryable: true,
        outcome: 'unknown',
        code: '20429',
        cause,
      }),
    });
    expect(last().error).toMatchObject({
      name: 'ExternalError',
      service: 'twilio',
      outcome: 'unknown',
      code: '20429',
      cause: { code: 'ECONNRESET' },
    });
  });

  it('of our own keeps the places in its stack', () => {
    const { log, last } = capture();
    log.error('failed', { error: new RangeError('first line\nsecond line') });
    const { stack } = last().error as { stack: string[] };
    expect(stack[0]).toMatch(/log\.test\.ts:\d+:\d+$/);
  });
});

describe('the type of a message', () => {
  it('takes constants and nothing that varies', () => {
    const { log } = capture('silent');
    const text: string = 'from a customer';
    log.info('constant');
    // @ts-expect-error a string is not a constant
    log.info(text);
    // @ts-expect-error a template with a hole is not a constant
    log.info(`said ${text}` as const);
    const other: Log = log.child({});
    expect(other).toBeDefined();
  });
});
