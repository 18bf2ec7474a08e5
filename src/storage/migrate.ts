import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { createQueues } from './jobs.ts';

export const migrationsFolder = join(import.meta.dirname, '../../migrations');
/** Any constant: the lock only has to be the same for every release that migrates this database. */
const migrationLock = 7_305_114_021;

/**
 * Applies pending migrations and creates the job queues. drizzle's migrate() takes no lock: of several
 * at once all but one fail, so one session holds an advisory lock for the whole of it.
 */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await applyMigrations(drizzle(client), { migrationsFolder });
    await createQueues(databaseUrl);
  } finally {
    await client.end();
  }
}
