import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss, type QueueOptions, type QueuePolicy } from 'pg-boss';
import postgres from 'postgres';
import type { ApprovalId, ConversationId, MediaId, RefundId, ReturnId } from '../returns/ids.ts';
import { type Db, type Tx, together } from './database.ts';
import type { ComparisonProgress } from './reconciliation.ts';

/** Every job and what it carries: ids only; the rows hold the facts. */
export type JobData = {
  'take-turn': { readonly conversationId: ConversationId };
  'deliver-messages': { readonly conversationId: ConversationId };
  'execute-refund': { readonly refundId: RefundId };
  'announce-approval': { readonly approvalId: ApprovalId };
  'refresh-card': { readonly approvalId: ApprovalId };
  'remind-approvers': { readonly approvalId: ApprovalId };
  'expire-approval': { readonly approvalId: ApprovalId };
  'post-staff-notes': { readonly store: string };
  'release-conversation': { readonly conversationId: ConversationId };
  'point-out-thread': { readonly threadId: string };
  'announce-return': { readonly returnId: ReturnId };
  'follow-return': { readonly returnId: ReturnId };
  'end-return': { readonly returnId: ReturnId };
  'add-tags': { readonly refundId: RefundId };
  'text-code': { readonly codeId: string };
  'fetch-media': { readonly mediaId: MediaId };
  'keep-privacy': { readonly store: string };
  'prune-records': { readonly store: string };
  'reconcile-refunds': { readonly store: string; readonly progress?: ComparisonProgress };
  'sweep-inbound': { readonly store: string; readonly progress?: { readonly since: string } };
};
export type JobName = keyof JobData;
/** How often it was put off, and how often it was given up and taken up again. */
export type Attempted<T> = T & { readonly attempt?: number; readonly givenUp?: number };

/**
 * 'stately' = at most one waiting and one running job per key: five quick messages make two jobs.
 * Whoever adds work for such a key locks the row of that key first, and so does the job before it reads:
 * otherwise a message committed just after the read would have no job.
 */
const queues: { readonly [Name in JobName]: QueuePolicy } = {
  'take-turn': 'stately',
  'deliver-messages': 'stately',
  'execute-refund': 'stately',
  'announce-approval': 'stately',
  'refresh-card': 'stately',
  'remind-approvers': 'standard',
  'expire-approval': 'standard',
  'post-staff-notes': 'stately',
  'release-conversation': 'standard',
  'point-out-thread': 'standard',
  'announce-return': 'stately',
  'follow-return': 'stately',
  'end-return': 'standard',
  'add-tags': 'stately',
  'text-code': 'stately',
  'fetch-media': 'standard',
  'reconcile-refunds': 'stately',
  'keep-privacy': 'stately',
  'prune-records': 'stately',
  'sweep-inbound': 'stately',
};
export const jobNames = Object.keys(queues) as readonly JobName[];
export const deadLetterQueue = 'dead-letters';

const queueDefaults: QueueOptions = {
  retryLimit: 4,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 300,
  // The least pg-boss allows; a killed worker's jobs are taken over after it.
  heartbeatSeconds: 10,
  deleteAfterSeconds: 3600,
};

/** Behind it there is nothing: what fails here is tried until the database takes it. */
const deadLetterOptions: QueueOptions = {
  ...queueDefaults,
  retryLimit: 10_000,
  retentionSeconds: 30 * 86_400,
};

