import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Asker } from '../../src/refunds/read-order.ts';
import { tellCustomer } from '../../src/refunds/tell-customer.ts';
import type { QuoteId } from '../../src/returns/ids.ts';
import { appendMessage, lockWithSender } from '../../src/storage/conversations.ts';
import { markShown } from '../../src/storage/quotes.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';
import { waitFor } from '../support/wait-for.ts';

const jane = '+15551230001';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

const refundRows = async () => [...(await desk.db.execute(sql`select state from refunds`))];

/** The amount is written to the customer as a turn does it, and they say yes to something. */
async function writtenTo(asker: Asker): Promise<QuoteId> {
  const quoteId = await desk.quote(asker, '1001', 'Shirt');
  await desk.db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, asker.conversation.id);
    const message = await tellCustomer(tx, desk.context.jobs, locked, 'I can refund $48.00. Reply YES.');
    await markShown(tx, [quoteId], message.seq);
  });
  await desk.says(asker, 'yes');
  return quoteId;
}

test('a no that arrives while the shop is still asked counts: nothing is submitted', async () => {
  const asker = await desk.customer(jane);
  const quoteId = await desk.agreed(asker, '1001', 'Shirt');
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  desk.sandbox.shop.faults.add({
    operation: 'order',
    when: 'before',
    times: 1,
    action: {
      kind: 'call',
      run: () => {
        asked.resolve();
        return answer.promise;
      },
    },
  });
  const proposed = desk.submit(asker, quoteId);
  await asked.promise;
  await desk.says(asker, 'no');
  answer.resolve();
  expect(await proposed).toMatchObject({ kind: 'not-confirmed' });
  expect(await refundRows()).toEqual([]);
});

test.each([
  ['still waits and was never sent', sql`update outbox set state = 'waiting'`],
  ['was looked for in vain', sql`update outbox set state = 'waiting', attempts = 2`],
  ['was refused by the carrier', sql`update outbox set state = 'refused', attempts = 1`],
  ['was held back because they opted out', sql`update outbox set state = 'suppressed'`],
])('a yes is none to a quote whose text %s', async (_, change) => {
  const asker = await desk.customer(jane);
  const quoteId = await writtenTo(asker);
  await desk.db.execute(change);
  expect(await desk.submit(asker, quoteId)).toMatchObject({ kind: 'not-confirmed' });
  expect(await refundRows()).toEqual([]);
});

test.each([
  ['was sent', sql`update outbox set state = 'sent', attempts = 1`],
  ['was just sent, and the answer is not here yet', sql`update outbox set attempts = 1`],
])('a yes counts for a quote whose text %s', async (_, change) => {
  const asker = await desk.customer(jane);
  const quoteId = await writtenTo(asker);
  await desk.db.execute(change);
  expect(await desk.submit(asker, quoteId)).toMatchObject({ kind: 'submitted' });
  await waitFor('the refund', async () => (await refundRows()).length === 1);
});

test('a yes after a colleague wrote to the customer is none to the quote they saw before', async () => {
  const asker = await desk.customer(jane);
  const quoteId = await desk.quote(asker, '1001', 'Shirt');
  await desk.show(asker, quoteId);
  await desk.db.transaction((tx) =>
    appendMessage(tx, asker.conversation, 'staff', 'May I send you a new one instead?', 'UMAYA0001'),
  );
  await desk.says(asker, 'yes');
  expect(await desk.submit(asker, quoteId)).toMatchObject({ kind: 'not-confirmed' });
  expect(await refundRows()).toEqual([]);
  await desk.show(asker, quoteId);
  await desk.says(asker, 'yes');
  expect(await desk.submit(asker, quoteId)).toMatchObject({ kind: 'submitted' });
});
