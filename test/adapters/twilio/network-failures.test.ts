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

const send = (apiUrl: string, timeoutMs = 5_000) =>
  createTwilioChannel({
    accountSid: 'AC1',
    authToken: 'secret',
    apiUrl,
    sender: { from: '+15559990000' },
    timeoutMs,
  }).send({ key: 'text-1', to: '+15551230001', body: 'Hello' });

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
