import type { Db, Tx } from '../storage/database.ts';
import {
  findSentText,
  lockReceipt,
  type OutboxRow,
  type Receipt,
  readReceipt,
  recordReceipt,
  sendPlain,
  settleOutbox,
} from '../storage/outbox.ts';
import type { ConversationContext } from './context.ts';
import { leaveWindow } from './leave-window.ts';
import { refuseText, windowClosed } from './refuse-text.ts';

/**
 * What became of a text. Only that WhatsApp failed to take one changes anything: Twilio finds that out after it
 * has accepted the text. Other receipts come in great numbers and have connections of their own.
 */
export async function noteReceipt(
  context: ConversationContext,
  receipts: Db,
  receipt: Receipt & { readonly isWhatsapp: boolean },
): Promise<void> {
  const { isWhatsapp, ...noted } = receipt;
  if (!isWhatsapp || !hasFailed(noted)) return recordReceipt(receipts, noted);
  await context.refunds.db.transaction(async (tx) => {
    await lockReceipt(tx, noted);
    await recordReceipt(tx, noted);
    const row = await findSentText(tx, noted);
    if (row) await takeBack(tx, context, row, noted.errorCode);
  });
}

/** The provider took it. The receipt that it failed may have come before its answer. */
export async function settleAccepted(
  context: ConversationContext,
  row: OutboxRow,
  providerId: string,
): Promise<void> {
  const { db } = context.refunds;
  if (row.channel !== 'whatsapp') return settleOutbox(db, row.id, 'sent', { providerId });
  await db.transaction(async (tx) => {
    const key = { store: row.store, providerId };
    await lockReceipt(tx, key);
    const receipt = await readReceipt(tx, key);
    if (receipt && hasFailed(receipt)) return takeBack(tx, context, row, receipt.errorCode ?? undefined);
    await settleOutbox(tx, row.id, 'sent', { providerId });
  });
}

function hasFailed({ status }: { readonly status: string }): boolean {
  return status === 'failed' || status === 'undelivered';
}

/** Once for every text: it is no longer one that was sent, or sent in another way. */
async function takeBack(tx: Tx, context: ConversationContext, row: OutboxRow, code = 'none'): Promise<void> {
  if (code === windowClosed && !row.viaTemplate) return leaveWindow(tx, context, row);
  if (row.buttons) {
    await sendPlain(tx, row.id);
    return context.refunds.jobs.enqueue(tx, 'deliver-messages', { conversationId: row.conversationId });
  }
  await refuseText(tx, context, row, { reason: 'rejected', code });
}
