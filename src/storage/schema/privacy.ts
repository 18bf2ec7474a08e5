import { sql } from 'drizzle-orm';
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt, store } from './columns.ts';

/** What somebody asked about their data, until it is done. */
export const privacyRequests = pgTable(
  'privacy_requests',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    kind: text('kind').$type<'export' | 'erase' | 'erase-shop'>().notNull(),
    /** Who it is about, encrypted; null once it is done. */
    subject: text('subject'),
    /** The same for every request about one person; says nothing without the key. */
    subjectHash: text('subject_hash').notNull(),
    doneAt: at('done_at'),
    createdAt: createdAt(),
  },
  (t) => [index('privacy_requests_open').on(t.store, t.createdAt).where(sql`done_at is null`)],
);
