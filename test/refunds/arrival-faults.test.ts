import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StaffPerson } from '../../src/ports/staff-desk.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { pauseRefunds, resumeRefunds } from '../../src/refunds/pause-refunds.ts';
import { recordArrival } from '../../src/refunds/record-arrival.ts';
import type { RefundId, ReturnId } from '../../src/returns/ids.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const maya: StaffPerson = { userId: 'UMAYA0001', teamId: 'TBIRCHLOOM', name: 'maya' };
const folder = mkdtempSync(join(tmpdir(), 'policy-'));
const policyFile = join(folder, 'policy.yaml');
beforeAll(() => writeFileSync(policyFile, 'rules:\n  - id: on-arrival\n    then: { when: on_arrival }\n'));
afterAll(() => rmSync(folder, { recursive: true }));

let desk: RefundDesk;
let id: RefundId;
beforeEach(async () => {
  desk = await openRefundDesk((config) => ({ ...config, returns: { ...config.returns, policyFile } }));
  const asker = await desk.staff('UIRIS0003');
  const proposed = await desk.submit(asker, await desk.agreed(asker, '1023', 'Spoon'));
  if (proposed.kind !== 'submitted') throw new Error(`Not submitted but ${proposed.kind}`);
  id = proposed.refund.id;
});
afterEach(() => desk.close());

const execute = () => executeRefund(desk.context, id);
const refund = async () => (await desk.db.execute(sql`select * from refunds where id = ${id}`))[0];
const made = () => desk.sandbox.shop.refunds().filter(({ orderName }) => orderName === '#1023');
const shopReturns = () => desk.sandbox.shop.returns().filter(({ orderName }) => orderName === '#1023');
const loseAnswer = (operation: string, when: 'before' | 'after') =>
  desk.sandbox.shop.faults.add({ operation, when, times: 1, action: { kind: 'drop' } });
function watch(operation: string): readonly string[] {
  const asked: string[] = [];
  const run = () => void asked.push(operation);
  desk.sandbox.shop.faults.add({ operation, when: 'before', action: { kind: 'call', run } });
  return asked;
}
/** What was sent to the shop was sent so long ago. */
const passed = (time: string) =>
  desk.db.execute(sql`
    update refunds set first_sent_at = first_sent_at - ${time}::interval,
      sending = jsonb_set(sending, '{sentAt}', to_jsonb(now() - ${time}::interval))`);
async function arrived(): Promise<void> {
  await execute();
  const [row] = await desk.db.execute<{ id: ReturnId }>(sql`select id from returns`);
  if (!row) throw new Error('No return');
  const answer = await recordArrival(desk.context, { returnId: row.id, lines: 'all', by: maya.userId });
  expect(answer).toMatchObject({ kind: 'recorded' });
}
const dueJobs = async () =>
  (
    await desk.db.execute(sql`
      select singleton_key as id from jobs.job
      where name = 'execute-refund' and state = 'created' and start_after <= now()`)
  ).map((row) => row.id);
const emptyQueue = () =>
  desk.db.execute(sql`update jobs.job set state = 'completed' where name = 'execute-refund'`);

describe('a return whose opening was not answered', () => {
  test.each(['before', 'after'] as const)('is one, when the line broke %s the shop did it', async (when) => {
    loseAnswer('returnCreate', when);
    await expect(execute()).rejects.toMatchObject({ outcome: 'unknown' });
    const asked = watch('returnCreate');
    await execute();
    expect(asked).toEqual([]);
    await passed('61 seconds');
    await execute();
    expect(shopReturns()).toHaveLength(1);
    expect(await refund()).toMatchObject({ state: 'awaiting-arrival', sending: null });
  });

  test('is looked at when it is found, since a parcel nobody followed may be there', async () => {
    loseAnswer('returnCreate', 'after');
    await expect(execute()).rejects.toMatchObject({ outcome: 'unknown' });
    await passed('61 seconds');
    await execute();
    const names = await desk.db.execute<{ name: string }>(
      sql`select name from jobs.job where name in ('announce-return', 'follow-return') order by name`,
    );
    expect(names.map(({ name }) => name)).toEqual(['announce-return', 'follow-return']);
  });

  test('is one, however many workers open it at once', async () => {
    await Promise.allSettled(Array.from({ length: 5 }, execute));
    expect(shopReturns()).toHaveLength(1);
    expect(await refund()).toMatchObject({ state: 'awaiting-arrival' });
  });
});

describe('a settlement that was not answered', () => {
  test.each(['before', 'after'] as const)(
    'is asked about a minute later, not sooner, and is one, when the line broke %s the shop did it',
    async (when) => {
      await arrived();
      loseAnswer('returnProcess', when);
      await expect(execute()).rejects.toMatchObject({ outcome: 'unknown' });
      expect(await refund()).toMatchObject({ state: 'unknown' });
      const asked = watch('returnProcess');
      await execute();
      expect(asked).toEqual([]);
      await passed('61 seconds');
      await execute();
      expect(made()).toHaveLength(1);
      expect(await refund()).toMatchObject({ state: 'refunded', shop_refund_id: made()[0]?.id });
    },
  );

  test('is not made beside what people refunded of it meanwhile, and they are told', async () => {
    await arrived();
    loseAnswer('returnProcess', 'before');
    await execute().catch(() => {});
    desk.sandbox.shop.editOrder('1023', { kind: 'refund', line: 'Spoon', quantity: 3 });
    const before = made().length;
    await passed('61 seconds');
    await execute();
    expect(made()).toHaveLength(before);
    expect(await refund()).toMatchObject({ state: 'rejected' });
    const notes = await desk.db.execute(sql`select text from staff_notes`);
    expect(notes.map(({ text }) => text).join()).toContain('needs a person');
  });
});

describe('while refunds are paused', () => {
  test('returns are opened, what arrived is held, and resuming pays it once', async () => {
    await pauseRefunds(desk.context, maya, 'Wrong prices');
    await arrived();
    await execute();
    expect(made()).toEqual([]);
    expect(await refund()).toMatchObject({ state: 'arrived' });
    await emptyQueue();
    expect(await resumeRefunds(desk.context, maya, 'press')).toMatchObject({ released: 1 });
    expect(await dueJobs()).toEqual([id]);
    await execute();
    await execute();
    expect(made()).toHaveLength(1);
  });

  test('one without an answer is taken up by resuming however old it is: the shop forgets no return', async () => {
    await arrived();
    loseAnswer('returnProcess', 'before');
    await execute().catch(() => {});
    await passed('30 hours');
    await pauseRefunds(desk.context, maya, 'Wrong prices');
    await execute();
    expect(made()).toEqual([]);
    await emptyQueue();
    expect(await resumeRefunds(desk.context, maya, 'press')).toMatchObject({ released: 1 });
    expect(await dueJobs()).toEqual([id]);
    await execute();
    expect(made()).toHaveLength(1);
  });
});
