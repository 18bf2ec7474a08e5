import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { giveUpTurn } from '../../src/conversation/hand-off.ts';
import { createDeadLetterHandler } from '../../src/jobs/handlers.ts';
import type { RefundId } from '../../src/returns/ids.ts';
import { deadLetterQueue } from '../../src/storage/jobs.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

const id = 'a0000000-0000-4000-8000-000000000001';
const failure = { reason: { name: 'TypeError', place: 'src/refunds/x.ts:1' }, tries: 405 };
const letter = { id, seq: 1 };
const waitingJobs = () =>
  desk.db.execute(
    sql`select name, data, round(extract(epoch from start_after - now()) / 60) as minutes
      from jobs.job where state = 'created' and name <> 'post-staff-notes' or start_after > now() + interval '1 minute'`,
  );
const notes = async () => (await desk.db.execute(sql`select text from staff_notes`)).map((row) => row.text);

test.each([
  ['execute-refund', { refundId: id }],
  ['deliver-messages', { conversationId: id }],
  ['announce-approval', { approvalId: id }],
  ['refresh-card', { approvalId: id }],
  ['expire-approval', { approvalId: id }],
  ['release-conversation', { conversationId: id }],
])('%s that was given up is told to people and taken up again', async (queue, data) => {
  await createDeadLetterHandler(desk.app.context)(queue, { ...data, attempt: 400 }, failure);
  expect(await notes()).toEqual([
    `A job was given up and needs a person: ${queue} ${id} (TypeError at src/refunds/x.ts:1). More: npm run dead-letters -- show 1`,
  ]);
  expect(await waitingJobs()).toEqual([
    { name: queue, data: { ...data, attempt: 0, givenUp: 1 }, minutes: '15' },
  ]);
});

test('its letter is closed too where other work for the same thing already waited', async () => {
  const refundId = id as RefundId;
  await desk.db.transaction(async (tx) => {
    await desk.context.jobs.enqueue(tx, 'execute-refund', { refundId });
    const startAfter = new Date(Date.now() + 60_000);
    await desk.context.jobs.enqueue(
      tx,
      'execute-refund',
      { refundId, attempt: 3, givenUp: 2 },
      { startAfter },
    );
  });
  // What marks it is how a finished job is known to close a letter.
  expect(await desk.db.execute(sql`select data from jobs.job where name = 'execute-refund'`)).toEqual([
    { data: { refundId: id, givenUp: 2 } },
  ]);
});

test('notes for staff that could not be posted are tried again, without a note about it', async () => {
  await createDeadLetterHandler(desk.app.context)('post-staff-notes', { store: desk.context.store }, failure);
  expect(await notes()).toEqual([]);
  expect(await waitingJobs()).toHaveLength(1);
});

test('a thread that could not be pointed out is tried again, without a note in the same channel', async () => {
  await createDeadLetterHandler(desk.app.context)('point-out-thread', { threadId: id }, failure);
  expect(await notes()).toEqual([]);
  expect(await waitingJobs()).toHaveLength(1);
});

test('what is given up again and again ends some day', async () => {
  await createDeadLetterHandler(desk.app.context)('refresh-card', { approvalId: id, givenUp: 8 }, failure);
  expect(await waitingJobs()).toEqual([]);
});

test('a dead letter that cannot be handled is tried again', async () => {
  const [queue] = await desk.db.execute(
    sql`select retry_limit, heartbeat_seconds from jobs.queue where name = ${deadLetterQueue}`,
  );
  expect(queue).toEqual({ retry_limit: 10_000, heartbeat_seconds: 10 });
});

test('the turn that was given up is overtaken: if it still runs, it says nothing any more', async () => {
  const { conversation } = await desk.customer(jane);
  await desk.db.execute(sql`update conversations set turn_number = 4, turn_started_at = now()`);
  await giveUpTurn(desk.app.context, conversation.id, letter);
  const [row] = await desk.db.execute(sql`select turn_number, turn_started_at from conversations`);
  expect(row).toEqual({ turn_number: 5, turn_started_at: null });
});

test('where nobody can take over, nobody is promised, and the bot goes on answering', async () => {
  const asker = await desk.customer(jane);
  await desk.says(asker, 'hello');
  await giveUpTurn({ ...desk.app.context, support: undefined }, asker.conversation.id, letter);
  const [row] = await desk.db.execute(sql`select owner from conversations`);
  expect(row).toEqual({ owner: 'agent' });
  const [said] = await desk.db.execute<{ text: string }>(
    sql`select text from messages where author = 'agent'`,
  );
  expect(said?.text).toMatch(/contact the store directly/);
});
