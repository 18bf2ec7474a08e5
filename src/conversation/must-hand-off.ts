import { type Alarm, contradicts, contradictsTwice, readAlarm } from '../returns/alarms.ts';
import { proofLockHours } from '../returns/customer-proof.ts';
import type { LockedConversation, Message } from '../storage/conversations.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { lastAuditedAt } from '../storage/support-threads.ts';

/** What a person must look at, whatever a model would make of it. Asked before any model is. */
export async function mustHandOff(
  tx: Tx,
  { conversation, sender }: LockedConversation,
  messages: { readonly asked: readonly Message[]; readonly transcript: readonly Message[] },
): Promise<Alarm | undefined> {
  if (conversation.party === 'staff') return undefined;
  const raised = new Set(messages.asked.map(({ text }) => readAlarm(text)));
  const gravest = gravestFirst.find((alarm) => raised.has(alarm));
  if (gravest) return gravest;
  if (messages.asked.some(({ text }) => contradicts(text))) {
    const since = await lastAuditedAt(tx, conversation.id, 'conversation.handed-back');
    const current = messages.transcript.filter(({ createdAt }) => !since || createdAt > since);
    if (contradictsTwice(current)) return 'contradicted_twice';
  }
  if (sender.proofsLockedUntil) return await unheardProofs(tx, conversation.id, sender.proofsLockedUntil);
  return undefined;
}

const gravestFirst = ['harm', 'legal_threat', 'asked_for_person'] as const;

/** The turn that locked the proofs died before it could hand off. */
async function unheardProofs(
  tx: Tx,
  conversationId: Message['conversationId'],
  lockedUntil: Date,
): Promise<Alarm | undefined> {
  if (lockedUntil <= (await databaseNow(tx))) return undefined;
  const lockedAt = new Date(lockedUntil.getTime() - proofLockHours * 3_600_000);
  const heard = await lastAuditedAt(tx, conversationId, 'conversation.handed-off', lockedAt);
  return heard ? undefined : 'wrong_proofs';
}
