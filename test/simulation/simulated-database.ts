import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { fromDrizzle, PgBoss } from 'pg-boss';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import type { Db } from '../../src/storage/database.ts';
import { type JobQueue, openJobQueue } from '../../src/storage/jobs.ts';
import { prepareStatements } from '../../src/storage/prepared-statements.ts';
import { bendTime } from './bend-time.ts';
import type { Fate } from './fate.ts';
import { inLife, lifeNow } from './runtime.ts';

/** Asks for one statement, or one transaction, and resolves with what came of it. */
export type AskDatabase = <T>(label: string, act: () => Promise<T>) => Promise<T>;

export type SimulatedDatabase = {
  /** For looking at the books; it waits for nobody. */
  readonly db: Db;
  /** pg-boss on the same connection: the program's queues, their time and their policies. */
  readonly boss: PgBoss;
  readonly enqueue: JobQueue['enqueue'];
  /** The program's way to it: every statement outside of a transaction, and every transaction, is asked for. */
  open(ask: AskDatabase): Db;
  /** What `now()` says from the next statement on. */
  setTime(now: () => number): void;
  empty(seed: number): Promise<void>;
  close(): Promise<void>;
};

/**
 * A real PostgreSQL whose time, chance and ids are the simulation's. One connection is enough, for one thing
 * happens at a time; inside a transaction nothing else does, so a crash in it is one before it.
 */
export async function openSimulatedDatabase(
  url: string,
  /** Where the server's own socket is: half the price of a connection through the network. */
  socketDirectory?: string,
): Promise<SimulatedDatabase> {
  await bendTime(url);
  let time: () => number = () => 0;
  let said = -1;
  const client = prepareStatements(
    postgres(url, {
      max: 1,
      ...(socketDirectory && { host: socketDirectory }),
      idle_timeout: 0,
      max_lifetime: null,
      onnotice: () => {},
      fetch_types: false,
      connection: {
        search_path: 'sim, pg_catalog, public',
        'sim.now': '2026-01-01T00:00:00Z',
        plan_cache_mode: 'force_generic_plan',
        synchronous_commit: 'off',
      },
    }),
  );
  const tell = (text: string): void => {
    if (said === time() || !mayAskForTime(text)) return;
    said = time();
    // Sent ahead of the statement that needs it, on the same connection; whoever fails, that one fails too.
    client
      .unsafe("select set_config('sim.now', $1, false)", [new Date(said).toISOString()])
      .catch(() => undefined);
  };
  const session: Session = {
    client,
    tell,
    forget: () => {
      said = -1;
    },
  };
  const db = drizzle(passing(session, (_, act) => act()));
  const queue = openJobQueue(url, { works: false, onError: () => {} });
  await queue.start();
  const boss = new PgBoss({
    db: withJson(fromDrizzle(db, sql)),
    schema: 'jobs',
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
  });
  boss.on('error', () => {});
  await boss.start();

  return {
    db,
    boss,
    enqueue: queue.enqueue,
    open: (ask) => drizzle(passing(session, ask)),
    setTime(now) {
      time = now;
      said = -1;
    },
    async empty(seed) {
      await client.unsafe('select sim.empty()');
      await client`select setseed(${(seed % 1_000_003) / 1_000_003}::float8)`;
    },
    async close() {
      await boss.stop({ graceful: false });
      await queue.stop();
      await client.end({ timeout: 1 });
    },
  };
}

/** drizzle writes JSON itself, and so hands it to the driver as text; pg-boss leaves it to its own driver. */
function withJson(executor: ReturnType<typeof fromDrizzle>): ReturnType<typeof fromDrizzle> {
  const asText = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
      ? JSON.stringify(value)
      : value;
  return { executeSql: (text, values) => executor.executeSql(text, values?.map(asText)) };
}

type Session = {
  readonly client: Sql;
  /** Says what time it is, ahead of a statement that may ask for it. */
  tell(text: string): void;
  /** What was said in a transaction that is rolled back was never said. */
  forget(): void;
};

/** A client whose statements and transactions are asked for first. */
function passing(session: Session, ask: AskDatabase): Sql {
  const { client, tell } = session;
  const statement = (text: string, parameters: never[]) => {
    const run = (wantsValues: boolean) =>
      ask(labelOf(text), async () => {
        tell(text);
        const query = client.unsafe(text, parameters);
        return wantsValues ? await query.values() : await query;
      });
    return {
      values: () => run(true),
      // drizzle awaits the statement itself where it wants rows.
      // biome-ignore lint/suspicious/noThenProperty: it stands in for a query of postgres.js
      then: (met: (rows: unknown) => unknown, failed: (error: unknown) => unknown) =>
        run(false).then(met, failed),
    };
  };
  const begin = (run: Run) => {
    const life = lifeNow();
    return ask('transaction', () =>
      transact(session, (tx) => (life ? inLife(life, () => run(tx)) : run(tx))),
    );
  };
  return { options: client.options, unsafe: statement, begin } as unknown as Sql;
}

type Run = (tx: TransactionSql) => Promise<unknown>;

/** What `begin` of postgres.js does, without waiting for the server to have begun: here nobody else asks for anything. */
async function transact({ client, tell, forget }: Session, run: Run): Promise<unknown> {
  const failures: unknown[] = [];
  let isOver = false;
  const unsafe: Sql['unsafe'] = (text, parameters, options) => {
    if (isOver) throw new Error('The transaction is over.');
    tell(text);
    const query = client.unsafe(text, parameters, options);
    query.catch((error: unknown) => failures.push(error));
    return query as never;
  };
  client.unsafe('begin').catch((error: unknown) => failures.push(error));
  try {
    const result = await run({ options: client.options, unsafe } as unknown as TransactionSql);
    if (failures.length > 0) throw failures[0];
    isOver = true;
    await client.unsafe('commit');
    return result;
  } catch (error) {
    isOver = true;
    forget();
    await client.unsafe('rollback');
    throw error;
  }
}

/** A column's default asks, and so may a trigger. */
function mayAskForTime(text: string): boolean {
  return !/^\s*select/i.test(text) || /now\(|current_|clock_|jobs\./i.test(text);
}

function labelOf(text: string): string {
  const [, verb = '', table = ''] =
    /^\s*(\w+)[\s\S]*?(?:from|into|update)\s+(?:"?\w+"?\.)?"?(\w+)"?/i.exec(text) ?? [];
  return verb === '' ? 'statement' : `${verb.toLowerCase()} ${table}`;
}

/** A statement that never reached the database, or whose answer did not come back. */
export function connectionLost(when: 'before' | 'after'): Fate {
  const error = () => Object.assign(new Error('CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
  return when === 'before' ? { kind: 'failed', error } : { kind: 'lost', error };
}
