import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { exchange } from '../../../src/adapters/shopify/exchange.ts';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function post(url: string, timeoutMs?: number) {
  return exchange({ url, headers: {}, body: '{}', timeoutMs });
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map(close));
});

it('knows that nothing was sent when nobody listens', async () => {
  const url = await serve(() => {});
  await Promise.all(servers.splice(0).map(close));
  await expect(post(url)).resolves.toMatchObject({ kind: 'no-answer', sent: false, code: 'ECONNREFUSED' });
});

it('counts a request as sent when the connection breaks before the answer', async () => {
  const url = await serve((request) => request.socket.destroy());
  await expect(post(url)).resolves.toMatchObject({ kind: 'no-answer', sent: true });
});

it('counts a request as sent when the answer does not come in time', async () => {
  const url = await serve(() => {});
  await expect(post(url, 50)).resolves.toMatchObject({ kind: 'no-answer', sent: true, code: 'timeout' });
});

it('counts a request as sent when the answer stops in the middle', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"data":', () => response.socket?.destroy());
  });
  await expect(post(url)).resolves.toMatchObject({ kind: 'no-answer', sent: true });
});

it('bounds the time for a body that never ends', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200);
    response.write('{');
  });
  await expect(post(url, 50)).resolves.toMatchObject({ kind: 'no-answer', sent: true, code: 'timeout' });
});

it('does not carry credentials to where a redirect points', async () => {
  const visited: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    visited.push(request.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  await expect(post(url)).resolves.toMatchObject({ kind: 'answer', status: 307 });
  expect(visited).toEqual(['/']);
});

it('uses a connection again for later requests', async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{"n":1}');
  });
  for (let count = 0; count < 6; count += 1) {
    await expect(post(url)).resolves.toMatchObject({ kind: 'answer', status: 200, json: { n: 1 } });
  }
  expect(ports.size).toBeLessThanOrEqual(2);
});
