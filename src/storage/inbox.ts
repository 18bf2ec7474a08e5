import type { ConversationId } from '../returns/ids.ts';
import type { Tx } from './database.ts';
import { inbox } from './schema/conversations.ts';

/**
 * Records that a provider delivered something. 'duplicate' means it was recorded before, by whichever
 * delivery committed first; the caller then changes nothing.
 */
export async function recordInbound(
  tx: Tx,
  entry: {
    readonly store: string;
    readonly provider: string;
    readonly providerMessageId: string;
    readonly conversationId?: ConversationId;
  },
): Promise<'new' | 'duplicate'> {
  const rows = await tx
    .insert(inbox)
    .values(entry)
    .onConflictDoNothing()
    .returning({ id: inbox.providerMessageId });
  return rows.length > 0 ? 'new' : 'duplicate';
}
