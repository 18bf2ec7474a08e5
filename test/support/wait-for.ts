import { setTimeout as pause } from 'node:timers/promises';

/**
 * Resolves with the first value that is not undefined or false; fails with `what` after the time, which is
 * against a hang only: how long things take is the machine's affair.
 */
export async function waitFor<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}`);
    await pause(10);
  }
}
