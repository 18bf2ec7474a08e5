import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CardReference } from '../ports/approval-desk.ts';
import type { ChannelKind } from '../ports/channel.ts';
import type { ProcessReturnCommand } from '../ports/return-desk.ts';
import type { OrderView } from '../ports/tools.ts';
import type { ApprovalState, Decider, Requester } from '../returns/approval.ts';
import type {
  ApprovalId,
  ConversationId,
  OrderId,
  PhoneNumber,
  QuoteId,
  RefundId,
  ReturnId,
} from '../returns/ids.ts';
import type { Order } from '../returns/order.ts';
import type { PolicyRules } from '../returns/policy.ts';
import type { Quote } from '../returns/quote.ts';
import type { RefundState } from '../returns/refund.ts';
import type { ReturnRequest } from '../returns/return-request.ts';
import type { ReturnState } from '../returns/return-state.ts';
import type { AskerFacts } from '../returns/rule-facts.ts';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const createdAt = () => at('created_at').notNull().default(sql`now()`);
/** Which shop a row belongs to: its myshopify.com domain. */
const store = () => text('store').notNull();
const sequence = () => bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity();

/** A person as far as messages tell: one per shop, joined to Shopify's customer when an order shows who it is. */
export const customers = pgTable(
  'customers',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    shopifyCustomerId: text('shopify_customer_id'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('customers_shopify').on(t.store, t.shopifyCustomerId)],
);

