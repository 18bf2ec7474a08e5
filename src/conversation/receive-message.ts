import type { ChannelKind } from '../ports/channel.ts';
import type { ConversationId, PhoneNumber } from '../returns/ids.ts';
import { findAnswered } from '../storage/answered-message.ts';
import { isOptedOut } from '../storage/consents.ts';
import {
  appendMessage,
  type Conversation,
  markAnswered,
  openConversation,
} from '../storage/conversations.ts';
import { findOrCreateSender, type Sender } from '../storage/customers.ts';
import { type Db, inTransaction, type Tx, together } from '../storage/database.ts';
import { recordInbound } from '../storage/inbox.ts';
import { isDatabaseFault } from '../storage/is-database-fault.ts';
import { noteMedia } from '../storage/media.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { countMessage } from './count-message.ts';
import { holdMessage } from './hold-message.ts';
import { judgeLateMessage, type Late } from './judge-late-message.ts';
import { type Keyword, readKeyword } from './keywords.ts';
import { obeyKeyword } from './obey-keyword.ts';
import { markEmails, setEmailsApart } from './typed-emails.ts';
import { createWaitingLine } from './waiting-line.ts';

export type InboundMessage = {
  /** Who delivered it, and under which id: a redelivery has the same two. */
  readonly provider: string;
  readonly providerMessageId: string;
  readonly channel: ChannelKind;
  readonly address: string;
  readonly phone: PhoneNumber | undefined;
  /** By which the channel knows the person whatever their address. */
  readonly externalId?: string | undefined;
  readonly text: string;
  readonly repliedTo?: RepliedTo | undefined;
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

/** Which text of ours a message answers. */
export type RepliedTo = {
  /** Our id of the text. */
  readonly key: string | undefined;
  readonly providerMessageId: string | undefined;
  /** A button below it, not words of their own. */
  readonly isTapped: boolean;
};

export type ReceivedMessage = {
  readonly kind: 'stored' | 'duplicate';
  readonly conversationId: ConversationId;
  /** Of the stored message; answers come after it. */
  readonly seq: number | undefined;
  /** A turn will answer it. */
  readonly isToBeAnswered: boolean;
};

type Arrived = { readonly context: ConversationContext; readonly inbound: InboundMessage };
type Line = ReturnType<typeof createWaitingLine<Arrived, ReceivedMessage>>;

const lines = new WeakMap<Db, Line>();

/**
 * Takes in one message, in one transaction: once in the inbox, appended to the conversation, and the turn
 * that answers it queued. The caller acknowledges to the provider only after this resolved.
 */
export async function receiveMessage(
  context: ConversationContext,
  inbound: InboundMessage,
): Promise<ReceivedMessage> {
  const { db, metrics } = context.refunds;
  const line = lines.get(db) ?? createWaitingLine(receiveTogether, isDatabaseFault);
  lines.set(db, line);
  const received = await line(`${inbound.channel} ${inbound.address}`, { context, inbound });
  const outcome = inbound.late && received.kind === 'stored' ? 'recovered' : received.kind;
  metrics.inboundMessage(inbound.channel, outcome);
  return received;
}

/** Of one sender: they would lock each other out, and a flood of one would hold up everybody. */
async function receiveTogether(arrived: readonly Arrived[]): Promise<readonly ReceivedMessage[]> {
  const [first] = arrived;
  if (!first) return [];
  return inTransaction(first.context.refunds.db, async (tx) => {
    const received: ReceivedMessage[] = [];
    for (const { context, inbound } of arrived) received.push(await receive(tx, context, inbound));
    return received;
  });
}

async function receive(
  tx: Tx,
  context: ConversationContext,
  inbound: InboundMessage,
): Promise<ReceivedMessage> {
  const { store } = context.refunds;
  const { channel, address, phone, externalId, provider, providerMessageId } = inbound;
  const sender = await findOrCreateSender(tx, { store, channel, address, phone, externalId });
  const conversation = await openConversation(tx, sender, inbound.party);
  const conversationId = conversation.id;
  const entry = await recordInbound(tx, { store, provider, providerMessageId, conversationId });
  if (entry === 'duplicate')
    return { kind: 'duplicate', conversationId, seq: undefined, isToBeAnswered: false };
  const { seq, isToBeAnswered } = await takeIn(tx, context, conversation, sender, inbound);
  return { kind: 'stored', conversationId, seq, isToBeAnswered };
}

async function takeIn(
  tx: Tx,
  context: ConversationContext,
  conversation: Conversation,
  sender: Sender,
  inbound: InboundMessage,
): Promise<{ readonly seq: number; readonly isToBeAnswered: boolean }> {
  const { jobs } = context.refunds;
  const { text, emails } = setEmailsApart(cleanText(inbound.text), context.personal, conversation.id);
  const replyToSeq = await findReplyTo(tx, conversation, inbound.repliedTo);
  const [message, optedOut, counted] = await together(
    appendMessage(
      tx,
      conversation,
      'customer',
      text,
      inbound.authorId,
      emails,
      inbound.media?.length,
      replyToSeq,
    ),
    isOptedOut(tx, sender),
    countMessage(tx, context, conversation),
  );
  if (inbound.media && !optedOut) {
    for (const mediaId of await noteMedia(tx, message, inbound.media)) {
      await jobs.enqueue(tx, 'fetch-media', { mediaId });
    }
  }
  const noTurn = { seq: message.seq, isToBeAnswered: false };
  // Among colleagues "stop" and "help" are words like any other.
  const keyword =
    inbound.channel === 'slack' ? undefined : readKeyword(text, { optedOut }, inbound.answeredKeyword);
  const worth = inbound.late && (await judgeLateMessage(tx, message, inbound.late, keyword?.kind));
  if (inbound.late && worth === 'only-recorded') {
    await markAnswered(tx, conversation.id, message.seq, conversation.turnNumber);
    await tellOfLate(tx, context, conversation, inbound, inbound.late);
    return noTurn;
  }

  const locked = { conversation, sender, optedOut };
  const above =
    counted && (await holdMessage(tx, context, locked, message, { counted, keyword: keyword?.kind }));
  if (above === 'held') return noTurn;
  if (!keyword && !optedOut && conversation.owner === 'agent') {
    await jobs.enqueue(tx, 'take-turn', { conversationId: conversation.id });
    return { seq: message.seq, isToBeAnswered: true };
  }
  // Nothing else starts a turn: a keyword is obeyed, a person owns it, or the sender wants no answers.
  await markAnswered(tx, conversation.id, message.seq, conversation.turnNumber);
  if (keyword) {
    const isAnswered = inbound.answeredKeyword !== undefined || above !== undefined;
    await obeyKeyword(tx, context, locked, keyword, isAnswered);
  } else {
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
  return noTurn;
}

/** Below a text we know nothing of, a button answers nothing that was said here. */
async function findReplyTo(
  tx: Tx,
  conversation: Conversation,
  repliedTo: RepliedTo | undefined,
): Promise<number | undefined> {
  if (!repliedTo) return undefined;
  return (await findAnswered(tx, conversation, repliedTo)) ?? (repliedTo.isTapped ? 0 : undefined);
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
