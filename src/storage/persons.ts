import { sql } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';

/** By what somebody is known: E.164 numbers, the shop's customer ids and order ids. */
export type Person = {
  readonly phones: readonly string[];
  readonly customerIds: readonly string[];
  readonly orderIds: readonly string[];
};

/**
 * Conversations with a person: from their numbers, from addresses of the same customer, and those in which
 * somebody who could see them asked about their orders. What colleagues discussed is not among them.
 */
export async function conversationsOf(
  tx: Tx | Db,
  store: string,
  { phones, customerIds, orderIds }: Person,
): Promise<readonly ConversationId[]> {
  const rows = await tx.execute<{ id: ConversationId }>(sql`
    with known as (
      select s.id, s.phone, s.customer_id, s.external_id from senders s
      left join customers on customers.id = s.customer_id
      where s.store = ${store} and (s.phone in ${list(phones)}
        or s.address in ${list(phones.flatMap((phone) => [phone, `whatsapp:${phone}`]))}
        or customers.shopify_customer_id in ${list(customerIds)})),
    theirs as (
      select s.id from senders s where s.store = ${store} and (s.id in (select id from known)
        or s.phone in (select phone from known) or s.customer_id in (select customer_id from known)
        or s.external_id in (select external_id from known)))
    select c.id from conversations c
    where c.store = ${store} and c.party = 'customer' and (c.sender_id in (select id from theirs)
      or exists (select 1 from quotes q where q.conversation_id = c.id and q.order_id in ${list(orderIds)})
      or exists (select 1 from proofs p where p.sender_id = c.sender_id and p.order_id in ${list(orderIds)})
      or exists (select 1 from refunds r where r.conversation_id = c.id
        and (r.order_id in ${list(orderIds)} or r.shopify_customer_id in ${list(customerIds)})))
    order by c.created_at`);
  return rows.map(({ id }) => id);
}

/** Never empty, which SQL does not allow. */
function list(values: readonly string[]): readonly string[] {
  return values.length === 0 ? [''] : values;
}

const tablesByConversation = [
  'messages',
  'media',
  'turns',
  'outbox',
  'quotes',
  'refunds',
  'returns',
  'return_requests',
  'staff_notes',
  'support_threads',
  'audit_log',
] as const;

export type HeldTables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** Every row that is kept about a conversation, by table, as JSON. */
export async function readHeld(db: Db, id: ConversationId): Promise<HeldTables> {
  const ofSender = sql`(select sender_id from conversations where id = ${id})`;
  const ofRefunds = sql`(select id from refunds where conversation_id = ${id})`;
  const conditions = [
    ['conversations', sql`id = ${id}`] as const,
    ['senders', sql`id = ${ofSender}`] as const,
    ['customers', sql`id = (select customer_id from senders where id = ${ofSender})`] as const,
    ['proofs', sql`sender_id = ${ofSender}`] as const,
    ['proof_attempts', sql`sender_id = ${ofSender}`] as const,
    ['one_time_codes', sql`sender_id = ${ofSender}`] as const,
    ['consents', sql`sender_id = ${ofSender}`] as const,
    ['approvals', sql`refund_id in ${ofRefunds}`] as const,
    ...tablesByConversation.map((table) => [table, sql`conversation_id = ${id}`] as const),
  ];
  const held: Record<string, readonly Readonly<Record<string, unknown>>[]> = {};
  for (const [table, condition] of conditions) {
    const rows = await db.execute<{ row: Readonly<Record<string, unknown>> }>(
      sql`select to_jsonb(t) as row from ${sql.identifier(table)} t where ${condition} order by 1`,
    );
    held[table] = rows.map(({ row }) => row);
  }
  return held;
}