/** An address somebody writes from: a number, a WhatsApp id, a chat session. */
export const senders = pgTable(
  'senders',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    channel: text('channel').$type<ChannelKind>().notNull(),
    address: text('address').notNull(),
    /** E.164 where the address is a phone number; only then can the number vouch for an order. */
    phone: text('phone').$type<PhoneNumber>(),
    customerId: uuid('customer_id').references(() => customers.id),
    optedOutAt: at('opted_out_at'),
    proofsLockedUntil: at('proofs_locked_until'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('senders_address').on(t.store, t.channel, t.address),
    index('senders_phone').on(t.store, t.phone),
    index('senders_customer').on(t.customerId),
  ],
);

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
    /** The Slack user who wrote it, where it was one. */
    authorId: text('author_id'),
    /** Customer messages only: the turn that answered this one. Null while it waits. */
    answeredInTurn: integer('answered_in_turn'),
    createdAt: createdAt(),
  },
  (t) => [
    index('messages_conversation').on(t.conversationId, t.seq),
    index('messages_waiting')
      .on(t.conversationId, t.seq)
      .where(sql`author = 'customer' and answered_in_turn is null`),
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
export const proofs = pgTable(
  'proofs',
  {
    store: store(),
    senderId: uuid('sender_id')
      .notNull()
      .references(() => senders.id),
    orderId: text('order_id').$type<OrderId>().notNull(),
    orderName: text('order_name').notNull(),
    provenAt: at('proven_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.senderId, t.orderId] })],
);

export const proofAttempts = pgTable(
  'proof_attempts',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    senderId: uuid('sender_id')
      .notNull()
      .references(() => senders.id),
    createdAt: createdAt(),
  },
  (t) => [index('proof_attempts_sender').on(t.senderId, t.createdAt)],
);

export const quotes = pgTable(
  'quotes',
  {
    id: uuid('id').$type<QuoteId>().primaryKey(),
    store: store(),
    seq: sequence(),
    conversationId: uuid('conversation_id')
      .$type<ConversationId>()
      .notNull()
      .references(() => conversations.id),
    orderId: text('order_id').$type<OrderId>().notNull(),
    quote: jsonb('quote').$type<StoredQuote>().notNull(),
    /** 'open' until submitted, or replaced by a newer quote for the same order. */
    state: text('state').$type<'open' | 'submitted' | 'superseded'>().notNull().default('open'),
    /** The message that showed the amount. A yes counts only when it comes after this one. */
    shownInSeq: bigint('shown_in_seq', { mode: 'number' }),
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('quotes_conversation').on(t.conversationId, t.seq)],
);

export type StoredQuote = Omit<Quote, 'id' | 'createdAt' | 'expiresAt'>;

/** The money ledger: one row per intended refund, written before the shop is asked. Never erased. */
export const refunds = pgTable(
  'refunds',
  {
    id: uuid('id').$type<RefundId>().primaryKey(),
    store: store(),
    conversationId: uuid('conversation_id').$type<ConversationId>().notNull(),
    quoteId: uuid('quote_id')
      .$type<QuoteId>()
      .notNull()
      .references(() => quotes.id),
    orderId: text('order_id').$type<OrderId>().notNull(),
    orderName: text('order_name').notNull(),
    /** Shopify's customer, so that refunds of one person on several orders count together. */
    shopifyCustomerId: text('shopify_customer_id'),
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    digest: text('digest').notNull(),
    /** What policy would have given, and who made it less. */
    lowered: jsonb('lowered').$type<Lowered>(),
    requestedBy: jsonb('requested_by').$type<Requester>().notNull(),
    state: text('state').$type<RefundState>().notNull(),
    idempotencyKey: uuid('idempotency_key').notNull(),
    /** When the key was first sent: the shop forgets it after 24 hours. */
    firstSentAt: at('first_sent_at'),
    /** The return it is settled with, once that was opened. */
    returnId: uuid('return_id')
      .$type<ReturnId>()
      .references((): AnyPgColumn => returns.id),
    /** What came in parts: the refund it was a part of. */
    splitFrom: uuid('split_from').$type<RefundId>(),
    /** What the shop cannot recognise when it is sent again; stored before it is sent. */
    sending: jsonb('sending').$type<Sending>(),
    shopRefundId: text('shop_refund_id'),
    payment: text('payment').$type<'settled' | 'pending' | 'failed'>(),
    rejection: jsonb('rejection').$type<readonly string[]>(),
    /** When the customer was told how it ended; written with the message that says so. */
    toldAt: at('told_at'),
    settledAt: at('settled_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('refunds_quote').on(t.quoteId),
    index('refunds_order').on(t.store, t.orderId, t.createdAt),
    index('refunds_customer').on(t.store, t.shopifyCustomerId, t.createdAt),
    index('refunds_conversation').on(t.conversationId, t.createdAt),
    index('refunds_untold').on(t.conversationId).where(sql`told_at is null`),
  ],
);

/** `sentAt`: ISO 8601, the last time. */
export type Sending =
  | ({ readonly kind: 'return'; readonly sentAt: string } & Pick<
      ProcessReturnCommand,
      'lines' | 'exchanges' | 'refundsBefore'
    >)
  | { readonly kind: 'cancellation'; readonly sentAt: string; readonly jobId?: string }
  /** No money yet: the return it will be settled with. */
  | { readonly kind: 'opening'; readonly sentAt: string };

/** Returns opened in the shop: the row comes before the request. What they come to is in their refunds. */
export const returns = pgTable(
  'returns',
  {
    id: uuid('id').$type<ReturnId>().primaryKey(),
    store: store(),
    conversationId: uuid('conversation_id').$type<ConversationId>().notNull(),
    /** What was agreed to; written into the shop's return, which is found by it. */
    refundId: uuid('refund_id')
      .$type<RefundId>()
      .notNull()
      .references(() => refunds.id),
    orderId: text('order_id').$type<OrderId>().notNull(),
    orderName: text('order_name').notNull(),
    state: text('state').$type<ReturnState>().notNull(),
    shopReturnId: text('shop_return_id'),
    /** `#1001-R1`. */
    shopReturnName: text('shop_return_name'),
    labelUrl: text('label_url'),
    /** When it is closed if nothing arrived. */
    closesAt: at('closes_at'),
    /** When the customer was told how to send it back. */
    toldAt: at('told_at'),
    endedAt: at('ended_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('returns_refund').on(t.refundId),
    uniqueIndex('returns_shop').on(t.store, t.shopReturnId),
    index('returns_open').on(t.store, t.createdAt).where(sql`ended_at is null`),
    index('returns_conversation').on(t.conversationId, t.createdAt),
  ],
);

export type Lowered = { readonly fromMinor: number; readonly by: Decider; readonly replaces: RefundId };

export const approvals = pgTable(
  'approvals',
  {
    id: uuid('id').$type<ApprovalId>().primaryKey(),
    store: store(),
    refundId: uuid('refund_id')
      .$type<RefundId>()
      .notNull()
      .references(() => refunds.id),
    digest: text('digest').notNull(),
    state: text('state').$type<ApprovalState>().notNull(),
    /** How many different people must say yes. */
    required: integer('required').notNull().default(1),
    card: jsonb('card').$type<CardReference>(),
    /** Set before the card is first posted: from then on the channel is searched before posting again. */
    announcedAt: at('announced_at'),
    cumulativeMinor: bigint('cumulative_minor', { mode: 'number' }).notNull(),
    decidedBy: jsonb('decided_by').$type<Decider>(),
    decidedAt: at('decided_at'),
    denialReason: text('denial_reason'),
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    // Two open approvals for one refund would be two chances to pay it.
    uniqueIndex('approvals_one_pending').on(t.refundId).where(sql`state = 'pending'`),
    index('approvals_state').on(t.store, t.state, t.createdAt),
    index('approvals_refund').on(t.refundId, t.createdAt),
  ],
);

/** A yes that counts toward an approval: one per person. */
export const approvalVotes = pgTable(
  'approval_votes',
  {
    store: store(),
    approvalId: uuid('approval_id')
      .$type<ApprovalId>()
      .notNull()
      .references(() => approvals.id),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.approvalId, t.userId] })],
);

/** The kill switch: while a row has no end, no refund of the shop is sent. */
export const refundPauses = pgTable(
  'refund_pauses',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    reason: text('reason').notNull(),
    pausedBy: jsonb('paused_by').$type<Decider>().notNull(),
    resumedBy: jsonb('resumed_by').$type<Decider>(),
    resumedAt: at('resumed_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('refund_pauses_one').on(t.store).where(sql`resumed_at is null`)],
);

/** Texts on their way to people; the row comes before the request. */
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
  (t) => [primaryKey({ columns: [t.store, t.providerId] })],
);

/** Lines for staff in Slack's support channel: threads, further customer messages, notices. */
export const staffNotes = pgTable(
  'staff_notes',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    seq: sequence(),
    conversationId: uuid('conversation_id').$type<ConversationId>(),
    kind: text('kind').$type<'open-thread' | 'thread-note' | 'notice'>().notNull(),
    text: text('text').notNull(),
    firstTriedAt: at('first_tried_at'),
    sentAt: at('sent_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('staff_notes_waiting').on(t.store, t.seq).where(sql`sent_at is null`),
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
export const returnRequests = pgTable(
  'return_requests',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    seq: sequence(),
    conversationId: uuid('conversation_id').$type<ConversationId>().notNull(),
    orderName: text('order_name').notNull(),
    request: jsonb('request').$type<ReturnRequest>().notNull(),
    asker: jsonb('asker').$type<AskerFacts>(),
    /** As the policy knew it, without names, addresses and numbers of people. */
    facts: jsonb('facts').$type<Order>().notNull(),
    verdict: text('verdict').$type<'accept' | 'deny' | 'needs-person'>().notNull(),
    rule: text('rule').notNull(),
    amountMinor: bigint('amount_minor', { mode: 'number' }),
    policyVersion: text('policy_version').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('return_requests_created').on(t.store, t.createdAt)],
);

/** Every policy that was ever in force, by the hash of its rules. */
export const policyVersions = pgTable(
  'policy_versions',
  {
    store: store(),
    version: text('version').notNull(),
    rules: jsonb('rules').$type<PolicyRules>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.store, t.version] })],
);

/** When which policy came into force; the last one is. Rows are only ever added. */
export const policyPublications = pgTable(
  'policy_publications',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    seq: sequence(),
    version: text('version').notNull(),
    /** 'start': the settings of a process that started named it; 'command': somebody published it. */
    source: text('source').$type<'start' | 'command'>().notNull(),
    author: text('author').notNull(),
    /** A sentence each. */
    changes: jsonb('changes').$type<readonly string[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('policy_publications_seq').on(t.store, t.seq)],
);

/** Who did what about money, identity and access. Rows are only ever added. */
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
