import { randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, gt, gte, sql, sum } from 'drizzle-orm';
import type { Db, Tx } from './database.ts';
import { turns } from './schema.ts';

export type TurnRecord = typeof turns.$inferSelect;

export async function insertTurn(tx: Tx, turn: Omit<typeof turns.$inferInsert, 'id'>): Promise<void> {
  await tx.insert(turns).values({ id: randomUUIDv7(), ...turn });
}

/** Every turn record of a store, oldest first, page by page. */
export async function* eachTurn(db: Db, store: string, pageSize = 500): AsyncGenerator<TurnRecord> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await db
      .select()
      .from(turns)
      .where(and(eq(turns.store, store), gt(turns.id, after)))
      .orderBy(asc(turns.id))
      .limit(pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.id;
  }
}

/** Micro-dollars since midnight UTC. */
export async function spentToday(db: Db, store: string): Promise<number> {
  const [row] = await db
    .select({ spent: sum(turns.costMicroUsd) })
    .from(turns)
    .where(and(eq(turns.store, store), gte(turns.createdAt, sql`date_trunc('day', now(), 'UTC')`)));
  return Number(row?.spent ?? 0);
}
