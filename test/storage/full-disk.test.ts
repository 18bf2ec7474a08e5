import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';
import { migrateDatabase } from '../../src/storage/migrate.ts';
import { databaseUrl } from '../support/global-setup.ts';
import { jane, openWorld } from '../support/open-world.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { waitFor } from '../support/wait-for.ts';

type FullDisk = {
  readonly database: { readonly url: string; drop(): Promise<void> };
  fill(): Promise<void>;
  free(): Promise<void>;
};

/** A database on a disk of its own that is really full; undefined where this machine lets nobody mount one. */
async function openSmallDisk(): Promise<FullDisk | undefined> {
  const place = mkdtempSync(join(tmpdir(), 'returns-agent-disk-'));
  try {
    chmodSync(place, 0o755);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m,mode=755', 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    rmSync(place, { recursive: true, force: true });
    return undefined;
  }
  const data = join(place, 'data');
  mkdirSync(data, { mode: 0o700 });
  // The server runs as nobody where the tests run as root, and only root may mount.
  chownSync(data, 65534, 65534);
  // A server of its own: on a full disk checkpoints fail, and no database is created without one.
  const folder = mkdtempSync(join(tmpdir(), 'returns-agent-test-'));
  const server = await startEmbeddedPostgres(join(folder, 'postgres'), ['fsync=off']);
  const client = openDatabase(server.url, { connections: 1 });
  await client.db.execute(sql.raw(`create tablespace small location '${data}'`));
  await client.db.execute(sql`create database returns tablespace small`);
  await client.close();
  const url = databaseUrl(server.url, 'returns');
  await migrateDatabase(url);
  const ballast = join(place, 'ballast');
  return {
    database: {
      url,
      async drop() {
        await server.stop();
        execFileSync('umount', ['-l', place]);
        for (const each of [place, folder]) rmSync(each, { recursive: true, force: true });
      },
    },
    async fill() {
      for (const bytes of [1_048_576, 1_024, 1]) {
        while (fits(ballast, bytes));
      }
    },
    free: async () => rmSync(ballast),
  };
}

function fits(file: string, bytes: number): boolean {
  try {
    appendFileSync(file, Buffer.alloc(bytes));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
    return false;
  }
}

/** Everywhere else: the server says of every new row what it says when the disk is full. */
async function pretendFullDisk(): Promise<FullDisk> {
  const created = await createTestDatabase();
  const own = openDatabase(created.url, { connections: 1 });
  await own.db.execute(sql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
  const each = async (statement: (table: string) => string) => {
    for (const table of ['inbox', 'messages', 'outbox', 'quotes', 'refunds', 'turns', 'audit_log'])
      await own.db.execute(sql.raw(statement(table)));
  };
  return {
    database: {
      url: created.url,
      async drop() {
        await own.close();
        await created.drop();
      },
    },
    fill: () =>
      each(
        (table) =>
          `create trigger full_disk before insert on ${table} for each row execute function refuse()`,
      ),
    free: () => each((table) => `drop trigger full_disk on ${table}`),
  };
}

test('a full disk has nothing acknowledged that is not stored, and once there is room all goes on, money once', {
  timeout: 120_000,
}, async ({ onTestFinished }) => {
  const real = await openSmallDisk();
  if (!real) process.stderr.write('No disk may be mounted here: a full one is pretended.\n');
  const disk = real ?? (await pretendFullDisk());
  const world = await openWorld(undefined, { database: disk.database });
  onTestFinished(() => world.close());
  await world.say(jane, 'return the blue shirt from 1001');
  await disk.fill();
  const yes = await world.sandbox.phones.receiveText({ from: jane, body: 'yes' });
  const others = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      world.sandbox.phones.receiveText({ from: `+15554400${10 + index}`, body: `${index} `.repeat(600) }),
    ),
  );
  expect(others.map(({ status }) => status)).toContain(503);
  expect(world.refundsOf('#1001').length).toBeLessThanOrEqual(1);
  expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  await disk.free();
  for (const { status, messageSid } of [yes, ...others]) {
    if (status === 200) continue;
    expect(status).toBe(503);
    await waitFor(
      'it to be taken',
      async () => (await world.sandbox.phones.redeliver(messageSid)).status === 200,
    );
  }
  await waitFor('the outcome', () => world.textsTo(jane).some((text) => text.startsWith('Done:')), 60_000);
  await world.settled();
  expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
  const stored = await world.db.execute(sql`select 1 from inbox`);
  expect(stored.length).toBe(2 + others.length);
});
