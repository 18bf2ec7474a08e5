import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '../src/storage/embedded-postgres.ts';
import { migrateDatabase } from '../src/storage/migrate.ts';
import type { CountedStatement } from './figures.ts';

export type BenchDatabase = {
  readonly url: string;
  readonly sql: postgres.Sql;
  readonly postmasterPid: number;
  readonly version: string;
  transactions(): Promise<number>;
  /** Since the last call, most calls first; empty unless they are counted. */
  takeStatements(): Promise<readonly CountedStatement[]>;
  stop(): Promise<void>;
};

/** A server of its own with PostgreSQL's default settings: every commit waits for the disk. */
export async function startDatabase(directory: string, countsStatements: boolean): Promise<BenchDatabase> {
  const settings = countsStatements ? ['shared_preload_libraries=pg_stat_statements'] : [];
  const server = await startEmbeddedPostgres(join(directory, 'postgres'), settings);
  await migrateDatabase(server.url);
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  if (countsStatements) await sql`create extension pg_stat_statements`;
  const [version] = await sql<{ server_version: string }[]>`show server_version`;
  return {
    url: server.url,
    sql,
    postmasterPid: Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n', 1)[0]),
    version: version?.server_version ?? '',
    async transactions() {
      const [row] = await sql<{ count: string }[]>`
        select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`;
      return Number(row?.count);
    },
    async takeStatements() {
      if (!countsStatements) return [];
      const rows = await sql<CountedStatement[]>`
        select query, calls::int, mean_exec_time as "meanMs" from pg_stat_statements
        order by calls desc, query limit 80`;
      await sql`select pg_stat_statements_reset()`;
      return rows;
    },
    async stop() {
      await sql.end();
      await server.stop();
    },
  };
}
