import { randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from './database.ts';
import { privacyRequests } from './schema/privacy.ts';

export type PrivacyRequest = typeof privacyRequests.$inferSelect;

export async function insertPrivacyRequest(
  tx: Tx,
  request: Pick<PrivacyRequest, 'store' | 'kind' | 'subject' | 'subjectHash'>,
): Promise<PrivacyRequest> {
  const [row] = await tx
    .insert(privacyRequests)
    .values({ id: randomUUIDv7(), ...request })
    .returning();
  if (!row) throw new Error('The request was not stored.');
  return row;
}

export async function readPrivacyRequest(
  db: Tx | Db,
  store: string,
  id: string,
): Promise<PrivacyRequest | undefined> {
  const [row] = await db
    .select()
    .from(privacyRequests)
    .where(and(eq(privacyRequests.store, store), eq(privacyRequests.id, id)));
  return row;
}

export function openPrivacyRequests(db: Db, store: string): Promise<PrivacyRequest[]> {
  return db
    .select()
    .from(privacyRequests)
    .where(and(eq(privacyRequests.store, store), isNull(privacyRequests.doneAt)))
    .orderBy(asc(privacyRequests.createdAt));
}

/** Who it was about is known no more. True for whoever ended it. */
export async function endPrivacyRequest(tx: Tx, id: string): Promise<boolean> {
  const ended = await tx
    .update(privacyRequests)
    .set({ doneAt: sql`now()`, subject: null })
    .where(and(eq(privacyRequests.id, id), isNull(privacyRequests.doneAt)))
    .returning({ id: privacyRequests.id });
  return ended.length > 0;
}
