import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliverMessages } from '../../src/conversation/deliver-messages.ts';
import { tellCustomer } from '../../src/refunds/tell-customer.ts';
import { lockWithSender } from '../../src/storage/conversations.ts';
import { withoutIntroduction } from '../support/open-world.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

test('a STOP that comes between two texts holds back the second, and staff read it', async () => {
  const { conversation } = await desk.customer(jane);
  await desk.db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, conversation.id);
    for (const text of ['The first.', 'The second.']) await tellCustomer(tx, desk.context.jobs, locked, text);
  });
  desk.sandbox.phones.faults.add({
    operation: 'messages.create',
    when: 'after',
    times: 1,
    action: {
      kind: 'call',
      run: async () => {
        await desk.db.execute(sql`update senders set opted_out_at = now()`);
      },
    },
  });
  await deliverMessages(desk.app.context, conversation.id);
  const bodies = desk.sandbox.phones.messagesTo(jane).map(({ body }) => withoutIntroduction(body));
  expect(bodies).toEqual(['The first.']);
  const states = await desk.db.execute(sql`select state from outbox order by seq`);
  expect(states.map((row) => row.state)).toEqual(['sent', 'suppressed']);
  const [note] = await desk.db.execute<{ text: string }>(sql`select text from staff_notes`);
  expect(note?.text).toBe('The customer opted out of messages before this one was sent: The second.');
});

test('what is shown beside an answer goes out with its last part', async () => {
  const { conversation } = await desk.customer(jane);
  const card = {
    order_number: '#1001',
    placed_on: '2026-11-14',
    delivered_on: null,
    cancelled: false,
    items: [],
  };
  await desk.db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, conversation.id);
    await tellCustomer(tx, desk.context.jobs, locked, 'A sentence of words. '.repeat(100), { card });
  });
  const parts = await desk.db.execute(sql`select card from outbox order by seq`);
  expect(parts.map((part) => part.card)).toEqual([null, card]);
});
