import { randomInt } from 'node:crypto';
import { and, eq, lt, sql } from 'drizzle-orm';
import {
  judgeUsage,
  type UsageLimit,
  type UsageLimitName,
  type UsageLimits,
  type UsageVerdict,
  usageLimits,
} from '../returns/usage-limits.ts';
import type { Db, Tx } from './database.ts';
import { modelSpending, usageCounters } from './schema/usage.ts';

/** Whose use is counted, and against which limits; the usual ones unless told. */
export type UsageBook = { readonly store: string; readonly usageLimits?: UsageLimits | undefined };

export type Use = {
  readonly limit: UsageLimitName;
  /** Whose use it is; the whole store's unless told. */
  readonly subject?: string;
  /** 1 unless told. */
  readonly amount?: number;
};

export type Counted = {
  readonly limit: UsageLimitName;
  readonly verdict: UsageVerdict;
  /** Until the window ends. */
  readonly seconds: number;
};

/**
 * Counts uses and says of each whether it was too much, in one statement: processes that count at once count
 * one after the other. A use that is rolled back was none.
 */
export async function countUses(
  tx: Tx | Db,
  { store, usageLimits: limits = usageLimits }: UsageBook,
  ...uses: readonly Use[]
): Promise<readonly Counted[]> {
  // In one order, or two processes would wait for each other's rows.
  const counted = uses.map((use) => spread(use, limits[use.limit])).sort(byRow);
  const rows = await tx
    .insert(usageCounters)
    .values(
      counted.map(({ limit, subject, amount, seconds }) => ({
        store,
        name: limit,
        subject,
        used: amount,
        endsAt: sql`now() + make_interval(secs => ${seconds})`,
      })),
    )
    .onConflictDoUpdate({
      target: [usageCounters.store, usageCounters.name, usageCounters.subject],
      set: {
        used: sql`case when ${usageCounters.endsAt} <= now() then excluded.used else ${usageCounters.used} + excluded.used end`,
        endsAt: sql`case when ${usageCounters.endsAt} <= now() then excluded.ends_at else ${usageCounters.endsAt} end`,
      },
    })
    .returning({
      name: usageCounters.name,
      used: usageCounters.used,
      seconds: sql`ceil(extract(epoch from ${usageCounters.endsAt} - now()))`.mapWith(Number),
    });
  return counted.map(({ limit, amount, most }) => {
    const row = rows.find(({ name }) => name === limit);
    if (!row) throw new Error('A use was not counted.');
    return { limit, verdict: judgeUsage({ most }, row.used, amount), seconds: row.seconds };
  });
}

type SpreadUse = Required<Use> & UsageLimit;

/**
 * What everybody uses at once is counted in parts, each with its share of the limit: one row would let all
 * webhooks of a store wait for each other.
 */
function spread({ limit, subject, amount = 1 }: Use, { most, seconds }: UsageLimit): SpreadUse {
  if (subject !== undefined) return { limit, subject, amount, most, seconds };
  const parts = most >= leastToSpread ? 16 : 1;
  return { limit, subject: `store ${randomInt(parts)}`, amount, most: most / parts, seconds };
}

const leastToSpread = 5_000;

function byRow(a: SpreadUse, b: SpreadUse): number {
  return a.limit === b.limit ? a.subject.localeCompare(b.subject) : a.limit < b.limit ? -1 : 1;
}

/** Whether the window that runs holds more than may be used. */
export async function isUsedUp(
  tx: Tx | Db,
  { store, usageLimits: limits = usageLimits }: UsageBook,
  { limit, subject }: { readonly limit: UsageLimitName; readonly subject: string },
): Promise<boolean> {
  const [row] = await tx
    .select({ used: usageCounters.used })
    .from(usageCounters)
    .where(
      and(
        eq(usageCounters.store, store),
        eq(usageCounters.name, limit),
        eq(usageCounters.subject, subject),
        sql`${usageCounters.endsAt} > now()`,
      ),
    );
  return row !== undefined && row.used > limits[limit].most;
}

/** Windows that ended: a sender who comes back begins anew either way. */
export async function forgetEndedWindows(db: Db): Promise<void> {
  await db.delete(usageCounters).where(lt(usageCounters.endsAt, sql`now() - interval '1 hour'`));
}

/** Adds to what models have cost today; what that comes to, in micro-dollars. */
export async function addSpending(tx: Tx, store: string, microUsd: number): Promise<number> {
  const [row] = await tx
    .insert(modelSpending)
    .values({ store, day: today, microUsd })
    .onConflictDoUpdate({
      target: [modelSpending.store, modelSpending.day],
      set: { microUsd: sql`${modelSpending.microUsd} + excluded.micro_usd` },
    })
    .returning({ microUsd: modelSpending.microUsd });
  return row?.microUsd ?? microUsd;
}

/** Micro-dollars since midnight UTC. */
export async function spentToday(db: Db, store: string): Promise<number> {
  const [row] = await db
    .select({ microUsd: modelSpending.microUsd })
    .from(modelSpending)
    .where(and(eq(modelSpending.store, store), eq(modelSpending.day, today)));
  return row?.microUsd ?? 0;
}

const today = sql`(now() at time zone 'UTC')::date`;
