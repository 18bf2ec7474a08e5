import { and, asc, eq, gt, inArray, ne, sql } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Message } from './conversations.ts';
import type { Db, Tx } from './database.ts';
import { inbox, messages } from './schema/conversations.ts';
import { quotes } from './schema/refunds.ts';

/** When the provider first delivered something; undefined while it never has. */
export async function firstDelivery(db: Db, store: string, provider: string): Promise<Date | undefined> {
  const [row] = await db
    .select({ receivedAt: inbox.receivedAt })
    .from(inbox)
    .where(and(eq(inbox.store, store), eq(inbox.provider, provider)))
    .orderBy(asc(inbox.receivedAt))
    .limit(1);
  return row?.receivedAt;
}

/** Those of the provider's ids that were delivered. */
export async function deliveredOf(
  db: Db,
  store: string,
  provider: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: inbox.providerMessageId })
    .from(inbox)
    .where(
      and(eq(inbox.store, store), eq(inbox.provider, provider), inArray(inbox.providerMessageId, [...ids])),
    );
  return new Set(rows.map(({ id }) => id));
}

/** What its sender wrote since then, but for this one. */
export async function customerTextsAfter(
  tx: Tx,
  { id, conversationId }: Message,
  instant: Date,
): Promise<readonly string[]> {
  const rows = await tx
    .select({ text: messages.text })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.author, 'customer'),
        ne(messages.id, id),
        gt(messages.createdAt, instant),
      ),
    );
  return rows.map(({ text }) => text);
}

/** What was shown since then counts as not shown: nothing written before can agree to it. */
export async function forgetShownAfter(tx: Tx, conversationId: ConversationId, instant: Date): Promise<void> {
  const shown = tx
    .select({ seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), gt(messages.createdAt, instant)));
  await tx
    .update(quotes)
    .set({ shownInSeq: sql`null` })
    .where(
      and(
        eq(quotes.conversationId, conversationId),
        eq(quotes.state, 'open'),
        inArray(quotes.shownInSeq, shown),
      ),
    );
}
