import { sql } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Db } from './database.ts';
import type { StoredQuote } from './schema/refunds.ts';

export type EarlierFact = {
  readonly at: Date;
  readonly orderName: string | undefined;
  readonly amountMinor: number | undefined;
  readonly currency: string | undefined;
  readonly lines: StoredQuote['lines'];
  /** Of the refund; undefined: it was offered and never agreed to. */
  readonly refundState: string | undefined;
  readonly kind: 'quote' | 'refund' | 'hand-off';
};

type Row = {
  readonly kind: EarlierFact['kind'];
  readonly at: string;
  readonly order_name: string | null;
  readonly minor: string | null;
  readonly currency: string | null;
  readonly lines: StoredQuote['lines'] | null;
  readonly state: string | null;
};

/**
 * What was quoted, refunded and handed to people in a conversation before one of its messages, newest first,
 * at most `limit` of each.
 */
export async function earlierFacts(
  db: Db,
  id: ConversationId,
  { beforeSeq, limit }: { readonly beforeSeq: number; readonly limit: number },
): Promise<readonly EarlierFact[]> {
  const rows = await db.execute<Row>(sql`
    with window_start as (
      select created_at from messages where conversation_id = ${id} and seq = ${beforeSeq})
    (select case when r.id is null then 'quote' else 'refund' end as kind, coalesce(r.created_at, q.created_at) as at,
        q.quote->>'orderName' as order_name,
        coalesce(r.amount_minor::text, q.quote->'amount'->>'minor') as minor,
        coalesce(r.currency, q.quote->'amount'->>'currency') as currency, q.quote->'lines' as lines, r.state
      from quotes q left join refunds r on r.quote_id = q.id, window_start w
      where q.conversation_id = ${id} and coalesce(r.created_at, q.created_at) < w.created_at
        and (r.id is not null or q.state <> 'open' or q.expires_at < now())
      order by q.seq desc limit ${limit})
    union all
    (select 'hand-off', t.created_at, null, null, null, null, null
      from support_threads t, window_start w
      where t.conversation_id = ${id} and t.closed_at < w.created_at
      order by t.created_at desc limit ${limit})`);
  return rows.map((row) => ({
    kind: row.kind,
    at: new Date(row.at),
    orderName: row.order_name ?? undefined,
    amountMinor: row.minor === null ? undefined : Number(row.minor),
    currency: row.currency ?? undefined,
    lines: row.lines ?? [],
    refundState: row.state ?? undefined,
  }));
}
