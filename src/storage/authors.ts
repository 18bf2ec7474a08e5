import { and, desc, eq, isNotNull, max } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { messages } from './schema/conversations.ts';

/** The colleagues who wrote in a thread, each once, whoever wrote last first. */
export async function authorsOf(tx: Tx | Db, conversationId: ConversationId): Promise<readonly string[]> {
  const rows = await tx
    .select({ authorId: messages.authorId })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), isNotNull(messages.authorId)))
    .groupBy(messages.authorId)
    .orderBy(desc(max(messages.seq)));
  return rows.map(({ authorId }) => authorId).filter((id) => id !== null);
}
