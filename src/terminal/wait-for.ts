import { setTimeout as wait } from 'node:timers/promises';

/** Reads until there is something; undefined when time ran out. */
export async function waitFor<T>(
  read: () => Promise<T | undefined>,
  timeoutMs: number,
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await read();
    if (found !== undefined || performance.now() > deadline) return found;
    await wait(50);
  }
}
