import type { JobWithMetadata } from 'pg-boss';
import { ExternalError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Db, databaseNow } from '../storage/database.ts';
import { endDoneLetter, type FailureReason } from '../storage/dead-letters.ts';
import { isDatabaseFault } from '../storage/is-database-fault.ts';
import {
  type Attempted,
  deadLetterQueue,
  type JobData,
  type JobName,
  type JobQueue,
  jobNames,
  reclaimJobs,
  subjectOf,
} from '../storage/jobs.ts';
import { readFailureReason } from './failure-reason.ts';
import { createPump, type Pump } from './pump.ts';

export type JobHandlers = { readonly [Name in JobName]: (data: JobData[Name]) => Promise<void> };
export type DeadLetterHandler = (
  queue: string,
  data: Readonly<Record<string, unknown>>,
  failure: { readonly reason: FailureReason; readonly tries: number },
) => Promise<void>;

export type RunnerOptions = {
  readonly db: Db;
  readonly jobs: JobQueue;
  readonly log: Log;
  readonly handlers: JobHandlers;
  readonly onDeadLetter: DeadLetterHandler;
};

export type Runner = {
  /** Takes no new job and resolves when the running ones ended, or, after the grace time, were given back. */
  stop(graceMs: number): Promise<void>;
};

/**
 * How many of each run at once in this process. Turns wait for a model most of their time; the queues are
 * apart from each other, so that slow models hold up neither approvals nor refunds.
 */
const concurrency: { readonly [Name in JobName]: number } = {
  'take-turn': 32,
  'deliver-messages': 8,
  'execute-refund': 4,
  'announce-approval': 2,
  'refresh-card': 2,
  'remind-approvers': 1,
  'expire-approval': 2,
  'post-staff-notes': 1,
  'release-conversation': 1,
  'point-out-thread': 1,
  'announce-return': 2,
  'follow-return': 2,
  'end-return': 1,
  'add-tags': 1,
  'text-code': 4,
  // Decoding a picture takes up to 150 MB.
  'fetch-media': 2,
  'reconcile-refunds': 1,
  'keep-privacy': 1,
  'prune-records': 1,
  'sweep-inbound': 1,
};

/** Half a day of waiting for a provider; then people are told. */
const maxAttempts = 400;

export async function runJobs(options: RunnerOptions): Promise<Runner> {
  const { jobs } = options;
  const pumps = new Map<string, Pump>(jobNames.map((name) => [name, pumpFor(options, name)]));
  pumps.set(deadLetterQueue, deadLetterPump(options));
  const pullAll = (): void => {
    for (const pump of pumps.values()) pump.pull();
  };
  const unlisten = await jobs.listen((name) => pumps.get(name)?.pull(), pullAll);
  return {
    async stop(graceMs) {
      await unlisten();
      const over = Promise.withResolvers<void>();
      const timer = setTimeout(over.resolve, graceMs);
      const ended = Promise.all([...pumps.values()].map((pump) => pump.stop()));
      await Promise.race([ended, over.promise]);
      clearTimeout(timer);
      const left = [...pumps.values()].flatMap((pump) => pump.abandon());
      if (left.length === 0) return;
      await reclaimJobs(options.db, left).catch((error: unknown) => {
        options.log.warn('Running jobs could not be given back; they wait for their heartbeat', { error });
      });
    },
  };
}

function pumpFor<Name extends JobName>(options: RunnerOptions, name: Name): Pump {
  const { db, log, handlers, jobs } = options;
  return createPump<Attempted<JobData[Name]>>({
    boss: jobs.boss,
    queue: name,
    limit: concurrency[name],
    log,
    async handle(job) {
      try {
        await handlers[name](job.data);
        if (job.data.givenUp !== undefined) await endDoneLetter(db, name, subjectOf(job.data));
      } catch (error) {
        log.warn('A job failed', { queue: name, jobId: job.id, attempt: job.data.attempt ?? 0, error });
        if (!(error instanceof ExternalError ? error.retryable : isDatabaseFault(error))) throw error;
        await putOff(options, name, job, error);
      }
    },
  });
}

/**
 * A provider that is down is expected, and so is a database that is full, busy or on its way to another
 * machine: the job is put off by one of our own, which honours Retry-After.
 * pg-boss's retries are kept for the unexpected.
 */
async function putOff<Name extends JobName>(
  { db, jobs }: RunnerOptions,
  name: Name,
  job: JobWithMetadata<Attempted<JobData[Name]>>,
  error: unknown,
): Promise<void> {
  const attempt = (job.data.attempt ?? 0) + 1;
  if (attempt > maxAttempts) throw error;
  const askedToWaitMs = error instanceof ExternalError ? (error.retryAfterMs ?? 0) : 0;
  const backoffMs = Math.min(120_000, 500 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);
  await db.transaction(async (tx) => {
    const startsAt = (await databaseNow(tx)).getTime() + Math.max(backoffMs, askedToWaitMs);
    await jobs.enqueue(tx, name, { ...job.data, attempt }, { startAfter: new Date(startsAt) });
  });
}

function deadLetterPump({ jobs, log, onDeadLetter }: RunnerOptions): Pump {
  return createPump<Readonly<Record<string, unknown>>>({
    boss: jobs.boss,
    queue: deadLetterQueue,
    limit: 1,
    log,
    async handle(job) {
      const queue = job.sourceName ?? 'unknown';
      log.error('A job was given up', { queue, jobId: job.id });
      const putOffs = typeof job.data.attempt === 'number' ? job.data.attempt : 0;
      await onDeadLetter(queue, job.data, {
        reason: readFailureReason(job.sourceOutput),
        tries: putOffs + (job.sourceRetryCount ?? 0) + 1,
      });
    },
  });
}
