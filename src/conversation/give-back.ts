import type { StaffPerson } from '../ports/staff-desk.ts';
import type { HandBackAnswer } from '../ports/support-desk.ts';
import { offerAgain } from '../refunds/make-offer.ts';
import type { ConversationId } from '../returns/ids.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { type Conversation, lockConversation, readConversation, setOwner } from '../storage/conversations.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import type { JobQueue } from '../storage/jobs.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import { closeSupportThreads } from '../storage/support-threads.ts';
import type { ConversationContext } from './context.ts';
import { isStaff, staffName } from './is-staff.ts';

const silenceMs = 24 * 3_600_000;

/** A person gives the conversation back to the bot. */
export async function handBack(
  { refunds, staff }: ConversationContext,
  conversationId: ConversationId,
  by: StaffPerson,
): Promise<HandBackAnswer> {
  if (!staff || !(await isStaff(staff, by))) return { kind: 'not-allowed' };
  const name = await staffName(staff, by);
  return refunds.db.transaction(async (tx): Promise<HandBackAnswer> => {
    if (!(await readConversation(tx, conversationId))) return { kind: 'not-found' };
    const conversation = await lockConversation(tx, conversationId);
    if (conversation.owner !== 'person') return { kind: 'not-handed-off' };
    const line = `${name} handed the conversation back. The bot answers this customer again.`;
    await giveBack(tx, refunds.jobs, conversation, { actor: by.userId, name, line });
    return { kind: 'handed-back' };
  });
}

/** After 24 hours without a word from either side the bot answers again. */
export async function releaseConversation(
  { refunds }: ConversationContext,
  conversationId: ConversationId,
): Promise<void> {
  await refunds.db.transaction(async (tx) => {
    const conversation = await lockConversation(tx, conversationId);
    if (conversation.owner !== 'person') return;
    const due = new Date(conversation.lastActivityAt.getTime() + silenceMs);
    if ((await databaseNow(tx)) < due) return scheduleRelease(tx, refunds.jobs, conversationId, due);
    const line = 'Nobody wrote for 24 hours. The bot answers this customer again.';
    await giveBack(tx, refunds.jobs, conversation, { actor: 'system', line });
  });
}

/** At the latest after 24 hours somebody looks whether both sides were silent. */
export async function scheduleRelease(
  tx: Tx,
  jobs: JobQueue,
  conversationId: ConversationId,
  due?: Date,
): Promise<void> {
  const startAfter = due ?? new Date((await databaseNow(tx)).getTime() + silenceMs);
  await jobs.enqueue(tx, 'release-conversation', { conversationId }, { startAfter });
}

async function giveBack(
  tx: Tx,
  jobs: JobQueue,
  conversation: Conversation,
  { actor, name, line }: { readonly actor: string; readonly name?: string; readonly line: string },
): Promise<void> {
  await setOwner(tx, conversation.id, 'agent');
  await closeSupportThreads(tx, conversation.id);
  const about = { store: conversation.store, conversationId: conversation.id };
  await addStaffNote(tx, jobs, { ...about, kind: 'thread-note', text: line });
  await recordAudit(tx, {
    ...about,
    actor,
    action: 'conversation.handed-back',
    ...(name ? { detail: { name } } : {}),
  });
  await offerAgain(tx, jobs, conversation.id);
}
