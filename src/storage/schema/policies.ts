import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ConversationId } from '../../returns/ids.ts';
import type { Order } from '../../returns/order.ts';
import type { PolicyRules } from '../../returns/policy.ts';
import type { ReturnRequest } from '../../returns/return-request.ts';
import type { AskerFacts } from '../../returns/rule-facts.ts';
import { createdAt, sequence, store } from './columns.ts';

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
