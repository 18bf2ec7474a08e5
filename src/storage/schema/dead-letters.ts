import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt, sequence, store } from './columns.ts';

/** Jobs that failed every time. At most one row per job is open, however often it fails again. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    /** What people call it by. */
    seq: sequence(),
    queue: text('queue').notNull(),
    subject: text('subject').notNull(),
    /** Of the job: ids only. */
    data: jsonb('data').$type<Readonly<Record<string, unknown>>>().notNull(),
    reason: jsonb('reason').$type<FailureReason>().notNull(),
    /** How often it was run before it was given up the last time. */
    tries: integer('tries').notNull(),
    timesGivenUp: integer('times_given_up').notNull().default(1),
    givenUpAt: at('given_up_at').notNull().default(sql`now()`),
    state: text('state').$type<'set-aside' | 'taken-up' | 'done' | 'dropped'>().notNull(),
    endedAt: at('ended_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('dead_letters_open').on(t.queue, t.subject, t.store).where(sql`ended_at is null`),
    index('dead_letters_seq').on(t.store, t.seq),
    index('dead_letters_ended').on(t.endedAt),
  ],
);

/** Never an error's words: those of drivers quote what they were given. */
export type FailureReason = {
  readonly name: string;
  readonly code?: string;
  /** File and line of ours where it was thrown. */
  readonly place?: string;
};
