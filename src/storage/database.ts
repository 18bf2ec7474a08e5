import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { prepareStatements } from './prepared-statements.ts';
import { watchedSockets } from './watched-socket.ts';

export type Db = PostgresJsDatabase;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export type Database = { readonly db: Db; close(): Promise<void> };

/** Everything is bounded (statements, lock waits, silence), so that a stuck row cannot hold up a webhook. */
export function openDatabase(
  url: string,
  options: {
    readonly connections?: number;
    /** False: a commit does not wait for the disk. For rows whose loss in a crash costs nobody anything. */
    readonly durable?: boolean;
    /** How long a statement may wait for a connection that is free; for ever unless told. */
    readonly waitMs?: number;
    /** How long an answer may take before the server counts as gone. Above the limit of a statement. */
    readonly silenceMs?: number;
  } = {},
): Database {
  const client = postgres(url, {
    max: options.connections ?? 10,
    connect_timeout: 5,
    // Below the limit of silence: what is cut for it was being waited for.
    idle_timeout: 15,
    backoff: () => 0.25,
    ...{ socket: watchedSockets(options.silenceMs ?? 20_000) },
    onnotice: () => {},
    // postgres.js asks for array types on its own when it connects, and nobody catches it when that fails:
    // a restart of the server would end the process. No query here has an array parameter.
    fetch_types: false,
    connection: {
      application_name: 'shopify-returns-agent',
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 15_000,
      // Whoever waits for a lock must then see what was committed meanwhile, whatever the server's default is.
      default_transaction_isolation: 'read committed',
      TimeZone: 'UTC',
      DateStyle: 'ISO',
      ...(options.durable === false && { synchronous_commit: 'off' }),
    },
  });
  return {
    db: drizzle(prepareStatements(client, options.waitMs)),
    close: () => client.end({ timeout: 5 }),
  };
}

/** The server's time: it decides what expired, so that workers' clocks may differ. */
export async function databaseNow(tx: Tx | Db): Promise<Date> {
  const [row] = await tx.execute<{ now: string }>(sql`select now() as now`);
  if (!row) throw new Error('The database did not say what time it is.');
  return new Date(row.now);
}

/**
 * For work a provider delivers only once: two addresses of one person who write STOP at the same time lock
 * each other out, and the one PostgreSQL breaks off must not be lost. `run` may be run again, from the start.
 */
export async function inTransaction<T>(db: Db, run: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(run);
    } catch (error) {
      if (attempt === 3 || !isBrokenOff(error)) throw error;
    }
  }
}

/** By a deadlock, or because what it had read was changed by others. Nothing of it was kept. */
function isBrokenOff(error: unknown): boolean {
  return hasCode(error, '40P01') || hasCode(error, '40001');
}

function hasCode(error: unknown, code: string): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof postgres.PostgresError && cause.code === code;
}

/**
 * Statements sent side by side in one transaction. Waits for all of them before it fails with the first
 * failure: one that still ran when the transaction ended would run outside it, or inside somebody else's.
 */
export async function together<const T extends readonly unknown[]>(
  ...statements: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const outcomes = await Promise.allSettled(statements);
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  // Those behind the one that broke the transaction fail with it (25P02) and say nothing of why.
  if (failures.length > 0) throw failures.find((failure) => !hasCode(failure, '25P02')) ?? failures[0];
  // Not awaited once more: a statement of drizzle runs again each time somebody waits for it.
  const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  return answers as { -readonly [K in keyof T]: Awaited<T[K]> };
}
