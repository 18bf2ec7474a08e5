import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConversationContext } from '../conversation/context.ts';
import { receiveMessage } from '../conversation/receive-message.ts';
import { replyAfter } from '../http/chat-api.ts';
import type { ConversationId } from '../returns/ids.ts';
import { isTerminal } from '../returns/refund.ts';
import { isOptedOut } from '../storage/consents.ts';
import {
  messagesAfter,
  openConversation,
  readConversation,
  recentMessages,
  waitingMessages,
} from '../storage/conversations.ts';
import { findOrCreateSender } from '../storage/customers.ts';
import { refundsOfConversation } from '../storage/refunds.ts';
import type { Speaker } from './speaker.ts';

export type Sent =
  | 'answered'
  /** It may still come. */
  | 'late'
  /** Nobody will answer: a person has the conversation, or the sender wants no messages. */
  | 'with-a-person'
  | 'opted-out';

export type Talk = {
  readonly conversationId: ConversationId;
  /** Resolves with the number of the stored message and what became of it. */
  send(text: string): Promise<{ readonly sent: Sent; readonly seq: number }>;
  /** What was said to the speaker since the last call, oldest first; each text once. */
  news(): Promise<readonly string[]>;
  /** The first text after a message: the reply of its turn, without outcomes that followed. */
  firstAfter(seq: number): Promise<string | undefined>;
  /** Waits while a refund of this conversation is being made or its outcome is about to be told. */
  settle(timeoutMs: number): Promise<void>;
};

const replyTimeoutMs = 30_000;

/** The speaker's conversation, from now on: what was said before is not repeated. */
export async function openTalk(context: ConversationContext, speaker: Speaker): Promise<Talk> {
  const { db, store } = context.refunds;
  const { id, senderId } = await db.transaction(async (tx) => {
    const sender = await findOrCreateSender(tx, { store, channel: 'terminal', ...speaker });
    return openConversation(tx, sender, speaker.party);
  });
  let heardSeq = (await recentMessages(db, id, 1)).at(-1)?.seq ?? 0;

  return {
    conversationId: id,
    async send(text) {
      const { seq = 0 } = await receiveMessage(context, {
        provider: 'terminal',
        providerMessageId: randomUUID(),
        channel: 'terminal',
        text,
        ...speaker,
      });
      const ignored = await whyIgnored(context, id, senderId, seq);
      if (ignored) return { sent: ignored, seq };
      const reply = await replyAfter(context, id, seq, replyTimeoutMs);
      return { sent: reply === undefined ? 'late' : 'answered', seq };
    },
    async news() {
      const said = (await messagesAfter(db, id, heardSeq)).filter((message) => message.seq > heardSeq);
      heardSeq = said.at(-1)?.seq ?? heardSeq;
      const texts = said.filter((message) => message.author !== 'customer').map((message) => message.text);
      if (texts.length === 0 || (await isOptedOut(db, { id: senderId }))) return [];
      return texts;
    },
    async firstAfter(seq) {
      return (await messagesAfter(db, id, seq)).find((message) => message.author !== 'customer')?.text;
    },
    async settle(timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      while ((await hasRefundUnderWay(context, id)) && performance.now() < deadline) await wait(50);
    },
  };
}

/** A message that starts a turn waits until the turn's reply is there; one that starts none never waits. */
async function whyIgnored(
  { refunds: { db } }: ConversationContext,
  id: ConversationId,
  senderId: string,
  seq: number,
): Promise<Sent | undefined> {
  if ((await waitingMessages(db, id)).length > 0) return undefined;
  const after = await messagesAfter(db, id, seq);
  if (after.some((message) => message.author !== 'customer')) return undefined;
  if ((await readConversation(db, id))?.owner === 'person') return 'with-a-person';
  return (await isOptedOut(db, { id: senderId })) ? 'opted-out' : undefined;
}

async function hasRefundUnderWay({ refunds: { db } }: ConversationContext, id: ConversationId) {
  const refunds = await refundsOfConversation(db, id);
  return refunds.some(
    ({ state, toldAt }) =>
      state !== 'awaiting-approval' && state !== 'offered' && (!isTerminal(state) || !toldAt),
  );
}
