import { randomUUIDv7 } from 'node:crypto';
import { and, desc, eq, gt, inArray, ne, sql } from 'drizzle-orm';
import type { ConversationId, OrderId, QuoteId } from '../returns/ids.ts';
import type { Conversation } from './conversations.ts';
import type { Db, Tx } from './database.ts';
import { quotes, type StoredQuote } from './schema/refunds.ts';

export type QuoteRow = typeof quotes.$inferSelect;

/** A new quote takes the place of the open one for the same order: only one of them can be agreed to. */
export async function storeQuote(
  tx: Tx,
  conversation: Conversation,
  quote: StoredQuote,
  ttlSeconds: number,
): Promise<QuoteRow> {
  const row = await insertQuote(tx, conversation, quote, ttlSeconds, {});
  // After the insert, which waits for the conversation: whoever holds that one may want these rows next.
  await supersedeOpenQuotes(tx, conversation.id, quote.orderId, row.id);
  return row;
}

/** A quote of a refund that waits for people already: nobody can agree to it yet, so open ones stay open. */
export function storeSubmittedQuote(
  tx: Tx,
  conversation: Conversation,
  quote: StoredQuote,
  ttlSeconds: number,
  /** When the customer asked, of the quote in whose place it comes. */
  askedAt: Date | undefined,
): Promise<QuoteRow> {
  return insertQuote(tx, conversation, quote, ttlSeconds, {
    state: 'submitted',
    ...(askedAt && { createdAt: askedAt }),
  });
}

async function insertQuote(
  tx: Tx,
  conversation: Conversation,
  quote: StoredQuote,
  ttlSeconds: number,
  given: Partial<Pick<QuoteRow, 'state' | 'createdAt'>>,
): Promise<QuoteRow> {
  const [row] = await tx
    .insert(quotes)
    .values({
      id: randomUUIDv7() as QuoteId,
      store: conversation.store,
      conversationId: conversation.id,
      orderId: quote.orderId,
      quote,
      expiresAt: sql`now() + make_interval(secs => ${ttlSeconds})`,
      ...given,
    })
    .returning();
  if (!row) throw new Error('The quote was not stored.');
  return row;
}

/**
 * Locked, so that two turns cannot submit it at once. Only the conversation it was made in can read it.
 * Not against foreign keys: a refund that is changed twice in one transaction checks its quote again, and
 * whoever locked the quote wants the refund next.
 */
export async function lockQuote(
  tx: Tx,
  conversationId: ConversationId,
  id: QuoteId,
): Promise<QuoteRow | undefined> {
  const [row] = await tx
    .select()
    .from(quotes)
    .where(and(eq(quotes.id, id), eq(quotes.conversationId, conversationId)))
    .for('no key update');
  return row;
}

export async function readQuote(
  tx: Tx | Db,
  conversationId: ConversationId,
  id: QuoteId,
): Promise<QuoteRow | undefined> {
  const [row] = await tx
    .select()
    .from(quotes)
    .where(and(eq(quotes.id, id), eq(quotes.conversationId, conversationId)));
  return row;
}

/** Open and not expired by the database's clock, newest first. */
export function openQuotes(tx: Tx | Db, conversationId: ConversationId): Promise<QuoteRow[]> {
  return tx
    .select()
    .from(quotes)
    .where(
      and(
        eq(quotes.conversationId, conversationId),
        // In the words of its index, which holds open ones only.
        sql`${quotes.state} = 'open'`,
        gt(quotes.expiresAt, sql`now()`),
      ),
    )
    .orderBy(desc(quotes.seq))
    .limit(5);
}

export async function markShown(tx: Tx, ids: readonly QuoteId[], messageSeq: number): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(quotes)
    .set({ shownInSeq: messageSeq })
    .where(inArray(quotes.id, [...ids]));
}

/** A yes answers what was shown last, so one that follows another quote is not about this one. */
export async function wasAnotherShownAfter(
  tx: Tx | Db,
  conversationId: ConversationId,
  messageSeq: number,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: quotes.id })
    .from(quotes)
    .where(and(eq(quotes.conversationId, conversationId), gt(quotes.shownInSeq, messageSeq)))
    .limit(1);
  return row !== undefined;
}

export async function markSubmitted(tx: Tx, id: QuoteId): Promise<void> {
  await tx.update(quotes).set({ state: 'submitted' }).where(eq(quotes.id, id));
}

/** From now on the customer may agree to it: they see it in this message. */
export async function offerQuote(
  tx: Tx,
  id: QuoteId,
  offer: { readonly shownInSeq: number; readonly expiresAt: Date },
): Promise<void> {
  await tx
    .update(quotes)
    .set({ state: 'open', ...offer })
    .where(eq(quotes.id, id));
}

export async function supersedeOpenQuotes(
  tx: Tx,
  conversationId: ConversationId,
  orderId: OrderId,
  except?: QuoteId,
): Promise<void> {
  await tx
    .update(quotes)
    .set({ state: 'superseded' })
    .where(
      and(
        eq(quotes.conversationId, conversationId),
        eq(quotes.orderId, orderId),
        sql`${quotes.state} = 'open'`,
        except && ne(quotes.id, except),
      ),
    );
}
