import type { Model } from '../ports/model.ts';
import type { ConversationId } from '../returns/ids.ts';
import { isUsedUp, spentToday } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';

/**
 * The models of this turn, in order. Once the day's budget is spent, or the conversation's tokens are, only
 * the last, which costs nothing.
 */
export async function chooseModels(
  { refunds, models, dailyBudgetMicroUsd }: ConversationContext,
  conversationId: ConversationId,
): Promise<readonly [Model, ...Model[]]> {
  const last = models.at(-1);
  if (!last || models.length === 1) return models;
  const tokens = { limit: 'conversation-tokens-daily', subject: conversationId } as const;
  const [spent, isTalkedOut] = await Promise.all([
    spentToday(refunds.db, refunds.store),
    isUsedUp(refunds.db, refunds, tokens),
  ]);
  if (spent < dailyBudgetMicroUsd && !isTalkedOut) return models;
  refunds.metrics.limitReached(isTalkedOut ? tokens.limit : 'model-budget-daily');
  return [last];
}
