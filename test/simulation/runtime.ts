import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import type { Random } from './random.ts';

/** A process of the simulation, from its start to its death. */
export type Life = {
  readonly name: string;
  readonly number: number;
  alive: boolean;
  /** Until then it stands still: it was paused by its machine, and knows nothing of it. */
  frozenUntil: number;
  readonly whenDead: Set<() => void>;
};

/** What stands in for the machine while a seed is played. */
export type Runtime = {
  now(): number;
  readonly random: Random;
  fetch(url: URL, init: RequestInit): Promise<Response>;
  setTimer(life: Life, run: () => void, ms: number, repeats: boolean): Timer;
};

export type Timer = { cancel(): void };

const lives = new AsyncLocalStorage<Life>();
let current: Runtime | undefined;
let made = 0;

/** Everything that is awaited below belongs to this life. */
export function inLife<T>(life: Life, run: () => T): T {
  return lives.run(life, run);
}

export function lifeNow(): Life | undefined {
  return lives.getStore();
}

/** From here on the program has the time, the chance, the ids and the network of this runtime. */
export async function withRuntime<T>(runtime: Runtime, run: () => Promise<T>): Promise<T> {
  if (current) throw new Error('One seed is played at a time.');
  install();
  current = runtime;
  made = 0;
  try {
    return await run();
  } finally {
    current = undefined;
  }
}

const real = {
  Date: globalThis.Date,
  random: Math.random,
  fetch: globalThis.fetch,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clearTimeout: globalThis.clearTimeout,
  clearInterval: globalThis.clearInterval,
  deadline: AbortSignal.timeout.bind(AbortSignal),
  sleep: timers.setTimeout,
  uuid: crypto.randomUUID,
  uuidv7: crypto.randomUUIDv7,
  bytes: crypto.randomBytes,
};
let isInstalled = false;

/** Outside of a seed everything is as it was. */
function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  globalThis.Date = new Proxy(real.Date, {
    construct: (target, given, self) =>
      given.length === 0 && current ? new target(current.now()) : Reflect.construct(target, given, self),
    get: (target, key) =>
      key === 'now' ? () => current?.now() ?? target.now() : (Reflect.get(target, key) as unknown),
  });
  Math.random = () => current?.random.next() ?? real.random();
  Object.assign(globalThis, { fetch: virtualFetch, ...virtualTimers() });
  // A provider that takes too long is a fault of its own; real time must not decide anything.
  AbortSignal.timeout = (ms) => (current ? new AbortController().signal : real.deadline(ms));
  Object.assign(timers, { setTimeout: virtualSleep });
  Object.assign(crypto, {
    randomUUID: () => (current ? madeId() : real.uuid()),
    randomUUIDv7: () => (current ? madeId() : real.uuidv7()),
    randomBytes: (size: number) => (current ? madeBytes(size) : real.bytes(size)),
  });
  syncBuiltinESMExports();
}

function virtualFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  if (!current || input instanceof Request) return real.fetch(input, init);
  return current.fetch(new URL(input), init ?? {});
}

type Run = (...given: unknown[]) => void;

function virtualTimers() {
  const start =
    (repeats: boolean, begin: (run: Run, ms?: number, ...given: unknown[]) => unknown) =>
    (run: Run, ms = 0, ...given: unknown[]): unknown => {
      const life = lifeNow();
      if (!current || !life) return begin(run, ms, ...given);
      const timer = current.setTimer(life, () => inLife(life, () => run(...given)), ms, repeats);
      const handle = { ...timer, unref: () => handle, ref: () => handle, hasRef: () => true };
      return handle;
    };
  const stop = (end: (handle: never) => void) => (handle: unknown) => {
    if (isTimer(handle)) handle.cancel();
    else end(handle as never);
  };
  return {
    setTimeout: start(false, real.setTimeout),
    setInterval: start(true, real.setInterval),
    clearTimeout: stop(real.clearTimeout),
    clearInterval: stop(real.clearInterval),
  };
}

function isTimer(handle: unknown): handle is Timer {
  return typeof handle === 'object' && handle !== null && 'cancel' in handle;
}

function virtualSleep(ms?: number, value?: unknown): Promise<unknown> {
  const life = lifeNow();
  if (!current || !life) return real.sleep(ms, value);
  const over = Promise.withResolvers<unknown>();
  current.setTimer(life, () => over.resolve(value), ms ?? 0, false);
  return over.promise;
}

/** Version 7, so that ids sort by the time they were made. */
function madeId(): string {
  made += 1;
  const time = (current?.now() ?? 0).toString(16).padStart(12, '0');
  const rest = made.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${rest}`;
}

function madeBytes(size: number): Buffer {
  made += 1;
  return Buffer.from(made.toString(16).padStart(size * 2, '0'), 'hex');
}
