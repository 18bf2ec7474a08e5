import type { Conversation } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { type Counted, countUses } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';

/** Counts a message of a customer; undefined while it may be answered, else the limit that is used up. */
export async function countMessage(
  tx: Tx,
  { refunds }: ConversationContext,
  { party, channel, senderId }: Conversation,
): Promise<Counted | undefined> {
  // Colleagues are known by name, and whoever has the terminal has the machine.
  if (party === 'staff' || channel === 'terminal') return undefined;
  const counted = await countUses(
    tx,
    refunds,
    { limit: 'sender-messages', subject: senderId },
    { limit: 'sender-messages-daily', subject: senderId },
    { limit: 'store-messages-hourly' },
  );
  return gravest(counted);
}

/** The one that lasts longest; of a limit that was only now used up the sender is told. */
function gravest(counted: readonly Counted[]): Counted | undefined {
  const over = counted.filter(({ verdict }) => verdict !== 'within');
  const news = over.filter(({ verdict }) => verdict === 'just-over');
  return (news.length > 0 ? news : over).toSorted((a, b) => b.seconds - a.seconds)[0];
}
