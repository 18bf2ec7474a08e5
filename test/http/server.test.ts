import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ExternalError } from '../../src/errors.ts';
import { type HttpRequest, json, type Route } from '../../src/http/route.ts';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';

const log = createLog({ level: 'silent' });
const running: HttpServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop(0)));
});

async function serve(routes: readonly Route[], options: Partial<HttpServerOptions> = {}) {
  const server = createHttpServer({ routes, log, ...options });
  running.push(server);
  const { port } = await server.start(0, '127.0.0.1');
  return { server, port, base: `http://127.0.0.1:${port}` };
}

function post(path: string, handle: Route['handle']): Route {
  return { method: 'POST', path, handle };
}

const echo = post('/echo', async ({ method, path, query, params, headers, rawBody, remoteAddress }) =>
  json(200, { method, path, query, params, headers, body: rawBody.toString('base64'), remoteAddress }),
);

/** Writes bytes as they are and gathers everything the server says until it closes. */
function talk(port: number): { socket: Socket; closed: Promise<string>; heard: () => string } {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(text)));
  socket.on('error', () => {});
  return { socket, closed, heard: () => text };
}

describe('a request', () => {
  it('reaches its handler with the body byte for byte and the path and query as sent', async () => {
    const { base } = await serve([echo]);
    const bytes = Buffer.from([0, 255, 13, 10, 226, 130]);
    const answer = await fetch(`${base}/echo?a=%20b&a=c+d`, { method: 'POST', body: bytes });
    const seen = (await answer.json()) as HttpRequest & { body: string };
    expect(seen).toMatchObject({ method: 'POST', path: '/echo', query: 'a=%20b&a=c+d', params: {} });
    expect(Buffer.from(seen.body, 'base64')).toEqual(bytes);
    expect(seen.remoteAddress).toBe('127.0.0.1');
  });

  it('shows a header that was sent twice as one value nobody could have signed', async () => {
    const { port } = await serve([echo]);
    const { socket, closed } = talk(port);
    socket.write(
      'POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Twilio-Signature: a\r\nx-twilio-signature: b\r\n' +
        'Authorization: Bearer a\r\nAuthorization: Bearer b\r\nContent-Length: 0\r\n\r\n',
    );
    const text = await closed;
    expect(text).toContain('"x-twilio-signature":"a, b"');
    expect(text).toContain('"authorization":"Bearer a, Bearer b"');
  });

  it('gets 404 in JSON when the path is unknown, and 405 with Allow when only the method is wrong', async () => {
    const { base } = await serve([echo]);
    const unknown = await fetch(`${base}/echo/`, { method: 'POST', body: 'x' });
    expect([unknown.status, await unknown.json()]).toEqual([404, { error: 'not found' }]);
    const wrong = await fetch(`${base}/echo`);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('finds a parameter in the path, decoded, and a prefix route', async () => {
    const get = (path: string): Route => ({
      method: 'GET',
      path,
      handle: async ({ params }) => json(200, { path, params }),
    });
    const { base } = await serve([get('/page/*'), get('/api/chat/:conversation'), get('/api/chat/me')]);
    const read = async (path: string) => (await fetch(base + path)).json();
    expect(await read('/api/chat/a%20b')).toEqual({
      path: '/api/chat/:conversation',
      params: { conversation: 'a b' },
    });
    expect(await read('/api/chat/me')).toEqual({ path: '/api/chat/me', params: {} });
    expect(await read('/page/js/app.js')).toEqual({ path: '/page/*', params: { '*': 'js/app.js' } });
    for (const path of ['/api/chat/', '/api/chat/a/b', '/api/chat/%E0%A4', '/pages']) {
      expect((await fetch(base + path)).status, path).toBe(404);
    }
  });

  it('is refused with 415 when its body is compressed', async () => {
    const { base } = await serve([echo]);
    const send = (encoding: string) =>
      fetch(`${base}/echo`, { method: 'POST', body: 'x', headers: { 'content-encoding': encoding } });
    expect((await send('gzip')).status).toBe(415);
    expect((await send('identity')).status).toBe(200);
  });

  it('answers HEAD as GET without a body', async () => {
    const { base } = await serve([{ method: 'GET', path: '/x', handle: async () => json(200, { a: 1 }) }]);
    const answer = await fetch(`${base}/x`, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
      200,
      '7',
      '',
    ]);
  });
});

describe('a body', () => {
  it('of exactly one MiB passes, and one byte more is refused with 413', async () => {
    const { base } = await serve([echo]);
    const send = (bytes: number) => fetch(`${base}/echo`, { method: 'POST', body: Buffer.alloc(bytes) });
    expect((await send(1024 * 1024)).status).toBe(200);
    expect((await send(1024 * 1024 + 1)).status).toBe(413);
  });

  it('that is far too large is answered before it is sent, and the answer arrives', async () => {
    const { base } = await serve([echo]);
    for (let round = 0; round < 5; round += 1) {
      const answer = await fetch(`${base}/echo`, { method: 'POST', body: Buffer.alloc(20 * 1024 * 1024) });
      expect([answer.status, await answer.json()]).toEqual([413, { error: 'body too large' }]);
    }
  });

  it('that is far too large is answered even to a client that listens only once all is sent', async () => {
    const { port } = await serve([echo]);
    const socket = connect(port, '127.0.0.1').pause();
    const size = 20 * 1024 * 1024;
    socket.write(`POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`);
    await new Promise<void>((resolve, reject) => {
      socket.write(Buffer.alloc(size), (error) => (error ? reject(error) : resolve()));
      socket.on('error', reject);
    });
    const heard = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))).resume(),
    );
    expect(heard).toMatch(/^HTTP\/1.1 413/);
  });

  it('that does not say its size is refused as soon as it passes the limit', async () => {
    const handle = vi.fn(echo.handle);
    const { port } = await serve([post('/echo', handle)], { maxBodyBytes: 1000 });
    const { socket, heard, closed } = talk(port);
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    socket.write(`400\r\n${'x'.repeat(1024)}\r\n`);
    await vi.waitFor(() => expect(heard()).toContain('HTTP/1.1 413'));
    expect(heard().toLowerCase()).toContain('connection: close');
    await closed;
    expect(handle).not.toHaveBeenCalled();
  });

  it('announced with Expect: 100-continue is refused without being asked for', async () => {
    const { port } = await serve([echo], { maxBodyBytes: 10 });
    const send = (length: number) => {
      const { socket, heard } = talk(port);
      socket.write(
        `POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`,
      );
      return { socket, heard };
    };
    const large = send(11);
    await vi.waitFor(() => expect(large.heard()).toMatch(/^HTTP\/1.1 413/));
    const small = send(2);
    await vi.waitFor(() => expect(small.heard()).toMatch(/^HTTP\/1.1 100/));
    small.socket.write('ok');
    await vi.waitFor(() => expect(small.heard()).toContain('HTTP/1.1 200'));
  });

  it('that breaks off reaches no handler and leaves the server well', async () => {
    const handle = vi.fn(echo.handle);
    const { port, base } = await serve([post('/echo', handle), echo]);
    const { socket, closed } = talk(port);
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf', () => socket.destroy());
    await closed;
    expect((await fetch(`${base}/echo`, { method: 'POST', body: 'x' })).status).toBe(200);
    expect(handle).toHaveBeenCalledTimes(1);
  });
});

