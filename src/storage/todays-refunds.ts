import { and, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { Money } from '../returns/money.ts';
import type { RefundState } from '../returns/refund.ts';
import type { Db } from './database.ts';
import { refunds } from './schema/refunds.ts';

export type TodaysRefund = {
  readonly orderName: string;
  readonly amount: Money;
  /** Made, and then turned down by the payment provider: `payment-failed`. */
  readonly state: RefundState | 'payment-failed';
  /** When it ended, else when it was asked for. */
  readonly at: Date;
};

export type TodaysRefunds = {
  /** Asked for or ended since midnight UTC, newest first. */
  readonly refunds: readonly TodaysRefund[];
  /** Of those that were made, all of them, one sum per currency. */
  readonly made: { readonly count: number; readonly totals: readonly Money[] };
};

export async function todaysRefunds(db: Db, store: string, limit: number): Promise<TodaysRefunds> {
  const at = sql<Date>`coalesce(${refunds.settledAt}, ${refunds.createdAt})`.mapWith(refunds.createdAt);
  const [rows, sums] = await Promise.all([
    db
      .select({
        orderName: refunds.orderName,
        minor: refunds.amountMinor,
        currency: refunds.currency,
        state: refunds.state,
        payment: refunds.payment,
        at,
      })
      .from(refunds)
      .where(
        and(
          eq(refunds.store, store),
          or(isToday(sql`${refunds.createdAt}`), isToday(sql`${refunds.settledAt}`)),
        ),
      )
      .orderBy(desc(at), desc(refunds.id))
      .limit(limit),
    db
      .select({
        currency: refunds.currency,
        minor: sql`sum(${refunds.amountMinor})`.mapWith(Number),
        count: sql`count(*)`.mapWith(Number),
      })
      .from(refunds)
      .where(
        and(
          eq(refunds.store, store),
          eq(refunds.state, 'refunded'),
          // One the payment provider turned down moved nothing.
          sql`${refunds.payment} is distinct from 'failed'`,
          isToday(sql`${refunds.settledAt}`),
        ),
      )
      .groupBy(refunds.currency)
      .orderBy(refunds.currency),
  ]);
  return {
    refunds: rows.map(({ orderName, minor, currency, state, payment, at }) => ({
      orderName,
      amount: { minor, currency },
      state: payment === 'failed' ? 'payment-failed' : state,
      at,
    })),
    made: {
      count: sums.reduce((total, { count }) => total + count, 0),
      totals: sums.map(({ minor, currency }) => ({ minor, currency })),
    },
  };
}

function isToday(instant: SQL): SQL {
  return sql`${instant} >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`;
}
