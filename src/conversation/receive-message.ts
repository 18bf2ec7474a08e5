import type { ChannelKind } from '../ports/channel.ts';
import type { ConversationId, PhoneNumber } from '../returns/ids.ts';
import {
  appendMessage,
  type Conversation,
  markAnswered,
  openConversation,
} from '../storage/conversations.ts';
import { findOrCreateSender, isOptedOut, type Sender } from '../storage/customers.ts';
import { inTransaction, type Tx, together } from '../storage/database.ts';
import { recordInbound } from '../storage/inbox.ts';
import { noteMedia } from '../storage/media.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { judgeLateMessage, type Late } from './judge-late-message.ts';
import { type Keyword, readKeyword } from './keywords.ts';
import { obeyKeyword } from './obey-keyword.ts';
import { markEmails, setEmailsApart } from './typed-emails.ts';

export type InboundMessage = {
  /** Who delivered it, and under which id: a redelivery has the same two. */
  readonly provider: string;
  readonly providerMessageId: string;
  readonly channel: ChannelKind;
  readonly address: string;
  readonly phone: PhoneNumber | undefined;
  readonly text: string;
  /** Where the provider keeps what came with it. */
  readonly media?: readonly string[];
  /** Twilio saw a keyword and has answered it already. */
  readonly answeredKeyword?: Keyword | undefined;
  readonly party?: 'customer' | 'staff';
  /** The Slack user who wrote it. */
  readonly authorId?: string | undefined;
  /** It was never delivered, and found only now. */
  readonly late?: Late | undefined;
};

export type ReceivedMessage = {
  readonly kind: 'stored' | 'duplicate';
  readonly conversationId: ConversationId;
  /** Of the stored message; answers come after it. */
  readonly seq: number | undefined;
};

/**
 * Takes in one message, in one transaction: once in the inbox, appended to the conversation, and the turn
 * that answers it queued. The caller acknowledges to the provider only after this resolved.
 */
export async function receiveMessage(
  context: ConversationContext,
  inbound: InboundMessage,
): Promise<ReceivedMessage> {
  const { db, store, metrics } = context.refunds;
  const received = await inTransaction(db, async (tx): Promise<ReceivedMessage> => {
    const sender = await findOrCreateSender(tx, {
      store,
      channel: inbound.channel,
      address: inbound.address,
      phone: inbound.phone,
    });
    const conversation = await openConversation(tx, sender, inbound.party);
    const entry = await recordInbound(tx, {
      store,
      provider: inbound.provider,
      providerMessageId: inbound.providerMessageId,
      conversationId: conversation.id,
    });
    if (entry === 'duplicate') return { kind: 'duplicate', conversationId: conversation.id, seq: undefined };
    const seq = await takeIn(tx, context, conversation, sender, inbound);
    return { kind: 'stored', conversationId: conversation.id, seq };
  });
  const outcome = inbound.late && received.kind === 'stored' ? 'recovered' : received.kind;
  metrics.inboundMessage(inbound.channel, outcome);
  return received;
}

async function takeIn(
  tx: Tx,
  context: ConversationContext,
  conversation: Conversation,
  sender: Sender,
  inbound: InboundMessage,
): Promise<number> {
  const { jobs } = context.refunds;
  const { text, emails } = setEmailsApart(cleanText(inbound.text), context.personal, conversation.id);
  const [message, optedOut] = await together(
    appendMessage(tx, conversation, 'customer', text, inbound.authorId, emails),
    isOptedOut(tx, sender),
  );
  if (inbound.media && !optedOut) {
    for (const mediaId of await noteMedia(tx, message, inbound.media)) {
      await jobs.enqueue(tx, 'fetch-media', { mediaId });
    }
  }
  // Among colleagues "stop" and "help" are words like any other.
  const keyword =
    inbound.channel === 'slack' ? undefined : (inbound.answeredKeyword ?? readKeyword(text, { optedOut }));
  const worth = inbound.late && (await judgeLateMessage(tx, message, inbound.late, keyword));
  if (inbound.late && worth === 'only-recorded') {
    await markAnswered(tx, conversation.id, message.seq, conversation.turnNumber);
    await tellOfLate(tx, context, conversation, inbound, inbound.late);
    return message.seq;
  }

  if (!keyword && !optedOut && conversation.owner === 'agent') {
    await jobs.enqueue(tx, 'take-turn', { conversationId: conversation.id });
    return message.seq;
  }
  // Nothing else starts a turn: a keyword is obeyed, a person owns it, or the sender wants no answers.
  await markAnswered(tx, conversation.id, message.seq, conversation.turnNumber);
  const locked = { conversation, sender, optedOut };
  if (keyword) await obeyKeyword(tx, context, locked, keyword, inbound.answeredKeyword !== undefined);
  else {
    await addStaffNote(tx, jobs, {
      store: conversation.store,
      conversationId: conversation.id,
      kind: conversation.owner === 'person' ? 'thread-note' : 'notice',
      // Said whose words they are: the bot's own notices stand in the same thread.
      text:
        conversation.owner === 'person'
          ? `Customer: ${text}`
          : `Somebody who opted out of messages wrote: ${text}`,
    });
  }
  return message.seq;
}

async function tellOfLate(
  tx: Tx,
  { refunds: { jobs } }: ConversationContext,
  { id: conversationId, store }: Conversation,
  { address, text }: InboundMessage,
  { sentAt }: Late,
): Promise<void> {
  const day = sentAt.toISOString().slice(0, 10);
  await addStaffNote(tx, jobs, {
    store,
    conversationId,
    kind: 'notice',
    text: `A text from ${address}, sent on ${day}, was never delivered to me. I found it only now and did not answer it: ${markEmails(cleanText(text))}`,
  });
}

/** PostgreSQL stores no NUL; an empty message is still something the customer did. */
function cleanText(text: string): string {
  const clean = text.replaceAll('\u0000', '').toWellFormed().slice(0, 10_000).trim();
  return clean === '' ? '(empty message)' : clean;
}
