import type { CardReference } from '../ports/approval-desk.ts';
import type { ChannelKind } from '../ports/channel.ts';
import { clockSkewMs } from '../ports/clock.ts';
import type { SupportDesk, SupportThread } from '../ports/support-desk.ts';
import {
  type Conversation,
  lockConversation,
  readConversation,
  recentMessages,
} from '../storage/conversations.ts';
import { readSender, type Sender } from '../storage/customers.ts';
import { readMedia } from '../storage/media.ts';
import {
  lockStaffNotes,
  markNoteSent,
  markNoteTried,
  type StaffNote,
  waitingStaffNotes,
} from '../storage/staff-notes.ts';
import { insertSupportThread, latestSupportThread } from '../storage/support-threads.ts';
import type { ConversationContext } from './context.ts';
import { describeHandOff } from './describe-hand-off.ts';
import { schedulePointingOut } from './point-out-thread.ts';
import { gatherFacts, transcriptLength } from './transcript.ts';

/** Posts what staff must read, in order; what may already be there is looked for before it is posted again. */
export async function postStaffNotes(context: ConversationContext, store: string): Promise<void> {
  const { db, log } = context.refunds;
  for (;;) {
    const notes = await db.transaction(async (tx) => {
      await lockStaffNotes(tx, store);
      return waitingStaffNotes(tx, store);
    });
    if (notes.length === 0) return;
    let refusal: unknown;
    for (const note of notes) {
      try {
        if (context.support) await post(context, context.support, note);
        else
          log.warn('A note for staff has nowhere to go: SLACK_SUPPORT_CHANNEL is not set', {
            kind: note.kind,
          });
        await markNoteSent(db, note.id);
      } catch (error) {
        // One that Slack will never take must not hold up those behind it; an outage holds up all.
        if (!isFinal(error)) throw error;
        log.error('The support channel refuses a post; it is kept and tried again for days', { error });
        refusal = error;
      }
    }
    if (refusal) throw refusal;
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === false;
}

async function post(context: ConversationContext, desk: SupportDesk, note: StaffNote): Promise<void> {
  const { since, again } = await markNoteTried(context.refunds.db, note);
  if (note.kind === 'open-thread') return openThread(context, desk, note, again ? since : undefined);
  if (note.kind === 'picture') return postPicture(context, desk, note, again);
  const thread = await threadOf(context, note);
  const text = { key: note.id, text: note.text };
  if (!thread || note.kind === 'notice') return desk.notify(text);
  if (again && (await desk.findNote(thread, note.id))) return;
  await desk.addToThread(thread, text);
}

/** Without the right to show files, or with a picture Slack does not take, people are told that there is one. */
async function postPicture(
  context: ConversationContext,
  desk: SupportDesk,
  note: StaffNote,
  again: boolean,
): Promise<void> {
  const { db } = context.refunds;
  const thread = note.thread ?? (await threadOf(context, note));
  const picture = note.mediaId && (await readMedia(db, note.mediaId));
  if (!thread || !picture) return;
  if (again && (await desk.findPicture(thread, note.id))) return;
  try {
    await desk.addPicture(thread, { key: note.id, title: note.text, jpeg: picture.data });
  } catch (error) {
    if (!isFinal(error)) throw error;
    const text = `${note.text} cannot be shown here. Does the app have the right files:write?`;
    await desk.addToThread(thread, { key: note.id, text });
  }
}

/** The one that is open, or the last that was: a conversation given back is told so where it was handled. */
async function threadOf(
  { refunds: { db } }: ConversationContext,
  { conversationId }: StaffNote,
): Promise<CardReference | undefined> {
  if (!conversationId) return undefined;
  const open = (await readConversation(db, conversationId))?.supportThread;
  return open ?? (await latestSupportThread(db, conversationId));
}

async function openThread(
  context: ConversationContext,
  desk: SupportDesk,
  note: StaffNote,
  triedSince: Date | undefined,
): Promise<void> {
  const { db } = context.refunds;
  const conversationId = note.conversationId;
  const conversation = conversationId && (await readConversation(db, conversationId));
  if (!conversation) return;
  const sender = await readSender(db, conversation.senderId);
  const found = triedSince && (await desk.findThread(note.id, new Date(triedSince.getTime() - clockSkewMs)));
  const reference = found ?? (await desk.openThread(await describe(context, note, conversation, sender)));
  await db.transaction(async (tx) => {
    const { owner } = await lockConversation(tx, conversation.id);
    // Given back before it could be opened: what is written there must still find its conversation.
    const isOpen = owner === 'person';
    const opened = await insertSupportThread(tx, conversation, { ...reference, reason: note.text, isOpen });
    if (opened && isOpen) await schedulePointingOut(tx, context, opened);
  });
}

async function describe(
  context: ConversationContext,
  note: StaffNote,
  conversation: Conversation,
  sender: Sender,
): Promise<SupportThread> {
  const messages = await recentMessages(context.refunds.db, conversation.id, transcriptLength);
  const facts = await gatherFacts(context, { conversation, sender });
  return {
    key: note.id,
    conversationId: conversation.id,
    reason: note.text,
    customer: `${ways[conversation.channel]}${sender.phone ? ` · ...${sender.phone.slice(-4)}` : ''}`,
    ...describeHandOff(facts, messages),
    transcript: messages.map(({ author, text }) => ({ who: author, text })),
  };
}

const ways: Readonly<Record<ChannelKind, string>> = {
  sms: 'Text message',
  whatsapp: 'WhatsApp',
  chat: 'Web chat',
  terminal: 'Terminal chat',
  slack: 'Slack',
};
