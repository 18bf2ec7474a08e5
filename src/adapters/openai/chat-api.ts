import type OpenAI from 'openai';
import type {
  ChatCompletion,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
  ChatCompletionUserMessageParam,
} from 'openai/resources/chat/completions';
import type { CustomerText, ModelItem, ModelRequest, ModelResponse } from '../../ports/model.ts';
import { describeText, pictureUrls } from './customer-text.ts';
import { factsText } from './facts-text.ts';
import { nonsense, orNonsense } from './model-failure.ts';
import { readToolCall } from './read-tool-call.ts';

/** Chat Completions in the form vLLM, Ollama, llama.cpp, LM Studio and the gateways also understand. */
export async function askChat(client: OpenAI, model: string, request: ModelRequest): Promise<ModelResponse> {
  const params = toParams(model, request, isOpenAi(client.baseURL));
  const completion = await client.chat.completions.create(params, { signal: request.signal });
  return orNonsense(() => readCompletion(completion));
}

function toParams(
  model: string,
  request: ModelRequest,
  openAi: boolean,
): ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: toMessages(request),
    tools: request.tools.map(({ name, description, parameters }) => ({
      type: 'function',
      function: { name, description, parameters: { ...parameters } },
    })),
    // OpenAI's reasoning models refuse max_tokens; Ollama ignores max_completion_tokens without a word
    // (ollama/ollama#7125) and would go on to the end of its context.
    ...(openAi
      ? { max_completion_tokens: request.maxOutputTokens }
      : { max_tokens: request.maxOutputTokens }),
  };
}

function isOpenAi(baseUrl: string): boolean {
  return /(^|\.)(openai\.com|openai\.azure\.com|services\.ai\.azure\.com)$/.test(new URL(baseUrl).hostname);
}

/**
 * One system message, first: many chat templates raise an error for any other. For the same reason
 * neighbours of one role are joined.
 */
function toMessages({ instructions, facts, items }: ModelRequest): ChatCompletionMessageParam[] {
  const messages: ChatCompletionMessageParam[] = [
    { role: 'system', content: `${instructions}\n\n${factsText(facts)}` },
  ];
  for (const item of items) addItem(messages, item);
  return messages;
}

function addItem(messages: ChatCompletionMessageParam[], item: ModelItem): void {
  const last = messages.at(-1);
  switch (item.kind) {
    case 'customer-text': {
      const parts = toParts(item);
      if (last?.role === 'user') last.content = joined([...partsOf(last.content), ...parts]);
      else messages.push({ role: 'user', content: joined(parts) });
      return;
    }
    case 'agent-text':
      if (last?.role === 'assistant' && !last.tool_calls) last.content = `${last.content}\n${item.text}`;
      else messages.push({ role: 'assistant', content: item.text });
      return;
    case 'tool-call': {
      const call = {
        id: item.callId,
        type: 'function',
        function: { name: item.name, arguments: item.argumentsJson },
      } as const;
      if (last?.role === 'assistant') last.tool_calls = [...(last.tool_calls ?? []), call];
      else messages.push({ role: 'assistant', content: null, tool_calls: [call] });
      return;
    }
    case 'tool-result':
      messages.push({ role: 'tool', tool_call_id: item.callId, content: item.outputJson });
      return;
    case 'opaque':
      return;
  }
}

type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string; readonly detail: 'low' } };

function toParts(item: CustomerText): readonly Part[] {
  const pictures = pictureUrls(item).map((url): Part => {
    return { type: 'image_url', image_url: { url, detail: 'low' } };
  });
  return [{ type: 'text', text: describeText(item) }, ...pictures];
}

function partsOf(content: ChatCompletionUserMessageParam['content']): readonly Part[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content as readonly Part[]);
}

/** Words alone as a plain text: many servers know nothing else. */
function joined(parts: readonly Part[]): string | Part[] {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n') : [...parts];
}

// Compatible servers leave out fields that the types promise.
type LooseCompletion = Partial<ChatCompletion> | string | undefined;

function readCompletion(completion: LooseCompletion): ModelResponse {
  const choice = typeof completion === 'object' ? completion.choices?.[0] : undefined;
  if (typeof completion !== 'object' || !choice?.message) throw nonsense();
  const { message } = choice;
  const text = (message.content || message.refusal || '').trim();
  // A call that was cut off in the middle must not be acted on.
  const calls = choice.finish_reason === 'length' ? [] : (message.tool_calls ?? []);
  const items: readonly ModelItem[] = [
    ...(text === '' ? [] : [{ kind: 'agent-text', text } as const]),
    ...calls
      .filter((call) => call.type !== 'custom')
      .flatMap((call) => readToolCall(call.id, call.function.name, call.function.arguments)),
  ];
  if (items.length === 0) throw nonsense();
  const { usage } = completion;
  return {
    items,
    usage: {
      inputTokens: usage?.prompt_tokens ?? 0,
      cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      outputTokens: usage?.completion_tokens ?? 0,
    },
  };
}
