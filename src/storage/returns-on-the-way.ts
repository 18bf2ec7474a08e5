import { and, desc, eq, isNull } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Db } from './database.ts';
import { quotes, refunds, returns, type StoredQuote } from './schema/refunds.ts';

export type ReturnOnTheWay = {
  readonly shopReturnName: string | null;
  readonly closesAt: Date | null;
  readonly quote: StoredQuote;
};

/** Returns of a conversation that have not ended, newest first, each with what was agreed to. */
export async function returnsOnTheWay(
  db: Db,
  conversationId: ConversationId,
): Promise<readonly ReturnOnTheWay[]> {
  return db
    .select({
      shopReturnName: returns.shopReturnName,
      closesAt: returns.closesAt,
      quote: quotes.quote,
    })
    .from(returns)
    .innerJoin(refunds, eq(refunds.id, returns.refundId))
    .innerJoin(quotes, eq(quotes.id, refunds.quoteId))
    .where(and(eq(returns.conversationId, conversationId), isNull(returns.endedAt)))
    .orderBy(desc(returns.createdAt))
    .limit(3);
}
