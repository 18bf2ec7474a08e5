import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onlyPolicy } from '../../src/app/load-policy.ts';
import { ExternalError } from '../../src/errors.ts';
import type { StaffPerson } from '../../src/ports/staff-desk.ts';
import { decideApproval } from '../../src/refunds/decide-approval.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { pauseRefunds, resumeRefunds } from '../../src/refunds/pause-refunds.ts';
import type { ApprovalId, RefundId } from '../../src/returns/ids.ts';
import { versionPolicy } from '../../src/returns/policy.ts';
import { lockOpenPause } from '../../src/storage/refund-pauses.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';
import { waitFor } from '../support/wait-for.ts';

const jane = '+15551230001';
const maya: StaffPerson = { userId: 'UMAYA0001', teamId: 'TBIRCHLOOM', name: 'maya' };
const noah: StaffPerson = { userId: 'UNOAH0002', teamId: 'TBIRCHLOOM', name: 'noah' };

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

const submitted = (orderNumber?: string, title?: string) => desk.submitted(jane, orderNumber, title);
const pause = (by = maya, reason = 'Wrong prices') => pauseRefunds(desk.context, by, reason);
let presses = 0;
const resume = (by = maya, press = `press-${presses++}`) => resumeRefunds(desk.context, by, press);
const execute = (id: RefundId) => executeRefund(desk.context, id);
const states = async () =>
  (await desk.db.execute(sql`select state from refunds order by created_at`)).map(({ state }) => state);
const notes = async () =>
  (await desk.db.execute(sql`select text from staff_notes order by seq`)).map(({ text }) => text);
const audits = (action: string) =>
  desk.db.execute(sql`select actor, detail from audit_log where action = ${action}`);
/** Refunds with a job that waits for a worker. */
const queued = async () =>
  (
    await desk.db.execute(sql`
      select singleton_key as id from jobs.job
      where name = 'execute-refund' and state = 'created' and start_after <= now() order by created_on`)
  ).map(({ id }) => id);
/** As if a worker had taken every job and ended it. */
const emptyQueue = () =>
  desk.db.execute(sql`update jobs.job set state = 'completed' where name = 'execute-refund'`);
const loseAnswer = (when: 'before' | 'after') =>
  desk.sandbox.shop.faults.add({ operation: 'refundCreate', when, times: 1, action: { kind: 'drop' } });
function watchShop(): readonly string[] {
  const asked: string[] = [];
  desk.sandbox.shop.faults.add({
    operation: 'refundCreate',
    when: 'before',
    action: { kind: 'call', run: () => void asked.push('asked') },
  });
  return asked;
}

describe('while refunds are paused', () => {
  test('a refund is not sent, and its job ends as one that did its work', async () => {
    const id = await submitted();
    await pause();
    const asked = watchShop();
    await execute(id);
    expect(asked).toEqual([]);
    expect(await states()).toEqual(['approved']);
  });

  test('a return is still quoted and submitted', async () => {
    await pause();
    await submitted();
    expect(await states()).toEqual(['approved']);
  });

  test('an approval is still clicked, and its refund held', async () => {
    const id = await submitted('1002', 'Desk');
    await pause();
    const [{ approval } = {}] = await desk.db.execute<{ approval: ApprovalId }>(
      sql`select id as approval from approvals`,
    );
    const click = { approvalId: approval as ApprovalId, decision: 'approve', by: noah } as const;
    expect(await decideApproval(desk.context, click)).toMatchObject({ kind: 'accepted' });
    await execute(id);
    expect(desk.made('#1002')).toEqual([]);
    expect(await states()).toEqual(['approved']);
  });

  test.each(['sending', 'unknown'])('one that is %s is not sent again', async (state) => {
    const id = await submitted();
    loseAnswer('before');
    await execute(id).catch(() => {});
    await desk.db.execute(sql`update refunds set state = ${state}`);
    await pause();
    const asked = watchShop();
    await execute(id);
    expect(asked).toEqual([]);
    expect(await states()).toEqual([state]);
  });

  test('one whose answer was lost is looked up in the shop and recorded when it is there', async () => {
    const id = await submitted();
    loseAnswer('after');
    await execute(id).catch(() => {});
    expect(await states()).toEqual(['unknown']);
    await pause();
    const asked = watchShop();
    await execute(id);
    expect(asked).toEqual([]);
    expect(await states()).toEqual(['refunded']);
  });

  test('nobody is told that a refund needs a person because its key grows old', async () => {
    const id = await submitted();
    loseAnswer('before');
    await execute(id).catch(() => {});
    await pause();
    await desk.db.execute(sql`update refunds set first_sent_at = now() - interval '3 days'`);
    await execute(id);
    expect(await notes()).toHaveLength(1);
  });
});

