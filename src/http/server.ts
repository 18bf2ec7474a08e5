import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../log.ts';
import { createDrain } from './drain.ts';
import { isUnavailable } from './is-unavailable.ts';
import { createRouteTable } from './match-route.ts';
import { declaresTooMuch, readBody } from './read-body.ts';
import { type HttpRequest, type HttpResponse, json, type Route } from './route.ts';
import { refuseUnread, sendResponse } from './send-response.ts';

export type HttpServerOptions = {
  readonly routes: readonly Route[];
  readonly log: Log;
  readonly maxBodyBytes?: number;
  /** How long a client may take to send its headers, and its whole request. */
  readonly headersTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  readonly maxConnections?: number;
  /** The world reaches us by https: browsers are told to come no other way. */
  readonly isPublicHttps?: boolean;
};

export type HttpServer = {
  /** Port 0 takes a free one. Rejects when the port is taken. */
  start(port: number, host: string): Promise<{ readonly port: number }>;
  /** Takes no new request, waits for the running ones; after `graceMs` connections are cut. */
  stop(graceMs: number): Promise<'drained' | 'forced'>;
};

const lingerMs = 2_000;
const maxHeaders = 100;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { log, maxBodyBytes = 1024 * 1024, headersTimeoutMs = 10_000, requestTimeoutMs = 15_000 } = options;
  const findRoute = createRouteTable(options.routes);
  const { isPublicHttps = false, maxConnections = 5_000 } = options;

  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // Node looks for late clients only this often; its default is 30 s.
    connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
    // Longer than the 60 s after which common load balancers drop an idle connection, so that it is
    // never us who close one just as a request comes in.
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16 * 1024,
  });
  server.maxConnections = maxConnections;
  // Node would leave out what comes after so many: the header a proxy adds last, which says that it is one.
  server.maxHeadersCount = 0;
  const drain = createDrain(server);
  server.on('request', (incoming, response) => void accept(incoming, response, false));
  server.on('checkContinue', (incoming, response) => void accept(incoming, response, true));

  async function accept(incoming: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) {
    try {
      await serve(incoming, response, awaitsContinue);
    } catch (error) {
      log.error('response could not be sent', { error });
      response.destroy();
    }
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) {
    const startedAt = performance.now();
    if (isPublicHttps) response.setHeader('strict-transport-security', 'max-age=31536000');
    const [path, query] = splitTarget(incoming.url ?? '/');
    const match = findRoute(incoming.method ?? '', path);

    const refuse = (answer: HttpResponse): void => refuseUnread(incoming, response, answer, lingerMs);
    if (incoming.rawHeaders.length > 2 * maxHeaders) return refuse(json(431, { error: 'too many headers' }));
    if (match.kind === 'unknown') return refuse(json(404, { error: 'not found' }));
    if (match.kind === 'wrong-method') {
      return refuse(json(405, { error: 'method not allowed' }, { allow: match.allowed.join(', ') }));
    }
    const encoding = incoming.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
      return refuse(
        json(415, { error: 'content encoding not supported' }, { 'accept-encoding': 'identity' }),
      );
    }
    if (awaitsContinue && !declaresTooMuch(incoming, maxBodyBytes)) response.writeContinue();
    const body = await readBody(incoming, maxBodyBytes);
    if (body.kind === 'aborted') return;
    if (body.kind === 'too-large') return refuse(json(413, { error: 'body too large' }));

    const answer = await handle(match.route, {
      method: incoming.method ?? '',
      path,
      query,
      params: match.params,
      headers: readHeaders(incoming),
      rawBody: body.body,
      remoteAddress: incoming.socket.remoteAddress ?? '',
    });
    if (drain.isDraining() && !response.headersSent) response.setHeader('connection', 'close');
    if (answer.stream) drain.endOnStop(response);
    sendResponse(response, answer);
    log.debug('request answered', {
      method: match.route.method,
      route: match.route.path,
      status: answer.status,
      ms: Math.round(performance.now() - startedAt),
    });
  }

  async function handle(route: Route, request: HttpRequest): Promise<HttpResponse> {
    try {
      return await route.handle(request);
    } catch (error) {
      log.error('request failed', { route: route.path, error });
      return isUnavailable(error)
        ? json(503, { error: 'temporarily unavailable' }, { 'retry-after': '5' })
        : json(500, { error: 'internal error' });
    }
  }

  return { start: (port, host) => listen(server, port, host), stop: drain.stop };
}

function listen(server: Server, port: number, host: string): Promise<{ readonly port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve({ port: typeof address === 'object' && address ? address.port : port });
    });
  });
}

function splitTarget(target: string): [path: string, query: string] {
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}

function readHeaders(incoming: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values?.join(', ')]),
  );
}
