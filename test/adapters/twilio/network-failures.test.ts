import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createTwilioChannel } from '../../../src/adapters/twilio/twilio-channel.ts';

const server = createServer();
let received = 0;

async function listen(): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(): Promise<void> {
  server.removeAllListeners('request');
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

const text = { key: 'text-1', to: '+15551230001', body: 'Hello' };
const channelAt = (apiUrl: string, timeoutMs = 5_000) =>
  createTwilioChannel({
    accountSid: 'AC1',
    authToken: 'secret',
    apiUrl,
    sender: { from: '+15559990000' },
    timeoutMs,
  });
const send = (apiUrl: string, timeoutMs?: number) => channelAt(apiUrl, timeoutMs).send(text);

afterEach(close);

describe('a text whose request', () => {
  it('finds nobody listening was not sent', async () => {
    const apiUrl = await listen();
    await close();
    await expect(send(apiUrl)).rejects.toMatchObject({
      retryable: true,
      outcome: 'refused',
      code: 'ECONNREFUSED',
    });
  });

  it('is cut off after it arrived may have been sent', async () => {
    server.on('request', (request, response) => {
      request.resume().on('end', () => {
        received += 1;
        response.destroy();
      });
    });
    await expect(send(await listen())).rejects.toMatchObject({ retryable: true, outcome: 'unknown' });
    expect(received).toBe(1);
  });

  it('is answered drop by drop is given up at the deadline', async () => {
    server.on('request', (_, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    await expect(send(await listen(), 150)).rejects.toMatchObject({ outcome: 'unknown', code: 'timeout' });
  });
});

describe('an account that is refused', () => {
  it.each([
    ['a wrong token', 401, '{"code":20003}', '20003'],
    ['a bare 403', 403, '', 'http_403'],
  ])('with %s is not asked for the next text', async (_what, status, body, code) => {
    received = 0;
    server.on('request', (request, response) => {
      received += 1;
      request.resume();
      response.writeHead(status).end(body);
    });
    const channel = channelAt(await listen());
    await expect(channel.send(text)).rejects.toMatchObject({ code, accessRefused: true, retryable: false });
    await expect(channel.send(text)).rejects.toMatchObject({ code, accessRefused: true, retryable: true });
    expect(received).toBe(1);
  });
});
