import type { ConversationContext } from '../conversation/context.ts';
import { deliverMessages } from '../conversation/deliver-messages.ts';
import { fetchMedia, giveUpMedia } from '../conversation/fetch-media.ts';
import { releaseConversation } from '../conversation/give-back.ts';
import { giveUpTurn } from '../conversation/hand-off.ts';
import { keepPrivacy } from '../conversation/keep-privacy.ts';
import { pointOutThread } from '../conversation/point-out-thread.ts';
import { postStaffNotes } from '../conversation/post-staff-notes.ts';
import { pruneRecords } from '../conversation/prune-records.ts';
import { sweepInbound } from '../conversation/sweep-inbound.ts';
import { takeTurn } from '../conversation/take-turn.ts';
import { textCode } from '../conversation/text-code.ts';
import { addTags } from '../refunds/add-tags.ts';
import { announceApproval } from '../refunds/announce-approval.ts';
import { announceReturn } from '../refunds/announce-return.ts';
import { endReturn } from '../refunds/end-return.ts';
import { executeRefund } from '../refunds/execute-refund.ts';
import { expireApproval, expireUnseen } from '../refunds/expire-approval.ts';
import { followReturn } from '../refunds/follow-return.ts';
import { reconcileRefunds } from '../refunds/reconcile-refunds.ts';
import { refreshCard } from '../refunds/refresh-card.ts';
import { remindApprovers } from '../refunds/remind-approvers.ts';
import type { ApprovalId, ConversationId, MediaId } from '../returns/ids.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { recordDeadLetter } from '../storage/dead-letters.ts';
import {
  type Attempted,
  type JobData,
  type JobName,
  type JobQueue,
  jobNames,
  subjectOf,
} from '../storage/jobs.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import { sayReason } from './failure-reason.ts';
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
    'point-out-thread': ({ threadId }) => pointOutThread(context, threadId),
    'announce-return': ({ returnId }) => announceReturn(refunds, returnId),
    'follow-return': ({ returnId }) => followReturn(refunds, returnId),
    'end-return': ({ returnId }) => endReturn(refunds, returnId),
    'add-tags': ({ refundId }) => addTags(refunds, refundId),
    'text-code': ({ codeId }) => textCode(context, codeId),
    'fetch-media': ({ mediaId }) => fetchMedia(context, mediaId),
    'sweep-inbound': ({ progress }) => sweepInbound(context, progress),
    'keep-privacy': () => keepPrivacy(context),
    'prune-records': () => pruneRecords(context),
    'reconcile-refunds': ({ progress }) => reconcileRefunds(refunds, progress),
  };
}

/**
 * A job that failed every time is kept with its reason: a customer who waits for an answer gets a sentence.
 * Anything else leaves a row waiting (a refund, a card, a text), so people are told and the job is taken up
 * again after a while.
 */
export function createDeadLetterHandler(context: ConversationContext): DeadLetterHandler {
  const { db, jobs, metrics, store } = context.refunds;
  return async (queue, data, { reason, tries }) => {
    metrics.deadLetter(queue);
    const subject = subjectOf(data);
    // By itself: what follows may fail on the same thing, and is tried again.
    const letter = await recordDeadLetter(db, { store, queue, subject, data, reason, tries });
    if (queue === 'take-turn') return giveUpTurn(context, data.conversationId as ConversationId, letter);
    if (queue === 'fetch-media') return giveUpMedia(context, data.mediaId as MediaId);
    const name = jobNames.find((known) => known === queue);
    const pauseMs = pausesMs[typeof data.givenUp === 'number' ? data.givenUp : 0];
    await db.transaction(async (tx) => {
      if (queue !== 'post-staff-notes' && queue !== 'point-out-thread') {
        await addStaffNote(tx, jobs, {
          store,
          conversationId: null,
          kind: 'notice',
          text: `A job was given up and needs a person: ${queue} ${subject} (${sayReason(reason)}). More: npm run dead-letters -- show ${letter.seq}`,
        });
      }
      if (name && pauseMs) await takeUpAgain(tx, jobs, name, data, pauseMs);
    });
    if (queue === 'announce-approval' && !pauseMs) {
      await expireUnseen(context.refunds, data.approvalId as ApprovalId);
    }
  };
}

const minute = 60_000;
/** Five days in all: long enough for an expired token to be noticed and replaced. */
const pausesMs: readonly number[] = [15, 60, 240, 960, 1440, 1440, 1440, 1440].map((each) => each * minute);

async function takeUpAgain<Name extends JobName>(
  tx: Tx,
  jobs: JobQueue,
  name: Name,
  data: Readonly<Record<string, unknown>>,
  pauseMs: number,
): Promise<void> {
  // It is what was enqueued under that name.
  const given = data as unknown as Attempted<JobData[Name]>;
  const startAfter = new Date((await databaseNow(tx)).getTime() + pauseMs);
  await jobs.enqueue(tx, name, { ...given, attempt: 0, givenUp: (given.givenUp ?? 0) + 1 }, { startAfter });
}
