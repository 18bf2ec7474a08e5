import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConversationId } from '../../src/returns/ids.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { type JobQueue, openJobQueue } from '../../src/storage/jobs.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: Database;
let jobs: JobQueue;
let drop: () => Promise<void>;
const conversationId = 'c0000000-0000-4000-8000-000000000001' as ConversationId;

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

test('five messages in a row leave one waiting turn for their conversation', async () => {
  for (let i = 0; i < 5; i++)
    await database.db.transaction((tx) => jobs.enqueue(tx, 'take-turn', { conversationId }));
  expect(await jobs.boss.findJobs('take-turn', { queued: true })).toHaveLength(1);
});

test('a job of a transaction that rolls back does not exist', async () => {
  const other = 'c0000000-0000-4000-8000-000000000002' as ConversationId;
  await database.db
    .transaction(async (tx) => {
      await jobs.enqueue(tx, 'deliver-messages', { conversationId: other });
      throw new Error('rolled back');
    })
    .catch(() => {});
  expect(await jobs.boss.findJobs('deliver-messages', { queued: true })).toHaveLength(0);
});

test('new work does not wait for a job of its key that was put off for hours', async () => {
  const other = 'c0000000-0000-4000-8000-000000000003' as ConversationId;
  const enqueue = (startAfter?: Date) =>
    database.db.transaction((tx) =>
      jobs.enqueue(tx, 'deliver-messages', { conversationId: other }, startAfter && { startAfter }),
    );
  await enqueue(new Date(Date.now() + 4 * 3_600_000));
  expect(await jobs.boss.fetch('deliver-messages')).toEqual([]);
  await enqueue();
  expect(await jobs.boss.fetch('deliver-messages')).toMatchObject([{ data: { conversationId: other } }]);
});

test('jobs put off equally often are not taken for one another', async () => {
  const others = ['c0000000-0000-4000-8000-000000000004', 'c0000000-0000-4000-8000-000000000005'];
  const putOff = async (conversationId: string) => {
    const given = { attempt: 3, givenUp: 1, conversationId: conversationId as ConversationId };
    await database.db.transaction((tx) =>
      jobs.enqueue(tx, 'deliver-messages', given, { startAfter: new Date(Date.now() + 60_000) }),
    );
  };
  for (const other of others) await putOff(other);
  const waiting = await jobs.boss.findJobs('deliver-messages', { queued: true });
  expect(waiting.map(({ singletonKey }) => singletonKey)).toEqual(expect.arrayContaining(others));
});
