import { type Channel, type OutgoingText, readInPlace } from '../ports/channel.ts';
import { clockSkewMs } from '../ports/clock.ts';
import type { ConversationId } from '../returns/ids.ts';
import { readSenderOf } from '../storage/consents.ts';
import { lockWithSender, wroteWithin } from '../storage/conversations.ts';
import { areRecorded, markTried, type OutboxRow, settleOutbox, waitingOutbox } from '../storage/outbox.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { leaveWindow, whatsappWindowSeconds } from './leave-window.ts';
import { isTooMuch } from './limit-text.ts';
import { settleAccepted } from './note-receipt.ts';
import { prepareDelivery } from './prepare-delivery.ts';
import { refuseText, windowClosed } from './refuse-text.ts';

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
    // What is to go out in another way takes those behind it along, into its own job.
    if ((await deliver(context, row, stopped)) === 'put-off') return;
  }
}

type Delivered = 'settled' | 'put-off';

async function deliver(context: ConversationContext, row: OutboxRow, optedOut: boolean): Promise<Delivered> {
  const { db, metrics } = context.refunds;
  const channel = context.channels[row.channel];
  let isHeld = optedOut;
  let delivered: Delivered = 'settled';
  if (optedOut) await holdBack(context, row, channel);
  else if (readInPlace.includes(row.channel)) await settleOutbox(db, row.id, 'sent');
  else if (!channel) await refuse(context, row, { reason: 'rejected', code: 'channel-not-configured' });
  else if (await isTooMuch(context, row)) isHeld = true;
  else delivered = await send(context, row, channel);
  if (delivered === 'settled') metrics.outgoingMessage(row.channel, isHeld ? 'suppressed' : 'settled');
  return delivered;
}

async function send(context: ConversationContext, row: OutboxRow, channel: Channel): Promise<Delivered> {
  const { db } = context.refunds;
  const text = textOf(row);
  const { firstTriedAt, again } = await markTried(db, row.id);
  if (again) {
    const lost = await findLost(context, row, channel, firstTriedAt);
    if (lost) {
      await settleAccepted(context, row, lost);
      return 'settled';
    }
  }
  if (await isBeyondWindow(context, row)) return putIntoTemplate(context, row);
  const receipt = await channel.send(text);
  if (receipt.kind === 'accepted') await settleAccepted(context, row, receipt.providerId);
  else if (receipt.code === windowClosed && !row.viaTemplate) return putIntoTemplate(context, row);
  else await refuse(context, row, receipt);
  return 'settled';
}

async function isBeyondWindow({ refunds: { db } }: ConversationContext, row: OutboxRow): Promise<boolean> {
  if (row.channel !== 'whatsapp' || row.viaTemplate) return false;
  return !(await wroteWithin(db, row, whatsappWindowSeconds));
}

async function putIntoTemplate(context: ConversationContext, row: OutboxRow): Promise<Delivered> {
  await context.refunds.db.transaction((tx) => leaveWindow(tx, context, row));
  return context.channels[row.channel]?.hasTemplate ? 'put-off' : 'settled';
}

function refuse(
  context: ConversationContext,
  row: OutboxRow,
  why: Parameters<typeof refuseText>[3],
): Promise<void> {
  return context.refunds.db.transaction((tx) => refuseText(tx, context, row, why));
}

function textOf(row: OutboxRow): OutgoingText {
  const { id, address, body, card, buttons, viaTemplate } = row;
  return {
    key: id,
    to: address,
    body,
    card: card ?? undefined,
    ...(buttons && { buttons }),
    ...(viaTemplate && { viaTemplate }),
  };
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
