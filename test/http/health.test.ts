import { afterEach, describe, expect, it } from 'vitest';
import { type HealthOptions, healthRoutes, type Readiness } from '../../src/http/health.ts';
import { createHttpServer, type HttpServer } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';

const running: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop(0)));
});

const ready: Readiness = { reasons: [], inFlight: 0, queued: 0 };

async function serve(options: Partial<HealthOptions> = {}) {
  const routes = healthRoutes({
    check: async () => ready,
    renderMetrics: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'up 1\n' }),
    adminToken: undefined,
    host: '127.0.0.1',
    ...options,
  });
  const server = createHttpServer({ routes, log: createLog({ level: 'silent' }) });
  running.push(server);
  const { port } = await server.start(0, '127.0.0.1');
  return async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
}

describe('GET /healthz', () => {
  it('answers 200 while the process is alive, whatever the database does', async () => {
    const get = await serve({ check: () => Promise.reject(new Error('down')) });
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('GET /readyz', () => {
  it('answers 200 with the jobs that run and the jobs that are due', async () => {
    const get = await serve({ check: async () => ({ reasons: [], inFlight: 2, queued: 7 }) });
    const { status, text } = await get('/readyz');
    expect([status, JSON.parse(text)]).toEqual([200, { status: 'ready', inFlight: 2, queued: 7 }]);
  });

  it('answers 503 with every reason, and the counts all the same', async () => {
    const get = await serve({ check: async () => ({ reasons: ['a', 'b'], inFlight: 1, queued: 3 }) });
    const { status, text } = await get('/readyz');
    expect([status, JSON.parse(text)]).toEqual([
      503,
      { status: 'not ready', reasons: ['a', 'b'], inFlight: 1, queued: 3 },
    ]);
  });

  it('answers 503 without the words of the database when the check fails', async () => {
    const get = await serve({ check: () => Promise.reject(new Error('password=hunter2')) });
    const { status, text } = await get('/readyz');
    expect([status, JSON.parse(text)]).toEqual([
      503,
      { status: 'not ready', reasons: ['the database does not answer'], inFlight: 0, queued: 0 },
    ]);
  });

  it('answers 503 when the check hangs', async () => {
    const get = await serve({ check: () => new Promise(() => {}), checkTimeoutMs: 20 });
    expect((await get('/readyz')).status).toBe(503);
  });
});

describe('GET /metrics', () => {
  it('opens to the right bearer token only, once one is set', async () => {
    const get = await serve({ adminToken: 'right', host: '0.0.0.0' });
    const { status, headers, text } = await get('/metrics', { authorization: 'Bearer right' });
    expect([status, headers.get('content-type'), text]).toEqual([200, 'text/plain; version=0.0.4', 'up 1\n']);
    for (const authorization of ['Bearer wrong', 'Bearer right2', 'Bearer ', 'right', 'Basic right', '']) {
      const refused = await get('/metrics', { authorization });
      expect([authorization, refused.status, refused.headers.get('www-authenticate')]).toEqual([
        authorization,
        401,
        'Bearer',
      ]);
    }
    expect((await get('/metrics')).status).toBe(401);
  });

  it('needs the token on loopback too, once one is set', async () => {
    const get = await serve({ adminToken: 'right', host: '127.0.0.1' });
    expect((await get('/metrics')).status).toBe(401);
  });

  it('is open without a token on loopback, but not to what came through a proxy or a tunnel', async () => {
    for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]', '127.0.0.2']) {
      const get = await serve({ host });
      expect([host, (await get('/metrics')).status]).toEqual([host, 200]);
      expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401);
      expect((await get('/metrics', { forwarded: 'for=203.0.113.9' })).status).toBe(401);
    }
  });

  it('is closed without a token when the server listens beyond loopback', async () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'returns.example.com', '127.example.com', '']) {
      const get = await serve({ host });
      expect([host, (await get('/metrics')).status]).toEqual([host, 401]);
      expect((await get('/metrics', { authorization: 'Bearer undefined' })).status).toBe(401);
    }
  });
});
