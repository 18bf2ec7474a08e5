import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onlyPolicy } from '../../src/app/load-policy.ts';
import { ExternalError } from '../../src/errors.ts';
import { createDeadLetterHandler } from '../../src/jobs/handlers.ts';
import type { ApprovalClick, DecisionAnswer } from '../../src/ports/approval-desk.ts';
import type { StaffDirectory } from '../../src/ports/staff-directory.ts';
import { announceApproval } from '../../src/refunds/announce-approval.ts';
import type { RefundContext } from '../../src/refunds/context.ts';
import { decideApproval } from '../../src/refunds/decide-approval.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { expireApproval } from '../../src/refunds/expire-approval.ts';
import type { ApprovalId, QuoteId, RefundId } from '../../src/returns/ids.ts';
import { versionPolicy } from '../../src/returns/policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';
import { waitFor } from '../support/wait-for.ts';

const jane = '+15551230001';
const ten = Array.from({ length: 10 }, (_, index) => `UAPPROVER${index}`);
const [anna = '', ben = ''] = ten;

let desk: RefundDesk;
let context: RefundContext;
let gone: Set<string>;
let unreachable: Set<string>;
beforeEach(async () => {
  desk = await openRefundDesk();
  gone = new Set();
  unreachable = new Set();
  context = withApprovers(desk.context);
});
afterEach(() => desk.close());

/** Ten colleagues of whom Slack says at once who they are. */
function withApprovers(given: RefundContext): RefundContext {
  if (!given.approvals) throw new Error('Approvals are not set up.');
  const directory: StaffDirectory = {
    homeTeamId: async () => 'THOME',
    membersOf: async () => [],
    lookUp: async (userId) => {
      if (unreachable.has(userId)) {
        throw new ExternalError({ service: 'slack', retryable: true, outcome: 'refused' });
      }
      return { userId, teamId: 'THOME', displayName: userId, isFullMember: !gone.has(userId) };
    },
  };
  return { ...given, approvals: { ...given.approvals, directory, approvers: ten } };
}

function needTwo(): void {
  const { version: _, ...rules } = desk.context.policies.current();
  const tier = { above: '300', people: 2 };
  const policy = versionPolicy({ ...rules, approvalTiers: [tier] });
  context = { ...context, policies: onlyPolicy(policy) };
  Object.assign(desk.context, { policies: onlyPolicy(policy) });
}

async function waits(posted = true): Promise<{ approvalId: ApprovalId; refundId: RefundId }> {
  const asker = await desk.customer(jane);
  const proposed = await desk.submit(asker, await desk.agreed(asker, '1002', 'Desk'));
  if (proposed.kind !== 'awaiting-approval') throw new Error(`It is ${proposed.kind}`);
  const approvalId = await openApprovalId();
  if (posted) await announceApproval(context, approvalId);
  return { approvalId, refundId: proposed.refund.id };
}

async function openApprovalId(): Promise<ApprovalId> {
  const [row] = await desk.db.execute<{ id: ApprovalId }>(
    sql`select id from approvals order by created_at desc, id desc limit 1`,
  );
  if (!row) throw new Error('There is no approval.');
  return row.id;
}

function click(
  approvalId: ApprovalId,
  userId: string,
  decision: ApprovalClick['decision'] = 'approve',
): Promise<DecisionAnswer> {
  return decideApproval(context, { approvalId, decision, by: { userId, teamId: 'THOME', name: userId } });
}

const approvalStates = async () =>
  (await desk.db.execute<{ state: string }>(sql`select state from approvals order by created_at, id`)).map(
    ({ state }) => state,
  );
const voters = async () =>
  (await desk.db.execute<{ user: string }>(sql`select user_id as user from approval_votes order by 1`)).map(
    ({ user }) => user,
  );
const kinds = (answers: readonly DecisionAnswer[]) => answers.map(({ kind }) => kind).toSorted();

async function runRefunds(): Promise<void> {
  const due = await desk.db.execute<{ id: RefundId }>(
    sql`select data->>'refundId' as id from jobs.job where name = 'execute-refund'`,
  );
  for (const { id } of due) await executeRefund(context, id);
}

