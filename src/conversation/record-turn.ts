import type { AgentTurn } from '../agent/agent-loop.ts';
import type { Asker } from '../refunds/read-order.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { Message } from '../storage/conversations.ts';
import { type Tx, together } from '../storage/database.ts';
import { insertTurn } from '../storage/turns.ts';
import type { ConversationContext } from './context.ts';
import { maskPersonalData } from './mask-personal-data.ts';
import { costOf } from './record-cost.ts';

export type FinishedTurn = {
  readonly number: number;
  readonly asker: Asker;
  readonly asked: readonly Message[];
  readonly answer: AgentTurn;
  readonly text: string;
  readonly outcome: string;
  readonly ms: number;
};

/** What was asked and answered, what it took and cost, and an audit row for every call. */
export async function recordTurn(
  tx: Tx,
  { costMicroUsd }: Pick<ConversationContext, 'costMicroUsd'>,
  { number, asker, asked, answer, text, outcome, ms }: FinishedTurn,
): Promise<void> {
  const { conversation } = asker;
  const total = (pick: (usage: AgentTurn['usage'][number]['usage']) => number) =>
    answer.usage.reduce((sum, { usage }) => sum + pick(usage), 0);
  const turn = insertTurn(tx, {
    store: conversation.store,
    conversationId: conversation.id,
    number,
    channel: conversation.channel,
    model: answer.model,
    asked: asked.map((message) => maskPersonalData(message.text)),
    answered: maskPersonalData(text),
    tools: answer.calls.map(({ name, status, ms }) => ({ name, status, ms })),
    outcome,
    inputTokens: total((usage) => usage.inputTokens),
    cachedInputTokens: total((usage) => usage.cachedInputTokens),
    outputTokens: total((usage) => usage.outputTokens),
    costMicroUsd: costOf(answer.usage, costMicroUsd),
    durationMs: ms,
  });
  const audit = recordAudit(
    tx,
    ...answer.calls.map((call) => ({
      store: conversation.store,
      conversationId: conversation.id,
      actor: 'agent',
      action: `tool.${call.name}`,
      detail: { turn: number, arguments: call.kept, status: call.status, ms: call.ms },
    })),
  );
  await together(turn, audit);
}
