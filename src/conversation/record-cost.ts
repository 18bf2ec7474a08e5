import type { AgentTurn } from '../agent/agent-loop.ts';
import type { Conversation } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import { addSpending, countUses } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';

/**
 * Counts what a turn used, also one that is thrown away: it was paid for. The day's row is the store's, and
 * held until the transaction ends: call it last.
 */
export async function recordCost(
  tx: Tx,
  { refunds, costMicroUsd, dailyBudgetMicroUsd }: ConversationContext,
  conversation: Pick<Conversation, 'id'>,
  used: AgentTurn['usage'],
): Promise<void> {
  const { metrics, jobs, log, store } = refunds;
  for (const { model, usage } of used) {
    metrics.modelTokens(model, 'input', usage.inputTokens - usage.cachedInputTokens);
    metrics.modelTokens(model, 'cached_input', usage.cachedInputTokens);
    metrics.modelTokens(model, 'output', usage.outputTokens);
  }
  const tokens = used.reduce((sum, { usage }) => sum + usage.inputTokens + usage.outputTokens, 0);
  const cost = costOf(used, costMicroUsd);
  if (tokens > 0) {
    await countUses(tx, refunds, {
      limit: 'conversation-tokens-daily',
      subject: conversation.id,
      amount: tokens,
    });
  }
  if (cost === 0) return;
  metrics.modelCost(cost / 1_000_000);
  const spent = await addSpending(tx, store, cost);
  if (spent < dailyBudgetMicroUsd || spent - cost >= dailyBudgetMicroUsd) return;
  log.warn("The day's model budget is spent", { count: spent });
  await addStaffNoteOnce(tx, jobs, { store, text: budgetSpent }, '1 day');
}

export function costOf(used: AgentTurn['usage'], costMicroUsd: ConversationContext['costMicroUsd']): number {
  return used.reduce((sum, { model, usage }) => sum + costMicroUsd(model, usage), 0);
}

const budgetSpent =
  "The model's budget of today (DAILY_MODEL_BUDGET_USD) is spent. Until midnight UTC I answer by rules, without a language model.";
