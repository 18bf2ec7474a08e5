import { tellCustomer } from '../refunds/tell-customer.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { LockedConversation } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { addStaffNote, addStaffNoteOnce } from '../storage/staff-notes.ts';
import { type Counted, countUses } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';

/**
 * Says once in a window that a limit is used up: to the customer, unless a person has the conversation or
 * they want no messages, and to people. Called for every use that was too much.
 */
export async function sayLimit(
  tx: Tx,
  { refunds, support }: ConversationContext,
  locked: LockedConversation,
  { limit, verdict, seconds }: Counted,
): Promise<void> {
  const { jobs, log, metrics } = refunds;
  const { conversation, sender, optedOut } = locked;
  const { store, id: conversationId, owner } = conversation;
  metrics.limitReached(limit);
  const isStores = limit.startsWith('store-');
  if (!(isStores ? await isFirstNotice(tx, refunds, locked) : verdict === 'just-over')) return;
  log.warn('A limit is used up', { kind: limit, conversationId });
  const audit = { store, conversationId, actor: 'system', action: 'limit.reached', subject: sender.id };
  await recordAudit(tx, { ...audit, detail: { limit } });
  const time = inWords(seconds);
  if (isStores) {
    const text = `Customers write more than the store's limit (${limit}). What comes above it is kept and gets no answer for now.`;
    await addStaffNoteOnce(tx, jobs, { store, text });
    if (owner === 'agent' && !optedOut) await tellCustomer(tx, jobs, locked, polite(time, false));
  } else if (owner === 'person') {
    const text = `The customer writes very much. Further messages are kept, and not shown here for ${time}.`;
    await addStaffNote(tx, jobs, { store, conversationId, kind: 'thread-note', text });
  } else {
    const text = `More comes from ${sender.address} than I answer (${limit}). Further messages are kept, and get no answer for a while.`;
    await addStaffNoteOnce(tx, jobs, { store, conversationId, text }, '1 day');
    if (!optedOut) await tellCustomer(tx, jobs, locked, polite(time, support !== undefined));
  }
}

/** Of a limit of the whole store everybody is told for themselves. */
async function isFirstNotice(
  tx: Tx,
  refunds: ConversationContext['refunds'],
  { sender }: LockedConversation,
): Promise<boolean> {
  const [notice] = await countUses(tx, refunds, { limit: 'sender-notices-hourly', subject: sender.id });
  return notice?.verdict === 'within';
}

function polite(time: string, hasPeople: boolean): string {
  const person = hasPeople ? ' If you need a person, just ask for one.' : '';
  return `These are more messages than I can answer. I have kept them all. Please write to me again in ${time}.${person}`;
}

function inWords(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  if (minutes <= 90) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
}
