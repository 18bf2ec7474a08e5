import type { CardReference } from '../ports/approval-desk.ts';
import type { StaffPerson } from '../ports/staff-desk.ts';
import type { ReplyAnswer, ReplyTarget } from '../ports/support-desk.ts';
import { tellCustomer } from '../refunds/tell-customer.ts';
import { tellEndedRefunds } from '../refunds/tell-outcomes.ts';
import type { ConversationId } from '../returns/ids.ts';
import { recordAudit } from '../storage/audit-log.ts';
import {
  beginTurn,
  endTurn,
  type LockedConversation,
  lockWithSender,
  markAnswered,
  readConversation,
  setOwner,
  waitingMessages,
} from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { recordInbound } from '../storage/inbox.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import {
  findSupportThread,
  latestSupportThread,
  reopenSupportThread,
  takeSupportThread,
  touchConversation,
} from '../storage/support-threads.ts';
import type { ConversationContext } from './context.ts';
import { scheduleRelease } from './give-back.ts';
import { isStaff, staffName } from './is-staff.ts';

export type StaffReply = {
  readonly conversationId: ConversationId;
  readonly by: StaffPerson;
  readonly text: string;
  /** The same for every delivery of one submission. */
  readonly key: string;
};

const maxLength = 1500;

/** A colleague's own words to the customer, once. If the bot has the conversation, it is taken over with them. */
export async function replyToCustomer(context: ConversationContext, reply: StaffReply): Promise<ReplyAnswer> {
  const { refunds, staff } = context;
  const { conversationId, by } = reply;
  if (!staff || !(await isStaff(staff, by))) return { kind: 'not-allowed' };
  const text = reply.text.replaceAll('\u0000', '').toWellFormed().trim().slice(0, maxLength);
  if (text === '') return { kind: 'empty' };
  const name = await staffName(staff, by);
  return refunds.db.transaction(async (tx): Promise<ReplyAnswer> => {
    if ((await readConversation(tx, conversationId))?.party !== 'customer') return { kind: 'not-found' };
    const locked = await lockWithSender(tx, conversationId);
    if (locked.optedOut) return { kind: 'opted-out' };
    const { store } = locked.conversation;
    const entry = { store, provider: 'slack-reply', providerMessageId: reply.key, conversationId };
    if ((await recordInbound(tx, entry)) === 'duplicate') return { kind: 'sent' };
    const isTakenOver = locked.conversation.owner === 'agent';
    if (isTakenOver) await takeOver(tx, context, locked, { by, name });
    const message = await tellCustomer(tx, refunds.jobs, locked, text, { by: by.userId });
    if (isTakenOver) await tellEndedRefunds(tx, refunds.jobs, locked);
    const thread = await latestSupportThread(tx, conversationId);
    if (thread) await takeSupportThread(tx, thread.id, by.userId);
    await touchConversation(tx, conversationId);
    const about = { store, conversationId };
    await addStaffNote(tx, refunds.jobs, { ...about, kind: 'thread-note', text: `${name} replied: ${text}` });
    await recordAudit(tx, {
      ...about,
      actor: by.userId,
      action: 'conversation.replied',
      subject: message.id,
      detail: { name },
    });
    return { kind: 'sent' };
  });
}

/** Whom a reply would reach, from a button's conversation or from the thread a message stands in. */
export async function findReplyTarget(
  { refunds: { db, store } }: ConversationContext,
  from: { readonly conversationId: ConversationId } | { readonly thread: CardReference },
): Promise<ReplyTarget | undefined> {
  const conversationId =
    'thread' in from
      ? (await findSupportThread(db, store, from.thread))?.conversationId
      : from.conversationId;
  const conversation = conversationId && (await readConversation(db, conversationId));
  if (conversation?.party !== 'customer') return undefined;
  return { conversationId: conversation.id, channel: conversation.channel };
}

/** The turn that may be running is overtaken, so that the bot does not answer beside the person. */
async function takeOver(
  tx: Tx,
  { refunds }: ConversationContext,
  { conversation }: LockedConversation,
  { by, name }: { readonly by: StaffPerson; readonly name: string },
): Promise<void> {
  const { id, store } = conversation;
  const last = (await waitingMessages(tx, id)).at(-1);
  const number = await beginTurn(tx, id);
  if (last) await markAnswered(tx, id, last.seq, number);
  await endTurn(tx, id);
  const thread = await latestSupportThread(tx, id);
  await setOwner(tx, id, 'person', thread && { channel: thread.channel, ts: thread.ts });
  if (thread) await reopenSupportThread(tx, thread.id);
  await scheduleRelease(tx, refunds.jobs, id);
  await recordAudit(tx, {
    store,
    conversationId: id,
    actor: by.userId,
    action: 'conversation.taken-over',
    detail: { name },
  });
}
