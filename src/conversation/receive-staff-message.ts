import type { StaffMessage, StaffReceipt } from '../ports/staff-desk.ts';
import { hasStaffConversation } from '../storage/conversations.ts';
import { inTransaction } from '../storage/database.ts';
import { recordInbound } from '../storage/inbox.ts';
import type { ConversationContext } from './context.ts';
import { isStaff } from './is-staff.ts';
import { noteStaffWord } from './note-staff-word.ts';
import { receiveMessage } from './receive-message.ts';

const provider = 'slack';

/**
 * Takes in what somebody wrote in Slack, once, however often and as whatever event it is delivered. Throws
 * when Slack cannot say who they are: the caller has it delivered again.
 */
export async function receiveStaffMessage(
  context: ConversationContext,
  message: StaffMessage,
): Promise<StaffReceipt> {
  const { staff } = context;
  // Most talk in channels is none of the bot's: it needs no answer from Slack to be left alone.
  if (!(await isForUs(context, message))) return { kind: 'not-for-us' };
  const mayTalk = staff !== undefined && (await isStaff(staff, message.by));
  if (!mayTalk) return message.isAddressed ? refuseOnce(context, message) : { kind: 'not-for-us' };
  const { kind } = await receiveMessage(context, {
    provider,
    providerMessageId: message.key,
    channel: 'slack',
    address: addressOf(message),
    phone: undefined,
    text: message.text,
    party: 'staff',
    authorId: message.by.userId,
  });
  return { kind };
}

/** What staff write in a support thread is internal, and what begins with a name is for its bearer. */
async function isForUs(context: ConversationContext, message: StaffMessage): Promise<boolean> {
  const { thread, by, writtenAt } = message;
  const isInternal = await noteStaffWord(context, { thread, by, ...(writtenAt && { writtenAt }) });
  if (message.isAddressed) return true;
  if (isInternal || message.text.startsWith('@')) return false;
  const { db, store } = context.refunds;
  return hasStaffConversation(db, { store, channel: 'slack', address: addressOf(message) });
}

/** One mention is delivered twice and more; whoever wrote it is told once. */
async function refuseOnce({ refunds }: ConversationContext, message: StaffMessage): Promise<StaffReceipt> {
  const { db, store } = refunds;
  const entry = await inTransaction(db, (tx) =>
    recordInbound(tx, { store, provider, providerMessageId: message.key }),
  );
  return { kind: entry === 'new' ? 'not-staff' : 'duplicate' };
}

function addressOf({ thread }: StaffMessage): string {
  return `${thread.channel}:${thread.ts}`;
}
