import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Circuit, type CircuitChange, createCircuit } from '../src/circuit.ts';
import { ExternalError, type ExternalErrorInit } from '../src/errors.ts';

let circuit: Circuit;
let changes: CircuitChange[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  changes = [];
  circuit = createCircuit({
    service: 'twilio',
    restMs: 10_000,
    onChange: (change) => changes.push(change),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const failing = (more: Partial<ExternalErrorInit> = {}) =>
  circuit(() =>
    Promise.reject(new ExternalError({ service: 'twilio', retryable: true, outcome: 'unknown', ...more })),
  ).catch((error: ExternalError) => error);
const fine = () => circuit(() => Promise.resolve('fine'));
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe('a provider that fails five times in a row', () => {
  beforeEach(async () => {
    for (let count = 0; count < 5; count++) await failing();
  });

  test('is asked nothing while it rests, and then again', async () => {
    await expect(fine()).rejects.toMatchObject({
      code: 'circuit_open',
      outcome: 'refused',
      retryable: true,
      retryAfterMs: 10_000,
    });
    pass(10_000);
    await expect(fine()).resolves.toBe('fine');
    expect(changes.map(({ why, isOpen }) => [why, isOpen])).toEqual([
      ['outage', true],
      ['outage', false],
    ]);
  });

  test('is then asked by one for all: nobody waits behind a try that hangs', async () => {
    pass(10_000);
    const hanging = Promise.withResolvers<string>();
    const probe = circuit(() => hanging.promise);
    await expect(fine()).rejects.toMatchObject({ code: 'circuit_open' });
    hanging.resolve('back');
    await expect(probe).resolves.toBe('back');
    await expect(fine()).resolves.toBe('fine');
  });

  test('rests again when that one fails', async () => {
    pass(10_000);
    await failing();
    await expect(fine()).rejects.toMatchObject({ code: 'circuit_open' });
  });
});

test('a provider that refuses what it was asked is not down', async () => {
  for (let count = 0; count < 9; count++) await failing({ retryable: false, outcome: 'refused' });
  await expect(fine()).resolves.toBe('fine');
  expect(changes).toEqual([]);
});

describe('a provider that refuses us', () => {
  const refusal = { retryable: false, outcome: 'refused', code: '20003', accessRefused: true } as const;
  beforeEach(() => failing(refusal));

  test('is asked nothing for a minute, and what waits is put off, not given up', async () => {
    pass(45_000);
    await expect(fine()).rejects.toMatchObject({
      code: '20003',
      accessRefused: true,
      retryable: true,
      outcome: 'refused',
      retryAfterMs: 15_000,
    });
  });

  test('is then asked by one for all', async () => {
    pass(60_000);
    const hanging = Promise.withResolvers<string>();
    const probe = circuit(() => hanging.promise);
    await expect(fine()).rejects.toMatchObject({ code: '20003' });
    hanging.resolve('in again');
    await probe;
    await expect(fine()).resolves.toBe('fine');
    expect(changes.map(({ why, isOpen }) => [why, isOpen])).toEqual([
      ['access', true],
      ['access', false],
    ]);
  });

  test('is told again at every refusal, so that a failure to tell it is made good', async () => {
    pass(60_000);
    await failing(refusal);
    expect(changes).toMatchObject([
      { why: 'access', isOpen: true, code: '20003' },
      { why: 'access', isOpen: true, code: '20003' },
    ]);
  });

  test('stays refused while the try after the minute meets an outage', async () => {
    pass(60_000);
    await failing();
    await expect(fine()).rejects.toMatchObject({ accessRefused: true });
  });
});