describe('limits', () => {
  it('of headers: one more than a hundred, and more than 16 KiB, are refused with 431', async () => {
    const { port } = await serve([echo]);
    const send = async (headers: string) => {
      const { socket, closed } = talk(port);
      socket.write(
        `POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}Content-Length: 0\r\n\r\n`,
      );
      return (await closed).slice(0, 12);
    };
    const many = (count: number) => Array.from({ length: count }, (_, i) => `a${i}: b\r\n`).join('');
    expect(await send(many(97))).toBe('HTTP/1.1 200');
    expect(await send(many(98))).toBe('HTTP/1.1 431');
    // More than Node counts by itself, and what it would leave out: the one that says who forwards.
    expect(await send(`${many(2_100)}X-Forwarded-For: 203.0.113.9\r\n`)).toBe('HTTP/1.1 431');
    expect(await send(`a: ${'b'.repeat(17_000)}\r\n`)).toBe('HTTP/1.1 431');
  });

  it('of connections: one too many is closed, and the others are served', async () => {
    const { port } = await serve([echo], { maxConnections: 1 });
    const first = talk(port);
    first.socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    await vi.waitFor(() => expect(first.heard()).toContain('200 OK'));
    expect(await talk(port).closed).toBe('');
    first.socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    await vi.waitFor(() => expect(first.heard().match(/200 OK/g)).toHaveLength(2));
  });
});

