import { addSpoken, type LockedConversation, markAnswered } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import { addHeard } from './attachment-notes.ts';
import type { ConversationContext } from './context.ts';
import { readKeyword } from './keywords.ts';
import { obeyKeyword } from './obey-keyword.ts';
import { markEmails } from './typed-emails.ts';

/** As long as what somebody may write. */
const longestHeard = 4_000;

/**
 * What was said in a voice note becomes part of its message, marked as such. An address that was only heard
 * proves nothing, so it is not kept. Who says that nobody shall write to them any more is heard.
 */
export async function storeHeard(
  tx: Tx,
  context: ConversationContext,
  locked: LockedConversation,
  messageId: string,
  heard: string,
): Promise<void> {
  const { conversation, optedOut } = locked;
  const words = markEmails(heard.replaceAll('\u0000', '').toWellFormed().slice(0, longestHeard));
  const message = await addSpoken(tx, messageId, (text) => addHeard(text, words));
  if (conversation.owner === 'person') {
    await addStaffNote(tx, context.refunds.jobs, {
      store: conversation.store,
      conversationId: conversation.id,
      kind: 'thread-note',
      text: `Customer: ${message.text}`,
    });
  }
  const keyword = readKeyword(words, { optedOut });
  if (keyword?.kind !== 'stop') return;
  await markAnswered(tx, conversation.id, message.seq, conversation.turnNumber);
  await obeyKeyword(tx, context, locked, keyword, false);
}
