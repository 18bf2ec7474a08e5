import { bigint, date, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, store } from './columns.ts';

/** What was used of a limit in the window that runs; a row that ended is as good as none. */
export const usageCounters = pgTable(
  'usage_counters',
  {
    store: store(),
    /** The limit's name. */
    name: text('name').notNull(),
    /** A sender, a conversation, the hash of an address, or a part of the store's own count. */
    subject: text('subject').notNull(),
    used: bigint('used', { mode: 'number' }).notNull(),
    endsAt: at('ends_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.store, t.name, t.subject] }), index('usage_counters_ended').on(t.endsAt)],
);

/** What models have cost, by day in UTC. */
export const modelSpending = pgTable(
  'model_spending',
  {
    store: store(),
    day: date('day', { mode: 'string' }).notNull(),
    microUsd: bigint('micro_usd', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.store, t.day] })],
);
