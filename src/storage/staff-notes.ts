import { randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from './database.ts';
import type { JobQueue } from './jobs.ts';
import { staffNotes } from './schema/staff.ts';

export type StaffNote = typeof staffNotes.$inferSelect;

/** Something staff must read, with the job that posts it. */
export async function addStaffNote(
  tx: Tx,
  jobs: JobQueue,
  note: Pick<
    typeof staffNotes.$inferInsert,
    'store' | 'conversationId' | 'kind' | 'text' | 'mediaId' | 'thread'
  >,
): Promise<void> {
  await lockStaffNotes(tx, note.store);
  await tx.insert(staffNotes).values({ id: randomUUIDv7(), ...note });
  await jobs.enqueue(tx, 'post-staff-notes', { store: note.store });
}

/**
 * The same, unless staff were told the same: an outage fails many turns, a dead token everything for days.
 * True when it is news.
 */
export async function addStaffNoteOnce(
  tx: Tx,
  jobs: JobQueue,
  /** What names a customer carries their conversation, and is erased with it. */
  note: Pick<typeof staffNotes.$inferInsert, 'store' | 'text' | 'conversationId'>,
  within: '30 minutes' | '1 day' | 'ever' = '30 minutes',
): Promise<boolean> {
  await lockStaffNotes(tx, note.store);
  const [told] = await tx
    .select({ id: staffNotes.id })
    .from(staffNotes)
    .where(
      and(
        eq(staffNotes.store, note.store),
        eq(staffNotes.text, note.text),
        within === 'ever' ? undefined : gt(staffNotes.createdAt, sql`now() - ${within}::interval`),
      ),
    )
    .limit(1);
  if (told) return false;
  await addStaffNote(tx, jobs, { ...note, kind: 'notice' });
  return true;
}

/** Adding and reading take the same lock, so that a note committed after a read still has its job. */
export async function lockStaffNotes(tx: Tx, store: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`staff-notes:${store}`}, 0))`);
}

export function waitingStaffNotes(tx: Tx | Db, store: string): Promise<StaffNote[]> {
  return tx
    .select()
    .from(staffNotes)
    .where(and(eq(staffNotes.store, store), isNull(staffNotes.sentAt)))
    .orderBy(asc(staffNotes.seq))
    .limit(50);
}

export async function markNoteTried(
  db: Db,
  note: StaffNote,
): Promise<{ readonly since: Date; readonly again: boolean }> {
  if (note.firstTriedAt) return { since: note.firstTriedAt, again: true };
  const [row] = await db
    .update(staffNotes)
    .set({ firstTriedAt: sql`now()` })
    .where(eq(staffNotes.id, note.id))
    .returning({ firstTriedAt: staffNotes.firstTriedAt });
  if (!row?.firstTriedAt) throw new Error('No such note.');
  return { since: row.firstTriedAt, again: false };
}

export async function markNoteSent(tx: Tx | Db, id: string): Promise<void> {
  await tx.update(staffNotes).set({ sentAt: sql`now()` }).where(eq(staffNotes.id, id));
}
