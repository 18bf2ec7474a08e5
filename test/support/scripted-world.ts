import type { Config } from '../../src/config.ts';
import { openWorld, type World } from './open-world.ts';
import { lastResult } from './read-scripted-request.ts';
import type { ScriptedOpenAi, ScriptedReply, ScriptedRequest, ScriptedStep } from './scripted-openai.ts';
import { startScriptedOpenAi } from './scripted-openai.ts';

export type ScriptedWorld = World & { readonly model: ScriptedOpenAi };

/** A world whose language model says its lines in order; the guided model stands behind it as always. */
export async function openScriptedWorld(
  api: 'responses' | 'chat' = 'responses',
  change: (config: Config) => Config = (config) => config,
): Promise<ScriptedWorld> {
  const model = await startScriptedOpenAi();
  const openai = { apiKey: 'sk-test', baseUrl: model.baseUrl, model: 'gpt-6-luna', api, timeoutMs: 700 };
  const world = await openWorld((config) => change({ ...config, openai }));
  const closeWorld = world.close;
  return Object.assign(world, {
    model,
    async close() {
      await closeWorld();
      await model.close();
    },
  });
}

export function call(name: string, input: unknown): ScriptedReply {
  return { calls: [{ name, arguments: input }] };
}

/** Asks for the return of one piece of the line whose title holds `title`, in the order found before. */
export function checkLine(title: string) {
  return (request: ScriptedRequest): ScriptedReply => {
    const { order } = lastResult(request) as unknown as FoundOrder;
    const line = order.items.find((item) => item.title.includes(title));
    return call('check_return', {
      order_number: order.order_number,
      items: [{ line_id: line?.line_id, quantity: 1, exchange_for: null }],
      reason: 'other',
      wish: 'refund',
    });
  };
}

/** Says what the tool called last suggests to say. */
export function sayResult(request: ScriptedRequest): ScriptedReply {
  return { text: String(lastResult(request).say) };
}

/** The three steps in which a model quotes one line. */
export function quoteLine(orderNumber: string, title: string): readonly ScriptedStep[] {
  return [call('find_order', { order_number: orderNumber }), checkLine(title), sayResult];
}

type FoundOrder = {
  readonly order: {
    readonly order_number: string;
    readonly items: readonly { readonly line_id: string; readonly title: string }[];
  };
};
