import { randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Db, Tx } from './database.ts';
import { turns } from './schema/conversations.ts';

export type TurnRecord = typeof turns.$inferSelect;

export async function insertTurn(tx: Tx, turn: Omit<typeof turns.$inferInsert, 'id'>): Promise<void> {
  await tx.insert(turns).values({ id: randomUUIDv7(), ...turn });
}

const pageSize = 500;

/** Every turn record of a store from then on, oldest first, page by page: their ids sort by time. */
export async function* eachTurn(db: Db, store: string, since = new Date(0)): AsyncGenerator<TurnRecord> {
  const time = since.getTime().toString(16).padStart(12, '0');
  let after = `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
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
