import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { fromDrizzle, PgBoss } from 'pg-boss';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import type { Db } from '../../src/storage/database.ts';
import { type JobQueue, openJobQueue } from '../../src/storage/jobs.ts';
import { prepareStatements } from '../../src/storage/prepared-statements.ts';
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
export async function openSimulatedDatabase(url: string): Promise<SimulatedDatabase> {
  await bendTime(url);
  let time: () => number = () => 0;
  let said = -1;
  const client = prepareStatements(
    postgres(url, {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      onnotice: () => {},
      fetch_types: false,
      connection: { search_path: 'sim, pg_catalog, public', 'sim.now': '2026-01-01T00:00:00Z' },
    }),
  );
  const tell = (session: Pick<Sql, 'unsafe'>): void => {
    if (said === time()) return;
    said = time();
    // Sent ahead of the statement that needs it, on the same connection; whoever fails, that one fails too.
    session
      .unsafe("select set_config('sim.now', $1, false)", [new Date(said).toISOString()])
      .catch(() => undefined);
  };
  const db = drizzle(
    passing(
      client,
      () => tell(client),
      (_, act) => act(),
    ),
  );
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
  const tables = await namesOfTables(client);

  return {
    db,
    boss,
    enqueue: queue.enqueue,
    open: (ask) => drizzle(passing(client, (session) => tell(session), ask)),
    setTime(now) {
      time = now;
      said = -1;
    },
    async empty(seed) {
      const clear = tables.map((table) => `delete from ${table};`).join(' ');
      await client`set session_replication_role = replica`;
      await client.begin((tx) => tx.unsafe(`do $$ begin ${clear} end $$`));
      await client`set session_replication_role = origin`;
      // When it last looked after its queues is later than now, in a seed that begins again.
      await client`update jobs.queue set monitor_on = null, monitor_claim_on = null, maintain_on = null, delta_on = null`;
      await client`update jobs.version set monitor_backoff_on = null, reindex_on = null`;
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

/** A client whose statements and transactions are asked for first. */
function passing(client: Sql, before: (session: Pick<Sql, 'unsafe'>) => void, ask: AskDatabase): Sql {
  const statement = (text: string, parameters: never[]) => {
    const run = (wantsValues: boolean) =>
      ask(labelOf(text), async () => {
        before(client);
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
  const begin = (run: (tx: TransactionSql) => Promise<unknown>) => {
    const life = lifeNow();
    return ask('transaction', () =>
      client.begin((tx) => {
        before(tx);
        return life ? inLife(life, () => run(tx)) : run(tx);
      }),
    );
  };
  return { options: client.options, unsafe: statement, begin } as unknown as Sql;
}

function labelOf(text: string): string {
  const [, verb = '', table = ''] =
    /^\s*(\w+)[\s\S]*?(?:from|into|update)\s+(?:"?\w+"?\.)?"?(\w+)"?/i.exec(text) ?? [];
  return verb === '' ? 'statement' : `${verb.toLowerCase()} ${table}`;
}

/** `now()`, the chance and the ids of this database come from the simulation. */
async function bendTime(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client.unsafe(`
    create schema if not exists sim;
    create or replace function sim.now() returns timestamptz language sql stable
      as $$ select coalesce(nullif(current_setting('sim.now', true), '')::timestamptz, pg_catalog.now()) $$;
    create or replace function sim.gen_random_uuid() returns uuid language sql volatile
      as $$ select md5(random()::text || random()::text)::uuid $$;
    create or replace function jobs.job_now() returns timestamptz language sql stable as $$ select sim.now() $$;
    do $do$ declare each record; begin
      for each in
        select n.nspname, c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid) as given
        from pg_attrdef d
        join pg_class c on c.oid = d.adrelid
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where n.nspname in ('public', 'jobs') and c.relkind in ('r', 'p') and a.attgenerated = ''
          and pg_get_expr(d.adbin, d.adrelid) ~ '(now|clock_timestamp|gen_random_uuid)\\(\\)'
      loop
        execute format('alter table %I.%I alter column %I set default %s', each.nspname, each.relname, each.attname,
          regexp_replace(regexp_replace(each.given, '\\m(pg_catalog\\.)?(now|clock_timestamp)\\(\\)', 'sim.now()'),
            '\\m(pg_catalog\\.)?gen_random_uuid\\(\\)', 'sim.gen_random_uuid()'));
      end loop;
    end $do$`);
  await client.end();
}

async function namesOfTables(client: Sql): Promise<readonly string[]> {
  const rows = await client<{ readonly name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where (schemaname = 'public' and tablename not like '%drizzle%')
      or (schemaname = 'jobs' and tablename in ('job', 'warning'))`;
  return rows.map(({ name }) => name);
}

/** A statement that never reached the database, or whose answer did not come back. */
export function connectionLost(when: 'before' | 'after'): Fate {
  const error = () => Object.assign(new Error('CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
  return when === 'before' ? { kind: 'failed', error } : { kind: 'lost', error };
}
