import { randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { type JobData, type JobName, type JobQueue, jobNames } from './jobs.ts';
import { messages } from './schema/conversations.ts';
import { deadLetters } from './schema/dead-letters.ts';

export type DeadLetter = typeof deadLetters.$inferSelect;
export type { FailureReason } from './schema/dead-letters.ts';

/** A job that was given up before has one row as long as it is open: it counts on. */
export async function recordDeadLetter(
  db: Tx | Db,
  letter: Pick<DeadLetter, 'store' | 'queue' | 'subject' | 'data' | 'reason' | 'tries'>,
): Promise<DeadLetter> {
  const { data, reason, tries } = letter;
  const [row] = await db
    .insert(deadLetters)
    .values({ id: randomUUIDv7(), ...letter, state: 'set-aside' })
    .onConflictDoUpdate({
      target: [deadLetters.queue, deadLetters.subject, deadLetters.store],
      targetWhere: sql`ended_at is null`,
      set: {
        data,
        reason,
        tries,
        state: 'set-aside',
        givenUpAt: sql`now()`,
        timesGivenUp: sql`${deadLetters.timesGivenUp} + 1`,
      },
    })
    .returning();
  if (!row) throw new Error('The dead letter was not stored.');
  return row;
}

/** What comes from a dead letter was done after all. */
export async function endDoneLetter(db: Db, queue: string, subject: string): Promise<void> {
  await db
    .update(deadLetters)
    .set({ state: 'done', endedAt: sql`now()` })
    .where(and(eq(deadLetters.queue, queue), eq(deadLetters.subject, subject), isNull(deadLetters.endedAt)));
}

/** With when it is tried again by itself, if it is. */
export type OpenLetter = DeadLetter & { readonly nextTry: Date | undefined };

/** Oldest first. */
export async function openLetters(db: Db, store: string, limit: number): Promise<readonly OpenLetter[]> {
  const rows = await db
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.store, store), isNull(deadLetters.endedAt)))
    .orderBy(asc(deadLetters.seq))
    .limit(limit);
  return Promise.all(rows.map(async (row) => ({ ...row, nextTry: await nextTry(db, row) })));
}

export async function readLetter(db: Db, store: string, seq: number): Promise<OpenLetter | undefined> {
  const [row] = await db
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.store, store), eq(deadLetters.seq, seq)));
  return row && { ...row, nextTry: await nextTry(db, row) };
}

export async function lockLetter(tx: Tx, id: string): Promise<DeadLetter | undefined> {
  const [row] = await tx.select().from(deadLetters).where(eq(deadLetters.id, id)).for('update');
  return row;
}

export async function changeLetter(tx: Tx, id: string, state: 'taken-up' | 'dropped'): Promise<void> {
  await tx
    .update(deadLetters)
    .set({ state, ...(state === 'dropped' && { endedAt: sql`now()` }) })
    .where(eq(deadLetters.id, id));
}

/** The messages a turn was given up on: no later turn reads them. */
export async function setMessagesAside(
  tx: Tx,
  conversationId: ConversationId,
  turnNumber: number,
  letterId: string,
): Promise<void> {
  await tx
    .update(messages)
    .set({ setAsideIn: letterId })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.answeredInTurn, turnNumber)));
}

/** They wait for a turn again. How many they are. */
export async function bringMessagesBack(
  tx: Tx,
  conversationId: ConversationId,
  letterId: string,
): Promise<number> {
  const rows = await tx
    .update(messages)
    .set({ setAsideIn: null, answeredInTurn: null })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.setAsideIn, letterId)))
    .returning({ id: messages.id });
  return rows.length;
}

/** Whether the customer wrote anything after what was set aside. */
export async function wroteAfter(tx: Tx, conversationId: ConversationId, letterId: string): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select 1 from messages later
    where later.conversation_id = ${conversationId} and later.author = 'customer'
      and later.set_aside_in is distinct from ${letterId}::uuid
      and later.seq > (select max(seq) from messages aside
        where aside.conversation_id = ${conversationId} and aside.set_aside_in = ${letterId}::uuid)
    limit 1`);
  return row !== undefined;
}

async function nextTry(db: Db, { queue, subject }: DeadLetter): Promise<Date | undefined> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select min(start_after) as at from jobs.job
    where name = ${queue} and singleton_key = ${subject} and state in ('created', 'retry')`);
  return row?.at ? new Date(row.at) : undefined;
}

/** Tried at once, also where it would be tried later. False where no queue has this name. */
export async function enqueueLetter(tx: Tx, jobs: JobQueue, letter: DeadLetter): Promise<boolean> {
  const { queue, subject, data } = letter;
  const name = jobNames.find((known) => known === queue);
  if (!name) return false;
  // With what marks it as taken up: only then is the letter closed when it is done.
  const moved = await tx.execute(sql`
    update jobs.job set start_after = now(), data = '{"givenUp": 0}'::jsonb || data || '{"attempt": 0}'::jsonb
    where name = ${queue} and singleton_key = ${subject} and state = 'created'
    returning id`);
  if (moved.length > 0) return true;
  const givenUp = typeof data.givenUp === 'number' ? data.givenUp : 0;
  // It is what was enqueued under that name.
  await jobs.enqueue(tx, name, { ...data, attempt: 0, givenUp } as unknown as JobData[JobName]);
  return true;
}

/** Takes back the tries that wait. A waiting turn may be about newer messages: it stays. */
export async function withdrawJobs(tx: Tx, { queue, subject }: DeadLetter): Promise<'withdrawn' | 'runs'> {
  const isTurn = queue === 'take-turn';
  const [running] = await tx.execute(sql`
    select 1 from jobs.job
    where name = ${queue} and singleton_key = ${subject}
      and ${isTurn ? sql`state in ('created', 'retry', 'active') and data ? 'givenUp'` : sql`state = 'active'`}
    limit 1`);
  if (running) return 'runs';
  if (isTurn) return 'withdrawn';
  await tx.execute(sql`
    delete from jobs.job
    where name = ${queue} and singleton_key = ${subject} and state in ('created', 'retry') and data ? 'givenUp'`);
  return 'withdrawn';
}