describe('ten approvers at once', () => {
  test('make one decision and one refund', async () => {
    const { approvalId } = await waits();
    const answers = await Promise.all(ten.map((user) => click(approvalId, user)));
    expect(kinds(answers)).toEqual(['accepted', ...Array.from({ length: 9 }, () => 'already-decided')]);
    await runRefunds();
    expect(desk.made('#1002')).toMatchObject([{ amount: 42_000 }]);
  });

  test('two clicks that wait for the same approval make one decision', async () => {
    const { approvalId } = await waits();
    let answers: Promise<DecisionAnswer[]> | undefined;
    await desk.db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from approvals where id = ${approvalId} for update`);
      answers = Promise.all([click(approvalId, anna), click(approvalId, ben, 'deny')]);
      await waitFor('both to wait', async () => {
        const rows = await desk.db.execute(
          sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length === 2;
      });
    });
    expect(kinds((await answers) ?? [])).toEqual(['accepted', 'already-decided']);
  });

  test('where two are needed, two of them count', async () => {
    needTwo();
    const { approvalId } = await waits();
    const answers = await Promise.all(ten.map((user) => click(approvalId, user)));
    expect(kinds(answers)).toEqual([
      'accepted',
      ...Array.from({ length: 8 }, () => 'already-decided'),
      'counted',
    ]);
    expect(await voters()).toHaveLength(2);
    await runRefunds();
    expect(desk.made('#1002')).toHaveLength(1);
  });
});

describe('at the same instant', () => {
  test('approve and deny: one of them is the decision, and the money follows it', async () => {
    const { approvalId } = await waits();
    const answers = await Promise.all([click(approvalId, anna), click(approvalId, ben, 'deny')]);
    expect(kinds(answers)).toEqual(['accepted', 'already-decided']);
    const [state] = await approvalStates();
    expect(answers).toContainEqual({ kind: 'accepted', state });
    await runRefunds();
    expect(desk.made('#1002')).toHaveLength(state === 'approved' ? 1 : 0);
  });

  test.each(['0', '5', '40', '400'])('approval and an expiry %s ms away: one of them holds', async (ms) => {
    const { approvalId } = await waits();
    await desk.db.execute(
      sql`update approvals set expires_at = clock_timestamp() + ${`${ms} milliseconds`}::interval`,
    );
    const expiring = Array.from({ length: 8 }, () => expireApproval(context, approvalId));
    const [answer] = await Promise.all([click(approvalId, anna), ...expiring]);
    const [state] = await approvalStates();
    expect(answer).toEqual(
      state === 'approved' ? { kind: 'accepted', state: 'approved' } : { kind: 'expired' },
    );
    await runRefunds();
    expect(desk.made('#1002')).toHaveLength(state === 'approved' ? 1 : 0);
  });
});

describe('where two people are needed', () => {
  beforeEach(() => needTwo());

  test('one person is not two, however often they click', async () => {
    const { approvalId } = await waits();
    expect(await click(approvalId, anna)).toEqual({ kind: 'counted', have: 1, need: 2 });
    expect(await click(approvalId, anna)).toEqual({ kind: 'counted-before', have: 1, need: 2 });
    await runRefunds();
    expect(desk.made('#1002')).toEqual([]);
  });

  test('the yes of somebody who left since does not count any more', async () => {
    const { approvalId } = await waits();
    await click(approvalId, anna);
    gone.add(anna);
    expect(await click(approvalId, ben)).toEqual({ kind: 'counted', have: 1, need: 2 });
    expect(await voters()).toEqual([ben]);
    expect(await click(approvalId, ten[2] ?? '')).toEqual({ kind: 'accepted', state: 'approved' });
  });

  test('nothing is decided while Slack cannot say whether the first may still approve', async () => {
    const { approvalId } = await waits();
    await click(approvalId, anna);
    unreachable.add(anna);
    expect(await click(approvalId, ben)).toEqual({ kind: 'try-later' });
    expect(await approvalStates()).toEqual(['pending']);
    unreachable.clear();
    expect(await click(approvalId, ben)).toEqual({ kind: 'accepted', state: 'approved' });
  });

  test('a changed order makes the first yes void: the fresh card starts with none', async () => {
    const { approvalId } = await waits();
    await click(approvalId, anna);
    desk.sandbox.shop.editOrder('1002', { kind: 'refund', amount: 2000 });
    expect(await click(approvalId, ben)).toEqual({ kind: 'stale' });
    const fresh = await openApprovalId();
    expect(await click(fresh, ben)).toEqual({ kind: 'counted', have: 1, need: 2 });
    expect(await click(fresh, anna)).toEqual({ kind: 'accepted', state: 'approved' });
    await runRefunds();
    expect(desk.made('#1002')).toEqual([]);
    const asker = await desk.customer(jane);
    const [offer] = await desk.db.execute<{ id: QuoteId; text: string }>(sql`
      select q.id, m.text from quotes q join messages m on m.seq = q.shown_in_seq where q.state = 'open'`);
    if (!offer) throw new Error('The customer was not asked.');
    expect(offer.text).toContain('$400.00 instead of $420.00');
    await desk.db.execute(sql`update outbox set state = 'sent'`);
    await desk.says(asker, 'yes');
    expect((await desk.submit(asker, offer.id)).kind).toBe('submitted');
    await runRefunds();
    expect(desk.made('#1002')).toMatchObject([{ amount: 40_000 }]);
  });

  test('a fresh card over the same amount needs no other yes of the customer', async () => {
    const { approvalId } = await waits();
    const { version: _, ...rules } = context.policies.current();
    const policy = versionPolicy({ ...rules, finalSaleTags: ['clearance'] });
    context = { ...context, policies: onlyPolicy(policy) };
    expect(await click(approvalId, anna)).toEqual({ kind: 'stale' });
    const fresh = await openApprovalId();
    await click(fresh, ben);
    expect(await click(fresh, anna)).toEqual({ kind: 'accepted', state: 'approved' });
    await runRefunds();
    expect(desk.made('#1002')).toMatchObject([{ amount: 42_000 }]);
  });

  test('a fresh card over as much, but only once it has arrived, needs the yes of the customer to that', async () => {
    const { approvalId } = await waits();
    const parsed = parsePolicyFile('rules: [{ id: arrive, then: { when: on_arrival } }]', 30);
    if (parsed.kind === 'invalid') throw new Error(parsed.problems.join());
    context = { ...context, policies: onlyPolicy(parsed.policy) };
    expect(await click(approvalId, anna)).toEqual({ kind: 'stale' });
    expect(await click(await openApprovalId(), ben)).toEqual({ kind: 'accepted', state: 'approved' });
    await runRefunds();
    expect(desk.sandbox.shop.returns().filter(({ orderName }) => orderName === '#1002')).toEqual([]);
    const [row] = await desk.db.execute<{ text: string }>(sql`
      select text from messages where author = 'agent' order by seq desc limit 1`);
    expect(row?.text).toContain('once it has arrived');
    expect(row?.text).toContain('Reply YES');
  });

  test('one denial is enough', async () => {
    const { approvalId } = await waits();
    await click(approvalId, anna);
    expect(await click(approvalId, ben, 'deny')).toEqual({ kind: 'accepted', state: 'denied' });
  });
});

test('the people of a tier decide, and nobody else', async () => {
  const { version: _, ...rules } = desk.context.policies.current();
  const approvalTiers = [
    { above: '50', people: 1, approvers: [anna] },
    { above: '400', people: 1, approvers: [ben] },
  ];
  const policy = versionPolicy({ ...rules, approvalTiers });
  Object.assign(desk.context, { policies: onlyPolicy(policy) });
  context = { ...context, policies: onlyPolicy(policy) };
  const { approvalId } = await waits();
  const refused = { kind: 'not-allowed', why: 'not-an-approver' };
  expect(await click(approvalId, anna)).toEqual(refused);
  expect(await click(approvalId, ten[2] ?? '')).toEqual(refused);
  expect(await click(approvalId, ben)).toEqual({ kind: 'accepted', state: 'approved' });
});

describe('the time to decide', () => {
  test('does not run before the card is in Slack', async () => {
    const { approvalId } = await waits(false);
    await desk.db.execute(sql`update approvals set expires_at = now() - interval '5 hours'`);
    await expireApproval(context, approvalId);
    expect(await approvalStates()).toEqual(['pending']);
    await announceApproval(context, approvalId);
    const [row] = await desk.db.execute<{ left: number; timers: number }>(sql`
      select extract(epoch from expires_at - now())::int as left,
        (select count(*)::int from jobs.job where name in ('remind-approvers', 'expire-approval')) as timers
      from approvals`);
    expect(row?.left).toBeGreaterThan(context.terms.approvalTtlSeconds - 60);
    expect(row?.timers).toBe(2);
    expect(await click(approvalId, anna)).toEqual({ kind: 'accepted', state: 'approved' });
  });

  test('has not run out for a click that comes before the card is recorded', async () => {
    const { approvalId } = await waits(false);
    await desk.db.execute(sql`update approvals set expires_at = now() - interval '5 hours'`);
    expect(await click(approvalId, anna)).toEqual({ kind: 'accepted', state: 'approved' });
  });

  test('without Slack in the settings is the time since the request, and its card is tried again in it', async () => {
    const { approvalId } = await waits(false);
    const jobs = () =>
      desk.db.execute<{ soon: boolean }>(sql`
        select start_after between now() + interval '1 minute' and now() + interval '15 minutes' as soon
        from jobs.job where name = 'announce-approval' and start_after > now()`);
    const withoutSlack = { ...context, approvals: undefined };
    await desk.db.execute(sql`update jobs.job set state = 'active' where name = 'announce-approval'`);
    await announceApproval(withoutSlack, approvalId);
    expect([...(await jobs())]).toEqual([{ soon: true }]);
    expect(await approvalStates()).toEqual(['pending']);

    await desk.db.execute(sql`update approvals set expires_at = now() - interval '1 second'`);
    await announceApproval(withoutSlack, approvalId);
    expect(await approvalStates()).toEqual(['expired']);
    const told = await desk.db.execute(
      sql`select 1 from messages where text like 'Our team could not finish%'`,
    );
    expect(told).toHaveLength(1);
  });

  test('ends when the card was given up for good', async () => {
    const { approvalId } = await waits(false);
    const handle = createDeadLetterHandler(desk.app.context);
    const failure = { reason: { name: 'Error' }, tries: 5 };
    await handle('announce-approval', { approvalId }, failure);
    expect(await approvalStates()).toEqual(['pending']);
    await handle('announce-approval', { approvalId, givenUp: 8 }, failure);
    expect(await approvalStates()).toEqual(['expired']);
  });

  test('is set again by a timer that rings early', async () => {
    const { approvalId } = await waits();
    await expireApproval(context, approvalId);
    expect(await approvalStates()).toEqual(['pending']);
  });
});

test('staff are told when the order of a waiting refund has nothing left to refund', async () => {
  const { approvalId } = await waits();
  desk.sandbox.shop.editOrder('1002', { kind: 'refund', line: 'Desk' });
  expect(await click(approvalId, anna)).toEqual({ kind: 'stale' });
  expect(await approvalStates()).toEqual(['stale']);
  const notes = await desk.db.execute<{ text: string }>(sql`select text from staff_notes`);
  expect(notes.map(({ text }) => text)).toEqual([expect.stringContaining('can no longer be refunded')]);
  const told = await desk.db.execute(sql`select 1 from messages where text like '%was not made%'`);
  expect(told).toHaveLength(1);
});

test('everybody who wrote in the thread of a request is one of the requesters', async () => {
  const asker = await desk.staff('CGENERAL01:1.0');
  const quoteId = await desk.agreed(asker, '1002', 'Desk');
  await desk.db.execute(sql`update messages set author_id = ${anna} where author = 'customer'`);
  await desk.db.execute(sql`
    insert into messages (id, store, conversation_id, author, text, author_id)
    select gen_random_uuid(), store, conversation_id, 'customer', 'yes', ${ben} from messages limit 1`);
  const proposed = await desk.submit(asker, quoteId);
  expect(proposed).toMatchObject({
    kind: 'awaiting-approval',
    refund: { requestedBy: { kind: 'staff', userId: ben, with: [anna] } },
  });
  const approvalId = await openApprovalId();
  const refused = { kind: 'not-allowed', why: 'requester' };
  expect(await click(approvalId, anna)).toEqual(refused);
  expect(await click(approvalId, ben)).toEqual(refused);
  expect(await click(approvalId, ten[2] ?? '')).toEqual({ kind: 'accepted', state: 'approved' });
});
