import { readConversation } from '../storage/conversations.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { readSupportThread, type SupportThreadRow } from '../storage/support-threads.ts';
import type { ConversationContext } from './context.ts';

const maxTimes = 4;

/**
 * Nobody has taken this thread: it is pointed out again, four times at most, each wait twice the last. Which
 * time it is follows from the clock, so that a job that runs twice says nothing twice.
 */
export async function pointOutThread(context: ConversationContext, threadId: string): Promise<void> {
  const { db } = context.refunds;
  const thread = await readSupportThread(db, threadId);
  const conversation = thread && (await readConversation(db, thread.conversationId));
  if (!thread || thread.takenBy || thread.closedAt || conversation?.owner !== 'person') return;
  const now = await databaseNow(db);
  const times = timesDue(context.supportReminderSeconds, now.getTime() - thread.createdAt.getTime());
  if (times > 0 && context.support) {
    const key = `${thread.id}#${times}`;
    const since = conversation.ownedSince ?? thread.createdAt;
    const text = `Nobody has taken this conversation yet. The customer has been waiting for ${inWords(now.getTime() - since.getTime())}.`;
    if (!(await context.support.findNote(thread, key))) await context.support.pointOut(thread, { key, text });
  }
  if (times < maxTimes) await db.transaction((tx) => schedulePointingOut(tx, context, thread, times));
}

/** `times` of how many it was pointed out already. */
export async function schedulePointingOut(
  tx: Tx,
  { refunds, supportReminderSeconds }: ConversationContext,
  thread: Pick<SupportThreadRow, 'id' | 'createdAt'>,
  times = 0,
): Promise<void> {
  const startAfter = new Date(thread.createdAt.getTime() + dueAfterMs(supportReminderSeconds, times + 1));
  await refunds.jobs.enqueue(tx, 'point-out-thread', { threadId: thread.id }, { startAfter });
}

/** After 1, 3, 7 and 15 times the configured time. */
function dueAfterMs(seconds: number, time: number): number {
  return seconds * 1000 * (2 ** time - 1);
}

function timesDue(seconds: number, waitedMs: number): number {
  let times = 0;
  while (times < maxTimes && dueAfterMs(seconds, times + 1) <= waitedMs) times++;
  return times;
}

function inWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return `${Math.floor(minutes / 60)} hours`;
}
