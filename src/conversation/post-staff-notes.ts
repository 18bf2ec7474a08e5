import type { SupportDesk } from '../ports/support-desk.ts';
import { lockConversation, readConversation, recentMessages, setOwner } from '../storage/conversations.ts';
import { readSender } from '../storage/customers.ts';
import {
  lockStaffNotes,
  markNoteSent,
  markNoteTried,
  type StaffNote,
  waitingStaffNotes,
} from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { transcriptLength } from './transcript.ts';

const clockSkewMs = 5 * 60_000;

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
  const conversation =
    note.conversationId && (await readConversation(context.refunds.db, note.conversationId));
  const thread = conversation ? conversation.supportThread : undefined;
  const text = { key: note.id, text: note.text };
  if (!thread || note.kind === 'notice') return desk.notify(text);
  if (again && (await desk.findNote(thread, note.id))) return;
  await desk.addToThread(thread, text);
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
  const thread =
    found ??
    (await desk.openThread({
      key: note.id,
      conversationId: conversation.id,
      reason: note.text,
      customer: `${conversation.channel} ${sender.phone ? `...${sender.phone.slice(-4)}` : ''}`.trim(),
      transcript: (
        await recentMessages(db, conversation.id, transcriptLength)
      ).map(({ author, text }) => ({
        who: author,
        text,
      })),
    }));
  await db.transaction(async (tx) => {
    const current = await lockConversation(tx, conversation.id);
    if (current.owner === 'person') await setOwner(tx, conversation.id, 'person', thread);
  });
}
