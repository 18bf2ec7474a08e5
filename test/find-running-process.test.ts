import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRunningProcess } from '../src/find-running-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'running-'));
const file = join(directory, 'running.json');
const databaseUrl = 'postgres://postgres@127.0.0.1:1/postgres';
/** Beyond what Linux and macOS hand out. */
const nobodysPid = 99_999_999;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(request.url === '/healthz' ? 200 : 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

test('finds nothing where no program ever ran', async () => {
  expect(await findRunningProcess(join(directory, 'none.json'))).toBeUndefined();
});

test('finds a program that lives and answers, and tells a live one from the sandbox', async () => {
  const found = { pid: process.pid, url, databaseUrl };
  writeFileSync(file, JSON.stringify(found));
  expect(await findRunningProcess(file)).toEqual({ ...found, isSandbox: false });
});

test.each([
  ['a process that is gone', () => JSON.stringify({ pid: nobodysPid, url, databaseUrl })],
  [
    'a port where nobody answers',
    () => JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:1', databaseUrl }),
  ],
  ['half a file', () => '{"pid": 1'],
  ['a file of another shape', () => '{}'],
])('ignores what is left of %s', async (_what, content) => {
  writeFileSync(file, content());
  expect(await findRunningProcess(file)).toBeUndefined();
});
