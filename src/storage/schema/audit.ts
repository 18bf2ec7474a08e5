import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ConversationId } from '../../returns/ids.ts';
import { createdAt, sequence, store } from './columns.ts';

export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    seq: sequence(),
    conversationId: uuid('conversation_id').$type<ConversationId>(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject'),
    detail: jsonb('detail').$type<Readonly<Record<string, unknown>>>().notNull(),
    createdAt: createdAt(),
    /** The seal, written once and after the commit: the row's place in the shop's chain. */
    chainNumber: bigint('chain_number', { mode: 'number' }),
    previousHash: text('previous_hash'),
    hash: text('hash'),
  },
  (t) => [
    uniqueIndex('audit_log_chain').on(t.store, t.chainNumber),
    index('audit_log_unsealed').on(t.store, t.seq).where(sql`chain_number is null`),
    index('audit_log_seq').on(t.store, t.seq),
    index('audit_log_conversation').on(t.conversationId, t.seq),
  ],
);
