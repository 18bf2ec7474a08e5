import type { Channel } from '../ports/channel.ts';
import { clockSkewMs } from '../ports/clock.ts';
import { codeMinutes, codeOf } from '../returns/one-time-code.ts';
import { type CodeRow, markCodeTried, readCode, settleCode } from '../storage/one-time-codes.ts';
import type { ConversationContext } from './context.ts';

/**
 * Texts a code to the phone on the order. Not through the outbox: that is of the conversation, whose owner is
 * not known to own the phone, and its rows keep their words. For most that nobody may know of, nothing is sent.
 */
export async function textCode(context: ConversationContext, codeId: string): Promise<void> {
  const { db } = context.refunds;
  const row = await readCode(db, codeId);
  if (row?.state !== 'waiting') return;
  const channel = context.channels.sms;
  // Who texted STOP gets nothing, not even what others ask for.
  if (!row.phone || !row.isLive || row.optedOut || !channel) return settleCode(db, row.id, 'withheld');
  await send(context, channel, row, row.phone);
}

async function send(
  { refunds, storeName }: ConversationContext,
  channel: Channel,
  row: CodeRow,
  to: string,
): Promise<void> {
  const { db, codeKey, log, metrics } = refunds;
  if (!codeKey) return settleCode(db, row.id, 'withheld');
  const text = { key: row.id, to, body: sayCode(storeName, codeOf(codeKey, row.id)) };
  const { firstTriedAt, again } = await markCodeTried(db, row.id);
  if (again) {
    const [lost] = await channel.findSent(text, new Date(firstTriedAt.getTime() - clockSkewMs));
    if (lost) return settleCode(db, row.id, 'sent', lost);
  }
  const receipt = await channel.send(text);
  metrics.outgoingMessage('sms', 'settled');
  if (receipt.kind === 'accepted') return settleCode(db, row.id, 'sent', receipt.providerId);
  log.warn('A text was refused', { channel: 'sms', code: receipt.code, outcome: receipt.reason });
  return settleCode(db, row.id, 'refused');
}

/** One segment for a store with a short name; it names no order. */
function sayCode(storeName: string, code: string): string {
  return `${storeName}: your code is ${code}, good for ${codeMinutes} minutes. Give it to nobody. If you did not ask for it, ignore this text.`;
}
