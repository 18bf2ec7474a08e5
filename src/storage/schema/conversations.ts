import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CardReference } from '../../ports/approval-desk.ts';
import type { Button, ChannelKind } from '../../ports/channel.ts';
import type { OrderView } from '../../ports/tools.ts';
import type { ConversationId } from '../../returns/ids.ts';
import { at, createdAt, sequence, store } from './columns.ts';
import { senders } from './people.ts';

export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').$type<ConversationId>().primaryKey(),
    store: store(),
    senderId: uuid('sender_id')
      .notNull()
      .references(() => senders.id),
    channel: text('channel').$type<ChannelKind>().notNull(),
    party: text('party').$type<'customer' | 'staff'>().notNull().default('customer'),
    owner: text('owner').$type<'agent' | 'person'>().notNull().default('agent'),
    ownedSince: at('owned_since'),
    supportThread: jsonb('support_thread').$type<CardReference>(),
    /** Fences a late worker: a turn commits only while this is still the number it began with. */
    turnNumber: integer('turn_number').notNull().default(0),
    /** Set while a turn runs; outcomes that arrive meanwhile wait for its reply, so that texts keep their order. */
    turnStartedAt: at('turn_started_at'),
    lastActivityAt: at('last_activity_at').notNull().default(sql`now()`),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('conversations_sender').on(t.senderId),
    index('conversations_owner').on(t.owner, t.lastActivityAt),
  ],
);

/** What providers delivered, once. The primary key is the promise that a redelivery changes nothing. */

export const inbox = pgTable(
  'inbox',
  {
    store: store(),
    provider: text('provider').notNull(),
    providerMessageId: text('provider_message_id').notNull(),
    conversationId: uuid('conversation_id').$type<ConversationId>(),
    receivedAt: at('received_at').notNull().default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.store, t.provider, t.providerMessageId] }),
    index('inbox_received').on(t.receivedAt),
  ],
);

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    seq: sequence(),
    conversationId: uuid('conversation_id')
      .$type<ConversationId>()
      .notNull()
      .references(() => conversations.id),
    author: text('author').$type<'customer' | 'agent' | 'staff'>().notNull(),
    text: text('text').notNull(),
    /** Of our message that it answers by a button or a quotation, where the channel says so. */
    replyToSeq: integer('reply_to_seq'),
    /** Addresses that stand as `[e-mail]` in the text, in their order, encrypted; gone after a day. */
    emails: text('emails'),
    /** Pictures, voice notes and other files that came with it. */
    mediaCount: integer('media_count').notNull().default(0),
    /** Some of the text was said, not written: it is what a program heard. */
    spoken: boolean('spoken').notNull().default(false),
    /** The Slack user who wrote it, where it was one. */
    authorId: text('author_id'),
    /** Customer messages only: the turn that answered this one. Null while it waits. */
    answeredInTurn: integer('answered_in_turn'),
    /** Kept, but over a limit: it got no turn of its own. */
    heldAt: at('held_at'),
    /** The dead letter of the turn that failed on it every time; the bot no longer reads this message. */
    setAsideIn: uuid('set_aside_in'),
    createdAt: createdAt(),
  },
  (t) => [
    index('messages_conversation').on(t.conversationId, t.seq),
    index('messages_waiting')
      .on(t.conversationId, t.seq)
      .where(sql`author = 'customer' and answered_in_turn is null`),
    index('messages_created').using('brin', t.createdAt),
    index('messages_emails').on(t.createdAt).where(sql`emails is not null`),
  ],
);

/** One record per turn, with personal data masked: what was asked, what was done, what it cost. */

export const turns = pgTable(
  'turns',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    conversationId: uuid('conversation_id').$type<ConversationId>().notNull(),
    number: integer('number').notNull(),
    channel: text('channel').$type<ChannelKind>().notNull(),
    model: text('model'),
    asked: jsonb('asked').$type<readonly string[]>().notNull(),
    answered: text('answered'),
    tools: jsonb('tools').$type<readonly ToolRecord[]>().notNull(),
    outcome: text('outcome').notNull(),
    inputTokens: integer('input_tokens').notNull(),
    cachedInputTokens: integer('cached_input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    costMicroUsd: integer('cost_micro_usd').notNull(),
    durationMs: integer('duration_ms').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('turns_number').on(t.conversationId, t.number),
    index('turns_created').on(t.store, t.createdAt),
  ],
);

export type ToolRecord = { readonly name: string; readonly status: string; readonly ms: number };

/** That a sender owns an order: lapses after 24 hours. */

export const outbox = pgTable(
  'outbox',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    seq: sequence(),
    conversationId: uuid('conversation_id')
      .$type<ConversationId>()
      .notNull()
      .references(() => conversations.id),
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id),
    channel: text('channel').$type<ChannelKind>().notNull(),
    address: text('address').notNull(),
    body: text('body').notNull(),
    card: jsonb('card').$type<OrderView>(),
    /** Answers to tap, below the text. */
    buttons: jsonb('buttons').$type<readonly Button[]>(),
    /** WhatsApp took no free text for it, so that it goes out inside the template. */
    viaTemplate: boolean('via_template').notNull().default(false),
    /** The bot says it of its own accord, not in answer: it may wait until the night is over. */
    unprompted: boolean('unprompted').notNull().default(false),
    state: text('state').$type<OutboxState>().notNull().default('waiting'),
    /** Set before the first request: from then on the provider's list is read before sending again. */
    firstTriedAt: at('first_tried_at'),
    attempts: integer('attempts').notNull().default(0),
    providerId: text('provider_id'),
    errorCode: text('error_code'),
    settledAt: at('settled_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('outbox_waiting').on(t.conversationId, t.seq).where(sql`state = 'waiting'`),
    index('outbox_provider').on(t.store, t.providerId),
    index('outbox_message').on(t.messageId),
  ],
);

export type OutboxState = 'waiting' | 'sent' | 'refused' | 'suppressed';

/** What became of texts, by the provider's id: a receipt may come before our own row knows that id. */

export const receipts = pgTable(
  'receipts',
  {
    store: store(),
    providerId: text('provider_id').notNull(),
    status: text('status').notNull(),
    rank: integer('rank').notNull(),
    errorCode: text('error_code'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.store, t.providerId] }), index('receipts_created').on(t.createdAt)],
);

/** Lines for staff in Slack's support channel: threads, further customer messages, notices. */
