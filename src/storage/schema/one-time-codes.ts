import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { OrderId, PhoneNumber } from '../../returns/ids.ts';
import { at, createdAt, store } from './columns.ts';
import { senders } from './people.ts';

export type CodeState = 'waiting' | 'sent' | 'refused' | 'withheld';

/**
 * A code somebody asked for, to the phone on an order. There is a row for orders that do not exist too, so that
 * asking does the same work. The code is in none of them: it is computed from the id with a secret of the server.
 */
export const oneTimeCodes = pgTable(
  'one_time_codes',
  {
    id: uuid('id').primaryKey(),
    store: store(),
    senderId: uuid('sender_id')
      .notNull()
      .references(() => senders.id),
    /** As it was asked for, in lower case and without `#`. */
    orderNumber: text('order_number').notNull(),
    /** Null: there is no such order, or none that a code can prove. */
    orderId: text('order_id').$type<OrderId>(),
    /** Where it goes; emptied as soon as it went. */
    phone: text('phone').$type<PhoneNumber>(),
    /** The number under a secret of the server, to count what goes to one phone; of nothing where there is none. */
    phoneMac: text('phone_mac').notNull(),
    tries: integer('tries').notNull().default(0),
    state: text('state').$type<CodeState>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    firstTriedAt: at('first_tried_at'),
    providerId: text('provider_id'),
    createdAt: createdAt(),
    /** Also when it was used, or another one was asked for. */
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [
    index('one_time_codes_sender').on(t.senderId, t.createdAt),
    index('one_time_codes_phone').on(t.store, t.phoneMac, t.createdAt),
  ],
);
