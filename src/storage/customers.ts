import { randomUUIDv7 } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { ChannelKind } from '../ports/channel.ts';
import type { PhoneNumber } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { customers, senders } from './schema/people.ts';

export type Sender = typeof senders.$inferSelect;

export type SenderAddress = {
  readonly store: string;
  readonly channel: ChannelKind;
  readonly address: string;
  readonly phone: PhoneNumber | undefined;
  readonly externalId?: string | undefined;
};

/** The same person texting twice at once is one sender: the unique address decides. */
export async function findOrCreateSender(tx: Tx, address: SenderAddress): Promise<Sender> {
  const { externalId } = address;
  const [sender] = await tx
    .insert(senders)
    .values({ id: randomUUIDv7(), ...address, phone: address.phone ?? null })
    .onConflictDoUpdate({
      target: [senders.store, senders.channel, senders.address],
      set: { phone: address.phone ?? null, ...(externalId && { externalId }) },
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

export async function markIntroduced(tx: Tx, senderId: string): Promise<void> {
  await tx.update(senders).set({ introducedAt: sql`now()` }).where(eq(senders.id, senderId));
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
