import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { onlyPolicy } from '../../src/app/load-policy.ts';
import type { ConversationContext } from '../../src/conversation/context.ts';
import { describeHome } from '../../src/conversation/describe-home.ts';
import { handOff } from '../../src/conversation/hand-off.ts';
import { versionPolicy } from '../../src/returns/policy.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const [maya, iris, guest, stranger] = ['UMAYA0001', 'UIRIS0003', 'UGUEST004', 'UOTHER007'] as const;
const jane = '+15551230001';

let desk: RefundDesk;
let context: ConversationContext;
beforeEach(async () => {
  desk = await openRefundDesk();
  context = desk.app.context;
});
afterEach(() => desk.close());

const submitted = (orderNumber?: string, title?: string) => desk.submitted(jane, orderNumber, title);
async function handedOff(reason = 'asked_for_person') {
  const { conversation } = await desk.customer(jane);
  await desk.db.transaction((tx) => handOff(tx, context, conversation, reason));
  return conversation;
}
const withStaff = (allowed: readonly string[]): ConversationContext => ({
  ...context,
  staff: context.staff && { ...context.staff, allowed },
});

test('tells an approver, a colleague and a stranger apart', async () => {
  await submitted('1002', 'Desk');
  await desk.db.execute(sql`insert into approval_votes (store, approval_id, user_id, name)
    select store, id, 'UNOAH0002', 'Noah' from approvals`);
  const shown = await describeHome(context, maya);
  expect(shown).toMatchObject({
    person: 'approver',
    approvals: [{ orderName: '#1002', amount: '$420.00', votes: { have: 1, need: 1 }, card: undefined }],
    pause: undefined,
  });
  expect(await describeHome(context, iris)).toEqual({
    ...shown,
    person: 'staff',
    approvals: shown.approvals.map((each) => ({ ...each, mayDecide: false })),
  });
  for (const other of [guest, stranger, 'UNOBODY']) {
    const { person, approvals, handOffs, today } = await describeHome(context, other);
    expect({ person, approvals, handOffs }).toEqual({ person: 'nobody', approvals: [], handOffs: [] });
    expect(today.conversations).toBe(0);
  }
});

test('shows the buttons to somebody whom only a tier of the policy names', async () => {
  const { version: _, ...rules } = context.refunds.policies.current();
  const tier = { above: '300', people: 1, approvers: [iris] };
  const policy = versionPolicy({ ...rules, approvalTiers: [tier] });
  const tiered = { ...withStaff([maya]), refunds: { ...context.refunds, policies: onlyPolicy(policy) } };
  expect(await describeHome(tiered, iris)).toMatchObject({ person: 'approver' });
  expect(await describeHome(tiered, maya)).toMatchObject({ person: 'approver' });

  await submitted('1002', 'Desk');
  const mayDecide = async (userId: string) =>
    (await describeHome(tiered, userId)).approvals.map((each) => [each.mayDecide, each.approvers]);
  expect(await mayDecide(iris)).toEqual([[true, [iris]]]);
  expect(await mayDecide(maya)).toEqual([[false, [iris]]]);
});

test('shows the buttons to nobody who asked for the refund', async () => {
  await submitted('1002', 'Desk');
  const mayDecide = async () => (await describeHome(context, maya)).approvals.map((each) => each.mayDecide);
  expect(await mayDecide()).toEqual([true]);
  await desk.db.execute(
    sql`update refunds set requested_by = ${JSON.stringify({ kind: 'staff', userId: maya })}::jsonb`,
  );
  expect(await mayDecide()).toEqual([false]);
});

test('repeats no address or number of a customer from a reason a model wrote', async () => {
  await handedOff('Jane (jane@example.com, +1 555 123 0001) wants her money for #1002 back.');
  const { handOffs } = await describeHome(context, maya);
  expect(handOffs.map(({ reason }) => reason)).toEqual([
    'Jane ([e-mail], [number]) wants her money for #1002 back.',
  ]);
});

test('shows nothing to a full member who is not on the list of staff, and all to an approver who is not', async () => {
  await submitted('1002', 'Desk');
  expect(await describeHome(withStaff(['UNOAH0002']), iris)).toMatchObject({
    person: 'nobody',
    approvals: [],
  });
  expect((await describeHome(withStaff([iris]), maya)).approvals).toHaveLength(1);
});

test('shows an open hand-off from its first instant, with who took it once somebody did', async () => {
  const { id, store } = await handedOff();
  const waiting = { reason: 'The customer asked for a person.', takenBy: undefined };
  expect((await describeHome(context, iris)).handOffs).toMatchObject([{ ...waiting, thread: undefined }]);

  const thread = { channel: 'CSUPPORT', ts: '1.000200' };
  await desk.db.execute(
    sql`update conversations set support_thread = ${JSON.stringify(thread)}::jsonb where id = ${id}`,
  );
  expect((await describeHome(context, iris)).handOffs).toMatchObject([{ ...waiting, thread }]);

  await desk.db.execute(sql`insert into support_threads (id, store, conversation_id, channel, ts, reason, taken_by)
    values (gen_random_uuid(), ${store}, ${id}, 'CSUPPORT', '1.000200', ${waiting.reason}, ${iris})`);
  expect((await describeHome(context, iris)).handOffs).toMatchObject([{ ...waiting, takenBy: iris, thread }]);

  await desk.db.execute(sql`update conversations set owner = 'agent' where id = ${id}`);
  expect((await describeHome(context, iris)).handOffs).toEqual([]);
});

test('counts what happened since midnight UTC and nothing from before, or of another store', async () => {
  const refund = await submitted('1001', 'Shirt');
  await handedOff();
  const settle = (when: string, payment: string) =>
    desk.db.execute(sql`update refunds set state = 'refunded', payment = ${payment},
      settled_at = date_trunc('day', now(), 'UTC') + ${when}::interval where id = ${refund}`);
  await settle('0 seconds', 'pending');
  const today = { conversations: 1, handOffs: 1, refunds: 1, refunded: ['$48.00'] };
  expect((await describeHome(context, iris)).today).toEqual(today);

  await settle('0 seconds', 'failed');
  expect((await describeHome(context, iris)).today).toMatchObject({ refunds: 0, refunded: [] });
  await settle('-1 second', 'settled');
  await desk.db.execute(sql`update messages set created_at = created_at - interval '1 day'`);
  await desk.db.execute(sql`update staff_notes set created_at = created_at - interval '1 day'`);
  const nothing = { conversations: 0, handOffs: 0, refunds: 0, refunded: [] };
  expect((await describeHome(context, iris)).today).toEqual(nothing);

  await settle('0 seconds', 'settled');
  const other = { ...context, refunds: { ...context.refunds, store: 'other.myshopify.com' } };
  expect(await describeHome(other, iris)).toMatchObject({ today: nothing, approvals: [], handOffs: [] });
});
