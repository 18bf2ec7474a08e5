import type { CardReference } from '../ports/approval-desk.ts';
import type { StaffPerson } from '../ports/staff-desk.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { findSupportThread, takeSupportThread, touchConversation } from '../storage/support-threads.ts';
import type { ConversationContext } from './context.ts';
import { isStaff } from './is-staff.ts';

/**
 * A colleague wrote in a thread. True when it is one a conversation was handed to people in: then the words
 * stay there, and count as a sign that somebody looks after the customer. `writtenAt` makes a redelivery
 * change nothing at all. Throws when Slack cannot say who they are.
 */
export async function noteStaffWord(
  context: ConversationContext,
  word: { readonly thread: CardReference; readonly by: StaffPerson; readonly writtenAt?: Date },
): Promise<boolean> {
  const { staff, refunds } = context;
  const { db, store } = refunds;
  const thread = await findSupportThread(db, store, word.thread);
  if (!thread) return false;
  if (thread.closedAt || !staff || !(await isStaff(staff, word.by))) return true;
  await db.transaction(async (tx) => {
    await touchConversation(tx, thread.conversationId, word.writtenAt);
    if (!(await takeSupportThread(tx, thread.id, word.by.userId))) return;
    await recordAudit(tx, {
      store,
      conversationId: thread.conversationId,
      actor: word.by.userId,
      action: 'conversation.taken',
      subject: thread.id,
    });
  });
  return true;
}
