import { readSenderOf } from '../storage/consents.ts';
import { isStaffsWord } from '../storage/held-messages.ts';
import { type OutboxRow, settleOutbox } from '../storage/outbox.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import { countUses } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';
import { isTextable, tellOfCountry } from './sms-destination.ts';

/**
 * True when a text that costs money may not leave: it is settled then and people are told, once a day. What
 * may have left before is not counted again, and what a colleague wrote by hand goes out.
 */
export async function isTooMuch(context: ConversationContext, row: OutboxRow): Promise<boolean> {
  const { db } = context.refunds;
  if ((row.channel !== 'sms' && row.channel !== 'whatsapp') || row.firstTriedAt) return false;
  const limit = (await isElsewhere(context, row)) ? 'sms-countries' : await usedUp(context, row);
  if (limit === undefined || (await isStaffsWord(db, row.messageId))) return false;
  await holdBack(context, row, limit);
  return true;
}

async function isElsewhere(context: ConversationContext, row: OutboxRow): Promise<boolean> {
  const nobody = { customerId: null, smsAllowedAt: null };
  if (row.channel !== 'sms' || isTextable(context, row.address, nobody)) return false;
  const { sender } = await readSenderOf(context.refunds.db, row.conversationId);
  return !isTextable(context, row.address, sender);
}

async function usedUp(context: ConversationContext, row: OutboxRow): Promise<string | undefined> {
  const counted = await countUses(
    context.refunds.db,
    context.refunds,
    { limit: 'sender-texts-daily', subject: row.conversationId },
    { limit: 'store-texts-daily' },
  );
  return counted.find(({ verdict }) => verdict !== 'within')?.limit;
}

async function holdBack(context: ConversationContext, row: OutboxRow, limit: string): Promise<void> {
  const { db, jobs, log, metrics } = context.refunds;
  const { store } = row;
  log.warn('A text was held back by a limit', { kind: limit, conversationId: row.conversationId });
  await db.transaction(async (tx) => {
    await settleOutbox(tx, row.id, 'suppressed', { errorCode: limit });
    if (limit === 'sms-countries') return tellOfCountry(tx, context, store);
    metrics.limitReached(limit);
    const isStores = limit === 'store-texts-daily';
    const whose = isStores ? 'everybody' : row.address;
    const text = `The texts of a day to ${whose} are used up (${limit}). Further ones are kept and not sent.`;
    const conversationId = isStores ? null : row.conversationId;
    await addStaffNoteOnce(tx, jobs, { store, conversationId, text }, '1 day');
  });
}
