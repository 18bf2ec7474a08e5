import { and, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import type { Conversation } from './conversations.ts';
import type { Tx } from './database.ts';
import { messages } from './schema/conversations.ts';

/** Keeps what the customer wrote without a turn of its own; the next turn has it in view. */
export async function holdMessages(
  tx: Tx,
  { id, turnNumber }: Pick<Conversation, 'id' | 'turnNumber'>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  await tx
    .update(messages)
    .set({ heldAt: sql`now()`, answeredInTurn: turnNumber })
    .where(
      and(
        eq(messages.conversationId, id),
        eq(messages.author, 'customer'),
        isNull(messages.answeredInTurn),
        gte(messages.seq, from),
        lte(messages.seq, to),
      ),
    );
}
