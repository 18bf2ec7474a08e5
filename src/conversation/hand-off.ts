import { tellCustomer } from '../refunds/tell-customer.ts';
import { tellEndedRefunds } from '../refunds/tell-outcomes.ts';
import { maxWrongProofs, proofLockHours } from '../returns/customer-proof.ts';
import type { ConversationId } from '../returns/ids.ts';
import { recordAudit } from '../storage/audit-log.ts';
import {
  beginTurn,
  type Conversation,
  endTurn,
  lockWithSender,
  markAnswered,
  setOwner,
  waitingMessages,
} from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { type DeadLetter, setMessagesAside } from '../storage/dead-letters.ts';
import { addPictureNotes, recentPictures } from '../storage/picture-notes.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { scheduleRelease } from './give-back.ts';

/** Gives the conversation to people: the bot is silent from here on, a thread opens, a timer gives it back. */
export async function handOff(
  tx: Tx,
  { refunds, support }: ConversationContext,
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
  const { store, id: conversationId } = conversation;
  const pictures = support ? await recentPictures(tx, conversationId) : [];
  await addPictureNotes(tx, refunds.jobs, { store, conversationId }, pictures);
  await recordAudit(tx, {
    store: conversation.store,
    conversationId: conversation.id,
    actor: 'agent',
    action: 'conversation.handed-off',
    // A model's own words may quote the customer.
    detail: { reason: knownReasons.has(reason) ? reason : 'in_words' },
  });
  await scheduleRelease(tx, refunds.jobs, conversation.id);
}

/** Rules and the guided model give reasons as codes; a language model writes a sentence. */
function inWords(reason: string): string {
  return knownReasons.get(reason) ?? reason;
}

const knownReasons: ReadonlyMap<string, string> = new Map([
  ['asked_for_person', 'The customer asked for a person.'],
  ['legal_threat', 'The customer threatens legal action.'],
  ['harm', 'The customer speaks of harm to themselves or to others. Please look at once.'],
  ['contradicted_twice', 'The customer contradicted the bot twice.'],
  [
    'wrong_proofs',
    `The customer gave ${maxWrongProofs} wrong proofs of identity and can give no more for ${proofLockHours} hours.`,
  ],
  ['upset', 'The customer is upset.'],
  ['not_understood', 'The agent did not understand the customer twice.'],
  ['needs_person', 'The policy leaves this return to a person.'],
  ['too_many_steps', 'The agent got stuck.'],
  ['no_after_submitting', 'The customer said no after the return was submitted.'],
]);

/**
 * The turn failed every time it was tried: the customer gets a sentence, a person the conversation. No later
 * turn reads what it failed on.
 */
export async function giveUpTurn(
  context: ConversationContext,
  conversationId: ConversationId,
  letter: Pick<DeadLetter, 'id' | 'seq'>,
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
      await setMessagesAside(tx, conversationId, number, letter.id);
      const takesOver = context.support && conversation.party === 'customer';
      await tellCustomer(tx, jobs, locked, takesOver ? stuck : nobody);
      const reason = `The agent failed on this conversation several times (dead letter ${letter.seq}).`;
      if (takesOver) await handOff(tx, context, conversation, reason);
      else {
        await addStaffNote(tx, jobs, {
          store: conversation.store,
          conversationId: null,
          kind: 'notice',
          text: `The bot could not answer in ${conversation.party === 'staff' ? 'a thread with a colleague' : 'a conversation'}. More: npm run dead-letters -- show ${letter.seq}`,
        });
      }
    }
    await endTurn(tx, conversationId);
    await tellEndedRefunds(tx, jobs, locked);
  });
}

const stuck = 'I am sorry, something went wrong on our side. Someone from our team will get back to you.';
const nobody =
  'I am sorry, something went wrong on our side. Please try again in a few minutes, or contact the store directly.';
