import { randomUUIDv7 } from 'node:crypto';
import { and, asc, desc, eq, gt, lte, type SQL, sql } from 'drizzle-orm';
import type { CardReference } from '../ports/approval-desk.ts';
import type { ConversationId } from '../returns/ids.ts';
import { readSenderOf } from './consents.ts';
import type { Sender } from './customers.ts';
import type { Db, Tx } from './database.ts';
import { conversations, messages } from './schema/conversations.ts';
import { senders } from './schema/people.ts';

export type Conversation = typeof conversations.$inferSelect;
export type Message = typeof messages.$inferSelect;

/** The sender's conversation, locked: whoever adds to it or begins a turn in it holds this lock first. */
export async function openConversation(
  tx: Tx,
  sender: Sender,
  party: 'customer' | 'staff' = 'customer',
): Promise<Conversation> {
  const [conversation] = await tx
    .insert(conversations)
    .values({
      id: randomUUIDv7() as ConversationId,
      store: sender.store,
      senderId: sender.id,
      channel: sender.channel,
      party,
    })
    .onConflictDoUpdate({ target: conversations.senderId, set: { lastActivityAt: sql`now()`, party } })
    .returning();
  if (!conversation) throw new Error('The conversation was neither found nor created.');
  return conversation;
}

export async function lockConversation(tx: Tx, id: ConversationId): Promise<Conversation> {
  const [conversation] = await tx.select().from(conversations).where(eq(conversations.id, id)).for('update');
  if (!conversation) throw new Error('No such conversation.');
  return conversation;
}

export type LockedConversation = {
  readonly conversation: Conversation;
  readonly sender: Sender;
  readonly optedOut: boolean;
};

/**
 * The lock, and behind it, in a statement of its own, who it is about: one that waited with the lock would
 * not see an opt-out that was committed meanwhile.
 */
export async function lockWithSender(tx: Tx, id: ConversationId): Promise<LockedConversation> {
  const conversation = await lockConversation(tx, id);
  return { conversation, ...(await readSenderOf(tx, id)) };
}

export async function readConversation(tx: Tx | Db, id: ConversationId): Promise<Conversation | undefined> {
  const [conversation] = await tx.select().from(conversations).where(eq(conversations.id, id));
  return conversation;
}

/** Whether colleagues and the bot talk at this address already. */
export async function hasStaffConversation(db: Db, sender: SenderKey): Promise<boolean> {
  const [row] = await db
    .select({ id: conversations.id })
    .from(conversations)
    .innerJoin(senders, eq(senders.id, conversations.senderId))
    .where(and(isFrom(sender), eq(conversations.party, 'staff')));
  return row !== undefined;
}

/** Numbers the turn and marks it as running. The number is what its commit is compared with. */
export async function beginTurn(tx: Tx, id: ConversationId): Promise<number> {
  const [row] = await tx
    .update(conversations)
    .set({ turnNumber: sql`${conversations.turnNumber} + 1`, turnStartedAt: sql`now()` })
    .where(eq(conversations.id, id))
    .returning({ turnNumber: conversations.turnNumber });
  if (!row) throw new Error('No such conversation.');
  return row.turnNumber;
}

export async function endTurn(tx: Tx, id: ConversationId): Promise<void> {
  await tx
    .update(conversations)
    .set({ turnStartedAt: null, lastActivityAt: sql`now()` })
    .where(eq(conversations.id, id));
}

export async function setOwner(
  tx: Tx,
  id: ConversationId,
  owner: 'agent' | 'person',
  supportThread: CardReference | null = null,
): Promise<void> {
  await tx
    .update(conversations)
    .set({ owner, ownedSince: owner === 'person' ? sql`now()` : null, supportThread })
    .where(eq(conversations.id, id));
}

export async function appendMessage(
  tx: Tx,
  conversation: Conversation,
  author: Message['author'],
  text: string,
  /** The Slack user, where it was one. */
  authorId: string | null = null,
  emails: string | null = null,
  mediaCount = 0,
  replyToSeq: number | null = null,
): Promise<Message> {
  const { store, id: conversationId } = conversation;
  const [message] = await tx
    .insert(messages)
    .values({
      id: randomUUIDv7(),
      store,
      conversationId,
      author,
      text,
      authorId,
      emails,
      mediaCount,
      replyToSeq,
    })
    .returning();
  if (!message) throw new Error('The message was not stored.');
  return message;
}

/** Words that were heard in what came with a message. */
export async function addSpoken(tx: Tx, id: string, add: (text: string) => string): Promise<Message> {
  const [read] = await tx.select().from(messages).where(eq(messages.id, id));
  if (!read) throw new Error('No such message.');
  const [message] = await tx
    .update(messages)
    .set({ text: add(read.text), spoken: true })
    .where(eq(messages.id, id))
    .returning();
  return message ?? read;
}

/** What the customer wrote and no turn has answered, oldest first. */
export function waitingMessages(tx: Tx | Db, id: ConversationId): Promise<Message[]> {
  return tx
    .select()
    .from(messages)
    .where(and(eq(messages.conversationId, id), isWaiting))
    .orderBy(asc(messages.seq));
}

export async function markAnswered(
  tx: Tx,
  id: ConversationId,
  upToSeq: number,
  turnNumber: number,
): Promise<void> {
  await tx
    .update(messages)
    .set({ answeredInTurn: turnNumber })
    .where(and(eq(messages.conversationId, id), isWaiting, lte(messages.seq, upToSeq)));
}

/** The words of the index on those that wait: with a parameter in it PostgreSQL cannot tell that it fits. */
const isWaiting = sql`${messages.author} = 'customer' and ${messages.answeredInTurn} is null`;

/** The newest messages, oldest first. */
export async function recentMessages(tx: Tx | Db, id: ConversationId, limit: number): Promise<Message[]> {
  const rows = await tx
    .select()
    .from(messages)
    .where(eq(messages.conversationId, id))
    .orderBy(desc(messages.seq))
    .limit(limit);
  return rows.reverse();
}

export function messagesAfter(tx: Tx | Db, id: ConversationId, seq: number): Promise<Message[]> {
  return tx
    .select()
    .from(messages)
    .where(and(eq(messages.conversationId, id), gt(messages.seq, seq)))
    .orderBy(asc(messages.seq));
}

/** Whether somebody wrote from this address in the last `seconds`. */
export async function wroteWithin(db: Db, sender: SenderKey, seconds: number): Promise<boolean> {
  const [row] = await db
    .select({ isRecent: sql<boolean>`${messages.createdAt} > now() - make_interval(secs => ${seconds})` })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationFrom(db, sender)), eq(messages.author, 'customer')))
    .orderBy(desc(messages.seq))
    .limit(1);
  return row?.isRecent ?? false;
}

/** By itself, so that of its messages only the newest are read. */
function conversationFrom(db: Db, sender: SenderKey): SQL {
  const found = db
    .select({ id: conversations.id })
    .from(conversations)
    .innerJoin(senders, eq(senders.id, conversations.senderId))
    .where(isFrom(sender));
  return sql`${found}`;
}

type SenderKey = Pick<Sender, 'store' | 'channel' | 'address'>;

function isFrom({ store, channel, address }: SenderKey): SQL | undefined {
  return and(eq(senders.store, store), eq(senders.channel, channel), eq(senders.address, address));
}
