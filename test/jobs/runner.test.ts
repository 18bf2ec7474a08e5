import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type JobHandlers, runJobs } from '../../src/jobs/runner.ts';
import { createLog } from '../../src/log.ts';
import type { ConversationId } from '../../src/returns/ids.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { jobNames, openJobQueue } from '../../src/storage/jobs.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { waitFor } from '../support/wait-for.ts';

const conversationId = 'c0000000-0000-4000-8000-000000000001' as ConversationId;

test.each([
  ['full', '53100'],
  ['too slow', '57014'],
  ['cut off', 'CONNECTION_CLOSED'],
  ['locked by others', '55P03'],
])('a job that finds the database %s is put off, and costs none of its tries', async (_what, code) => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase(url, { connections: 4 });
  const jobs = openJobQueue(url, { works: false, onError: () => {} });
  await jobs.start();
  const nothing = Object.fromEntries(jobNames.map((name) => [name, async () => {}]));
  const runner = await runJobs({
    db: database.db,
    jobs,
    log: createLog({ level: 'silent' }),
    handlers: {
      ...(nothing as unknown as JobHandlers),
      'take-turn': () => Promise.reject(Object.assign(new Error('It failed'), { code })),
    },
    onDeadLetter: async () => {},
  });
  await database.db.transaction((tx) => jobs.enqueue(tx, 'take-turn', { conversationId }));
  const found = await waitFor('the job to be put off', async () => {
    const [row] = await database.db.execute(sql`
      select retry_count as tries, data->>'attempt' as attempt from jobs.job
      where name = 'take-turn' and data ? 'attempt'`);
    return row;
  });
  expect(found).toEqual({ tries: 0, attempt: '1' });
  await runner.stop(1_000);
  await jobs.stop();
  await database.close();
  await drop();
});
