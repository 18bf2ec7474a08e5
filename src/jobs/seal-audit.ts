import type { Log } from '../log.ts';
import { auditBatch, sealAudit } from '../storage/audit-chain.ts';
import type { Db } from '../storage/database.ts';

export type Sealing = { stop(): Promise<void> };

const everyMs = 2_000;

/**
 * Keeps the audit log sealed, in every worker: whoever comes first does it. Not a job of the queue, which
 * would write three rows every two seconds to find that nothing happened.
 */
export function startSealing(options: { readonly db: Db; readonly store: string; readonly log: Log }): Sealing {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= sealAll(options).finally(() => {
      running = undefined;
    });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
      // What was decided while the process stopped: the last one seals it, or else the next that starts.
      await sealAll(options);
    },
  };
}

async function sealAll({ db, store, log }: Parameters<typeof startSealing>[0]): Promise<void> {
  try {
    while ((await sealAudit(db, store)) === auditBatch);
  } catch (error) {
    log.warn('The audit log could not be sealed; it is tried again', { error });
  }
}
