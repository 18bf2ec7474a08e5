import { and, eq, sql } from 'drizzle-orm';
import type { CardReference } from '../ports/approval-desk.ts';
import type { Money } from '../returns/money.ts';
import type { ApprovalRow } from './approvals.ts';
import type { Db } from './database.ts';
import type { RefundRow } from './refunds.ts';
import { approvals, approvalVotes, quotes, refunds, type StoredQuote } from './schema/refunds.ts';

const midnight = sql`date_trunc('day', now(), 'UTC')`;

export type WaitingApprovalRow = {
  readonly approval: ApprovalRow;
  readonly refund: RefundRow;
  readonly quote: StoredQuote;
  /** How many said yes so far. */
  readonly have: number;
};

/** Oldest first. */
export function waitingApprovals(db: Db, store: string): Promise<WaitingApprovalRow[]> {
  return (
    db
      .select({
        approval: approvals,
        refund: refunds,
        quote: quotes.quote,
        have: db.$count(approvalVotes, eq(approvalVotes.approvalId, approvals.id)),
      })
      .from(approvals)
      .innerJoin(refunds, eq(refunds.id, approvals.refundId))
      .innerJoin(quotes, eq(quotes.id, refunds.quoteId))
      // Named, because most are decided: a plan for any state would read them all.
      .where(and(eq(approvals.store, store), sql`${approvals.state} = 'pending'`))
      .orderBy(approvals.createdAt)
  );
}

export type OpenHandOffRow = {
  readonly reason: string | null;
  readonly since: Date;
  readonly takenBy: string | null;
  readonly thread: CardReference | null;
};

/** Customers who wait for people or talk with them, the longest wait first. The thread may not be posted yet. */
export async function openHandOffs(db: Db, store: string): Promise<readonly OpenHandOffRow[]> {
  const rows = await db.execute<{
    reason: string | null;
    since: string;
    taken_by: string | null;
    thread: CardReference | null;
  }>(sql`
    select coalesce(thread.reason, note.text) as reason, thread.taken_by,
      coalesce(note.created_at, c.owned_since, c.last_activity_at) as since,
      case when thread.ts is null then c.support_thread
        else jsonb_build_object('channel', thread.channel, 'ts', thread.ts) end as thread
    from conversations c
    left join lateral (
      select t.reason, t.taken_by, t.channel, t.ts from support_threads t
      where t.conversation_id = c.id and t.closed_at is null
      order by t.created_at desc limit 1) thread on true
    left join lateral (
      select n.text, n.created_at from staff_notes n
      where n.store = c.store and n.conversation_id = c.id and n.kind = 'open-thread'
      order by n.created_at desc limit 1) note on true
    where c.store = ${store} and c.owner = 'person'
    order by since`);
  return rows.map(({ taken_by, since, ...row }) => ({ ...row, takenBy: taken_by, since: new Date(since) }));
}

export type TodayRow = {
  readonly conversations: number;
  readonly handOffs: number;
  readonly refunds: number;
  /** One per currency. */
  readonly refunded: readonly Money[];
};

/** Since midnight UTC: customers who wrote, hand-offs, and refunds the shop made. */
export async function figuresOfToday(db: Db, store: string): Promise<TodayRow> {
  const [[counts], sums] = await Promise.all([
    db.execute<{ conversations: number; hand_offs: number }>(sql`
      select
        (select count(*)::int from conversations c
          -- Both owners, named for the index that begins with them; of each only the newest message is read.
          where c.store = ${store} and c.party = 'customer' and c.owner in ('agent', 'person')
            and c.last_activity_at >= ${midnight}
            and (select m.created_at from messages m where m.conversation_id = c.id and m.author = 'customer'
              order by m.seq desc limit 1) >= ${midnight}) as conversations,
        (select count(*)::int from staff_notes n
          where n.store = ${store} and n.kind = 'open-thread' and n.created_at >= ${midnight}) as hand_offs`),
    db.execute<{ currency: string; minor: string; made: number }>(sql`
      select currency, sum(amount_minor) as minor, count(*)::int as made from refunds
      where store = ${store} and state = 'refunded' and payment is distinct from 'failed'
        and settled_at >= ${midnight}
      group by currency order by currency`),
  ]);
  return {
    conversations: counts?.conversations ?? 0,
    handOffs: counts?.hand_offs ?? 0,
    refunds: sums.reduce((total, { made }) => total + made, 0),
    refunded: sums.map(({ minor, currency }) => ({ minor: Number(minor), currency })),
  };
}
