import { index, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ChannelKind } from '../../ports/channel.ts';
import type { OrderId, PhoneNumber } from '../../returns/ids.ts';
import type { Language } from '../../returns/language.ts';
import { at, createdAt, sequence, store } from './columns.ts';

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
    /** WhatsApp's id of the person for this business, by which they are known when they hide their number. */
    externalId: text('external_id'),
    customerId: uuid('customer_id').references(() => customers.id),
    /** STOP from this address: it holds for every address of the person, until each says START for itself. */
    optedOutAt: at('opted_out_at'),
    optedInAt: at('opted_in_at'),
    /** When it was first told who writes. */
    introducedAt: at('introduced_at'),
    proofsLockedUntil: at('proofs_locked_until'),
    /** The shop had an order with this number, so that it gets SMS wherever it is. */
    smsAllowedAt: at('sms_allowed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('senders_address').on(t.store, t.channel, t.address),
    index('senders_phone').on(t.store, t.phone),
    index('senders_customer').on(t.customerId),
    index('senders_external').on(t.store, t.externalId),
  ],
);

/** Every STOP and START. Rows are only added. */
export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    seq: sequence(),
    senderId: uuid('sender_id').notNull(),
    channel: text('channel').$type<ChannelKind>().notNull(),
    kind: text('kind').$type<'stop' | 'start'>().notNull(),
    /** Words of opting in and out only; null where the provider says it without. */
    word: text('word'),
    language: text('language').$type<Language>(),
    /** 'provider': Twilio had answered it already; 'refusal': Twilio would not send, because they had opted out there. */
    source: text('source').$type<'message' | 'provider' | 'refusal'>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('consents_sender').on(t.senderId, t.seq)],
);

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