describe('a client that takes its time', () => {
  it('with its headers is cut off', async () => {
    const { port } = await serve([echo], { headersTimeoutMs: 100, requestTimeoutMs: 200 });
    const { socket, closed } = talk(port);
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\n');
    expect(await closed).toMatch(/^HTTP\/1.1 408/);
  });

  it('with its first byte is cut off', async () => {
    const { port } = await serve([echo], { headersTimeoutMs: 100, requestTimeoutMs: 200 });
    expect(await talk(port).closed).toMatch(/^HTTP\/1.1 408|^$/);
  });

  it('with its body is cut off', async () => {
    const { port } = await serve([echo], { headersTimeoutMs: 100, requestTimeoutMs: 200 });
    const { socket, closed } = talk(port);
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx');
    expect(await closed).toMatch(/^HTTP\/1.1 408/);
  });

  it('between two requests on one connection is not', async () => {
    const { port } = await serve([echo], { headersTimeoutMs: 100, requestTimeoutMs: 200 });
    const { socket, heard } = talk(port);
    const once = 'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n';
    socket.write(once);
    await vi.waitFor(() => expect(heard().match(/HTTP\/1.1 200/g)).toHaveLength(1));
    const late = talk(port);
    late.socket.write('POST');
    await late.closed;
    socket.write(once);
    await vi.waitFor(() => expect(heard().match(/HTTP\/1.1 200/g)).toHaveLength(2));
  });
});

describe('a handler that throws', () => {
  const failWith = async (error: unknown) => {
    const { base } = await serve([post('/x', () => Promise.reject(error))]);
    const answer = await fetch(`${base}/x`, { method: 'POST', body: 'x' });
    return { status: answer.status, body: await answer.text(), headers: answer.headers };
  };
  const withCode = (code: string) => Object.assign(new Error('select * from secrets'), { code });

  it('is answered with 500 and a sentence that tells nothing about the inside', async () => {
    const { status, body } = await failWith(new Error('select * from secrets'));
    expect([status, body]).toEqual([500, '{"error":"internal error"}']);
  });

  it('because the database is away is answered with 503, so that the provider redelivers', async () => {
    const network = ['ECONNREFUSED', 'CONNECTION_ENDED', 'CONNECT_TIMEOUT'];
    const postgres = ['57P01', '08006', '53300', '28P01', '3D000', '55000'];
    for (const code of [...network, ...postgres]) {
      const { status, body } = await failWith(new Error('Failed query', { cause: withCode(code) }));
      expect([code, status, body]).toEqual([code, 503, '{"error":"temporarily unavailable"}']);
    }
    expect((await failWith(withCode('23505'))).status).toBe(500);
  });

  it('because a provider is away is answered with 503 only when trying again can help', async () => {
    const external = (retryable: boolean) =>
      new ExternalError({ service: 'shopify', retryable, outcome: 'refused' });
    expect((await failWith(external(true))).status).toBe(503);
    expect((await failWith(external(false))).status).toBe(500);
  });

  it('leaves the server well when the answer itself cannot be sent', async () => {
    const { base } = await serve([
      post('/bad', async () => ({ status: 200, headers: { 'x-bad': 'a\r\nSet-Cookie: b' } })),
      echo,
    ]);
    await expect(fetch(`${base}/bad`, { method: 'POST' })).rejects.toThrow();
    expect((await fetch(`${base}/echo`, { method: 'POST' })).status).toBe(200);
  });
});

