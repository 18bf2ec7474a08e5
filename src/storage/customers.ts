import { randomUUIDv7 } from 'node:crypto';
import { and, eq, exists, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ChannelKind } from '../ports/channel.ts';
import type { ConversationId, PhoneNumber } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { conversations } from './schema/conversations.ts';
import { customers, senders } from './schema/people.ts';

export type Sender = typeof senders.$inferSelect;

export type SenderAddress = {
  readonly store: string;
  readonly channel: ChannelKind;
  readonly address: string;
  readonly phone: PhoneNumber | undefined;
};

/** The same person texting twice at once is one sender: the unique address decides. */
export async function findOrCreateSender(tx: Tx, address: SenderAddress): Promise<Sender> {
  const [sender] = await tx
    .insert(senders)
    .values({ id: randomUUIDv7(), ...address, phone: address.phone ?? null })
    .onConflictDoUpdate({
      target: [senders.store, senders.channel, senders.address],
      set: { phone: address.phone ?? null },
    })
    .returning();
  if (!sender) throw new Error('The sender was neither found nor created.');
  return sender;
}

export async function readSender(tx: Tx | Db, senderId: string): Promise<Sender> {
  const [sender] = await tx.select().from(senders).where(eq(senders.id, senderId));
  if (!sender) throw new Error('No such sender.');
  return sender;
}

/** The sender of a conversation, and whether they opted out, in one statement. */
export async function readSenderOf(
  tx: Tx | Db,
  conversationId: ConversationId,
): Promise<{ readonly sender: Sender; readonly optedOut: boolean }> {
  const other = alias(senders, 'other');
  const optedOut = tx
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.store, senders.store),
        isNotNull(other.optedOutAt),
        or(
          eq(other.id, senders.id),
          eq(other.phone, senders.phone),
          eq(other.customerId, senders.customerId),
        ),
      ),
    );
  const [row] = await tx
    .select({ sender: senders, optedOut: exists(optedOut).mapWith(Boolean) })
    .from(senders)
    .innerJoin(conversations, eq(senders.id, conversations.senderId))
    .where(eq(conversations.id, conversationId));
  if (!row) throw new Error('No such conversation.');
  return { sender: row.sender, optedOut: row.optedOut };
}

/** An opt-out holds for every address that shares the number or the customer. */
export async function isOptedOut(tx: Tx | Db, sender: Sender): Promise<boolean> {
  const [row] = await tx
    .select({ id: senders.id })
    .from(senders)
    .where(and(samePerson(sender), isNotNull(senders.optedOutAt)))
    .limit(1);
  return row !== undefined;
}

export async function optOut(tx: Tx, sender: Sender): Promise<void> {
  await tx.update(senders).set({ optedOutAt: sql`now()` }).where(samePerson(sender));
}

export async function optIn(tx: Tx, sender: Sender): Promise<void> {
  await tx.update(senders).set({ optedOutAt: null }).where(samePerson(sender));
}

/** Joins a sender to the shop's customer once an order shows who they are. */
export async function linkCustomer(tx: Tx, sender: Sender, shopifyCustomerId: string): Promise<void> {
  const [customer] = await tx
    .insert(customers)
    .values({ id: randomUUIDv7(), store: sender.store, shopifyCustomerId })
    .onConflictDoUpdate({
      target: [customers.store, customers.shopifyCustomerId],
      set: { shopifyCustomerId },
    })
    .returning({ id: customers.id });
  if (customer) await tx.update(senders).set({ customerId: customer.id }).where(eq(senders.id, sender.id));
}

function samePerson(sender: Sender): SQL | undefined {
  return and(
    eq(senders.store, sender.store),
    or(
      eq(senders.id, sender.id),
      sender.phone ? eq(senders.phone, sender.phone) : undefined,
      sender.customerId ? eq(senders.customerId, sender.customerId) : undefined,
    ),
  );
}
