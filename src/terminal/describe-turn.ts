import type { TurnRecord } from '../storage/turns.ts';

/** One line of the export. Texts were masked when the turn was recorded. */
export function describeTurn(turn: TurnRecord) {
  return {
    time: turn.createdAt.toISOString(),
    conversation: turn.conversationId,
    turn: turn.number,
    channel: turn.channel,
    model: turn.model,
    asked: turn.asked,
    answered: turn.answered,
    tools: turn.tools,
    milliseconds: turn.durationMs,
    tokens: { input: turn.inputTokens, cached: turn.cachedInputTokens, output: turn.outputTokens },
    costUsd: turn.costMicroUsd / 1_000_000,
    outcome: turn.outcome,
  };
}
