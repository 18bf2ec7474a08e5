import { templateTexts } from '../returns/template-text.ts';
import { lockConversation } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { type OutboxRow, replaceByTemplates } from '../storage/outbox.ts';
import type { ConversationContext } from './context.ts';
import { refuseText, windowClosed } from './refuse-text.ts';

/** For so long after somebody wrote, WhatsApp takes free text for them. */
export const whatsappWindowSeconds = 24 * 3_600;

/**
 * A text that WhatsApp takes no longer as it is goes out inside the template, in a job of its own; where there
 * is no template, people are told. What waits behind it keeps its place.
 */
export async function leaveWindow(tx: Tx, context: ConversationContext, row: OutboxRow): Promise<void> {
  if (!context.channels[row.channel]?.hasTemplate) {
    return refuseText(tx, context, row, { reason: 'rejected', code: windowClosed });
  }
  await lockConversation(tx, row.conversationId);
  await replaceByTemplates(tx, row, templateTexts(row.body));
  await context.refunds.jobs.enqueue(tx, 'deliver-messages', { conversationId: row.conversationId });
}
