import { and, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import type { Conversation } from './conversations.ts';
import type { Db, Tx } from './database.ts';
import { messages } from './schema/conversations.ts';
import { senders } from './schema/people.ts';

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

/** From now on this sender gets SMS, wherever the number is. */
export async function allowSms(db: Db, senderId: string): Promise<void> {
  await db.update(senders).set({ smsAllowedAt: sql`now()` }).where(eq(senders.id, senderId));
}

/** Whether a colleague wrote it by hand: they know whom they write to. */
export async function isStaffsWord(db: Db, messageId: string): Promise<boolean> {
  const [message] = await db
    .select({ author: messages.author })
    .from(messages)
    .where(eq(messages.id, messageId));
  return message?.author === 'staff';
}
