import type { Asker } from '../refunds/read-order.ts';
import { isAmong } from '../returns/sms-countries.ts';
import { lockWithSender, type Message } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { allowSms } from '../storage/held-messages.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { keepAsked } from './limit-turn.ts';

/**
 * Whether this sender gets SMS: their country does, or they are a customer. Numbers far away that write to
 * bots live on the texts they get back.
 */
export async function mayAnswer(
  context: ConversationContext,
  { conversation, sender }: Asker,
): Promise<boolean> {
  if (conversation.channel !== 'sms' || isTextable(context, sender.address, sender)) return true;
  const { storefront, db } = context.refunds;
  const orders = sender.phone ? await storefront.listOrdersByPhone(sender.phone) : [];
  if (orders.length === 0) return false;
  await allowSms(db, sender.id);
  return true;
}

/** As far as is known here; whether there is an order is asked when somebody writes. */
export function isTextable(
  { smsCountries }: ConversationContext,
  address: string,
  { customerId, smsAllowedAt }: Pick<Asker['sender'], 'customerId' | 'smsAllowedAt'>,
): boolean {
  if (smsCountries === undefined || isAmong(smsCountries, address)) return true;
  return customerId !== null || smsAllowedAt !== null;
}

/** Keeps what was asked; nobody is sent anything, and people are told once a day. */
export async function keepUnanswered(
  context: ConversationContext,
  turn: { readonly number: number; readonly asker: Asker; readonly asked: readonly Message[] },
): Promise<void> {
  await context.refunds.db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, turn.asker.conversation.id);
    if (locked.conversation.turnNumber !== turn.number) return;
    await keepAsked(tx, context, locked, turn.asked);
    await tellOfCountry(tx, context, locked.conversation.store);
  });
}

export async function tellOfCountry(
  tx: Tx,
  { refunds: { jobs, metrics } }: ConversationContext,
  store: string,
): Promise<void> {
  metrics.limitReached('sms-countries');
  await addStaffNoteOnce(tx, jobs, { store, text: elsewhere }, '1 day');
}

const elsewhere =
  'Somebody writes by SMS from a country that gets none (SMS_COUNTRIES), without an order. What they write is kept and gets no answer.';
