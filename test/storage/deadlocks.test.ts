import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { receiveMessage } from '../../src/conversation/receive-message.ts';
import type { PhoneNumber } from '../../src/returns/ids.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';
import { waitFor } from '../support/wait-for.ts';

const jane = '+15551230001' as PhoneNumber;

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

test('a message whose transaction was broken off by a deadlock is taken in all the same', async () => {
  const { db } = desk.context;
  const { sender, conversation } = await desk.customer(jane);
  const stop = () =>
    receiveMessage(desk.app.context, {
      provider: 'twilio',
      providerMessageId: 'SM1',
      channel: 'sms',
      address: jane,
      phone: jane,
      text: 'STOP',
    });
  let received: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    // Whoever waits longest is broken off: this one never is.
    await tx.execute(sql`set local deadlock_timeout = '60s'`);
    await tx.execute(sql`select 1 from conversations where id = ${conversation.id} for update`);
    received = stop();
    await waitFor('the message to wait for the conversation', async () => {
      const rows = await db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    });
    await tx.execute(sql`select 1 from senders where id = ${sender.id} for update`);
  });
  expect(await received).toMatchObject({ kind: 'stored' });
  expect(await db.execute(sql`select 1 from senders where opted_out_at is not null`)).toHaveLength(1);
});
