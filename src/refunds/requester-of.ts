import type { Requester } from '../returns/approval.ts';
import { authorsOf } from '../storage/authors.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { Asker } from './read-order.ts';

/**
 * Who asks for a refund may not approve it, so the row remembers them: in a Slack thread whoever wrote last,
 * and with them everybody else who wrote there.
 */
export async function requesterOf(tx: Tx | Db, { conversation, sender }: Asker): Promise<Requester> {
  if (conversation.party !== 'staff') return { kind: 'customer' };
  const [last, ...others] = await authorsOf(tx, conversation.id);
  if (last === undefined) return { kind: 'staff', userId: sender.address };
  return { kind: 'staff', userId: last, ...(others.length > 0 && { with: others }) };
}
