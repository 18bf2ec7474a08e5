import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
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
  },
  (t) => [
    index('audit_log_seq').on(t.store, t.seq),
    index('audit_log_conversation').on(t.conversationId, t.seq),
  ],
);
