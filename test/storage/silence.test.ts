import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isUnavailable } from '../../src/http/is-unavailable.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { openJobQueue } from '../../src/storage/jobs.ts';
import { type DatabaseGate, openDatabaseGate } from '../support/database-gate.ts';
import { createTestDatabase } from '../support/test-database.ts';

let gate: DatabaseGate;
let drop: () => Promise<void>;
const open: Database[] = [];
beforeEach(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  gate = await openDatabaseGate(created.url);
});
afterEach(async () => {
  await gate.shut();
  await Promise.all(open.splice(0).map((database) => database.close()));
  await gate.close();
  await drop();
});
function openThrough(options: Parameters<typeof openDatabase>[1]): Database['db'] {
  const database = openDatabase(gate.url, options);
  open.push(database);
  return database.db;
}
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isUnavailable(error) ? 'unavailable' : 'wrong'),
  );

test('a server that went away without a word fails its statements, and its transactions', async () => {
  const db = openThrough({ connections: 2, silenceMs: 300 });
  await db.execute(sql`select 1`);
  const asleep = Promise.withResolvers<void>();
  const inside = db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    gate.freeze();
    asleep.resolve();
    await tx.execute(sql`select 2`);
  });
  await asleep.promise;
  expect(await Promise.all([outcome(inside), outcome(db.execute(sql`select 3`))])).toEqual([
    'unavailable',
    'unavailable',
  ]);
});

test('afterwards the next statement finds the server again', async () => {
  const db = openThrough({ connections: 1, silenceMs: 300 });
  await db.execute(sql`select 1`);
  gate.freeze();
  expect(await outcome(db.execute(sql`select 2`))).toBe('unavailable');
  await gate.shut();
  await gate.open();
  expect(await outcome(db.execute(sql`select 3`))).toBe('done');
});

test('a door with no server behind it fails statements, instead of being knocked at without end', async () => {
  const db = openThrough({ connections: 1 });
  await db.execute(sql`select 1`);
  gate.leadTo(1);
  await gate.shut();
  await gate.open();
  expect(await outcome(db.execute(sql`select 2`))).toBe('unavailable');
});

test('a statement sent in the moment in which its connection breaks is answered, too', async () => {
  const db = openThrough({ connections: 1, silenceMs: 300 });
  await db.execute(sql`select 1`);
  gate.freeze();
  const asked = outcome(db.execute(sql`select 2`)).then(async () => {
    const next = outcome(db.execute(sql`select 3`));
    await gate.shut();
    await gate.open();
    return next;
  });
  // Answered by the new connection, or refused by the old one.
  expect(['done', 'unavailable']).toContain(await asked);
});

test('fetching jobs from a server that went away fails too, instead of waiting for ever', async () => {
  const jobs = openJobQueue(gate.url, { works: false, onError: () => {}, silenceMs: 300 });
  await jobs.start();
  await jobs.boss.fetch('take-turn');
  gate.freeze();
  await expect(jobs.boss.fetch('take-turn')).rejects.toThrow();
  await gate.shut();
  await jobs.stop();
});

test('a statement and a transaction that find no free connection in time say so', async () => {
  const db = openThrough({ connections: 1, waitMs: 100 });
  const release = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  const holding = db.transaction(async (tx) => {
    await tx.execute(sql`create table kept (words text)`);
    taken.resolve();
    await release.promise;
  });
  await taken.promise;
  const late: string[] = [];
  const refused = await Promise.all([
    outcome(db.execute(sql`select 1`)),
    outcome(
      db.transaction(async (tx) => {
        late.push('ran');
        await tx.execute(sql`insert into kept values ('late')`);
      }),
    ),
  ]);
  release.resolve();
  await holding;
  expect(refused).toEqual(['unavailable', 'unavailable']);
  expect(await db.execute(sql`select * from kept`)).toEqual([]);
  expect(late).toEqual([]);
});
