import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { prepareStatements } from './prepared-statements.ts';
import * as schema from './schema.ts';

export type Db = PostgresJsDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export type Database = { readonly db: Db; close(): Promise<void> };

/** One pool per process. Statements and lock waits are bounded, so that a stuck row cannot hold up a webhook. */
export function openDatabase(
  url: string,
  options: {
    readonly connections?: number;
    /** False: a commit does not wait for the disk. For rows whose loss in a crash costs nobody anything. */
    readonly durable?: boolean;
  } = {},
): Database {
  const client = postgres(url, {
    max: options.connections ?? 10,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    // postgres.js asks for array types on its own when it connects, and nobody catches it when that fails:
    // a restart of the server would end the process. No query here has an array parameter.
    fetch_types: false,
    connection: {
      application_name: 'shopify-returns-agent',
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 15_000,
      ...(options.durable === false && { synchronous_commit: 'off' }),
    },
  });
  return { db: drizzle(prepareStatements(client), { schema }), close: () => client.end({ timeout: 5 }) };
}

/** The server's time: it decides what expired, so that workers' clocks may differ. */
export async function databaseNow(tx: Tx | Db): Promise<Date> {
  const [row] = await tx.execute<{ now: string }>(sql`select now() as now`);
  if (!row) throw new Error('The database did not say what time it is.');
  return new Date(row.now);
}

/**
 * For work a provider delivers only once: two addresses of one person who write STOP at the same time lock
 * each other out, and the one PostgreSQL breaks off must not be lost.
 */
export async function inTransaction<T>(db: Db, run: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(run);
    } catch (error) {
      if (attempt === 3 || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof postgres.PostgresError && cause.code === '40P01';
}

/**
 * Statements sent side by side in one transaction. Waits for all of them before it fails with the first
 * failure: one that still ran when the transaction ended would run outside it, or inside somebody else's.
 */
export async function together<const T extends readonly unknown[]>(
  ...statements: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(statements);
  return Promise.all(statements);
}
