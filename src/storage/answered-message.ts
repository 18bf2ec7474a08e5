import { and, eq, or } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import type { Tx } from './database.ts';
import { messages, outbox } from './schema/conversations.ts';

/** Which message of ours in this conversation a text was part of, by our id of the text or the provider's. */
export async function findAnswered(
  tx: Tx,
  { id, store }: { readonly id: ConversationId; readonly store: string },
  {
    key,
    providerMessageId,
  }: { readonly key?: string | undefined; readonly providerMessageId?: string | undefined },
): Promise<number | undefined> {
  const isIt = or(
    key ? eq(outbox.id, key) : undefined,
    providerMessageId ? and(eq(outbox.store, store), eq(outbox.providerId, providerMessageId)) : undefined,
  );
  if (!isIt) return undefined;
  const [row] = await tx
    .select({ seq: messages.seq })
    .from(outbox)
    .innerJoin(messages, eq(messages.id, outbox.messageId))
    .where(and(eq(outbox.conversationId, id), isIt))
    .limit(1);
  return row?.seq;
}
