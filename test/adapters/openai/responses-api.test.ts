import { afterEach, describe, expect, it } from 'vitest';
import { createOpenAiModel } from '../../../src/adapters/openai/openai-model.ts';
import type { ModelItem } from '../../../src/ports/model.ts';
import { modelRequest } from '../../support/model-request.ts';
import {
  type ScriptedOpenAi,
  type ScriptedStep,
  startScriptedOpenAi,
} from '../../support/scripted-openai.ts';

let openAi: ScriptedOpenAi;

async function modelWith(...steps: readonly ScriptedStep[]) {
  openAi = await startScriptedOpenAi(steps);
  return createOpenAiModel({
    apiKey: 'sk-test',
    baseUrl: openAi.baseUrl,
    model: 'gpt-6-luna',
    api: 'responses',
  });
}

afterEach(async () => {
  await openAi.close();
  openAi.assertDone();
});

describe('the Responses API', () => {
  it('stores nothing at the provider and names no person', async () => {
    const model = await modelWith({ text: 'Which order?' });
    await model.respond(modelRequest());
    expect(openAi.requests[0]?.body).toMatchObject({
      model: 'gpt-6-luna',
      store: false,
      instructions: 'You handle returns.',
      max_output_tokens: 800,
      safety_identifier: 'a'.repeat(64),
      parallel_tool_calls: true,
    });
    expect(openAi.requests[0]?.body).not.toHaveProperty('previous_response_id');
  });

  it('offers the tools in strict mode', async () => {
    const model = await modelWith({ text: 'Which order?' });
    await model.respond(modelRequest());
    expect(openAi.requests[0]?.body.tools).toEqual([
      {
        type: 'function',
        name: 'find_order',
        description: 'Finds an order.',
        strict: true,
        parameters: {
          type: 'object',
          properties: { order_number: { type: ['string', 'null'] } },
          required: ['order_number'],
          additionalProperties: false,
        },
      },
    ]);
  });

  it('puts the facts before the texts to be answered, so that all history before them stays cached', async () => {
    const model = await modelWith({ text: 'Thanks.' });
    const items: readonly ModelItem[] = [
      { kind: 'customer-text', text: 'Hi' },
      { kind: 'agent-text', text: 'Hello. Which order?' },
      { kind: 'customer-text', text: '1001' },
      { kind: 'customer-text', text: 'the shirt' },
      { kind: 'tool-call', callId: 'c1', name: 'find_order', argumentsJson: '{"order_number":"1001"}' },
      { kind: 'tool-result', callId: 'c1', outputJson: '{"status":"not_found"}' },
    ];
    await model.respond(modelRequest({ items }));
    const { input } = openAi.requests[0]?.body ?? {};
    expect(input.map((item: { role?: string; type: string }) => item.role ?? item.type)).toEqual([
      'user',
      'assistant',
      'developer',
      'user',
      'user',
      'function_call',
      'function_call_output',
    ]);
    expect(input[2].content).toContain('"store_name":"Demo Store"');
    expect(input[4].content).toBe('the shirt');
  });

  it('keeps the cache key while instructions and tools stay the same', async () => {
    const model = await modelWith({ text: 'a' }, { text: 'b' }, { text: 'c' });
    await model.respond(modelRequest());
    await model.respond(modelRequest({ items: [{ kind: 'customer-text', text: 'Another' }] }));
    await model.respond(modelRequest({ instructions: 'Something else.' }));
    const keys = openAi.requests.map(({ body }) => body.prompt_cache_key);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('takes several calls of one step and sends back every result and the reasoning', async () => {
    const model = await modelWith(
      {
        reasoning: 'gAAAA-secret',
        calls: [
          { name: 'find_order', arguments: { order_number: '1001' } },
          { name: 'find_order', arguments: { order_number: '1002' } },
        ],
      },
      { text: 'Found both.' },
    );
    const asked = modelRequest();
    const { items } = await model.respond(asked);
    expect(items.map((item) => item.kind)).toEqual(['opaque', 'tool-call', 'tool-call']);
    expect(items[1]).toEqual({
      kind: 'tool-call',
      callId: 'call_1_0',
      name: 'find_order',
      argumentsJson: '{"order_number":"1001"}',
    });
    const results = items
      .filter((item) => item.kind === 'tool-call')
      .map(({ callId }) => ({ kind: 'tool-result', callId, outputJson: '{"status":"found"}' }) as const);
    const last = await model.respond({ ...asked, items: [...asked.items, ...items, ...results] });
    expect(last.items).toEqual([{ kind: 'agent-text', text: 'Found both.' }]);
    expect(openAi.requests[1]?.body.input.slice(2)).toEqual([
      { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: 'gAAAA-secret' },
      {
        type: 'function_call',
        call_id: 'call_1_0',
        name: 'find_order',
        arguments: '{"order_number":"1001"}',
      },
      {
        type: 'function_call',
        call_id: 'call_1_1',
        name: 'find_order',
        arguments: '{"order_number":"1002"}',
      },
      { type: 'function_call_output', call_id: 'call_1_0', output: '{"status":"found"}' },
      { type: 'function_call_output', call_id: 'call_1_1', output: '{"status":"found"}' },
    ]);
  });

  it('leaves out what another adapter kept for itself', async () => {
    const model = await modelWith({ text: 'Hello.' });
    const items: readonly ModelItem[] = [
      { kind: 'opaque', payload: { step: 3 } },
      { kind: 'opaque', payload: { type: 'reasoning', id: 'rs_0', summary: [] } },
      { kind: 'customer-text', text: 'Hi' },
    ];
    await model.respond(modelRequest({ items }));
    expect(openAi.requests[0]?.body.input).toHaveLength(2);
  });

  it('counts cached input', async () => {
    const model = await modelWith({ text: 'Hi.', usage: { input: 2000, cached: 1536, output: 40 } });
    const { usage } = await model.respond(modelRequest());
    expect(usage).toEqual({ inputTokens: 2000, cachedInputTokens: 1536, outputTokens: 40 });
  });

  it('passes a refusal on as text', async () => {
    const model = await modelWith({ refusal: 'I cannot help with that.' });
    const { items } = await model.respond(modelRequest());
    expect(items).toEqual([{ kind: 'agent-text', text: 'I cannot help with that.' }]);
  });

  it('does not act on a call that was cut off', async () => {
    const model = await modelWith({ cutOff: true, calls: [{ name: 'find_order', arguments: '{"order_nu' }] });
    await expect(model.respond(modelRequest())).rejects.toMatchObject({ code: 'nonsense' });
  });

  it.each([
    ['no output', '{"status":"completed","output":[]}'],
    ['no output list', '{"status":"completed"}'],
    ['a blank text', '{"output":[{"type":"message","content":[{"type":"output_text","text":" "}]}]}'],
    ['null items', '{"output":[null]}'],
    ['a message without content', '{"output":[{"type":"message"}]}'],
    ['a call without id', '{"output":[{"type":"function_call","name":"x","arguments":"{}"}]}'],
    ['a list', '[]'],
    ['half a document', '{"output":'],
    ['a page', '<html>Bad gateway</html>'],
  ])('calls %s nonsense', async (_, body) => {
    const model = await modelWith({ status: 200, body });
    await expect(model.respond(modelRequest())).rejects.toMatchObject({
      name: 'ExternalError',
      service: 'openai',
      code: 'nonsense',
      outcome: 'refused',
    });
  });

  it('reports a response that failed by its code', async () => {
    const failed = (code: string) =>
      JSON.stringify({ status: 'failed', error: { code, message: 'x' }, output: [] });
    const model = await modelWith(
      { status: 200, body: failed('server_error') },
      { status: 200, body: failed('invalid_prompt') },
    );
    await expect(model.respond(modelRequest())).rejects.toMatchObject({
      code: 'server_error',
      retryable: true,
    });
    await expect(model.respond(modelRequest())).rejects.toMatchObject({
      code: 'invalid_prompt',
      retryable: false,
    });
  });
});
