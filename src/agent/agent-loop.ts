import { setTimeout as sleep } from 'node:timers/promises';
import { ExternalError } from '../errors.ts';
import type { Model, ModelItem, ModelResponse } from '../ports/model.ts';
import type { ConversationFacts } from '../ports/tools.ts';
import { instructions } from './instructions.ts';
import { checkReply } from './reply-check.ts';
import type { ToolContext, ToolEffect } from './tool.ts';
import { type CalledTool, callTool, toolSpecs } from './toolbox.ts';

export type AgentLimits = {
  readonly steps: number;
  readonly toolCalls: number;
  readonly milliseconds: number;
  readonly tokens: number;
};

export const defaultLimits: AgentLimits = { steps: 8, toolCalls: 10, milliseconds: 60_000, tokens: 60_000 };

export type AgentInput = {
  readonly facts: ConversationFacts;
  readonly items: readonly ModelItem[];
  readonly safetyIdentifier: string;
  /** Refreshed after a refund was proposed, so that the reply is checked against what is true now. */
  readonly refreshFacts: () => Promise<ConversationFacts>;
};

export type AgentTurn = {
  /** Undefined: neither model could answer within the limits; a person has to. */
  readonly reply: string | undefined;
  readonly outcome: 'replied' | 'limit' | 'failed';
  readonly model: string;
  readonly calls: readonly CalledTool[];
  readonly effects: readonly ToolEffect[];
  readonly usage: readonly { readonly model: string; readonly usage: ModelResponse['usage'] }[];
};

/**
 * One turn: the model proposes, the tools decide, until it answers in words. When the first model fails or
 * writes something no result backs, the next one takes over in the same turn, with what was found so far.
 */
export async function runAgent(
  context: ToolContext,
  models: readonly [Model, ...Model[]],
  input: AgentInput,
  limits: AgentLimits = defaultLimits,
): Promise<AgentTurn> {
  const { log, metrics } = context.refunds;
  const deadline = AbortSignal.timeout(limits.milliseconds);
  const calls: CalledTool[] = [];
  const effects: ToolEffect[] = [];
  const usage: { model: string; usage: ModelResponse['usage'] }[] = [];
  let items = [...input.items];
  let facts = input.facts;
  let remaining: readonly Model[] = models;
  let tokens = 0;
  let waited = false;

  const done = (reply: string | undefined, outcome: AgentTurn['outcome'], model: Model): AgentTurn => {
    return { reply, outcome, model: model.name, calls, effects, usage };
  };

  for (let step = 0; ; step++) {
    const [model, ...others] = remaining;
    if (!model) return done(undefined, 'failed', models[0]);
    if (
      step >= limits.steps ||
      calls.length >= limits.toolCalls ||
      tokens >= limits.tokens ||
      deadline.aborted
    ) {
      log.warn('A turn reached its limits', { model: model.name, count: calls.length });
      return done(undefined, 'limit', model);
    }

    let response: ModelResponse;
    try {
      response = await model.respond({
        instructions,
        tools: toolSpecs(context.asker.conversation.party),
        facts,
        items,
        safetyIdentifier: input.safetyIdentifier,
        maxOutputTokens: 1_000,
        signal: deadline,
      });
    } catch (error) {
      if (!(error instanceof ExternalError)) throw error;
      if (!waited && isSoon(error)) {
        waited = true;
        await sleep(error.retryAfterMs);
        continue;
      }
      log.warn('A model could not answer; the next one takes over', { model: model.name, error });
      remaining = others;
      items = items.filter((item) => item.kind !== 'opaque');
      continue;
    }
    usage.push({ model: model.name, usage: response.usage });
    tokens += response.usage.inputTokens + response.usage.outputTokens;
    items.push(...response.items);

    const requested = response.items.filter((item) => item.kind === 'tool-call');
    if (requested.length > 0) {
      for (const call of requested.slice(0, limits.toolCalls - calls.length)) {
        const called = await callTool(context, call);
        calls.push(called);
        if (called.effect) effects.push(called.effect);
        if (called.effect?.kind === 'proposed') facts = await input.refreshFacts();
        items.push(called.result);
        metrics.toolCall(called.name, called.status);
      }
      continue;
    }

    const reply = textOf(response.items);
    const problem = checkReply(reply, facts, items.slice(0, items.length - response.items.length));
    if (!problem) return done(reply, 'replied', model);
    log.warn('A reply was held back', { model: model.name, kind: problem });
    remaining = others;
    items = items.slice(0, items.length - response.items.length).filter((item) => item.kind !== 'opaque');
  }
}

/** A busy model that says when it is free again is worth one short wait; any other failure is not. */
function isSoon(error: ExternalError): error is ExternalError & { readonly retryAfterMs: number } {
  const { retryable, accessRefused, code, retryAfterMs = Infinity } = error;
  return retryable && !accessRefused && code !== 'circuit_open' && retryAfterMs <= longestWaitMs;
}

const longestWaitMs = 5_000;

function textOf(items: readonly ModelItem[]): string {
  return items
    .filter((item) => item.kind === 'agent-text')
    .map((item) => item.text.trim())
    .filter((text) => text !== '')
    .join('\n');
}
