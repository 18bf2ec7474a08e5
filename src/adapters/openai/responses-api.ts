import { createHash } from 'node:crypto';
import type OpenAI from 'openai';
import type {
  Response,
  ResponseCreateParamsNonStreaming,
  ResponseInputItem,
  ResponseInputMessageContentList,
  ResponseOutputItem,
} from 'openai/resources/responses/responses';
import type { CustomerText, ModelItem, ModelRequest, ModelResponse } from '../../ports/model.ts';
import { describeText, pictureUrls } from './customer-text.ts';
import { factsText } from './facts-text.ts';
import { failure, nonsense, orNonsense, readCode } from './model-failure.ts';
import { readToolCall } from './read-tool-call.ts';

/** Stateless: nothing is stored at the provider, everything is sent again. */
export async function askResponses(
  client: OpenAI,
  model: string,
  request: ModelRequest,
): Promise<ModelResponse> {
  const response = await client.responses.create(toParams(model, request), { signal: request.signal });
  return orNonsense(() => readResponse(response));
}

function toParams(model: string, request: ModelRequest): ResponseCreateParamsNonStreaming {
  return {
    model,
    instructions: request.instructions,
    input: toInput(request),
    tools: request.tools.map(({ name, description, parameters }) => ({
      type: 'function',
      name,
      description,
      parameters: { ...parameters },
      strict: true,
    })),
    parallel_tool_calls: true,
    store: false,
    max_output_tokens: request.maxOutputTokens,
    prompt_cache_key: promptCacheKey(request),
    safety_identifier: request.safetyIdentifier,
  };
}

/**
 * The facts change from turn to turn, so they stand as late as they can: before the texts to be answered.
 * All before them is the same as last time, and cached.
 */
function toInput({ items, facts }: ModelRequest): ResponseInputItem[] {
  const turn = startOfTurn(items);
  return [
    ...items.slice(0, turn).flatMap(toInputItem),
    { type: 'message', role: 'developer', content: factsText(facts) },
    ...items.slice(turn).flatMap(toInputItem),
  ];
}

function startOfTurn(items: readonly ModelItem[]): number {
  const lastText = items.findLastIndex((item) => item.kind === 'customer-text');
  if (lastText === -1) return items.length;
  return items.findLastIndex((item, index) => index < lastText && item.kind !== 'customer-text') + 1;
}

function toInputItem(item: ModelItem): readonly ResponseInputItem[] {
  switch (item.kind) {
    case 'customer-text':
      return [{ type: 'message', role: 'user', content: toContent(item) }];
    case 'agent-text':
      return [{ type: 'message', role: 'assistant', content: item.text }];
    case 'tool-call':
      return [
        { type: 'function_call', call_id: item.callId, name: item.name, arguments: item.argumentsJson },
      ];
    case 'tool-result':
      return [{ type: 'function_call_output', call_id: item.callId, output: item.outputJson }];
    case 'opaque':
      return isReasoning(item.payload) ? [item.payload] : [];
  }
}

function toContent(item: CustomerText): string | ResponseInputMessageContentList {
  const text = describeText(item);
  const pictures = pictureUrls(item);
  if (pictures.length === 0) return text;
  return [
    { type: 'input_text', text },
    ...pictures.map((url) => ({ type: 'input_image', image_url: url, detail: 'low' }) as const),
  ];
}

type Reasoning = Extract<ResponseInputItem, { type: 'reasoning' }>;

/** Only what carries its own content: with nothing stored, an id alone leads nowhere. */
function isReasoning(payload: unknown): payload is Reasoning {
  if (typeof payload !== 'object' || payload === null) return false;
  const item: Readonly<Record<string, unknown>> = { ...payload };
  return item.type === 'reasoning' && typeof item.encrypted_content === 'string';
}

function promptCacheKey({ instructions, tools }: ModelRequest): string {
  const prefix = createHash('sha256').update(instructions).update(JSON.stringify(tools)).digest('hex');
  return `returns-${prefix.slice(0, 16)}`;
}

// Compatible servers leave out fields that the types promise.
type LooseResponse = Partial<Response> | string | undefined;

function readResponse(response: LooseResponse): ModelResponse {
  if (typeof response !== 'object' || !Array.isArray(response.output)) throw nonsense();
  if (response.status === 'failed') {
    const code = readCode(response.error?.code) ?? 'failed';
    throw failure({ retryable: code === 'server_error' || code === 'rate_limit_exceeded', code });
  }
  const cutOff = response.status === 'incomplete';
  const items = response.output.flatMap((item) => readItem(item, cutOff));
  if (!items.some((item) => item.kind !== 'opaque')) throw nonsense();
  const { usage } = response;
  return {
    items,
    usage: {
      inputTokens: usage?.input_tokens ?? 0,
      cachedInputTokens: usage?.input_tokens_details?.cached_tokens ?? 0,
      outputTokens: usage?.output_tokens ?? 0,
    },
  };
}

function readItem(item: ResponseOutputItem, cutOff: boolean): readonly ModelItem[] {
  if (item.type === 'message') return readMessage(item.content);
  if (item.type === 'reasoning') return [{ kind: 'opaque', payload: item }];
  if (item.type !== 'function_call') return [];
  // A call that was cut off in the middle must not be acted on.
  if (cutOff && item.status !== 'completed') return [];
  return readToolCall(item.call_id, item.name, item.arguments);
}

function readMessage(
  content: readonly (
    | { readonly type: 'output_text'; readonly text: string }
    | { readonly type: 'refusal'; readonly refusal: string }
  )[],
): readonly ModelItem[] {
  const text = content
    .map((part) => (part.type === 'refusal' ? part.refusal : part.text))
    .join('')
    .trim();
  return text === '' ? [] : [{ kind: 'agent-text', text }];
}
