import { sql } from 'drizzle-orm';
import { customType, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { ConversationId } from '../../returns/ids.ts';
import { at, createdAt, store } from './columns.ts';
import { conversations, messages } from './conversations.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Pictures and voice notes customers sent: made anew or refused, never what came from outside as it came. */
export const media = pgTable(
  'media',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    conversationId: uuid('conversation_id')
      .$type<ConversationId>()
      .notNull()
      .references(() => conversations.id),
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    /** Which of the message's attachments, from 0. */
    position: integer('position').notNull(),
    state: text('state').$type<MediaState>().notNull().default('waiting'),
    /** Where the provider keeps it; gone once it was fetched or given up. */
    source: text('source'),
    kind: text('kind').$type<'picture' | 'voice'>(),
    contentType: text('content_type'),
    bytes: integer('bytes'),
    width: integer('width'),
    height: integer('height'),
    sha256: text('sha256'),
    data: bytea('data'),
    /** Why it was refused: a word of ours. */
    reason: text('reason'),
    createdAt: createdAt(),
    settledAt: at('settled_at'),
  },
  (t) => [
    unique('media_position').on(t.messageId, t.position),
    index('media_conversation').on(t.conversationId, t.createdAt),
    index('media_kept').on(t.store, t.createdAt).where(sql`state <> 'erased'`),
  ],
);

export type MediaState = 'waiting' | 'stored' | 'refused' | 'erased';
