import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { countJobs } from './jobs.ts';
import { migrationsFolder } from './migrate.ts';

export type Readiness = {
  readonly reasons: readonly string[];
  /** Jobs running, and jobs due now; timers that ripen later do not count. */
  readonly inFlight: number;
  readonly queued: number;
};

const wantedMigrations = (
  JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    readonly entries: readonly unknown[];
  }
).entries.length;

export async function checkReadiness(db: Db): Promise<Readiness> {
  try {
    const [row] = await db.execute<{ applied: string }>(
      sql`select count(*) as applied from drizzle.__drizzle_migrations`,
    );
    const missing = wantedMigrations - Number(row?.applied ?? 0);
    if (missing > 0) return notReady(`${missing} migrations are not applied: run npm run migrate`);
    const counts = await countJobs(db);
    const total = (state: string) =>
      counts.filter((one) => one.state === state).reduce((sum, one) => sum + one.count, 0);
    return { reasons: [], inFlight: total('active'), queued: total('due') };
  } catch (error) {
    const undefinedTable = (error as { readonly cause?: { readonly code?: string } }).cause?.code === '42P01';
    return notReady(
      undefinedTable ? 'migrations are not applied: run npm run migrate' : 'the database does not answer',
    );
  }
}

function notReady(reason: string): Readiness {
  return { reasons: [reason], inFlight: 0, queued: 0 };
}
