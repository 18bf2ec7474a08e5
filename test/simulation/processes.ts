import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { ConversationContext } from '../../src/conversation/context.ts';
import { createDeadLetterHandler, createHandlers } from '../../src/jobs/handlers.ts';
import { runJobs } from '../../src/jobs/runner.ts';
import type { Model } from '../../src/ports/model.ts';
import type { Policy } from '../../src/returns/policy.ts';
import type { JobQueue } from '../../src/storage/jobs.ts';
import { buildContext, log } from './program.ts';
import type { Life } from './runtime.ts';
import type { Scheduler } from './scheduler.ts';
import type { AskDatabase, SimulatedDatabase } from './simulated-database.ts';

export type ProcessName = 'web' | 'worker-a' | 'worker-b';

export type Process = {
  readonly life: Life;
  readonly context: ConversationContext;
  /** Tells a worker that a queue may have something due. */
  readonly wake: (queue: string) => void;
};

export type Processes = {
  of(name: ProcessName): Process | undefined;
  all(): readonly Process[];
  start(name: ProcessName): Promise<void>;
  kill(name: ProcessName): void;
  /** Wakes every worker for these queues, as its clock would. */
  poll(queues: readonly string[]): Promise<void>;
  /** When a queue was last looked at that had nothing to give. */
  readonly fruitless: ReadonlyMap<string, number>;
};

export type Deps = {
  readonly scheduler: Scheduler;
  readonly database: SimulatedDatabase;
  readonly ask: AskDatabase;
  readonly model: (life: Life) => Model;
  readonly policy: Policy;
  /** A wake-up after a commit; false: it got lost. */
  readonly wakes: () => boolean;
};

/** One web process and two workers, as many lives as it takes. */
export function createProcesses(deps: Deps): Processes {
  const { scheduler, database } = deps;
  const running = new Map<ProcessName, Process>();
  const fruitless = new Map<string, number>();
  const mayBeDue = new Set<string>();
  let lives = 0;

  function wakeAll(queue: string): void {
    mayBeDue.add(queue);
    for (const process of running.values()) {
      if (deps.wakes()) void scheduler.start(process.life, () => process.wake(queue));
    }
  }

  /** Where the program announces a job, its wake-up follows the commit. */
  const ask: AskDatabase = async (label, act) => {
    const announced: string[] = [];
    const result = await deps.ask(label, async () => {
      announcing = announced;
      try {
        const done = await act();
        for (const queue of announced) scheduler.later(`wake ${queue}`, 1, () => wakeAll(queue));
        return done;
      } finally {
        announcing = undefined;
      }
    });
    return result;
  };
  let announcing: string[] | undefined;

  function queueOf(life: Life, listeners: Listener[]): JobQueue {
    return {
      boss: bossOf(life, deps, ask, mayBeDue, fruitless),
      enqueue: async (tx, name, data, options = {}) => {
        if (!options.startAfter) announcing?.push(name);
        await database.enqueue(tx, name, data, options);
      },
      async listen(onJob, onConnect) {
        listeners.push(onJob);
        onConnect();
        return async () => {};
      },
      start: async () => {},
      stop: async () => {},
    };
  }

  return {
    of: (name) => running.get(name),
    all: () => [...running.values()],
    fruitless,
    async start(name) {
      lives += 1;
      const life: Life = { name, number: lives, alive: true, frozenUntil: 0, whenDead: new Set() };
      const listeners: Listener[] = [];
      await scheduler.start(life, () => {
        const jobs = queueOf(life, listeners);
        const context = buildContext(database.open(ask), jobs, deps.model(life), deps.policy);
        running.set(name, {
          life,
          context,
          wake: (queue) => {
            for (const tell of listeners) tell(queue);
          },
        });
        if (name === 'web') return;
        const handlers = createHandlers(context);
        const onDeadLetter = createDeadLetterHandler(context);
        void runJobs({ db: context.refunds.db, jobs, log, handlers, onDeadLetter });
      });
      scheduler.note(`${name}.${life.number} starts`);
    },
    kill(name) {
      const process = running.get(name);
      if (!process) return;
      scheduler.note(`${name}.${process.life.number} IS KILLED`);
      running.delete(name);
      scheduler.kill(process.life);
    },
    async poll(queues) {
      for (const queue of queues) mayBeDue.add(queue);
      for (const { life, wake } of running.values()) {
        for (const queue of queues) await scheduler.start(life, () => wake(queue));
      }
    },
  };
}

type Listener = (queue: string) => void;

/** What the pumps ask of pg-boss. A queue in which nothing is due is not looked at: that changes nothing. */
function bossOf(
  life: Life,
  { scheduler, database: { boss } }: Deps,
  ask: AskDatabase,
  mayBeDue: Set<string>,
  fruitless: Map<string, number>,
): PgBoss {
  const pumps = {
    async fetch(queue: string, options: { readonly batchSize: number }): Promise<readonly JobWithMetadata[]> {
      if (!mayBeDue.has(queue) || life.name === 'web') return [];
      return ask(`fetch ${queue}`, async () => {
        const jobs: readonly JobWithMetadata[] = await boss.fetch(queue, {
          ...options,
          includeMetadata: true,
        });
        if (jobs.length === 0) fruitless.set(queue, scheduler.now());
        if (jobs.length < options.batchSize) mayBeDue.delete(queue);
        return jobs;
      });
    },
    complete: (queue: string, jobs: JobWithMetadata[]) =>
      ask(`complete ${queue}`, () => boss.complete(queue, jobs)),
    fail: (queue: string, job: JobWithMetadata, data: object) =>
      ask(`fail ${queue}`, () => boss.fail(queue, job, data)),
    touch: (queue: string, jobs: JobWithMetadata[]) => ask(`touch ${queue}`, () => boss.touch(queue, jobs)),
  };
  return pumps as unknown as PgBoss;
}