describe('a pause', () => {
  test('says who, why and how many are held, to staff and in the audit log', async () => {
    await submitted();
    const answer = await pause();
    expect(answer).toMatchObject({
      kind: 'paused',
      pause: { by: 'Maya', reason: 'Wrong prices', held: 1 },
    });
    expect(await notes()).toEqual([
      expect.stringMatching(/^Maya paused all refunds: Wrong prices\. 1 refund is held/),
    ]);
    expect(await audits('refunds.paused')).toEqual([
      { actor: 'UMAYA0001', detail: { name: 'Maya', reason: 'Wrong prices', held: 1 } },
    ]);
  });

  test('counts no refund that ended, waits for approval, or needs a person since before', async () => {
    const old = await submitted('1001', 'Socks');
    await desk.db.execute(
      sql`update refunds set state = 'unknown', first_sent_at = now() - interval '2 days' where id = ${old}`,
    );
    await execute(await submitted('1001', 'Shirt'));
    await submitted('1002', 'Desk');
    expect(await pause()).toMatchObject({ kind: 'paused', pause: { held: 0 } });
  });

  test('is one, however many approvers pause at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => pause(n % 2 ? maya : noah)));
    expect(answers.filter(({ kind }) => kind === 'paused')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'already-paused')).toHaveLength(9);
    expect(await notes()).toHaveLength(1);
  });

  test('keeps the name and the reason of the first', async () => {
    await pause(maya, 'Wrong prices');
    expect(await pause(noah, 'Fraud')).toMatchObject({
      kind: 'already-paused',
      pause: { by: 'Maya', reason: 'Wrong prices' },
    });
  });

  test('of another store holds nothing here', async () => {
    const id = await submitted();
    await pauseRefunds({ ...desk.context, store: 'other.myshopify.com' }, maya, 'Wrong prices');
    await execute(id);
    expect(desk.made('#1001')).toHaveLength(1);
  });
});

describe('resuming', () => {
  test('gives every held refund its job, and each is made once', async () => {
    const ids = [await submitted('1001', 'Shirt'), await submitted('1001', 'Socks')];
    await pause();
    for (const id of ids) await execute(id);
    await emptyQueue();
    expect(await resume()).toEqual({ kind: 'resumed', by: 'Maya', released: 2 });
    expect(await queued()).toEqual(ids);
    await Promise.all([...ids, ...ids].map((id) => execute(id).catch(() => {})));
    for (const id of ids) await execute(id);
    expect(desk.made('#1001')).toHaveLength(2);
    expect(await states()).toEqual(['refunded', 'refunded']);
  });

  test('happens once, however many approvers resume at once', async () => {
    await submitted();
    await pause();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => resume(n % 2 ? maya : noah)));
    expect(answers.filter(({ kind }) => kind === 'resumed')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'not-paused')).toHaveLength(9);
    expect(await audits('refunds.resumed')).toHaveLength(1);
    expect(await notes()).toEqual([
      expect.stringContaining('paused all refunds'),
      expect.stringMatching(/resumed refunds, which Maya had paused: Wrong prices\. 1 held refund is/),
    ]);
  });

  test('delivered again, ends no pause that was made after it', async () => {
    const id = await submitted();
    await pause();
    expect(await resume(maya, 'one')).toMatchObject({ kind: 'resumed', released: 1 });
    expect(await resume(maya, 'one')).toEqual({ kind: 'not-paused' });
    await pause(noah, 'Fraud');
    expect(await resume(maya, 'one')).toMatchObject({ kind: 'already-paused', pause: { reason: 'Fraud' } });
    await execute(id);
    expect(desk.made('#1001')).toEqual([]);
    expect(await resume(maya, 'two')).toMatchObject({ kind: 'resumed' });
  });

  test('lets refunds be paused again', async () => {
    await pause();
    await resume();
    const id = await submitted();
    expect(await pause(noah, 'Fraud')).toMatchObject({ kind: 'paused', pause: { by: 'Noah' } });
    await execute(id);
    expect(desk.made('#1001')).toEqual([]);
  });
});

