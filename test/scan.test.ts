import { spawn } from 'node:child_process';
import { once } from 'node:events';
import pino from 'pino';
import { expect, test } from 'vitest';
import { createHttpServer } from '../src/http/server.ts';
import { createLog } from '../src/log.ts';
import { findLeak, findReplyLeak } from './support/scan-rules.ts';
import { takeLeaks } from './support/scan-setup.ts';

const known = { secrets: new Set(['hunter2hunter2']), words: new Set(['my dog ate the left shoe']) };
const silent = { write: () => {} };

test.each([
  ['an e-mail address', 'could not mail ada@example.org'],
  ['a phone number', 'texted +1 555 123 0001'],
  ['a phone number', 'sender 15551230001'],
  ['a phone number', '/Accounts/4915112345678/Messages'],
  ['a token', 'Authorization: Bearer abcdefgh'],
  ['a token', 'xoxb-1'],
  ['a postal code', 'proof 97205 is wrong'],
  ['a postal code', 'V6B 1A1'],
  ['a name', 'Priya wrote'],
  ['an address', '12 Birch Street'],
  ['a secret', 'https://a:hunter2hunter2@b'],
  ['what a customer wrote', 'cannot read "my dog ate the left shoe"'],
])('%s is found in %j', (leak, text) => {
  expect(findLeak(text, known)).toBe(leak);
});

test.each([
  'request answered',
  'http://127.0.0.1:48201/metrics',
  'SM0123456789abcdef0123456789012345',
  '0192d3c4-0000-7000-8000-123456789012',
  'file:///srv/app/src/log.ts:97205:11',
])('nothing is found in %j', (text) => {
  expect(findLeak(text, known)).toBeUndefined();
});

test('a customer may be told their own items and amounts, and nobody’s number, address, proof or token', () => {
  expect(findReplyLeak('Done: $48.00 for 1 x Blue Oxford Shirt (M), order #1001.', known)).toBeUndefined();
  for (const text of ['call +15551230002', 'to ada@example.org', 'zip 60614', 'hunter2hunter2'])
    expect(findReplyLeak(text, known)).toBeDefined();
});

test('a log line is seen wherever it goes, in this process', () => {
  createLog({ level: 'info', destination: silent }).info('nothing wrong');
  expect(takeLeaks()).toEqual([]);
  pino({}, silent).info({ fields: { to: ['jane@example.com'] } }, 'careless');
  expect(takeLeaks()).toEqual(['log: an e-mail address: jane@example.com']);
});

test('a log line is seen in a process of its own', async () => {
  const script = 'console.log(JSON.stringify({ level: "info", to: "+15551230001" }))';
  const child = spawn(process.execPath, ['-e', script]);
  await once(child, 'close');
  expect(takeLeaks()).toEqual(['log: a phone number: +15551230001']);
});

test('an error answer and a chat reply are seen, and what came in is not to be given back', async () => {
  const body = JSON.stringify({ error: 'cannot read "where is my order, please?"' });
  const server = createHttpServer({
    log: createLog({ level: 'silent', destination: silent }),
    routes: [
      { method: 'POST', path: '/api/chat', handle: async () => ({ status: 400, headers: {}, body }) },
      {
        method: 'GET',
        path: '/api/chat/:conversation',
        handle: async () => ({ status: 200, headers: {}, body: '{"reply":"the token is a-long-token"}' }),
      },
    ],
  });
  const { port } = await server.start(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}/api/chat`;
  await fetch(url, { method: 'POST', body: JSON.stringify({ message: 'where is my order, please?' }) });
  await fetch(`${url}/1`, { headers: { authorization: 'Bearer a-long-token' } });
  await server.stop(0);
  expect(takeLeaks()).toEqual([
    `error answer: what a customer wrote: ${body}`,
    'reply: a secret: the token is a-long-token',
  ]);
});
