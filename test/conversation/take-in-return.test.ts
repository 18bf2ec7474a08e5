import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationContext } from '../../src/conversation/context.ts';
import { describeHome } from '../../src/conversation/describe-home.ts';
import { isStaff } from '../../src/conversation/is-staff.ts';
import { findReturnToTakeIn, takeInReturn } from '../../src/conversation/take-in-return.ts';
import type { StaffPerson } from '../../src/ports/staff-desk.ts';
import type { LineItemId, RefundId, ReturnId } from '../../src/returns/ids.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const [maya, iris, guest, stranger] = ['UMAYA0001', 'UIRIS0003', 'UGUEST004', 'UOTHER007'] as const;
const home = 'TBIRCHLOOM';
const person = (userId: string, teamId: string = home): StaffPerson => ({ userId, teamId, name: userId });

let desk: RefundDesk;
let context: ConversationContext;
beforeEach(async () => {
  desk = await openRefundDesk();
  context = desk.app.context;
});
afterEach(() => desk.close());

/** As if the shop had opened it: the refund of a shirt waits for it. */
async function onItsWay(name = '#1001-R1', orderNumber = '1001', title = 'Shirt') {
  const asker = await desk.customer('+15551230001');
  const proposed = await desk.submit(asker, await desk.agreed(asker, orderNumber, title));
  if (!('refund' in proposed)) throw new Error(`Not submitted but ${proposed.kind}`);
  const { id: refundId } = proposed.refund;
  const [row] = await desk.db.execute<{ id: ReturnId }>(sql`
    insert into returns (id, store, conversation_id, refund_id, order_id, order_name, state, shop_return_id,
      shop_return_name, closes_at)
    select gen_random_uuid(), store, conversation_id, id, order_id, order_name, 'open', 'gid://shopify/Return/' || ${name},
      ${name}, now() + interval '30 days' from refunds where id = ${refundId}
    returning id`);
  if (!row) throw new Error('No return was made.');
  await desk.db.execute(
    sql`update refunds set state = 'awaiting-arrival', return_id = ${row.id} where id = ${refundId}`,
  );
  return { returnId: row.id, refundId };
}
async function askedForBy(userId: string, refundId: RefundId): Promise<void> {
  const requester = JSON.stringify({ kind: 'staff', userId: 'UNOAH0002', with: [userId] });
  await desk.db.execute(sql`update refunds set requested_by = ${requester}::jsonb where id = ${refundId}`);
}
const approve = (refundId: RefundId) =>
  desk.db.execute(sql`
    insert into approvals (id, store, refund_id, digest, state, cumulative_minor, expires_at)
    select gen_random_uuid(), store, id, digest, 'approved', amount_minor, now() from refunds where id = ${refundId}`);
const take = (what: { returnId: ReturnId; refundId: RefundId }, by: StaffPerson) =>
  takeInReturn(context, { ...what, by, lines: [{ lineId: 'gid://x' as LineItemId, quantity: 1 }] });

test('Home lists what is on its way, with what is missing, and nothing that has ended or come', async () => {
  const { returnId, refundId } = await onItsWay();
  expect((await describeHome(context, iris)).returns).toMatchObject({
    count: 1,
    newest: [
      {
        returnId,
        refundId,
        name: '#1001-R1',
        orderName: '#1001',
        missing: [{ title: expect.stringContaining('Shirt'), quantity: 1 }],
        amount: '$48.00',
        hasLabel: false,
      },
    ],
  });
  expect((await describeHome(context, guest)).returns).toEqual({ newest: [], count: 0 });
  await desk.db.execute(sql`update refunds set state = 'arrived'`);
  expect((await describeHome(context, iris)).returns).toEqual({ newest: [], count: 0 });
  await desk.db.execute(sql`update refunds set state = 'awaiting-arrival'`);
  await desk.db.execute(sql`update returns set state = 'closing'`);
  expect((await describeHome(context, iris)).returns).toEqual({ newest: [], count: 0 });
});

