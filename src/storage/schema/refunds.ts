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
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CardReference } from '../../ports/approval-desk.ts';
import type { ProcessReturnCommand } from '../../ports/return-desk.ts';
import type { ApprovalState, Decider, Requester } from '../../returns/approval.ts';
import type { ApprovalId, ConversationId, OrderId, QuoteId, RefundId, ReturnId } from '../../returns/ids.ts';
import type { Quote } from '../../returns/quote.ts';
import type { RefundState } from '../../returns/refund.ts';
import type { ReturnState } from '../../returns/return-state.ts';
import { at, createdAt, sequence, store } from './columns.ts';
import { conversations } from './conversations.ts';

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
  (t) => [
    index('quotes_conversation').on(t.conversationId, t.seq),
    index('quotes_open').on(t.conversationId, t.seq).where(sql`state = 'open'`),
  ],
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
    index('refunds_state').on(t.store, t.state, t.createdAt),
    index('refunds_created').on(t.store, t.createdAt),
    index('refunds_settled').on(t.store, t.settledAt),
    index('refunds_return').on(t.returnId),
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
    index('returns_order').on(t.store, t.orderId),
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