describe('at the same instant', () => {
  test('a pause waits for a sending that did not see it, and no sending begins behind it', async () => {
    const id = await submitted();
    const sending = Promise.withResolvers<void>();
    const order: string[] = [];
    const claim = desk.db.transaction(async (tx) => {
      expect(await lockOpenPause(tx, desk.context.store, 'shared')).toBeUndefined();
      await sending.promise;
      order.push('sent');
    });
    const pausing = pause().then(() => order.push('paused'));
    await waitFor('the pause to wait', async () => (await waitingForLocks()) > 0);
    const late = execute(id);
    sending.resolve();
    await Promise.all([claim, pausing, late]);
    expect(order).toEqual(['sent', 'paused']);
    expect(desk.made('#1001')).toEqual([]);
  });

  test('a refund whose sending waits for a pause to commit is held', async () => {
    const id = await submitted();
    const asked = watchShop();
    const commit = Promise.withResolvers<void>();
    const pausing = desk.db.transaction(async (tx) => {
      await lockOpenPause(tx, desk.context.store, 'exclusive');
      await tx.execute(sql`insert into refund_pauses (id, store, reason, paused_by)
        values (gen_random_uuid(), ${desk.context.store}, 'Fraud', '{"userId":"U1","name":"Noah"}')`);
      await commit.promise;
    });
    const sending = execute(id);
    await waitFor('the sending to wait', async () => (await waitingForLocks()) > 0);
    commit.resolve();
    await Promise.all([pausing, sending]);
    expect(asked).toEqual([]);
  });

  test('ten workers and a pause: what is sent was begun before, and a resume makes the rest', async () => {
    const ids = [await submitted('1001', 'Shirt'), await submitted('1001', 'Socks')];
    const attempts = ids.flatMap((id) => Array.from({ length: 5 }, () => execute(id).catch(() => {})));
    await Promise.all([pause(), ...attempts]);
    const madeBefore = desk.made('#1001').length;
    for (const id of ids) await execute(id).catch(() => {});
    expect(desk.made('#1001')).toHaveLength(madeBefore);
    await resume();
    for (const id of ids) await execute(id);
    expect(desk.made('#1001')).toHaveLength(2);
  });
});

describe('the right to pause and resume', () => {
  test.each([
    ['a colleague who is no approver', 'UIRIS0003', 'TBIRCHLOOM'],
    ['a guest', 'UGUEST004', 'TBIRCHLOOM'],
    ['somebody who left', 'UGONE0006', 'TBIRCHLOOM'],
    ['a bot', 'UBOT00005', 'TBIRCHLOOM'],
    ['somebody of another workspace', 'UOTHER007', 'T0SUPPLIER'],
    ['an approver’s id under another workspace', 'UMAYA0001', 'T0SUPPLIER'],
  ])('%s has none', async (_, userId, teamId) => {
    const everybody = ['UMAYA0001', 'UGUEST004', 'UGONE0006', 'UBOT00005', 'UOTHER007'];
    const approvals = desk.context.approvals && { ...desk.context.approvals, approvers: everybody };
    const context = { ...desk.context, approvals };
    const by = { userId, teamId, name: 'somebody' };
    expect(await pauseRefunds(context, by, 'Fun')).toEqual({ kind: 'not-allowed' });
    await pause();
    expect(await resumeRefunds(context, by, 'press')).toEqual({ kind: 'not-allowed' });
    const id = await submitted();
    await execute(id);
    expect(desk.made('#1001')).toEqual([]);
  });

  test('belongs to those whom only a tier of the policy names, too', async () => {
    const { approvals, policies } = desk.context;
    const { version: _, ...rules } = policies.current();
    const policy = versionPolicy({
      ...rules,
      approvalTiers: [{ above: '300', people: 1, approvers: ['UMAYA0001'] }],
    });
    const context = {
      ...desk.context,
      policies: onlyPolicy(policy),
      approvals: approvals && { ...approvals, approvers: [] },
    };
    expect(await pauseRefunds(context, noah, 'Fraud')).toEqual({ kind: 'not-allowed' });
    expect(await pauseRefunds(context, maya, 'Fraud')).toMatchObject({ kind: 'paused' });
  });

  test('belongs to nobody when no approver is named, or there is no Slack', async () => {
    const { approvals } = desk.context;
    for (const none of [undefined, approvals && { ...approvals, approvers: [] }]) {
      const context = { ...desk.context, approvals: none };
      expect(await pauseRefunds(context, maya, 'Fraud')).toEqual({ kind: 'not-allowed' });
    }
  });

  test('is not given when Slack cannot say who this is, and nothing changes', async () => {
    desk.sandbox.workspace.faults.add({ when: 'before', action: { kind: 'status', status: 503 } });
    await expect(pause()).rejects.toBeInstanceOf(ExternalError);
    expect(await notes()).toEqual([]);
  });
});

async function waitingForLocks(): Promise<number> {
  const rows = await desk.db.execute(
    sql`select 1 from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows.length;
}
