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
  return createOpenAiModel({ apiKey: 'none', baseUrl: openAi.baseUrl, model: 'llama3', api: 'chat' });
}

afterEach(async () => {
  await openAi.close();
  openAi.assertDone();
});

describe('Chat Completions', () => {
  it('sends a compatible server only what every server knows', async () => {
    const model = await modelWith({ text: 'Which order?' });
    await model.respond(modelRequest());
    expect(Object.keys(openAi.requests[0]?.body).sort()).toEqual([
      'max_tokens',
      'messages',
      'model',
      'tools',
    ]);
    expect(openAi.requests[0]?.body.max_tokens).toBe(800);
    expect(openAi.requests[0]?.body.tools[0].function).not.toHaveProperty('strict');
  });

  it('has one system message, first, with the facts after the stable instructions', async () => {
    const model = await modelWith({ text: 'Which order?' });
    await model.respond(modelRequest());
    const { messages } = openAi.requests[0]?.body ?? {};
    expect(messages.map(({ role }: { role: string }) => role)).toEqual(['system', 'user']);
    expect(messages[0].content).toMatch(/^You handle returns\.\n\n.*\n\{"store_name":"Demo Store"/);
  });

  it('joins neighbours of one role and keeps calls of one step in one message', async () => {
    const model = await modelWith({ text: 'Done.' });
    const items: readonly ModelItem[] = [
      { kind: 'customer-text', text: 'Hi' },
      { kind: 'customer-text', text: 'order 1001' },
      { kind: 'opaque', payload: { type: 'reasoning', encrypted_content: 'x' } },
      { kind: 'agent-text', text: 'One moment.' },
      { kind: 'tool-call', callId: 'c1', name: 'find_order', argumentsJson: '{"order_number":"1001"}' },
      { kind: 'tool-call', callId: 'c2', name: 'find_order', argumentsJson: '{"order_number":null}' },
      { kind: 'tool-result', callId: 'c1', outputJson: '{"status":"found"}' },
      { kind: 'tool-result', callId: 'c2', outputJson: '{"status":"choose"}' },
    ];
    await model.respond(modelRequest({ items }));
    const call = (id: string, order: string) => ({
      id,
      type: 'function',
      function: { name: 'find_order', arguments: `{"order_number":${order}}` },
    });
    expect(openAi.requests[0]?.body.messages.slice(1)).toEqual([
      { role: 'user', content: 'Hi\norder 1001' },
      { role: 'assistant', content: 'One moment.', tool_calls: [call('c1', '"1001"'), call('c2', 'null')] },
      { role: 'tool', tool_call_id: 'c1', content: '{"status":"found"}' },
      { role: 'tool', tool_call_id: 'c2', content: '{"status":"choose"}' },
    ]);
  });

  it('takes text, several calls and usage', async () => {
    const model = await modelWith({
      text: 'One moment.',
      calls: [
        { name: 'find_order', arguments: { order_number: '1001' } },
        { name: 'find_order', arguments: 'not json' },
      ],
      usage: { input: 100, cached: 64, output: 10 },
    });
    expect(await model.respond(modelRequest())).toEqual({
      items: [
        { kind: 'agent-text', text: 'One moment.' },
        {
          kind: 'tool-call',
          callId: 'call_1_0',
          name: 'find_order',
          argumentsJson: '{"order_number":"1001"}',
        },
        { kind: 'tool-call', callId: 'call_1_1', name: 'find_order', argumentsJson: 'not json' },
      ],
      usage: { inputTokens: 100, cachedInputTokens: 64, outputTokens: 10 },
    });
  });

  it('passes a refusal on as text', async () => {
    const model = await modelWith({ refusal: 'I cannot help with that.' });
    expect((await model.respond(modelRequest())).items).toEqual([
      { kind: 'agent-text', text: 'I cannot help with that.' },
    ]);
  });

  it('does not act on a call that was cut off', async () => {
    const model = await modelWith({ cutOff: true, calls: [{ name: 'find_order', arguments: '{"order_nu' }] });
    await expect(model.respond(modelRequest())).rejects.toMatchObject({ code: 'nonsense' });
  });

  it('takes a call whose type a server left out, and an answer without usage', async () => {
    const message = {
      content: '',
      tool_calls: [{ id: 'a', function: { name: 'find_order', arguments: '{}' } }],
    };
    const model = await modelWith({ status: 200, body: JSON.stringify({ choices: [{ message }] }) });
    expect(await model.respond(modelRequest())).toEqual({
      items: [{ kind: 'tool-call', callId: 'a', name: 'find_order', argumentsJson: '{}' }],
      usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
    });
  });

  it.each([
    ['no choices', '{"choices":[]}'],
    ['nothing', '{}'],
    ['a blank message', '{"choices":[{"message":{"content":"\\n"}}]}'],
    ['a call without function', '{"choices":[{"message":{"tool_calls":[{"id":"a","type":"function"}]}}]}'],
    ['a null call', '{"choices":[{"message":{"tool_calls":[null]}}]}'],
    ['a page', '<html></html>'],
  ])('calls %s nonsense', async (_, body) => {
    const model = await modelWith({ status: 200, body });
    await expect(model.respond(modelRequest())).rejects.toMatchObject({
      name: 'ExternalError',
      code: 'nonsense',
    });
  });
});
