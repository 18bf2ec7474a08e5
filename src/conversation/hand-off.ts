import type { HandBackAnswer } from '../ports/support-desk.ts';
import { tellCustomer } from '../refunds/tell-customer.ts';
import { tellEndedRefunds } from '../refunds/tell-outcomes.ts';
import type { ConversationId } from '../returns/ids.ts';
import { recordAudit } from '../storage/audit-log.ts';
import {
  beginTurn,
  type Conversation,
  endTurn,
  lockConversation,
  lockWithSender,
  markAnswered,
  readConversation,
  setOwner,
  waitingMessages,
} from '../storage/conversations.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { isStaff } from './is-staff.ts';

const silenceMs = 24 * 3_600_000;

/** Gives the conversation to people: the bot is silent from here on, a thread opens, a timer gives it back. */
export async function handOff(
  tx: Tx,
  { refunds }: ConversationContext,
  conversation: Conversation,
  reason: string,
): Promise<void> {
  if (conversation.owner === 'person') return;
  await setOwner(tx, conversation.id, 'person');
  await addStaffNote(tx, refunds.jobs, {
    store: conversation.store,
    conversationId: conversation.id,
    kind: 'open-thread',
    text: inWords(reason),
  });
  await recordAudit(tx, {
    store: conversation.store,
    conversationId: conversation.id,
    actor: 'agent',
    action: 'conversation.handed-off',
  });
  const release = new Date((await databaseNow(tx)).getTime() + silenceMs);
  await refunds.jobs.enqueue(
    tx,
    'release-conversation',
    { conversationId: conversation.id },
    { startAfter: release },
  );
}

/** The guided model gives reasons as codes; a language model writes a sentence. */
function inWords(reason: string): string {
  const known: Readonly<Record<string, string>> = {
    asked_for_person: 'The customer asked for a person.',
    legal_threat: 'The customer threatens legal action.',
    upset: 'The customer is upset.',
    not_understood: 'The agent did not understand the customer twice.',
    needs_person: 'The policy leaves this return to a person.',
    too_many_steps: 'The agent got stuck.',
    no_after_submitting: 'The customer said no after the return was submitted.',
  };
  return known[reason] ?? reason;
}

/** A person gives the conversation back to the bot. */
export async function handBack(
  { refunds, staff }: ConversationContext,
  conversationId: ConversationId,
  by: { readonly userId: string; readonly teamId: string },
): Promise<HandBackAnswer> {
  if (!staff || !(await isStaff(staff, by))) return { kind: 'not-allowed' };
  return refunds.db.transaction(async (tx): Promise<HandBackAnswer> => {
    if (!(await readConversation(tx, conversationId))) return { kind: 'not-found' };
    const conversation = await lockConversation(tx, conversationId);
    if (conversation.owner !== 'person') return { kind: 'not-handed-off' };
    await giveBack(tx, conversation, by.userId);
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
    if ((await databaseNow(tx)) >= due) await giveBack(tx, conversation, 'system');
    else await refunds.jobs.enqueue(tx, 'release-conversation', { conversationId }, { startAfter: due });
  });
}

/** The turn failed every time it was tried: the customer gets a sentence, a person the conversation. */
export async function giveUpTurn(
  context: ConversationContext,
  conversationId: ConversationId,
): Promise<void> {
  const { db, jobs } = context.refunds;
  await db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, conversationId);
    const { conversation } = locked;
    const waiting = await waitingMessages(tx, conversationId);
    const last = waiting.at(-1);
    // A number of its own: should the last attempt still be running, it is overtaken and says nothing.
    const number = await beginTurn(tx, conversationId);
    if (last) {
      await markAnswered(tx, conversationId, last.seq, number);
      await tellCustomer(tx, jobs, locked, context.support ? stuck : nobody);
      if (context.support)
        await handOff(tx, context, conversation, 'The agent failed on this conversation several times.');
    }
    await endTurn(tx, conversationId);
    await tellEndedRefunds(tx, jobs, locked);
  });
}

const stuck = 'I am sorry, something went wrong on our side. Someone from our team will get back to you.';
const nobody =
  'I am sorry, something went wrong on our side. Please try again in a few minutes, or contact the store directly.';

async function giveBack(tx: Tx, conversation: Conversation, by: string): Promise<void> {
  await setOwner(tx, conversation.id, 'agent');
  await recordAudit(tx, {
    store: conversation.store,
    conversationId: conversation.id,
    actor: by,
    action: 'conversation.handed-back',
  });
}
