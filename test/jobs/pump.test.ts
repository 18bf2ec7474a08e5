import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPump, type Pump } from '../../src/jobs/pump.ts';
import { createLog } from '../../src/log.ts';
import type { ConversationId } from '../../src/returns/ids.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { type JobQueue, openJobQueue } from '../../src/storage/jobs.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { waitFor } from '../support/wait-for.ts';

const conversationId = 'c0000000-0000-4000-8000-000000000001' as ConversationId;
const log = createLog({ level: 'error', destination: { write: () => {} } });

let database: Database;
let jobs: JobQueue;
let pump: Pump | undefined;
let drop: () => Promise<void>;
beforeEach(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase(created.url, { connections: 2 });
  jobs = openJobQueue(created.url, { works: false, onError: () => {} });
  await jobs.start();
});
afterEach(async () => {
  await pump?.stop();
  await jobs.stop();
  await database.close();
  await drop();
});

/** Every run of a job waits until the test ends it. */
function startPump() {
  const runs: (() => void)[] = [];
  pump = createPump({
    boss: jobs.boss,
    queue: 'take-turn',
    limit: 4,
    log,
    handle: () => new Promise<void>((end) => void runs.push(end)),
  });
  return { runs, pump };
}
const enqueue = () => database.db.transaction((tx) => jobs.enqueue(tx, 'take-turn', { conversationId }));
async function stateOfJob(): Promise<unknown> {
  const [row] = await database.db.execute(sql`select state from jobs.job`);
  return row?.state;
}

test('a stop waits for both runs of a job that was thought lost and given out again', async () => {
  const { runs, pump } = startPump();
  await enqueue();
  await waitFor('the first run', () => runs.length === 1);
  await database.db.execute(sql`update jobs.job set state = 'retry', retry_limit = 9`);
  await waitFor('the second run', () => runs.length === 2);
  let stopped = false;
  const stop = pump.stop().then(() => {
    stopped = true;
  });
  runs[0]?.();
  // The late one may not complete the job: it belongs to the second run now.
  expect(await stateOfJob()).toBe('active');
  expect(stopped).toBe(false);
  runs[1]?.();
  await stop;
  expect(await stateOfJob()).toBe('completed');
});
