import { tellEndedRefunds } from '../refunds/tell-outcomes.ts';
import { endTurn, type LockedConversation, type Message } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { holdMessages } from '../storage/held-messages.ts';
import { countUses } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';
import { sayLimit } from './say-limit.ts';

/** Counts the turn that begins; false when it is one too many: what was asked is kept then, and no more. */
export async function mayTakeTurn(
  tx: Tx,
  context: ConversationContext,
  locked: LockedConversation,
  asked: readonly Message[],
): Promise<boolean> {
  const { conversation } = locked;
  if (conversation.party === 'staff' || conversation.channel === 'terminal') return true;
  const limit = 'conversation-turns-daily';
  const [counted] = await countUses(tx, context.refunds, { limit, subject: conversation.id });
  if (!counted || counted.verdict === 'within') return true;
  await keepAsked(tx, context, locked, asked);
  await sayLimit(tx, context, locked, counted);
  return false;
}

/** Ends a turn that says nothing: the next one has in view what was asked in it. */
export async function keepAsked(
  tx: Tx,
  { refunds }: ConversationContext,
  locked: LockedConversation,
  asked: readonly Message[],
): Promise<void> {
  const { conversation } = locked;
  await holdMessages(tx, conversation, { from: asked[0]?.seq ?? 0, to: asked.at(-1)?.seq ?? 0 });
  await endTurn(tx, conversation.id);
  await tellEndedRefunds(tx, refunds.jobs, locked);
}
