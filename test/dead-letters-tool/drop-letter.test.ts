import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropLetter } from '../../src/dead-letters-tool/drop-letter.ts';
import { retryLetter } from '../../src/dead-letters-tool/retry-letters.ts';
import { showLetter } from '../../src/dead-letters-tool/show-letters.ts';
import { recordDeadLetter } from '../../src/storage/dead-letters.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

async function givenUp(queue: string, data: Readonly<Record<string, string>>): Promise<number> {
  const { db, store } = desk.context;
  const [subject = ''] = Object.values(data);
  const reason = { name: 'TypeError' };
  return (await recordDeadLetter(db, { store, queue, subject, data, reason, tries: 5 })).seq;
}

const drop = async (seq: number) => {
  const [said] = await dropLetter(desk.context, { seq, reason: 'seen to', yes: true });
  return said;
};

test('an approval whose card is given up by hand ends at once, and the customer hears of it', async () => {
  await desk.submitted(jane, '1002', 'Desk');
  const [approval] = await desk.db.execute<{ id: string }>(sql`select id from approvals`);
  const seq = await givenUp('announce-approval', { approvalId: approval?.id ?? '' });
  await expect(dropLetter(desk.context, { seq, reason: 'no', yes: false })).rejects.toThrow(/Add --yes/);

  expect(await drop(seq)).toMatch(/counts as denied, and the customer is told/);
  const [after] = await desk.db.execute(sql`
    select a.state as approval, r.state as refund,
      (select count(*)::int from outbox) as texts
    from approvals a join refunds r on r.id = a.refund_id`);
  expect(after).toEqual({ approval: 'expired', refund: 'expired', texts: 1 });
});

test.each(['sending', 'unknown'])(
  'of a refund that is %s nobody is told that it was not made',
  async (state) => {
    const refundId = await desk.submitted(jane);
    await desk.db.execute(sql`update refunds set state = ${state}, first_sent_at = now()`);
    const seq = await givenUp('execute-refund', { refundId });
    const shown = (await showLetter(desk.context, seq)).join('\n');
    for (const said of [shown, await drop(seq)]) {
      expect(said).toMatch(/Shopify may have made this refund.*Look at the order there before/);
      expect(said).not.toMatch(/is not made/);
    }
  },
);

test('of a refund that was never sent people are told that it is not made', async () => {
  const refundId = await desk.submitted(jane);
  const said = await drop(await givenUp('execute-refund', { refundId }));
  expect(said).toMatch(/The refund is not made/);
});

test('of a refund that has ended nobody is told to make it', async () => {
  const refundId = await desk.submitted(jane);
  await desk.db.execute(sql`update refunds set state = 'refunded'`);
  const said = await drop(await givenUp('execute-refund', { refundId }));
  expect(said).toMatch(/The refund has ended already: refunded\.$/);
});

test('messages that are being tried again are not said to be left unanswered', async () => {
  const asker = await desk.customer(jane);
  await desk.says(asker, 'hello');
  const seq = await givenUp('take-turn', { conversationId: asker.conversation.id });
  await desk.db.execute(
    sql`update messages set answered_in_turn = 1, set_aside_in = (select id from dead_letters)`,
  );
  await retryLetter(desk.context, seq);
  await expect(drop(seq)).rejects.toThrow(/is being tried/);
});
