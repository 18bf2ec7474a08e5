import { tellEndedRefunds } from '../refunds/tell-outcomes.ts';
import {
  type Conversation,
  endTurn,
  type LockedConversation,
  type Message,
} from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { holdMessages } from '../storage/held-messages.ts';
import { type Counted, countUses } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';
import { sayLimit } from './say-limit.ts';

/**
 * Counts the turn that begins; undefined while it may go on, else the limit that is used up. One that began
 * before and did not end is tried again: hours of an outage must not use up what the customer may ask.
 */
export async function countTurn(
  tx: Tx,
  { refunds }: ConversationContext,
  { id, party, channel, turnStartedAt }: Conversation,
): Promise<Counted | undefined> {
  if (party === 'staff' || channel === 'terminal' || turnStartedAt) return undefined;
  const [counted] = await countUses(tx, refunds, { limit: 'conversation-turns-daily', subject: id });
  return counted?.verdict === 'within' ? undefined : counted;
}

/** One turn too many: what was asked is kept, and no more. */
export async function refuseTurn(
  tx: Tx,
  context: ConversationContext,
  locked: LockedConversation,
  asked: readonly Message[],
  counted: Counted,
): Promise<void> {
  await keepAsked(tx, context, locked, asked);
  await sayLimit(tx, context, locked, counted);
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
