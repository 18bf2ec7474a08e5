import { z } from 'zod';
import { ExternalError } from '../errors.ts';
import type { ModelItem, ToolSpec } from '../ports/model.ts';
import type { BadCall } from '../ports/tools.ts';
import type { Asker } from '../refunds/read-order.ts';
import { offerCode } from './offer-code.ts';
import type { Tool, ToolContext, ToolEffect } from './tool.ts';
import { cancelReturn } from './tools/cancel-return.ts';
import { checkCancellation } from './tools/check-cancellation.ts';
import { checkCode } from './tools/check-code.ts';
import { checkReturn } from './tools/check-return.ts';
import { findCustomer } from './tools/find-customer.ts';
import { findAnyOrder, findOrder } from './tools/find-order.ts';
import { handOff } from './tools/hand-off.ts';
import { listRefunds } from './tools/list-refunds.ts';
import { proveIdentity } from './tools/prove-identity.ts';
import { returnStatus } from './tools/return-status.ts';
import { sendCode } from './tools/send-code.ts';
import { submitReturn } from './tools/submit-return.ts';
import { wordsFor } from './words.ts';

type AnyTool = {
  readonly spec: ToolSpec;
  call(context: ToolContext, argumentsJson: string): Promise<AnyOutcome>;
};
type AnyOutcome = {
  readonly result: { readonly status: string };
  readonly effect?: ToolEffect;
  readonly kept: Readonly<Record<string, unknown>>;
};

type Party = Asker['conversation']['party'];

/** A colleague proves nothing and is handed to nobody; what they may see, a customer must not be able to ask for. */
const tools: Readonly<Record<Party, readonly AnyTool[]>> = {
  customer: [
    bind(findOrder),
    bind(returnStatus),
    bind(checkReturn),
    bind(checkCancellation),
    bind(submitReturn),
    bind(cancelReturn),
    bind(proveIdentity),
    bind(sendCode),
    bind(checkCode),
    bind(handOff),
  ],
  staff: [
    bind(findAnyOrder),
    bind(findCustomer),
    bind(returnStatus),
    bind(listRefunds),
    bind(checkReturn),
    bind(checkCancellation),
    bind(submitReturn),
    bind(cancelReturn),
  ],
};

export function toolSpecs(party: Party): readonly ToolSpec[] {
  return tools[party].map((tool) => tool.spec);
}

export type CalledTool = {
  readonly name: string;
  readonly status: string;
  readonly ms: number;
  readonly result: ModelItem & { readonly kind: 'tool-result' };
  readonly effect: ToolEffect | undefined;
  readonly kept: Readonly<Record<string, unknown>>;
};

/** Runs one call a model made. Whatever the model wrote, the answer is a result; it never throws for it. */
export async function callTool(
  context: ToolContext,
  call: ModelItem & { readonly kind: 'tool-call' },
): Promise<CalledTool> {
  const started = performance.now();
  const { party } = context.asker.conversation;
  const tool = tools[party].find(({ spec }) => spec.name === call.name);
  const outcome = tool
    ? await tool.call(context, call.argumentsJson)
    : badCall(
        `There is no tool of that name. Tools: ${toolSpecs(party)
          .map((spec) => spec.name)
          .join(', ')}.`,
      );
  return {
    name: tool ? call.name : 'unknown',
    status: outcome.result.status,
    ms: Math.round(performance.now() - started),
    result: {
      kind: 'tool-result',
      callId: call.callId,
      outputJson: JSON.stringify(offerCode(context, outcome.result)),
    },
    effect: party === 'staff' && outcome.effect?.kind === 'hand-off' ? undefined : outcome.effect,
    kept: outcome.kept,
  };
}

function bind<Arguments, Result extends { readonly status: string }>(tool: Tool<Arguments, Result>): AnyTool {
  const { $schema: _, ...parameters } = z.toJSONSchema(tool.schema, {
    // Strict function calling knows none: what has one here is asked for as null.
    override: ({ jsonSchema }) => delete jsonSchema.default,
  });
  return {
    spec: { name: tool.name, description: tool.description, parameters },
    async call(context, argumentsJson) {
      const parsed = tool.schema.safeParse(parseJson(argumentsJson));
      if (!parsed.success) return badCall(z.prettifyError(parsed.error));
      try {
        return { ...(await tool.run(context, parsed.data)), kept: tool.keep(parsed.data) };
      } catch (error) {
        if (!(error instanceof ExternalError)) throw error;
        context.refunds.log.warn('A tool could not reach its provider', { tool: tool.name, error });
        return { result: wordsFor(context.asker).unavailable, kept: tool.keep(parsed.data) };
      }
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function badCall(problem: string): AnyOutcome {
  const result: BadCall = { status: 'bad_call', problem };
  return { result, kept: {} };
}
