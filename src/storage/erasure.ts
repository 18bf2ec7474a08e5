import { type SQL, sql } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { isQuiet } from './is-quiet.ts';

/** What is to be forgotten: everything of one conversation, or what is older than a time and nobody waits for. */
export type ErasureScope =
  | { readonly kind: 'conversation'; readonly id: ConversationId }
  | { readonly kind: 'older'; readonly store: string; readonly than: Date; readonly force?: boolean };

type Erasure = (scope: ErasureScope, limit: number) => SQL;

/**
 * Each forgets at most so many rows. The ledger (refunds, approvals, returns, the quotes they were made from)
 * and the audit log stay, without what people wrote into them.
 */
const erasures: readonly Erasure[] = [
  (scope, limit) => sql`
    with old as (select m.id from messages m where ${covers(scope, 'm')} limit ${limit}),
      sent as (delete from outbox where message_id in (select id from old) returning 1)
    delete from messages where id in (select id from old) and (select count(*) from sent) >= 0`,
  (scope, limit) => sql`
    update turns set asked = '[]', answered = null where id in (
      select t.id from turns t where ${covers(scope, 't')} and (t.asked <> '[]' or t.answered is not null)
      limit ${limit})`,
  (scope, limit) => sql`
    delete from staff_notes where id in (
      select n.id from staff_notes n where ${covers(scope, 'n', 'also without a conversation')} limit ${limit})`,
  (scope, limit) => sql`
    update support_threads set reason = '', closed_at = coalesce(closed_at, now()) where id in (
      select s.id from support_threads s where ${covers(scope, 's')} and s.reason <> '' limit ${limit})`,
  (scope, limit) => sql`
    delete from return_requests where id in (
      select r.id from return_requests r where ${covers(scope, 'r')} limit ${limit})`,
  (scope, limit) => sql`
    delete from quotes where id in (
      select q.id from quotes q where ${covers(scope, 'q')}
        and not exists (select 1 from refunds where refunds.quote_id = q.id) limit ${limit})`,
  (scope, limit) => sql`
    update approvals set denial_reason = null where id in (
      select a.id from approvals a join refunds r on r.id = a.refund_id
      where ${covers(scope, 'r')} and a.denial_reason is not null limit ${limit})`,
  (scope, limit) => sql`
    update returns set label_url = null where id in (
      select r.id from returns r where ${covers(scope, 'r')} and r.label_url is not null limit ${limit})`,
  forgetSenders,
];

/** Resolves with how many rows were forgotten; none means that nothing is left. One statement locks briefly. */
export async function forgetOld(
  db: Db,
  scope: ErasureScope & { readonly kind: 'older' },
  limit: number,
): Promise<number> {
  let total = 0;
  for (const erasure of erasures) {
    const { count } = await db.execute(erasure(scope, limit));
    total += count;
  }
  return total;
}

/** All of it at once; the conversation must be locked by the caller. */
export async function forgetConversation(tx: Tx, id: ConversationId): Promise<void> {
  for (const erasure of erasures) await tx.execute(erasure({ kind: 'conversation', id }, 1_000_000));
  await tx.execute(sql`
    update conversations set owner = 'agent', owned_since = null, support_thread = null where id = ${id}`);
  await tx.execute(sql`
    update refunds set shopify_customer_id = null
    where conversation_id = ${id} and created_at < now() - interval '1 day'`);
}

function covers(scope: ErasureScope, table: string, also?: 'also without a conversation'): SQL {
  const alias = sql.identifier(table);
  if (scope.kind === 'conversation') return sql`${alias}.conversation_id = ${scope.id}`;
  const quiet = scope.force ? sql`true` : isQuiet(sql`${alias}.conversation_id`);
  return sql`${alias}.store = ${scope.store} and ${alias}.created_at < ${scope.than.toISOString()}
    and ${also ? sql`(${alias}.conversation_id is null or (${quiet}))` : quiet}`;
}

/**
 * An address nobody wrote from since, with its proofs. One that opted out is kept: forgetting it would undo
 * that. What comes from a forgotten address is somebody new.
 */
function forgetSenders(scope: ErasureScope, limit: number): SQL {
  const isForgotten = sql`s.address like 'forgotten:%'`;
  const covered =
    scope.kind === 'conversation'
      ? sql`c.id = ${scope.id}`
      : sql`s.opted_out_at is null and c.store = ${scope.store} and c.last_activity_at < ${scope.than.toISOString()}
          and ${scope.force ? sql`true` : isQuiet(sql`c.id`)}`;
  // By age there is a next time for whoever writes just now; what somebody asked for is done once.
  const waiting = scope.kind === 'conversation' ? sql`` : sql`skip locked`;
  return sql`
    with old as (
      select s.id, s.opted_out_at is not null as opted_out from senders s
      join conversations c on c.sender_id = s.id
      where ${covered} and not ${isForgotten}
      limit ${limit} for update ${waiting}),
      proven as (delete from proofs where sender_id in (select id from old) returning 1),
      tried as (delete from proof_attempts where sender_id in (select id from old) returning 1),
      asked as (delete from one_time_codes where sender_id in (select id from old) returning 1)
    update senders set customer_id = null,
      address = case when old.opted_out then address else 'forgotten:' || senders.id end,
      phone = case when old.opted_out then phone end,
      external_id = case when old.opted_out then external_id end
    from old where senders.id = old.id
      and (select count(*) from proven) + (select count(*) from tried) + (select count(*) from asked) >= 0`;
}

/** The shop is gone: who opted out and whose workspaces were installed is nobody's business any more. */
export async function forgetShop(tx: Tx, store: string): Promise<void> {
  await tx.execute(sql`
    update senders set address = 'forgotten:' || id, phone = null, external_id = null, customer_id = null
    where store = ${store}`);
  await tx.execute(sql`delete from installations where store = ${store}`);
}

/** What is kept for a day or two whatever the settings say, and customers nobody writes as any more. */
export async function forgetShortLived(db: Db, store: string): Promise<void> {
  const tooOld = sql`store = ${store} and created_at < now() - interval '2 days'`;
  await db.execute(sql`
    update messages set emails = null
    where emails is not null and created_at < now() - interval '1 day' and store = ${store}`);
  await db.execute(sql`
    delete from proofs where store = ${store} and proven_at < now() - interval '2 days'`);
  await db.execute(sql`delete from proof_attempts where ${tooOld}`);
  await db.execute(sql`delete from one_time_codes where ${tooOld}`);
  await db.execute(sql`
    delete from usage_counters where store = ${store} and ends_at < now() - interval '2 days'`);
  await db.execute(sql`
    update refunds set shopify_customer_id = null from conversations c join senders s on s.id = c.sender_id
    where refunds.conversation_id = c.id and s.address like 'forgotten:%' and refunds.store = ${store}
      and refunds.shopify_customer_id is not null and refunds.created_at < now() - interval '1 day'`);
  await db.execute(sql`
    delete from customers where ${tooOld}
      and not exists (select 1 from senders where senders.customer_id = customers.id)`);
}

/** Somebody still waits for something. */
export async function isAnythingOpen(db: Db, store: string): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from conversations c where c.store = ${store} and not (${isQuiet(sql`c.id`)}) limit 1`);
  return rows.length > 0;
}
