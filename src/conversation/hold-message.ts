import { readAlarm } from '../returns/alarms.ts';
import type { LockedConversation, Message } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { holdMessages } from '../storage/held-messages.ts';
import type { Counted } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';
import type { Keyword } from './keywords.ts';
import { sayLimit } from './say-limit.ts';

/**
 * What to do with a message above a limit. 'held': it is kept, and that is all. STOP and START are obeyed
 * however much somebody writes, and words a person must look at reach one.
 */
export async function holdMessage(
  tx: Tx,
  context: ConversationContext,
  locked: LockedConversation,
  message: Message,
  { counted, keyword }: { readonly counted: Counted; readonly keyword: Keyword | undefined },
): Promise<'held' | 'obey' | 'answer'> {
  if (keyword === 'stop' || keyword === 'start') return 'obey';
  const { conversation, optedOut } = locked;
  const isHeard = conversation.owner === 'agent' && !optedOut && context.support !== undefined;
  if (isHeard && readAlarm(message.text) !== undefined) return 'answer';
  await holdMessages(tx, conversation, { from: message.seq, to: message.seq });
  await sayLimit(tx, context, locked, counted);
  return 'held';
}
