import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import { failureReason } from './failure-reason.ts';

export type PumpOptions<Data extends object> = {
  readonly boss: PgBoss;
  readonly queue: string;
  /** How many run at once in this process. */
  readonly limit: number;
  readonly log: Log;
  /** Resolves: the job is done. Rejects: pg-boss tries it again, and in the end makes it a dead letter. */
  readonly handle: (job: JobWithMetadata<Data>) => Promise<void>;
};

export type Pump = {
  /** Something may be due; looks once, for as many jobs as there is room. */
  pull(): void;
  /** Fetches no more, and resolves when everything begun has ended. */
  stop(): Promise<void>;
  /** The ids of the jobs that still run; from now on another worker may have them. */
  abandon(): readonly string[];
};

/** The back-stop: timers that ripen, retries, and wake-ups that were lost announce nothing. */
const pollMs = 1_000;
/** Below half of the queues' heartbeat of 10 seconds. */
const heartbeatMs = 4_000;

/**
 * Takes the jobs of one queue. pg-boss's own `work` makes every one of its concurrent workers look for itself
 * on every wake-up; at 32 turns at once that was twenty queries a message and the limit of the whole program.
 * Here one look fetches for all that are free, and jobs that end together are completed together.
 */
export function createPump<Data extends object>(options: PumpOptions<Data>): Pump {
  const { boss, queue, limit, log, handle } = options;
  // By attempt, not by id: a job that was thought lost can come back while its first run still lasts.
  const running = new Set<JobWithMetadata<Data>>();
  let ended: JobWithMetadata<Data>[] = [];
  let looking = false;
  let lookAgain = false;
  let completing = false;
  let stopping = false;
  let idle = Promise.withResolvers<void>();

  async function look(): Promise<void> {
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    try {
      do {
        lookAgain = false;
        const free = limit - running.size;
        if (stopping || free <= 0) break;
        const jobs = await boss.fetch<Data>(queue, { batchSize: free, includeMetadata: true });
        for (const job of jobs) {
          running.add(job);
          void run(job);
        }
        lookAgain ||= jobs.length === free;
      } while (lookAgain);
    } catch (error) {
      log.warn('Jobs could not be fetched', { queue, error });
    } finally {
      looking = false;
      settleIfIdle();
    }
  }

  async function run(job: JobWithMetadata<Data>): Promise<void> {
    try {
      await handle(job);
      ended.push(job);
      await completeEnded();
    } catch (error) {
      await fail(job, error);
    }
  }

  /** Fenced by pg-boss: a job that was given to another worker meanwhile is left alone. */
  async function completeEnded(): Promise<void> {
    if (completing) return;
    completing = true;
    while (ended.length > 0) {
      const batch = ended;
      ended = [];
      await boss.complete(queue, batch).catch((error: unknown) => {
        log.warn('Finished jobs could not be recorded; they will run again', { queue, error });
      });
      release(batch);
    }
    completing = false;
  }

  async function fail(job: JobWithMetadata<Data>, error: unknown): Promise<void> {
    await boss.fail(queue, job, failureReason(error)).catch((failure: unknown) => {
      log.warn('A failed job could not be recorded; it will run again', { queue, error: failure });
    });
    release([job]);
  }

  function release(jobs: readonly JobWithMetadata<Data>[]): void {
    for (const job of jobs) running.delete(job);
    if (stopping) settleIfIdle();
    else void look();
  }

  function settleIfIdle(): void {
    if (stopping && !looking && running.size === 0) idle.resolve();
  }

  const poll = setInterval(() => void look(), pollMs);
  const heartbeat = setInterval(() => {
    if (running.size === 0) return;
    boss.touch(queue, [...running]).catch((error: unknown) => {
      log.warn('Running jobs could not be kept alive', { queue, error });
    });
  }, heartbeatMs);

  return {
    pull: () => void look(),
    async stop() {
      stopping = true;
      idle = Promise.withResolvers<void>();
      clearInterval(poll);
      settleIfIdle();
      await idle.promise;
      clearInterval(heartbeat);
    },
    abandon() {
      clearInterval(heartbeat);
      return [...running].map(({ id }) => id);
    },
  };
}
