import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConversationId } from '../../src/returns/ids.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { countJobs, type JobQueue, openJobQueue, reclaimJobs } from '../../src/storage/jobs.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: Database;
let jobs: JobQueue;
let drop: () => Promise<void>;
const conversation = (number: number) =>
  `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}` as ConversationId;

beforeAll(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase(created.url);
  jobs = openJobQueue(created.url, { works: false, onError: () => {} });
  await jobs.start();
});
afterAll(async () => {
  await jobs.stop();
  await database.close();
  await drop();
});

const add = (number: number, startAfter?: Date) =>
  database.db.transaction((tx) =>
    jobs.enqueue(tx, 'take-turn', { conversationId: conversation(number) }, startAfter && { startAfter }),
  );
async function states(number: number): Promise<readonly string[]> {
  const rows = await database.db.execute<{ state: string }>(
    sql`select state from jobs.job where singleton_key = ${conversation(number)} order by created_on`,
  );
  return rows.map((row) => row.state);
}

test('what a dead process was working on is due again at once', async () => {
  await add(1);
  await jobs.boss.fetch('take-turn');
  expect(await states(1)).toEqual(['active']);
  await reclaimJobs(database.db);
  expect(await states(1)).toEqual(['retry']);
  const [again] = await jobs.boss.fetch('take-turn');
  expect(again?.data).toEqual({ conversationId: conversation(1) });
  await jobs.boss.complete('take-turn', again?.id ?? '');
});

test('a job that waits beside the one that was worked on stays, and both are done', async () => {
  await add(2);
  await jobs.boss.fetch('take-turn');
  await add(2);
  await reclaimJobs(database.db);
  expect((await states(2)).toSorted()).toEqual(['created', 'retry']);
});

test('a job whose key waits for another try already is left to its heartbeat, and holds up no other', async () => {
  await database.db.execute(sql`delete from jobs.job`);
  await add(6);
  const [failed] = await jobs.boss.fetch('take-turn');
  await jobs.boss.fail('take-turn', failed?.id ?? '');
  await database.db.execute(sql`update jobs.job set start_after = now() + interval '1 hour'`);
  await add(6);
  await add(7);
  await jobs.boss.fetch('take-turn', { batchSize: 2 });
  expect((await states(6)).toSorted()).toEqual(['active', 'retry']);
  await reclaimJobs(database.db);
  expect((await states(6)).toSorted()).toEqual(['active', 'retry']);
  expect(await states(7)).toEqual(['retry']);
});

test('jobs that wait or ripen later are left alone, and counted as what they are', async () => {
  await database.db.execute(sql`delete from jobs.job`);
  await add(3);
  await add(4, new Date(Date.now() + 3_600_000));
  await reclaimJobs(database.db);
  expect(await states(3)).toEqual(['created']);
  expect(await countJobs(database.db)).toEqual([
    { queue: 'take-turn', state: 'due', count: 1 },
    { queue: 'take-turn', state: 'timed', count: 1 },
  ]);
});

test('five jobs in a row for one conversation are one to do, and another while that one runs', async () => {
  await database.db.execute(sql`delete from jobs.job`);
  for (let i = 0; i < 5; i++) await add(5);
  expect(await states(5)).toEqual(['created']);
  await jobs.boss.fetch('take-turn');
  for (let i = 0; i < 5; i++) await add(5);
  expect((await states(5)).toSorted()).toEqual(['active', 'created']);
  expect(await jobs.boss.fetch('take-turn')).toEqual([]);
});
