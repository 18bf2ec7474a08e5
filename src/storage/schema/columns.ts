import { sql } from 'drizzle-orm';
import { bigint, text, timestamp } from 'drizzle-orm/pg-core';

export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const createdAt = () => at('created_at').notNull().default(sql`now()`);
/** Which shop a row belongs to: its myshopify.com domain. */
export const store = () => text('store').notNull();
export const sequence = () => bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity();