describe('an answer', () => {
  it('of any kind, refusals too, loads nothing, is framed, sniffed and kept nowhere, and sends nobody along', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<p>' };
    const broken = post('/broken', () => Promise.reject(new Error('x')));
    const { base } = await serve([post('/page', async () => page), echo, broken]);
    for (const path of ['/page', '/echo', '/broken', '/unknown']) {
      const { headers } = await fetch(base + path, { method: 'POST' });
      expect(Object.fromEntries(headers), path).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy':
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers.get('strict-transport-security'), path).toBeNull();
      expect(headers.get('server') ?? headers.get('x-powered-by'), path).toBeNull();
    }
  });

  it('tells browsers to come by https only where the public address is one', async () => {
    const { base } = await serve([echo], { isPublicHttps: true });
    for (const path of ['/echo', '/unknown']) {
      const { headers } = await fetch(base + path, { method: 'POST' });
      expect(headers.get('strict-transport-security'), path).toBe('max-age=31536000');
    }
  });

  it('can be a stream, which ends when the server stops', async () => {
    const events: Route = {
      method: 'GET',
      path: '/events',
      handle: async () => ({
        status: 200,
        headers: { 'content-type': 'text/event-stream' },
        stream: (response) => void response.write('data: 1\n\n'),
      }),
    };
    const { base, server } = await serve([events]);
    const answer = await fetch(`${base}/events`);
    const reader = answer.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: 1\n\n');
    expect(await server.stop(5_000)).toBe('drained');
    expect((await reader?.read())?.done).toBe(true);
  });
});

describe('stopping', () => {
  it('waits for the running request, takes no new one, and drops idle connections at once', async () => {
    const gate = Promise.withResolvers<void>();
    const slow = post('/slow', async () => {
      await gate.promise;
      return json(200, { done: true });
    });
    const { server, port } = await serve([slow, echo]);
    const idle = talk(port);
    idle.socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    await vi.waitFor(() => expect(idle.heard()).toContain('200 OK'));
    const silent = talk(port);
    await new Promise((resolve) => silent.socket.on('connect', resolve));

    const busy = talk(port);
    busy.socket.write('POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    const ping = talk(port);
    ping.socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    await ping.closed;

    const stopped = server.stop(10_000);
    await idle.closed;
    await silent.closed;
    await expect(fetch(`http://127.0.0.1:${port}/echo`, { method: 'POST' })).rejects.toThrow();
    gate.resolve();
    expect(await busy.closed).toMatch(/connection: close[\s\S]*\{"done":true\}/i);
    expect(await stopped).toBe('drained');
  });

  it('cuts what still runs after the grace time', async () => {
    const reached = Promise.withResolvers<void>();
    const never = post('/never', () => {
      reached.resolve();
      return new Promise(() => {});
    });
    const { server, port } = await serve([never]);
    const { socket, closed } = talk(port);
    socket.write('POST /never HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    await reached.promise;
    expect(await server.stop(50)).toBe('forced');
    expect(await closed).toBe('');
  });
});

describe('starting', () => {
  it('on a port in use fails with the reason', async () => {
    const { port } = await serve([echo]);
    const second = createHttpServer({ routes: [], log });
    await expect(second.start(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('serves many requests over one connection', async () => {
    const { port } = await serve([echo]);
    for (let n = 0; n < 3; n += 1) {
      const status = await new Promise((resolve, reject) => {
        httpRequest({ port, path: '/echo', method: 'POST' }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode));
        })
          .on('error', reject)
          .end('x');
      });
      expect(status).toBe(200);
    }
  });
});
