import { and, eq, inArray } from 'drizzle-orm';
import type { OrderId } from '../returns/ids.ts';
import type { QuotedLine } from '../returns/quote.ts';
import type { RefundState } from '../returns/refund.ts';
import type { Db, Tx } from './database.ts';
import { quotes, refunds } from './schema/refunds.ts';

export type LineUnderWay = QuotedLine & {
  readonly waitsForApproval: boolean;
  /** Settled once it arrives. */
  readonly travels: boolean;
};

const unsettled: readonly RefundState[] = [
  'awaiting-approval',
  'approved',
  'sending',
  'unknown',
  'awaiting-arrival',
  'arrived',
];

/** Agreed to by somebody, in whatever conversation, and neither settled nor refused yet. */
export async function linesUnderWay(
  db: Tx | Db,
  store: string,
  orderId: OrderId,
): Promise<readonly LineUnderWay[]> {
  const rows = await db
    .select({ quote: quotes.quote, state: refunds.state })
    .from(refunds)
    .innerJoin(quotes, eq(quotes.id, refunds.quoteId))
    .where(
      and(eq(refunds.store, store), eq(refunds.orderId, orderId), inArray(refunds.state, [...unsettled])),
    );
  return rows.flatMap(({ quote, state }) =>
    quote.lines.map((line) => ({
      ...line,
      waitsForApproval: state === 'awaiting-approval',
      travels: quote.settles === 'on_arrival',
    })),
  );
}
