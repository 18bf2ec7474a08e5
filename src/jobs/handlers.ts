import type { ConversationContext } from '../conversation/context.ts';
import { deliverMessages } from '../conversation/deliver-messages.ts';
import { giveUpTurn, releaseConversation } from '../conversation/hand-off.ts';
import { postStaffNotes } from '../conversation/post-staff-notes.ts';
import { takeTurn } from '../conversation/take-turn.ts';
import { announceApproval, refreshCard } from '../refunds/announce-approval.ts';
import { executeRefund } from '../refunds/execute-refund.ts';
import { expireApproval } from '../refunds/expire-approval.ts';
import { remindApprovers } from '../refunds/remind-approvers.ts';
import type { ConversationId } from '../returns/ids.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { DeadLetterHandler, JobHandlers } from './runner.ts';

/** Each job and the use case it calls. */
export function createHandlers(context: ConversationContext): JobHandlers {
  const { refunds } = context;
  return {
    'take-turn': ({ conversationId }) => takeTurn(context, conversationId),
    'deliver-messages': ({ conversationId }) => deliverMessages(context, conversationId),
    'execute-refund': ({ refundId }) => executeRefund(refunds, refundId),
    'announce-approval': ({ approvalId }) => announceApproval(refunds, approvalId),
    'refresh-card': ({ approvalId }) => refreshCard(refunds, approvalId),
    'remind-approvers': ({ approvalId }) => remindApprovers(refunds, approvalId),
    'expire-approval': ({ approvalId }) => expireApproval(refunds, approvalId),
    'post-staff-notes': ({ store }) => postStaffNotes(context, store),
    'release-conversation': ({ conversationId }) => releaseConversation(context, conversationId),
  };
}

/** A job that failed every time: people are told, and a customer who waits for an answer gets a sentence. */
export function createDeadLetterHandler(context: ConversationContext): DeadLetterHandler {
  const { db, jobs, metrics, store } = context.refunds;
  return async (queue, data) => {
    metrics.deadLetter(queue);
    if (queue === 'take-turn') return giveUpTurn(context, data.conversationId as ConversationId);
    if (queue === 'post-staff-notes') return;
    await db.transaction((tx) =>
      addStaffNote(tx, jobs, {
        store,
        conversationId: null,
        kind: 'notice',
        text: `A job was given up and needs a person: ${queue} ${String(Object.values(data)[0])}.`,
      }),
    );
  };
}
