import { type Channel, type OutgoingText, readInPlace } from '../ports/channel.ts';
import { clockSkewMs } from '../ports/clock.ts';
import type { ConversationId } from '../returns/ids.ts';
import { readSenderOf, recordConsent } from '../storage/consents.ts';
import { lockWithSender } from '../storage/conversations.ts';
import { areRecorded, markTried, type OutboxRow, settleOutbox, waitingOutbox } from '../storage/outbox.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { isTooMuch } from './limit-text.ts';
import { prepareDelivery } from './prepare-delivery.ts';

/**
 * Sends what waits in one conversation, in order. Neither Twilio nor Slack has an idempotency key: from the
 * second attempt on what is there is read before a text is sent again.
 */
export async function deliverMessages(
  context: ConversationContext,
  conversationId: ConversationId,
): Promise<void> {
  const { db } = context.refunds;
  // What is added after this has a job of its own: it was enqueued while this one ran, under the same lock.
  const { optedOut, rows } = await db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, conversationId);
    const waiting = await waitingOutbox(tx, conversationId);
    return { optedOut: locked.optedOut, rows: await prepareDelivery(tx, context, locked, waiting) };
  });
  for (const [index, row] of rows.entries()) {
    // Asked anew before each: a STOP may come while earlier texts are on their way.
    const stopped = optedOut || (index > 0 && (await readSenderOf(db, conversationId)).optedOut);
    await deliver(context, row, stopped);
  }
}

async function deliver(context: ConversationContext, row: OutboxRow, optedOut: boolean): Promise<void> {
  const { db, metrics } = context.refunds;
  const channel = context.channels[row.channel];
  let isHeld = optedOut;
  if (optedOut) await holdBack(context, row, channel);
  else if (readInPlace.includes(row.channel)) await settleOutbox(db, row.id, 'sent');
  else if (!channel) await refuse(context, row, 'rejected', 'channel-not-configured');
  else if (await isTooMuch(context, row)) isHeld = true;
  else await send(context, row, channel);
  metrics.outgoingMessage(row.channel, isHeld ? 'suppressed' : 'settled');
}

async function send(context: ConversationContext, row: OutboxRow, channel: Channel): Promise<void> {
  const { db } = context.refunds;
  const text = textOf(row);
  const { firstTriedAt, again } = await markTried(db, row.id);
  if (again) {
    const lost = await findLost(context, row, channel, firstTriedAt);
    if (lost) return settleOutbox(db, row.id, 'sent', { providerId: lost });
  }
  const receipt = await channel.send(text);
  if (receipt.kind === 'accepted') await settleOutbox(db, row.id, 'sent', { providerId: receipt.providerId });
  else await refuse(context, row, receipt.reason, receipt.code);
}

function textOf(row: OutboxRow): OutgoingText {
  return { key: row.id, to: row.address, body: row.body, card: row.card ?? undefined };
}

/** The provider may have taken it although its answer never came. */
async function findLost(
  { refunds: { db } }: ConversationContext,
  row: OutboxRow,
  channel: Channel,
  firstTriedAt: Date,
): Promise<string | undefined> {
  const since = new Date(firstTriedAt.getTime() - clockSkewMs);
  const candidates = await channel.findSent(textOf(row), since);
  const ours = await areRecorded(db, row.store, candidates);
  return candidates.find((id) => !ours.has(id));
}

/** Written before the customer opted out, and not sent: staff read it instead. */
async function holdBack(
  context: ConversationContext,
  row: OutboxRow,
  channel: Channel | undefined,
): Promise<void> {
  const { db, jobs } = context.refunds;
  const lost = row.firstTriedAt && channel && (await findLost(context, row, channel, row.firstTriedAt));
  if (lost) return settleOutbox(db, row.id, 'sent', { providerId: lost });
  await db.transaction(async (tx) => {
    await settleOutbox(tx, row.id, 'suppressed');
    await addStaffNote(tx, jobs, {
      store: row.store,
      conversationId: row.conversationId,
      kind: 'notice',
      text: `The customer opted out of messages before this one was sent: ${row.body}`,
    });
  });
}

/** The text can never arrive: people are told, because the customer cannot be. */
async function refuse(
  { refunds: { db, jobs, log } }: ConversationContext,
  row: OutboxRow,
  reason: 'opted-out' | 'unreachable' | 'rejected',
  code: string,
): Promise<void> {
  log.warn('A text was refused', { channel: row.channel, code, outcome: reason });
  await db.transaction(async (tx) => {
    await settleOutbox(tx, row.id, 'refused', { errorCode: code });
    // Without the conversation's lock: who receives a text takes the sender's first, then that one.
    const { sender } = await readSenderOf(tx, row.conversationId);
    if (reason === 'opted-out' && !sender.optedOutAt)
      await recordConsent(tx, sender, row.conversationId, { kind: 'stop', source: 'refusal' });
    await addStaffNote(tx, jobs, {
      store: row.store,
      conversationId: row.conversationId,
      kind: 'notice',
      text: `${row.channel === 'slack' ? 'An answer to a colleague in Slack' : 'A message to a customer'} could not be delivered (${reason}, code ${code}).`,
    });
  });
}
