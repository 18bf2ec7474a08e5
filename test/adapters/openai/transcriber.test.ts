import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createOpenAiTranscriber } from '../../../src/adapters/openai/transcriber.ts';
import type { VoiceType } from '../../../src/ports/media.ts';

let server: Server;
let baseUrl: string;
let asked: { readonly url: string; readonly form: FormData }[];
let answer: { readonly status: number; readonly body: unknown };
const bytes = Buffer.from('OggS\0voice');

beforeAll(async () => {
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(Buffer.concat(chunks)), { headers }).formData();
    asked.push({ url: request.url ?? '', form });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  };
  server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answer = { status: 200, body: { text: 'hello' } };
});

const hear = (contentType: VoiceType = 'audio/ogg', voice: Buffer = bytes) =>
  createOpenAiTranscriber({ apiKey: 'sk-test', baseUrl }).transcribe({ contentType, bytes: voice });

test('a voice note is sent with a name that says what it is, and what it cost comes back', async () => {
  const usage = { type: 'tokens', input_tokens: 70, output_tokens: 9, total_tokens: 79 };
  answer = { status: 200, body: { text: ' I want to return the mug. ', usage } };
  expect(await hear()).toEqual({
    kind: 'heard',
    text: 'I want to return the mug.',
    usage: { inputTokens: 70, cachedInputTokens: 0, outputTokens: 9 },
  });
  const [{ url, form } = { url: '', form: new FormData() }] = asked;
  const file = form.get('file') as File;
  expect([url, form.get('model'), file.name]).toEqual([
    '/v1/audio/transcriptions',
    'gpt-transcribe',
    'voice.ogg',
  ]);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
});

test('sound that is billed by time counts in tokens too', async () => {
  answer = { status: 200, body: { text: 'hello', usage: { type: 'duration', seconds: 12.3 } } };
  expect(await hear()).toMatchObject({ usage: { inputTokens: 123 } });
});

test.each(['', '  ', '...', '[silence]', '♪♪', '[BLANK_AUDIO].'])('"%s" is nobody speaking', async (text) => {
  answer = { status: 200, body: { text } };
  expect(await hear()).toMatchObject({ kind: 'heard', text: '' });
});

test.each<[string, VoiceType, Buffer]>([
  ['of a kind the provider does not take', 'audio/amr', bytes],
  ['of more than two megabytes', 'audio/ogg', Buffer.alloc(2 * 1024 * 1024 + 1)],
])('a voice note %s is not sent', async (_what, type, voice) => {
  expect(await hear(type, voice)).toEqual({ kind: 'unheard' });
  expect(asked).toEqual([]);
});

test.each([
  [500, { error: { message: 'broken' } }],
  [429, { error: { message: 'slow down' } }],
  [401, { error: { message: 'who?', code: 'invalid_api_key' } }],
  [404, 'no such route'],
  [200, { words: 'hello' }],
  [200, 'hello'],
])('an answer of %d with %j is asked for once, and leaves it unheard', async (status, body) => {
  answer = { status, body };
  expect(await hear()).toEqual({ kind: 'unheard' });
  expect(asked).toHaveLength(1);
});
