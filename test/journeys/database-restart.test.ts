import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';
import { migrateDatabase } from '../../src/storage/migrate.ts';
import { jane, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

type OwnServer = {
  readonly url: string;
  /** 'fast' ends every session; 'crash' is what a killed server is like: no session hears of it. */
  restart(how: 'fast' | 'crash'): Promise<void>;
  remove(): Promise<void>;
};

/** A PostgreSQL server that comes back where it was. */
async function startOwnServer(): Promise<OwnServer> {
  const directory = mkdtempSync(join(tmpdir(), 'returns-agent-restart-'));
  const data = join(directory, 'postgres');
  const port = await freePort();
  const start = () => startEmbeddedPostgres(data, [`port=${port}`]);
  let server = await start();
  const url = new URL(server.url);
  url.port = String(port);
  return {
    url: url.href,
    async restart(how) {
      if (how === 'fast') await server.stop();
      else {
        const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
        process.kill(pid, 'SIGQUIT');
        await waitFor('the server to be gone', () => !isAlive(pid));
      }
      server = await start();
    },
    async remove() {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

let server: OwnServer;
let world: World;
beforeAll(async () => {
  server = await startOwnServer();
  await migrateDatabase(server.url);
  world = await openWorld(undefined, { database: { url: server.url, drop: () => server.remove() } });
});
afterAll(() => world.close());

/** As Twilio with a retry rule: what was not acknowledged is delivered again. */
async function deliver(from: string, body: string): Promise<void> {
  const { status, messageSid } = await world.sandbox.phones.receiveText({ from, body });
  if (status === 200) return;
  expect(status).toBe(503);
  await waitFor(
    'the redelivery to be taken',
    async () => (await world.sandbox.phones.redeliver(messageSid)).status === 200,
  );
}

test('PostgreSQL restarts and crashes under traffic: nothing is lost, nothing doubled, the program lives', {
  timeout: 120_000,
}, async () => {
  await world.say(jane, 'return the blue shirt from 1001');
  const numbers = Array.from({ length: 60 }, (_, index) => `+1555770${String(index).padStart(4, '0')}`);
  let written = 0;
  const traffic = Promise.all(
    Array.from({ length: 4 }, async (_, lane) => {
      for (const number of numbers.filter((_, index) => index % 4 === lane)) {
        await deliver(number, 'return policy?');
        written += 1;
      }
    }),
  );
  await waitFor('some traffic', () => written >= 8);
  const agreed = deliver(jane, 'yes');
  await server.restart('fast');
  await waitFor('traffic to go on', () => written >= 30, 30_000);
  await server.restart('crash');
  await Promise.all([traffic, agreed]);

  const quiet = numbers.filter((number) => world.textsTo(number).length === 0);
  await waitFor('every answer', () => quiet.every((number) => world.textsTo(number).length > 0), 60_000);
  await waitFor('the outcome', () => world.textsTo(jane).some((text) => text.startsWith('Done:')), 60_000);
  await world.settled();
  expect(numbers.map((number) => world.textsTo(number).length)).toEqual(numbers.map(() => 1));
  expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
  expect(world.textsTo(jane).filter((text) => text.startsWith('Done:'))).toHaveLength(1);
  const waiting = await world.db.execute(sql`select 1 from outbox where state = 'waiting'`);
  expect(waiting).toHaveLength(0);
});

test('afterwards jobs are heard of at once again, not found by looking', async () => {
  const [row] = await world.db.execute<{ count: string }>(
    sql`select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
  );
  expect(Number(row?.count)).toBe(1);
});
