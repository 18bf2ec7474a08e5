import {
  codeRepeatSeconds,
  macOfPhone,
  mostCodesPerPhone,
  mostCodesPerSender,
  phoneForCode,
} from '../returns/one-time-code.ts';
import type { Order } from '../returns/order.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { countCodes, insertCode, wasJustAsked } from '../storage/one-time-codes.ts';
import { lockSender } from '../storage/proofs.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import { countUses } from '../storage/usage.ts';
import type { RefundContext } from './context.ts';
import { type Asker, findOrder, maySee } from './read-order.ts';
import { isLocked } from './settle-proof.ts';

export type CodeAsked =
  /** They own it already. */
  | { readonly kind: 'visible'; readonly order: Order }
  /** It is on its way to the phone on the order, or there is no such phone, or no such order. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'locked' }
  /** Nothing here sends texts. */
  | { readonly kind: 'no-texts' };

/**
 * A code for somebody who writes from another phone than the one on the order. Every answer but `visible` says
 * the same of orders that exist and of others, and takes the same requests, statements and job.
 */
export async function askForCode(
  context: RefundContext,
  asker: Asker,
  orderNumber: string,
): Promise<CodeAsked> {
  const { db, jobs, codeKey } = context;
  const { conversation, sender } = asker;
  if (!codeKey || conversation.party !== 'customer') return { kind: 'no-texts' };
  const now = await databaseNow(db);
  if (isLocked(sender, now)) return { kind: 'locked' };
  const order = await findOrder(context, asker, orderNumber);
  if ((await maySee(context, asker, order)) && order) return { kind: 'visible', order };

  const phone = order && phoneForCode(order, now);
  const subject = codeSubject(orderNumber);
  const phoneMac = macOfPhone(codeKey, phone ?? `none ${sender.store} ${subject}`);
  return db.transaction(async (tx) => {
    const current = await lockSender(tx, sender.id);
    if (isLocked(current, await databaseNow(tx))) return { kind: 'locked' };
    if (await wasJustAsked(tx, current, subject, codeRepeatSeconds)) return { kind: 'asked' };
    const { ofSender, toPhone } = await countCodes(tx, current, phoneMac);
    if (ofSender >= mostCodesPerSender || (await isPumping(tx, context))) return { kind: 'too-many' };
    const goesOut = phone !== undefined && toPhone < mostCodesPerPhone;
    const codeId = await insertCode(tx, current, {
      orderNumber: subject,
      orderId: goesOut ? order?.id : undefined,
      phone: goesOut ? phone : undefined,
      phoneMac,
    });
    await recordAudit(tx, {
      store: sender.store,
      conversationId: conversation.id,
      actor: 'customer',
      action: 'identity.code-asked',
      subject: codeId,
      detail: { goesOut },
    });
    await jobs.enqueue(tx, 'text-code', { codeId });
    return { kind: 'asked' };
  });
}

/** Asked for whatever order it is for; the row is everybody's. */
async function isPumping(tx: Tx, context: RefundContext): Promise<boolean> {
  const { jobs, metrics, store } = context;
  const limit = 'store-codes-hourly';
  const [counted] = await countUses(tx, context, { limit });
  if (!counted || counted.verdict === 'within') return false;
  metrics.limitReached(limit);
  const text = `More codes are asked for than the store's limit (${limit}). For now nobody is texted one; customers are asked for their e-mail address and postal code instead.`;
  await addStaffNoteOnce(tx, jobs, { store, text }, '1 day');
  return true;
}

/** As the shop compares names. */
export function codeSubject(orderNumber: string): string {
  return orderNumber.trim().replace(/^#/, '').toLowerCase();
}
