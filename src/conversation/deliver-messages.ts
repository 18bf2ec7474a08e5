import { type Channel, readInPlace } from '../ports/channel.ts';
import { clockSkewMs } from '../ports/clock.ts';
import type { ConversationId } from '../returns/ids.ts';
import { lockWithSender } from '../storage/conversations.ts';
import { optOut, readSenderOf } from '../storage/customers.ts';
import { areRecorded, markTried, type OutboxRow, settleOutbox, waitingOutbox } from '../storage/outbox.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';

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
    const { optedOut } = await lockWithSender(tx, conversationId);
    return { optedOut, rows: await waitingOutbox(tx, conversationId) };
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
  if (optedOut) await holdBack(context, row);
  else if (readInPlace.includes(row.channel)) await settleOutbox(db, row.id, 'sent');
  else if (!channel) await refuse(context, row, 'rejected', 'channel-not-configured');
  else await send(context, row, channel);
  metrics.outgoingMessage(row.channel, optedOut ? 'suppressed' : 'settled');
}

async function send(context: ConversationContext, row: OutboxRow, channel: Channel): Promise<void> {
  const { db } = context.refunds;
  const text = { key: row.id, to: row.address, body: row.body, card: row.card ?? undefined };
  const { firstTriedAt, again } = await markTried(db, row.id);
  if (again) {
    const candidates = await channel.findSent(text, new Date(firstTriedAt.getTime() - clockSkewMs));
    const ours = await areRecorded(db, row.store, candidates);
    const lost = candidates.find((id) => !ours.has(id));
    if (lost) return settleOutbox(db, row.id, 'sent', { providerId: lost });
  }
  const receipt = await channel.send(text);
  if (receipt.kind === 'accepted') await settleOutbox(db, row.id, 'sent', { providerId: receipt.providerId });
  else await refuse(context, row, receipt.reason, receipt.code);
}

/** Written before the customer opted out, and never sent: staff read it instead. */
async function holdBack({ refunds: { db, jobs } }: ConversationContext, row: OutboxRow): Promise<void> {
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
    if (reason === 'opted-out') await optOut(tx, (await readSenderOf(tx, row.conversationId)).sender);
    await addStaffNote(tx, jobs, {
      store: row.store,
      conversationId: row.conversationId,
      kind: 'notice',
      text: `${row.channel === 'slack' ? 'An answer to a colleague in Slack' : 'A message to a customer'} could not be delivered (${reason}, code ${code}).`,
    });
  });
}
