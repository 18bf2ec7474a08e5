import { readSenderOf, recordConsent } from '../storage/consents.ts';
import type { Tx } from '../storage/database.ts';
import { type OutboxRow, settleOutbox } from '../storage/outbox.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';

/** WhatsApp takes no free text this long after the last one. https://www.twilio.com/docs/api/errors/63016 */
export const windowClosed = '63016';

/** The text can never arrive: people are told, because the customer cannot be. */
export async function refuseText(
  tx: Tx,
  { refunds: { jobs, log } }: ConversationContext,
  row: OutboxRow,
  { reason, code }: { readonly reason: 'opted-out' | 'unreachable' | 'rejected'; readonly code: string },
): Promise<void> {
  log.warn('A text was refused', { channel: row.channel, code, outcome: reason });
  await settleOutbox(tx, row.id, 'refused', { errorCode: code });
  // Without the conversation's lock: who receives a text takes the sender's first, then that one.
  const { sender } = await readSenderOf(tx, row.conversationId);
  if (reason === 'opted-out' && !sender.optedOutAt)
    await recordConsent(tx, sender, row.conversationId, { kind: 'stop', source: 'refusal' });
  await addStaffNote(tx, jobs, {
    store: row.store,
    conversationId: row.conversationId,
    kind: 'notice',
    text: say(row, reason, code),
  });
}

function say(row: OutboxRow, reason: string, code: string): string {
  if (code === windowClosed && !row.viaTemplate) {
    return `WhatsApp takes no text to a customer who last wrote more than 24 hours ago, and there is no template for it (TWILIO_WHATSAPP_TEMPLATE_SID). Please tell them: ${row.body}`;
  }
  const whose = row.channel === 'slack' ? 'An answer to a colleague in Slack' : 'A message to a customer';
  return `${whose} could not be delivered (${reason}, code ${code}).`;
}