export type JobQueue = {
  readonly boss: PgBoss;
  /** In the caller's transaction: the fact and its job are committed together or not at all. */
  enqueue<Name extends JobName>(
    tx: Tx,
    name: Name,
    data: Attempted<JobData[Name]>,
    options?: { readonly startAfter?: Date },
  ): Promise<void>;
  /** `onJob` gets the queue of each job as it is committed; `onConnect` runs whenever wake-ups may have been missed. */
  listen(onJob: (queue: string) => void, onConnect: () => void): Promise<() => Promise<void>>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

const wakeUps = 'returns_agent_jobs';

export function openJobQueue(
  databaseUrl: string,
  options: {
    readonly works: boolean;
    readonly onError: (error: Error) => void;
    /** How long an answer may take before its connection is given up. Above the limit of a statement. */
    readonly silenceMs?: number;
  },
): JobQueue {
  const boss = new PgBoss({
    connectionString: withAnswerLimit(databaseUrl, options.silenceMs ?? 35_000),
    schema: 'jobs',
    max: options.works ? 5 : 2,
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: options.works,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    // Only fetching and completing run here, and either may be lost: the job then runs once more, which every
    // job allows. What must not be lost is enqueued on our own connections, which wait for the disk.
    options:
      '-c synchronous_commit=off -c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=15000',
  });
  // Without a listener an error event ends the process, e.g. when PostgreSQL restarts.
  boss.on('error', options.onError);
  return {
    boss,
    enqueue: async (tx, name, data, { startAfter } = {}) => {
      const sent = boss.send(name, data, {
        db: fromDrizzle(tx, sql),
        singletonKey: subjectOf(data),
        ...(startAfter && { startAfter }),
      });
      const notified = startAfter ? undefined : tx.execute(sql`select pg_notify(${wakeUps}, ${name})`);
      const [id] = await together(sent, notified);
      if (id !== null) return;
      if (data.givenUp !== undefined) await markTakenUp(tx, name, subjectOf(data), data.givenUp);
      if (!startAfter) await bringForward(tx, name, subjectOf(data));
    },
    async listen(onJob, onConnect) {
      const client = postgres(databaseUrl, { max: 1, onnotice: () => {} });
      await client.listen(wakeUps, onJob, onConnect);
      return () => client.end({ timeout: 1 });
    },
    start: async () => {
      await boss.start();
    },
    stop: () => boss.stop({ graceful: false, close: true }),
  };
}

/**
 * What a job is about, beside how often it was tried and how far it came: one job per subject waits. Not the
 * first of what it carries: what comes back from the database has its keys in another order.
 */
export function subjectOf(data: Readonly<Record<string, unknown>>): string {
  const subject = Object.entries(data).find(([name]) => !asides.has(name));
  return String(subject?.[1]);
}

const asides: ReadonlySet<string> = new Set(['attempt', 'givenUp', 'progress']);

/** pg-boss passes no such option on to the pool it makes, but the pool reads the address itself. */
function withAnswerLimit(databaseUrl: string, milliseconds: number): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('query_timeout', String(milliseconds));
  return url.href;
}

/** What was given up was folded into a job that waits: it closes the dead letter when it is done. */
async function markTakenUp(tx: Tx, name: JobName, key: string, givenUp: number): Promise<void> {
  await tx.execute(sql`
    update jobs.job set data = jsonb_build_object('givenUp', ${givenUp}::int) || data
    where name = ${name} and singleton_key = ${key} and state = 'created'`);
}

/** New work was folded into a job that waits: one that was given up for hours is due now. */
async function bringForward(tx: Tx, name: JobName, key: string): Promise<void> {
  await tx.execute(sql`
    update jobs.job set start_after = now()
    where name = ${name} and singleton_key = ${key} and state = 'created'
      and start_after > now() + interval '3 minutes'`);
}

/** Part of migrating: processes only use what is here. */
export async function createQueues(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: 'jobs',
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => {});
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
    if (existing.has(deadLetterQueue)) await boss.updateQueue(deadLetterQueue, deadLetterOptions);
    else await boss.createQueue(deadLetterQueue, deadLetterOptions);
    for (const name of jobNames) {
      const wanted = { ...queueDefaults, deadLetter: deadLetterQueue };
      if (existing.has(name)) await boss.updateQueue(name, wanted);
      else await boss.createQueue(name, { ...wanted, policy: queues[name] });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

export type JobCount = {
  readonly queue: string;
  readonly state: 'active' | 'due' | 'timed';
  readonly count: number;
};

/** What runs, what is due, and what ripens later. Dead letters wait for people and are not counted here. */
export async function countJobs(db: Db): Promise<readonly JobCount[]> {
  const rows = await db.execute<{ queue: string; state: JobCount['state']; count: string }>(sql`
    select name as queue, count(*) as count,
      case when state = 'active' then 'active' when start_after <= now() then 'due' else 'timed' end as state
    from jobs.job
    where state in ('created', 'retry', 'active') and name in ${[...jobNames]}
    group by 1, 3`);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/**
 * Gives back what a process was working on, at once instead of after its heartbeat. Without `ids` that is
 * everything: only for a database that no other process works on, the embedded one at start.
 */
export async function reclaimJobs(db: Db, ids?: readonly string[]): Promise<void> {
  await db.execute(sql`
    update jobs.job set state = 'retry', start_after = now(), heartbeat_on = null
    where state = 'active' and name in ${[...jobNames, deadLetterQueue]}
      ${ids ? sql`and id in ${[...ids]}` : sql``}
      and not exists (
        select 1 from jobs.job other
        where other.name = job.name and other.singleton_key = job.singleton_key and other.state = 'retry')`);
}
