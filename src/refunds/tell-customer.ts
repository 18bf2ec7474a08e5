import type { Button } from '../ports/channel.ts';
import type { OrderView } from '../ports/tools.ts';
import { introductionRoom } from '../returns/introduction.ts';
import { splitText } from '../returns/split-text.ts';
import { appendMessage, type LockedConversation, type Message } from '../storage/conversations.ts';
import { type Tx, together } from '../storage/database.ts';
import type { JobQueue } from '../storage/jobs.ts';
import { insertOutbox } from '../storage/outbox.ts';
import { addStaffNote } from '../storage/staff-notes.ts';

/**
 * Says something in a conversation: the message, its parts in the outbox, and the job that sends them, all
 * in the caller's transaction, which holds the conversation's lock. To somebody who opted out nothing is
 * sent; staff are told instead when `staffInstead` is given.
 */
export async function tellCustomer(
  tx: Tx,
  jobs: JobQueue,
  { conversation, sender, optedOut }: LockedConversation,
  text: string,
  options: {
    readonly staffInstead?: string /** The colleague who says it; else the bot does. */;
    readonly by?: string;
    readonly card?: OrderView | undefined;
    /** Below the last part, where the channel shows buttons. */
    readonly buttons?: readonly Button[] | undefined;
    /** The bot's own idea, not an answer: at night it waits. */
    readonly unprompted?: boolean;
  } = {},
): Promise<Message> {
  const message = await appendMessage(tx, conversation, options.by ? 'staff' : 'agent', text, options.by);
  const rows = splitText(text, sender.introducedAt ? 1600 : 1600 - introductionRoom).map(
    (body, index, { length }) => ({
      store: conversation.store,
      conversationId: conversation.id,
      messageId: message.id,
      channel: conversation.channel,
      address: sender.address,
      body,
      card: index === length - 1 ? options.card : undefined,
      buttons: index === length - 1 && conversation.channel === 'whatsapp' ? options.buttons : undefined,
      unprompted: options.unprompted ?? false,
      state: optedOut ? ('suppressed' as const) : ('waiting' as const),
    }),
  );
  await together(
    insertOutbox(tx, rows),
    optedOut ? undefined : jobs.enqueue(tx, 'deliver-messages', { conversationId: conversation.id }),
  );
  if (optedOut && options.staffInstead) {
    await addStaffNote(tx, jobs, {
      store: conversation.store,
      conversationId: conversation.id,
      kind: 'notice',
      text: options.staffInstead,
    });
  }
  return message;
}