describe('a return is found', () => {
  test.each(['#1001-R1', '1001-r1', '#1001', ' 1001 '])('as %s', async (name) => {
    const { returnId } = await onItsWay();
    expect(await findReturnToTakeIn(context, person(iris), { name })).toMatchObject({
      kind: 'found',
      openReturn: { returnId },
    });
  });

  test('under no other name, and in no other store', async () => {
    const { returnId } = await onItsWay();
    for (const name of ['1002', '1001-R2', '', '%', '100']) {
      expect(await findReturnToTakeIn(context, person(iris), { name })).toEqual({ kind: 'not-found' });
    }
    const other = { ...context, refunds: { ...context.refunds, store: 'other.myshopify.com' } };
    expect(await findReturnToTakeIn(other, person(iris), { returnId })).toEqual({ kind: 'not-found' });
  });

  test('by its own name where its order has several', async () => {
    await onItsWay();
    const second = await onItsWay('#1001-R2', '1001', 'Socks');
    expect(await findReturnToTakeIn(context, person(iris), { name: '1001' })).toEqual({
      kind: 'several',
      names: ['#1001-R2', '#1001-R1'],
    });
    expect(await findReturnToTakeIn(context, person(iris), { name: '1001-R2' })).toMatchObject({
      openReturn: { returnId: second.returnId },
    });
  });
});

describe('goods that came back', () => {
  test.each([
    ['a guest', person(guest)],
    ['somebody of another company', person(stranger, 'TOTHERCO')],
    ['a colleague of a further workspace', person(`TOTHERCO/${iris}`, 'TOTHERCO')],
    ['somebody who says they are of another workspace', person(iris, 'TOTHERCO')],
    ['nobody', person('UNOBODY')],
  ])('are not taken in by %s', async (_name, by) => {
    const open = await onItsWay();
    const refused = { kind: 'not-allowed', why: 'not-staff' };
    expect(await findReturnToTakeIn(context, by, open)).toEqual(refused);
    expect(await take(open, by)).toEqual(refused);
  });

  test('are not taken in by full members of a further workspace, whom the bot answers otherwise', async () => {
    const open = await onItsWay();
    const userId = `TOTHERCO/${iris}`;
    if (!context.staff) throw new Error('Nobody is staff.');
    const member = { userId, teamId: 'TOTHERCO', displayName: 'Ida', isFullMember: true };
    const directory = { ...context.staff.directory, lookUp: async () => member };
    const further = { ...context, staff: { ...context.staff, directory } };
    expect(await isStaff(further.staff, person(userId, 'TOTHERCO'))).toBe(true);
    expect(await findReturnToTakeIn(further, person(userId, 'TOTHERCO'), open)).toEqual({
      kind: 'not-allowed',
      why: 'not-staff',
    });
  });

  test('are not taken in by whoever asked for it while it was being closed and is open again', async () => {
    const open = await onItsWay();
    await askedForBy(iris, open.refundId);
    await desk.db.execute(sql`update returns set state = 'closing'`);
    if (!context.staff) throw new Error('Nobody is staff.');
    const { directory } = context.staff;
    let asked = 0;
    const slow: ConversationContext = {
      ...context,
      staff: {
        ...context.staff,
        directory: {
          ...directory,
          async lookUp(...of) {
            asked += 1;
            if (asked > 1) await desk.db.execute(sql`update returns set state = 'open'`);
            return directory.lookUp(...of);
          },
        },
      },
    };
    const quoted = await desk.db.execute<{ id: LineItemId }>(
      sql`select quote->'lines'->0->>'lineId' as id from quotes`,
    );
    const lines = [{ lineId: quoted[0]?.id as LineItemId, quantity: 1 }];
    expect(await takeInReturn(slow, { ...open, by: person(iris), lines })).toEqual({ kind: 'already' });
    const rows = await desk.db.execute(sql`select state from refunds`);
    expect([...rows]).toEqual([{ state: 'awaiting-arrival' }]);
  });

  test('are taken in by nobody who is not on the list of staff, unless they may approve', async () => {
    const open = await onItsWay();
    const listed = { ...context, staff: context.staff && { ...context.staff, allowed: ['UNOAH0002'] } };
    expect(await findReturnToTakeIn(listed, person(iris), open)).toMatchObject({ kind: 'not-allowed' });
    expect(await findReturnToTakeIn(listed, person(maya), open)).toMatchObject({ kind: 'found' });
  });

  test('are taken in by a colleague other than those who asked for it, where nobody approved it', async () => {
    const open = await onItsWay();
    await askedForBy(iris, open.refundId);
    const refused = { kind: 'not-allowed', why: 'requester' };
    expect(await findReturnToTakeIn(context, person(iris), open)).toEqual(refused);
    expect(await take(open, person(iris))).toEqual(refused);
    expect(await findReturnToTakeIn(context, person(maya), open)).toMatchObject({ kind: 'found' });

    await approve(open.refundId);
    expect(await findReturnToTakeIn(context, person(iris), open)).toMatchObject({ kind: 'found' });
  });
});
