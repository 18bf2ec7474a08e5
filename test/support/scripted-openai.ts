import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the next request is answered with, or how the answer is made from it. */
export type ScriptedStep =
  | ScriptedReply
  | ((request: ScriptedRequest) => ScriptedReply | Promise<ScriptedReply>);

export type ScriptedReply =
  | {
      readonly text?: string;
      readonly calls?: readonly { readonly name: string; readonly arguments: unknown }[];
      readonly refusal?: string;
      /** Encrypted content of a reasoning item in front of all others; Responses only. */
      readonly reasoning?: string;
      readonly cutOff?: true;
      readonly usage?: { readonly input: number; readonly cached: number; readonly output: number };
    }
  /** Instead of an answer. `body` is sent as it is, `error` in OpenAI's envelope. */
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly error?: Readonly<Record<string, unknown>>;
      readonly body?: string;
    }
  /** Answers nothing and keeps the line open. */
  | { readonly hang: true }
  /** Begins to answer and never ends. */
  | { readonly trickle: true };

export type ScriptedRequest = {
  readonly api: 'responses' | 'chat';
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the JSON that was sent
  readonly body: any;
};

export type ScriptedOpenAi = {
  /** With its `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly ScriptedRequest[];
  /** Adds to the end of the script. */
  add(...steps: readonly ScriptedStep[]): void;
  /** What the next voice notes are heard to say. */
  hear(...texts: readonly string[]): void;
  /** Throws when a request had no step, a step threw, or a step was never asked for. */
  assertDone(): void;
  close(): Promise<void>;
};

/** A server in OpenAI's shapes, both APIs, that says its lines in order. */
export async function startScriptedOpenAi(steps: readonly ScriptedStep[] = []): Promise<ScriptedOpenAi> {
  const script = [...steps];
  const requests: ScriptedRequest[] = [];
  const problems: string[] = [];
  const transcripts: string[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const heard = incoming.url === '/v1/audio/transcriptions' ? transcripts.shift() : undefined;
      if (heard !== undefined) return sendJson(response, 200, { text: heard });
      const api = apis.get(`${incoming.method} ${incoming.url}`);
      const step = api && script.shift();
      if (!api || !step) {
        problems.push(
          `nothing scripted for ${incoming.method} ${incoming.url} (request ${requests.length + 1})`,
        );
        sendJson(response, 500, { error: { message: 'unexpected request', code: 'unscripted' } });
        return;
      }
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const request = { api, headers: incoming.headers, body };
      requests.push(request);
      answer(response, request, step, requests.length).catch((error: unknown) => {
        problems.push(`step ${requests.indexOf(request) + 1} threw: ${String(error)}`);
        if (!response.headersSent)
          sendJson(response, 500, { error: { message: 'step threw', code: 'unscripted' } });
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    add: (...more) => void script.push(...more),
    hear: (...texts) => void transcripts.push(...texts),
    assertDone() {
      if (transcripts.length > 0) problems.push(`${transcripts.length} transcript(s) were never asked for`);
      if (script.length > 0) problems.push(`${script.length} scripted step(s) were never asked for`);
      if (problems.length > 0) throw new Error(`Scripted OpenAI: ${problems.join('; ')}`);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const apis = new Map<string, ScriptedRequest['api']>([
  ['POST /v1/responses', 'responses'],
  ['POST /v1/chat/completions', 'chat'],
]);

async function answer(
  response: ServerResponse,
  request: ScriptedRequest,
  step: ScriptedStep,
  number: number,
): Promise<void> {
  const reply = typeof step === 'function' ? await step(request) : step;
  if ('hang' in reply) return;
  if ('trickle' in reply) {
    response.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(drip));
    return;
  }
  if ('status' in reply) {
    const { status, headers, error = { message: 'scripted failure' }, body } = reply;
    sendJson(response, status, { error }, headers, body);
    return;
  }
  sendJson(
    response,
    200,
    request.api === 'responses' ? asResponse(reply, number) : asCompletion(reply, number),
  );
}

type Spoken = Extract<ScriptedReply, { readonly text?: string }>;

function asResponse(reply: Spoken, number: number): object {
  const { input, cached, output } = reply.usage ?? { input: 0, cached: 0, output: 0 };
  const status = reply.cutOff ? 'incomplete' : 'completed';
  const content = [
    ...(reply.text === undefined ? [] : [{ type: 'output_text', text: reply.text, annotations: [] }]),
    ...(reply.refusal === undefined ? [] : [{ type: 'refusal', refusal: reply.refusal }]),
  ];
  return {
    id: `resp_${number}`,
    object: 'response',
    created_at: 1_790_000_000,
    status,
    incomplete_details: reply.cutOff ? { reason: 'max_output_tokens' } : null,
    error: null,
    output: [
      ...(reply.reasoning === undefined
        ? []
        : [{ id: `rs_${number}`, type: 'reasoning', summary: [], encrypted_content: reply.reasoning }]),
      ...(content.length === 0
        ? []
        : [{ id: `msg_${number}`, type: 'message', role: 'assistant', status, content }]),
      ...(reply.calls ?? []).map((call, index) => ({
        id: `fc_${number}_${index}`,
        type: 'function_call',
        call_id: `call_${number}_${index}`,
        name: call.name,
        arguments: argumentsText(call.arguments),
        status,
      })),
    ],
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
  };
}

function asCompletion(reply: Spoken, number: number): object {
  const { input, cached, output } = reply.usage ?? { input: 0, cached: 0, output: 0 };
  const calls = (reply.calls ?? []).map((call, index) => ({
    id: `call_${number}_${index}`,
    type: 'function',
    function: { name: call.name, arguments: argumentsText(call.arguments) },
  }));
  return {
    id: `chatcmpl-${number}`,
    object: 'chat.completion',
    created: 1_790_000_000,
    choices: [
      {
        index: 0,
        finish_reason: reply.cutOff ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop',
        message: {
          role: 'assistant',
          content: reply.text ?? null,
          refusal: reply.refusal ?? null,
          ...(calls.length > 0 ? { tool_calls: calls } : {}),
        },
      },
    ],
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: cached },
    },
  };
}

/** A string stands for itself, so that a script can send broken JSON. */
function argumentsText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
  text = JSON.stringify(body),
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}
