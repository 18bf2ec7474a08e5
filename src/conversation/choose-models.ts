import type { Model } from '../ports/model.ts';
import { spentToday } from '../storage/turns.ts';
import type { ConversationContext } from './context.ts';

/** The models of this turn, in order. Once the day's budget is spent only the last, which costs nothing. */
export async function chooseModels({
  refunds,
  models,
  dailyBudgetMicroUsd,
}: ConversationContext): Promise<readonly [Model, ...Model[]]> {
  const last = models.at(-1);
  if (!last || models.length === 1) return models;
  const spent = await spentToday(refunds.db, refunds.store);
  return spent < dailyBudgetMicroUsd ? models : [last];
}
