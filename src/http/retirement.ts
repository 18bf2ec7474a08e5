import { setTimeout as delay } from 'node:timers/promises';
import type { Readiness } from './health.ts';

export type Retirement = {
  readonly check: () => Promise<Readiness>;
  /**
   * From now on /readyz says that this process goes. Resolves when whoever asks it has heard so and will send
   * no more requests, when nobody ever asked, or after `limitMs`.
   */
  retire(limitMs: number): Promise<void>;
};

/** A proxy may take a single failure for an accident. */
const enough = 2;

export function createRetirement(check: () => Promise<Readiness>): Retirement {
  const heard = Promise.withResolvers<void>();
  let isAsked = false;
  let isRetired = false;
  let told = 0;
  return {
    async check() {
      isAsked = true;
      const readiness = await check();
      if (!isRetired) return readiness;
      told += 1;
      if (told === enough) heard.resolve();
      return { ...readiness, reasons: ['the process is stopping', ...readiness.reasons] };
    },
    async retire(limitMs) {
      isRetired = true;
      if (!isAsked) return;
      const tired = new AbortController();
      const late = delay(limitMs, undefined, { signal: tired.signal }).catch(() => {});
      await Promise.race([heard.promise, late]);
      tired.abort();
    },
  };
}
