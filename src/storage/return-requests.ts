import { randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, gt, gte } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Order } from '../returns/order.ts';
import { requestFacts } from '../returns/request-facts.ts';
import type { ReturnRequest } from '../returns/return-request.ts';
import type { AskerFacts } from '../returns/rule-facts.ts';
import type { Db, Tx } from './database.ts';
import { returnRequests } from './schema/policies.ts';

export type StoredRequest = typeof returnRequests.$inferSelect;

export type JudgedRequest = {
  readonly store: string;
  readonly conversationId: ConversationId;
  readonly request: ReturnRequest;
  readonly asker: AskerFacts | undefined;
  /** As it was judged. What names the customer is not stored. */
  readonly order: Order;
  readonly verdict: StoredRequest['verdict'];
  readonly rule: string;
  readonly amountMinor: number | undefined;
  readonly policyVersion: string;
  readonly at: Date;
};

export async function storeReturnRequest(
  tx: Tx,
  { order, at, request: { exchangeFor: _, ...request }, ...judged }: JudgedRequest,
): Promise<void> {
  await tx.insert(returnRequests).values({
    id: randomUUIDv7(),
    orderName: order.name,
    facts: requestFacts(order),
    createdAt: at,
    // Without the words for what is wanted instead: the policy does not ask about them.
    request,
    ...judged,
  });
}

/** Oldest first, page by page: their ids sort by time. */
export async function* eachReturnRequest(
  db: Db,
  store: string,
  since: Date,
  pageSize = 200,
): AsyncGenerator<StoredRequest> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await db
      .select()
      .from(returnRequests)
      .where(
        and(
          eq(returnRequests.store, store),
          gte(returnRequests.createdAt, since),
          gt(returnRequests.id, after),
        ),
      )
      .orderBy(asc(returnRequests.id))
      .limit(pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.id;
  }
}
