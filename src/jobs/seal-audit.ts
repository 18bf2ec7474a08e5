import type { Log } from '../log.ts';
import { auditBatch, sealAudit } from '../storage/audit-chain.ts';
import type { Db } from '../storage/database.ts';

export type Sealing = { stop(): void };

const everyMs = 2_000;

/**
 * Keeps the audit log sealed, in every worker: whoever comes first does it. Not a job of the queue, which
 * would write three rows every two seconds to find that nothing happened.
 */
export function startSealing({
  db,
  store,
  log,
}: {
  readonly db: Db;
  readonly store: string;
  readonly log: Log;
}): Sealing {
  let isRunning = false;
  let isStopped = false;
  const timer = setInterval(() => {
    if (!isRunning) void sealAll();
  }, everyMs);

  async function sealAll(): Promise<void> {
    isRunning = true;
    try {
      while (!isStopped && (await sealAudit(db, store)) === auditBatch);
    } catch (error) {
      if (!isStopped) log.warn('The audit log could not be sealed; it is tried again', { error });
    }
    isRunning = false;
  }

  return {
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}
