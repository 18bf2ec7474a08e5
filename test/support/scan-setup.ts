import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, expect } from 'vitest';
import { findLeak, findReplyLeak } from './scan-rules.ts';

/**
 * Loaded before every test file: whatever the program logs, answers with an error or tells a customer while the
 * file runs is kept and looked through at its end. It listens below the program, so that no test can forget it.
 */
const logged = new Set<string>();
const errors = new Set<string>();
const replies = new Set<string>();
const secrets = new Set<string>();
const words = new Set<string>();

/** What was found so far, and forgets it: for the test that plants something. */
export function takeLeaks(): readonly string[] {
  const known = { secrets, words };
  const found = [
    ...[...logged].map((text) => ({ where: 'log', text, leak: findLeak(text, known) })),
    ...[...errors].map((text) => ({ where: 'error answer', text, leak: findLeak(text, known) })),
    ...[...replies].map((text) => ({ where: 'reply', text, leak: findReplyLeak(text, known) })),
  ];
  for (const seen of [logged, errors, replies]) seen.clear();
  return found.flatMap(({ where, text, leak }) => (leak ? [`${where}: ${leak}: ${text.slice(0, 300)}`] : []));
}

afterAll(() => expect(takeLeaks()).toEqual([]));

/** Of pino, with the line as it is written. */
subscribe('tracing:pino_asJson:end', (message) => noteLine(String((message as { result: unknown }).result)));

subscribe('child_process', (message) => {
  const { process: child } = message as { process: ChildProcess };
  process.nextTick(() => {
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream?.on('data', (data) => {
        const lines = `${rest}${String(data)}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line.startsWith('{"level"')) noteLine(line);
      });
    }
  });
});

subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  noteSecrets(request);
  const path = request.url?.split('?')[0] ?? '';
  if (path === '/twilio/messages' || path === '/api/chat') readAlong(request, noteWords);
  if (path.endsWith('/Messages.json')) readAlong(request, (body) => noteReply(formField(body, 'Body')));
  // Only the program's own answers carry this; stand-ins may name whom they like.
  const isOurs = () => response.hasHeader('cross-origin-opener-policy');
  for (const method of ['write', 'end'] as const) {
    const send = response[method].bind(response) as (...given: readonly unknown[]) => never;
    response[method] = (...given: readonly unknown[]) => {
      if (isOurs() && typeof given[0] === 'string') noteAnswer(path, response, given[0]);
      return send(...given);
    };
  }
});

function noteAnswer(path: string, { statusCode }: ServerResponse, body: string): void {
  if (statusCode >= 400) errors.add(body);
  else if (path.startsWith('/api/chat')) noteReply(String(readJson(body).reply ?? ''));
}

function noteReply(text: string): void {
  replies.add(text);
}

function noteLine(line: string): void {
  const { time: _, ...fields } = readJson(line);
  noteStrings(fields);
}

/** Numbers apart from times and amounts of work are words of no one; a phone number in one would be. */
function noteStrings(value: unknown): void {
  if (typeof value === 'string') logged.add(value.replace(uuid, ''));
  else if (typeof value === 'number' && value >= 1e9) logged.add(`+${value}`);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(noteStrings);
}

const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

function noteSecrets({ headers }: IncomingMessage): void {
  const { authorization = '' } = headers;
  const [scheme, credentials = ''] = authorization.split(' ');
  const parts =
    scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString().split(':').slice(1) : [credentials];
  const signed = [
    'x-shopify-access-token',
    'x-twilio-signature',
    'x-slack-signature',
    'x-shopify-hmac-sha256',
  ];
  for (const value of [...parts, ...signed.map((header) => String(headers[header] ?? ''))])
    if (value.length >= 10) secrets.add(value);
}

function noteWords(body: string): void {
  const said = body.startsWith('{') ? String(readJson(body).message ?? '') : formField(body, 'Body');
  // Shorter ones are words the program has, too.
  if (said.trim().length >= 15) words.add(said.trim());
}

/** Without taking a byte from whoever reads it. */
function readAlong(request: IncomingMessage, then: (body: string) => void): void {
  const chunks: Buffer[] = [];
  const push = request.push;
  request.push = (chunk: unknown, encoding) => {
    if (chunk === null) then(Buffer.concat(chunks).toString());
    else if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    return push.call(request, chunk, encoding);
  };
}

function formField(body: string, name: string): string {
  return new URLSearchParams(body).get(name) ?? '';
}

function readJson(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return { text };
  }
}
