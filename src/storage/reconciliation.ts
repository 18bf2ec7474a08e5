import { and, desc, eq, exists, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { OrderId } from '../returns/ids.ts';
import { recordAudit } from './audit-log.ts';
import type { Db, Tx } from './database.ts';
import type { RefundRow } from './refunds.ts';
import type { ReturnRow } from './returns.ts';
import { auditLog } from './schema/audit.ts';
import { refunds, returns } from './schema/refunds.ts';

/** How far a comparison of all orders has come. `after` is the last order, in the order of their ids. */
export type ComparisonProgress = {
  readonly days: number;
  readonly after: string;
  readonly orders: number;
  readonly differences: number;
};

/** Orders on which money moved lately, or may have, and those with a return that is not over. */
export async function ordersToCompare(
  db: Db,
  store: string,
  { days, after }: Pick<ComparisonProgress, 'days' | 'after'>,
  limit: number,
): Promise<readonly OrderId[]> {
  const openReturn = db
    .select({ id: returns.id })
    .from(returns)
    .where(and(eq(returns.refundId, refunds.id), isNull(returns.endedAt)));
  const rows = await db
    .select({ orderId: refunds.orderId })
    .from(refunds)
    .where(
      and(
        eq(refunds.store, store),
        sql`${refunds.orderId} > ${after}`,
        or(
          inArray(refunds.state, ['sending', 'unknown']),
          sql`coalesce(${refunds.settledAt}, ${refunds.createdAt}) > now() - make_interval(days => ${days})`,
          exists(openReturn),
        ),
      ),
    )
    .groupBy(refunds.orderId)
    .orderBy(refunds.orderId)
    .limit(limit);
  return rows.map(({ orderId }) => orderId);
}

/** With whether it is longer ago that it was sent, or made, than either takes. */
export function refundsToCompare(
  db: Db,
  store: string,
  orderId: OrderId,
): Promise<{ refund: RefundRow; isOverdue: boolean }[]> {
  const since = sql`case when ${refunds.state} = 'refunded' then ${refunds.settledAt} + interval '1 day'
    else ${refunds.firstSentAt} + interval '1 hour' end`;
  return db
    .select({ refund: refunds, isOverdue: sql<boolean>`coalesce(${since} < now(), false)` })
    .from(refunds)
    .where(and(eq(refunds.store, store), eq(refunds.orderId, orderId)))
    .orderBy(refunds.createdAt, refunds.id);
}

export function returnsToCompare(
  db: Db,
  store: string,
  orderId: OrderId,
): Promise<{ row: ReturnRow; isOverdue: boolean }[]> {
  return db
    .select({
      row: returns,
      isOverdue: sql<boolean>`${returns.createdAt} < now() - interval '1 hour'`,
    })
    .from(returns)
    .where(and(eq(returns.store, store), eq(returns.orderId, orderId)));
}

const compared = 'ledger.compared';

/** A comparison came to its end. */
export async function recordComparison(
  tx: Tx,
  store: string,
  { days, orders, differences }: ComparisonProgress,
): Promise<void> {
  const detail = { days, orders, differences };
  await recordAudit(tx, { store, actor: 'system', action: compared, subject: String(days), detail });
}

/** How the last comparison over so many days ended; undefined when there was none lately. */
export async function lastComparison(
  db: Tx | Db,
  store: string,
  days: number,
): Promise<
  { readonly differences: number; readonly at: Date; readonly isOlderThanADay: boolean } | undefined
> {
  const [row] = await db
    .select({
      differences: sql`(${auditLog.detail}->>'differences')::int`.mapWith(Number),
      at: auditLog.createdAt,
      isOlderThanADay: sql<boolean>`${auditLog.createdAt} < now() - interval '1 day'`,
    })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.store, store),
        eq(auditLog.action, compared),
        eq(auditLog.subject, String(days)),
        // Asked for with every scrape: without one this far back, there is none.
        gt(auditLog.seq, sql`(select coalesce(max(seq), 0) - 100000 from audit_log where store = ${store})`),
      ),
    )
    .orderBy(desc(auditLog.seq))
    .limit(1);
  return row;
}
