import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { AnswerFault } from './faults.ts';

export type StandInRequest = {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  /** The same before it was taken for text. */
  readonly rawBytes?: Buffer;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Called after the body, for answers that go on; the response stays open. */
  readonly stream?: (response: ServerResponse) => void;
};

/** `drop`: the connection ends without an answer. */
export type StandInAnswer = Answer | { readonly drop: true };

export type Route = {
  readonly prefix: string;
  handle(request: StandInRequest): StandInAnswer | Promise<StandInAnswer>;
};

export type SandboxServer = { readonly port: number; close(): Promise<void> };

/** `port` 0 takes any free one. */
export async function startServer(input: {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  readonly upgrade?: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined;
}): Promise<SandboxServer> {
  const server = createServer((request, response) => {
    void respond(input.routes, request, response);
  });
  if (input.upgrade) server.on('upgrade', input.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(input.port, input.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `throttled` is the provider's own way to say "slow down". */
export function answerFault(fault: AnswerFault, throttled: StandInAnswer): StandInAnswer {
  if (fault.kind === 'drop') return { drop: true };
  if (fault.kind === 'throttle') return throttled;
  return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

async function respond(routes: readonly Route[], request: IncomingMessage, response: ServerResponse) {
  try {
    const answer = await route(routes, request);
    if ('drop' in answer) {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers);
    if (!answer.stream) return void response.end(answer.body);
    response.write(answer.body);
    answer.stream(response);
  } catch (error) {
    // A stand-in that breaks must show up in the test that broke it, not as a silent provider fault.
    response.writeHead(500, { 'content-type': 'text/plain' }).end(`The stand-in failed: ${String(error)}`);
  }
}

async function route(routes: readonly Route[], request: IncomingMessage): Promise<StandInAnswer> {
  const path = request.url ?? '/';
  const rawBytes = await buffer(request);
  const rawBody = rawBytes.toString('utf8');
  const found = routes.find((each) => path.startsWith(each.prefix));
  if (!found) return { status: 404, headers: {}, body: '' };
  return found.handle({ method: request.method ?? 'GET', path, headers: request.headers, rawBody, rawBytes });
}
