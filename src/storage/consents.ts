import { randomUUIDv7 } from 'node:crypto';
import { and, desc, eq, exists, gte, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ConversationId } from '../returns/ids.ts';
import type { Language } from '../returns/language.ts';
import { recordAudit } from './audit-log.ts';
import type { Sender } from './customers.ts';
import type { Db, Tx } from './database.ts';
import { conversations } from './schema/conversations.ts';
import { consents, senders } from './schema/people.ts';

export type Consent = Pick<typeof consents.$inferInsert, 'kind' | 'word' | 'language' | 'source'>;

/** The sender of a conversation, and whether they opted out, in one statement. */
export async function readSenderOf(
  tx: Tx | Db,
  conversationId: ConversationId,
): Promise<{ readonly sender: Sender; readonly optedOut: boolean }> {
  const [row] = await tx
    .select({ sender: senders, optedOut: stopHolds(tx) })
    .from(senders)
    .innerJoin(conversations, eq(senders.id, conversations.senderId))
    .where(eq(conversations.id, conversationId));
  if (!row) throw new Error('No such conversation.');
  return row;
}

export async function isOptedOut(tx: Tx | Db, sender: Pick<Sender, 'id'>): Promise<boolean> {
  const [row] = await tx
    .select({ optedOut: stopHolds(tx) })
    .from(senders)
    .where(eq(senders.id, sender.id));
  return row?.optedOut ?? false;
}

const other = alias(senders, 'other');

/**
 * A STOP from one address holds for every address that shares its number, its customer or WhatsApp's id of the person. Each comes back by a
 * START of its own, so that nobody who writes from elsewhere ends the STOP of a number.
 */
function stopHolds(tx: Tx | Db): SQL<boolean> {
  const isOfSamePerson = or(
    eq(other.phone, senders.phone),
    eq(other.customerId, senders.customerId),
    eq(other.externalId, senders.externalId),
  );
  const isNewer = or(isNull(senders.optedInAt), gte(other.optedOutAt, senders.optedInAt));
  const stops = tx
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.store, senders.store),
        isNotNull(other.optedOutAt),
        or(eq(other.id, senders.id), and(isOfSamePerson, isNewer)),
      ),
    );
  return exists(stops).mapWith(Boolean);
}

/** A STOP or START from this address, and the record of it. */
export async function recordConsent(
  tx: Tx,
  sender: Sender,
  conversationId: ConversationId,
  { kind, word = null, language = null, source }: Consent,
): Promise<void> {
  const { store, channel, id: senderId } = sender;
  await tx
    .update(senders)
    .set({
      optedOutAt: kind === 'stop' ? sql`now()` : null,
      optedInAt: kind === 'start' ? sql`now()` : null,
    })
    .where(eq(senders.id, senderId));
  const consent = { store, senderId, channel, kind, word, language, source };
  await tx.insert(consents).values({ id: randomUUIDv7(), ...consent });
  await recordAudit(tx, {
    store,
    conversationId,
    actor: source === 'refusal' ? 'system' : 'customer',
    action: kind === 'stop' ? 'consent.withdrawn' : 'consent.given',
    subject: senderId,
    detail: { channel, source },
  });
}

/** What they said their last STOP in. */
export async function languageOfStop(tx: Tx, sender: Sender): Promise<Language | undefined> {
  const [row] = await tx
    .select({ language: consents.language })
    .from(consents)
    .where(and(eq(consents.senderId, sender.id), eq(consents.kind, 'stop')))
    .orderBy(desc(consents.seq))
    .limit(1);
  return row?.language ?? undefined;
}
