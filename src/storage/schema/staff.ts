import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { CardReference } from '../../ports/approval-desk.ts';
import type { ConversationId, MediaId } from '../../returns/ids.ts';
import { at, createdAt, sequence, store } from './columns.ts';
import { conversations } from './conversations.ts';

export const staffNotes = pgTable(
  'staff_notes',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    seq: sequence(),
    conversationId: uuid('conversation_id').$type<ConversationId>(),
    kind: text('kind').$type<'open-thread' | 'thread-note' | 'notice' | 'picture'>().notNull(),
    text: text('text').notNull(),
    /** The picture to show. */
    mediaId: uuid('media_id').$type<MediaId>(),
    /** Where, when it is not the conversation's own thread. */
    thread: jsonb('thread').$type<CardReference>(),
    firstTriedAt: at('first_tried_at'),
    sentAt: at('sent_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('staff_notes_waiting').on(t.store, t.seq).where(sql`sent_at is null`),
    index('staff_notes_conversation').on(t.conversationId, t.createdAt),
    // Whether staff were told the same before is asked by the words.
    index('staff_notes_text').using('hash', t.text),
    index('staff_notes_created').on(t.store, t.createdAt),
  ],
);

/** Every thread a conversation was handed to people in, so that what is written there finds its conversation. */

export const supportThreads = pgTable(
  'support_threads',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    conversationId: uuid('conversation_id')
      .$type<ConversationId>()
      .notNull()
      .references(() => conversations.id),
    channel: text('channel').notNull(),
    ts: text('ts').notNull(),
    reason: text('reason').notNull(),
    /** The first colleague who wrote or answered in it. */
    takenBy: text('taken_by'),
    takenAt: at('taken_at'),
    closedAt: at('closed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('support_threads_place').on(t.store, t.channel, t.ts),
    index('support_threads_conversation').on(t.conversationId, t.createdAt),
    index('support_threads_open').on(t.store, t.createdAt).where(sql`closed_at is null`),
  ],
);

/** Slack workspaces the app is installed in beside the store's own; tokens are encrypted. */

export const installations = pgTable(
  'installations',
  {
    store: store(),
    /** The workspace's id, or the organisation's. */
    installedIn: text('installed_in').notNull(),
    botUserId: text('bot_user_id'),
    /** AES-256-GCM, nonce and tag before the text, base64. */
    encrypted: text('encrypted').notNull(),
    installedBy: text('installed_by'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.store, t.installedIn] })],
);

/** What was asked and what the policy said, without who asked: a new policy is tried on it. */
