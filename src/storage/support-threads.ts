import { randomUUIDv7 } from 'node:crypto';
import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import type { CardReference } from '../ports/approval-desk.ts';
import type { ConversationId } from '../returns/ids.ts';
import type { Conversation } from './conversations.ts';
import type { Db, Tx } from './database.ts';
import { auditLog } from './schema/audit.ts';
import { conversations } from './schema/conversations.ts';
import { supportThreads } from './schema/staff.ts';

export type SupportThreadRow = typeof supportThreads.$inferSelect;

/** Undefined when this thread was recorded before. */
export async function insertSupportThread(
  tx: Tx,
  conversation: Conversation,
  thread: CardReference & { readonly reason: string; readonly isOpen: boolean },
): Promise<SupportThreadRow | undefined> {
  const { channel, ts, reason, isOpen } = thread;
  const [row] = await tx
    .insert(supportThreads)
    .values({
      id: randomUUIDv7(),
      store: conversation.store,
      conversationId: conversation.id,
      channel,
      ts,
      reason,
      closedAt: isOpen ? null : sql`now()`,
    })
    .onConflictDoNothing()
    .returning();
  if (row && isOpen) {
    // Handed off again before the first thread could be opened: there is one place to look.
    await closeSupportThreads(tx, conversation.id, row.id);
    await tx
      .update(conversations)
      .set({ supportThread: { channel, ts } })
      .where(eq(conversations.id, conversation.id));
  }
  return row;
}

export async function findSupportThread(
  tx: Tx | Db,
  store: string,
  { channel, ts }: CardReference,
): Promise<SupportThreadRow | undefined> {
  const [row] = await tx
    .select()
    .from(supportThreads)
    .where(
      and(eq(supportThreads.store, store), eq(supportThreads.channel, channel), eq(supportThreads.ts, ts)),
    );
  return row;
}

export async function readSupportThread(tx: Tx | Db, id: string): Promise<SupportThreadRow | undefined> {
  const [row] = await tx.select().from(supportThreads).where(eq(supportThreads.id, id));
  return row;
}

export async function latestSupportThread(
  tx: Tx | Db,
  conversationId: ConversationId,
): Promise<SupportThreadRow | undefined> {
  const [row] = await tx
    .select()
    .from(supportThreads)
    .where(eq(supportThreads.conversationId, conversationId))
    .orderBy(desc(supportThreads.createdAt))
    .limit(1);
  return row;
}

/** True for the first colleague only; a closed thread is taken by nobody. */
export async function takeSupportThread(tx: Tx, id: string, userId: string): Promise<boolean> {
  const rows = await tx
    .update(supportThreads)
    .set({ takenBy: userId, takenAt: sql`now()` })
    .where(and(eq(supportThreads.id, id), isNull(supportThreads.takenBy), isNull(supportThreads.closedAt)))
    .returning({ id: supportThreads.id });
  return rows.length > 0;
}

export async function closeSupportThreads(
  tx: Tx,
  conversationId: ConversationId,
  except?: string,
): Promise<void> {
  await tx
    .update(supportThreads)
    .set({ closedAt: sql`now()` })
    .where(
      and(
        eq(supportThreads.conversationId, conversationId),
        isNull(supportThreads.closedAt),
        except ? ne(supportThreads.id, except) : undefined,
      ),
    );
}

export async function reopenSupportThread(tx: Tx, id: string): Promise<void> {
  await tx.update(supportThreads).set({ closedAt: null }).where(eq(supportThreads.id, id));
}

/** What staff do about a conversation holds back its return to the bot. Never later than now. */
export async function touchConversation(tx: Tx, id: ConversationId, at?: Date): Promise<void> {
  const when = at ? sql`least(now(), ${at.toISOString()}::timestamptz)` : sql`now()`;
  await tx
    .update(conversations)
    .set({ lastActivityAt: sql`greatest(${conversations.lastActivityAt}, ${when})` })
    .where(eq(conversations.id, id));
}

/** When people last took this conversation, or gave it back. */
export async function lastAuditedAt(
  tx: Tx | Db,
  conversationId: ConversationId,
  action: 'conversation.handed-off' | 'conversation.handed-back',
  since = new Date(0),
): Promise<Date | undefined> {
  const [row] = await tx
    .select({ at: auditLog.createdAt })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.conversationId, conversationId),
        eq(auditLog.action, action),
        gt(auditLog.createdAt, since),
      ),
    )
    .orderBy(desc(auditLog.seq))
    .limit(1);
  return row?.at;
}
