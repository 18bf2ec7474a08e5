import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseRequested } from '../../src/conversation/erase-requested.ts';
import { requestPrivacy } from '../../src/conversation/request-privacy.ts';
import { askForCode } from '../../src/refunds/ask-for-code.ts';
import { proveIdentity } from '../../src/refunds/prove-identity.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import type { PhoneNumber } from '../../src/returns/ids.ts';
import { findOrCreateSender } from '../../src/storage/customers.ts';
import { forgetShortLived } from '../../src/storage/erasure.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';
import { waitFor } from '../support/wait-for.ts';

let desk: RefundDesk;
beforeAll(async () => {
  desk = await openRefundDesk();
});
afterAll(() => desk.close());

const proof = { orderNumber: '1001', email: 'jane@example.com', postalCode: '97205' };

async function erase(phone: string) {
  const { db, store } = desk.context;
  const { personal } = desk.app.context;
  const person = { phones: [phone], customerIds: [], orderIds: [] };
  const request = await db.transaction((tx) =>
    requestPrivacy(tx, { store, personal }, 'erase', person, 'operator'),
  );
  return (await eraseRequested({ db, personal }, request)).kind;
}

const proofsOf = ({ sender }: Asker) =>
  desk.db.execute(sql`select 1 from proofs where sender_id = ${sender.id}`);
const codesOf = ({ sender }: Asker) =>
  desk.db.execute(sql`select 1 from one_time_codes where sender_id = ${sender.id}`);

test('of somebody who opted out the address is kept, and nothing of what they proved', async () => {
  const phone = '+15559994001';
  const asker = await desk.customer(phone);
  await proveIdentity(desk.context, asker, proof);
  await desk.db.execute(sql`update senders set opted_out_at = now() where id = ${asker.sender.id}`);
  expect(await proofsOf(asker)).toHaveLength(1);
  expect(await erase(phone)).toBe('erased');
  expect(await proofsOf(asker)).toEqual([]);
  const kept = await desk.db.execute(sql`select address from senders where phone = ${phone}`);
  expect(kept).toEqual([{ address: phone }]);
});

test('of codes that were asked for nothing is kept, sent or not', async () => {
  const phone = '+15559994002';
  const asker = await desk.customer(phone);
  await askForCode(desk.context, asker, '1001');
  expect(await codesOf(asker)).toHaveLength(1);
  expect(await erase(phone)).toBe('erased');
  expect(await codesOf(asker)).toEqual([]);
});

test('a code whose text never went out goes with its phone after two days', async () => {
  const asker = await desk.customer('+15559994003');
  await askForCode(desk.context, asker, '1001');
  await desk.db.execute(
    sql`update one_time_codes set created_at = now() - interval '3 days' where sender_id = ${asker.sender.id}`,
  );
  await forgetShortLived(desk.db, desk.context.store);
  expect(await codesOf(asker)).toEqual([]);
});

test('somebody who writes at that moment is forgotten all the same, with their proofs', async () => {
  const phone = '+15559994004' as PhoneNumber;
  const { db, store } = desk.context;
  const asker = await desk.customer(phone);
  await proveIdentity(desk.context, asker, proof);
  let erased: Promise<string> | undefined;
  await db.transaction(async (tx) => {
    await findOrCreateSender(tx, { store, channel: 'sms', address: phone, phone });
    erased = erase(phone);
    await waitFor('the erasure to wait for the sender', async () => {
      const rows = await desk.db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    });
  });
  expect(await erased).toBe('erased');
  expect(await proofsOf(asker)).toEqual([]);
});
