import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import type { ProposedRefund } from '../../src/refunds/propose-refund.ts';
import type { QuoteId } from '../../src/returns/ids.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';
const marcus = '+15551230002';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

const refundRows = async () => [
  ...(await desk.db.execute(sql`select state, amount_minor as minor from refunds`)),
];
const jobsOf = async (queue: string) =>
  (await desk.db.execute(sql`select 1 from jobs.job where name = ${queue}`)).length;

async function expectNothing(proposed: Promise<ProposedRefund>, kind: ProposedRefund['kind']): Promise<void> {
  expect((await proposed).kind).toBe(kind);
  expect(await refundRows()).toEqual([]);
  expect(await jobsOf('execute-refund')).toBe(0);
}

describe('a quote becomes a refund', () => {
  test('that will be made, once the customer who saw it said yes', async () => {
    const asker = await desk.customer(jane);
    const proposed = await desk.submit(asker, await desk.agreed(asker, '1001', 'Shirt'));
    expect(proposed).toMatchObject({ kind: 'submitted', refund: { amountMinor: 4800, state: 'approved' } });
    expect(await jobsOf('execute-refund')).toBe(1);
  });

  test('of exactly the threshold without anybody, and of a cent more only with an approval', async () => {
    const priya = await desk.customer('+15551230006');
    const blanket = await desk.submit(priya, await desk.agreed(priya, '1017', 'Blanket'));
    expect(blanket).toMatchObject({ kind: 'submitted', refund: { amountMinor: 10_000 } });
    await desk.close();

    desk = await openRefundDesk((config) => ({
      ...config,
      returns: { ...config.returns, approvalThreshold: '99.99' },
    }));
    const again = await desk.customer('+15551230006');
    const waits = await desk.submit(again, await desk.agreed(again, '1017', 'Blanket'));
    expect(waits).toMatchObject({ kind: 'awaiting-approval', refund: { state: 'awaiting-approval' } });
    expect(await jobsOf('execute-refund')).toBe(0);
    expect(await jobsOf('announce-approval')).toBe(1);
  });
});

describe('nothing becomes of a quote', () => {
  test('that was made in another conversation, even with a yes in this one', async () => {
    const owner = await desk.customer(jane);
    const quoteId = await desk.agreed(owner, '1001', 'Shirt');
    const thief = await desk.customer(marcus);
    await desk.says(thief, 'yes');
    await expectNothing(desk.submit(thief, quoteId), 'not-found');
  });

  test('that the same customer saw and agreed to in another conversation', async () => {
    const first = await desk.customer(jane);
    const quoteId = await desk.agreed(first, '1001', 'Shirt');
    const other = await desk.customer('+15557770001');
    desk.sandbox.shop.editOrder('1001', { kind: 'details', phone: '+15557770001' });
    await desk.says(other, 'yes');
    await expectNothing(desk.submit(other, quoteId), 'not-found');
  });

  test('whose order the sender may no longer see', async () => {
    const asker = await desk.customer(jane);
    const quoteId = await desk.agreed(asker, '1001', 'Shirt');
    const stranger = { ...asker, sender: { ...asker.sender, phone: null } };
    await expectNothing(desk.submit(stranger, quoteId), 'not-found');
  });

  test('that does not exist', async () => {
    const asker = await desk.customer(jane);
    await expectNothing(desk.submit(asker, '00000000-0000-4000-8000-000000000000' as QuoteId), 'not-found');
  });

  test('that expired', async () => {
    const asker = await desk.customer(jane);
    const quoteId = await desk.agreed(asker, '1001', 'Shirt');
    await desk.db.execute(sql`update quotes set expires_at = now() - interval '1 millisecond'`);
    await expectNothing(desk.submit(asker, quoteId), 'expired');
  });

  test('that was never shown, whatever the customer says', async () => {
    const asker = await desk.customer(jane);
    const quoteId = await desk.quote(asker, '1001', 'Shirt');
    await desk.says(asker, 'yes');
    await expectNothing(desk.submit(asker, quoteId), 'not-confirmed');
  });

  test('that was shown after the yes', async () => {
    const asker = await desk.customer(jane);
    const quoteId = await desk.quote(asker, '1001', 'Shirt');
    await desk.says(asker, 'yes');
    await desk.show(asker, quoteId);
    await expectNothing(desk.submit(asker, quoteId), 'not-confirmed');
  });

  test.each(['no', 'yes but keep the fee', 'what about shipping?', 'stop'])(
    'that was answered with "%s"',
    async (text) => {
      const asker = await desk.customer(jane);
      const quoteId = await desk.quote(asker, '1001', 'Shirt');
      await desk.show(asker, quoteId);
      await desk.says(asker, text);
      await expectNothing(desk.submit(asker, quoteId), 'not-confirmed');
    },
  );

  test('that was agreed to and then taken back', async () => {
    const asker = await desk.customer(jane);
    const quoteId = await desk.agreed(asker, '1001', 'Shirt');
    await desk.says(asker, 'no wait');
    await expectNothing(desk.submit(asker, quoteId), 'not-confirmed');
  });

  test('when the yes was said to another quote, shown later', async () => {
    const asker = await desk.customer(jane);
    const shirt = await desk.quote(asker, '1001', 'Shirt');
    await desk.show(asker, shirt);
    await desk.says(asker, 'ok');
    const cushion = await desk.agreed(asker, '1004', 'Cushion');
    await expectNothing(desk.submit(asker, shirt), 'not-confirmed');
    expect((await desk.submit(asker, cushion)).kind).toBe('submitted');
    expect((await desk.submit(asker, shirt)).kind).toBe('not-confirmed');
  });

  test('in whose place a newer one was made', async () => {
    const asker = await desk.customer(jane);
    const first = await desk.agreed(asker, '1001', 'Shirt');
    await desk.quote(asker, '1001', 'Socks');
    await expectNothing(desk.submit(asker, first), 'changed');
  });

  test.each<[string, (given: RefundDesk) => void]>([
    [
      'a part of it was refunded by hand',
      ({ sandbox }) => sandbox.shop.editOrder('1001', { kind: 'refund', amount: 3000 }),
    ],
    [
      'the line was refunded by hand',
      ({ sandbox }) => sandbox.shop.editOrder('1001', { kind: 'refund', line: 'Shirt' }),
    ],
    [
      'a discount was given',
      ({ sandbox }) => sandbox.shop.editOrder('1001', { kind: 'discount', line: 'Shirt', amount: 500 }),
    ],
  ])('whose order changed since: %s', async (_what, change) => {
    const asker = await desk.customer(jane);
    const quoteId = await desk.agreed(asker, '1001', 'Shirt');
    change(desk);
    await expectNothing(desk.submit(asker, quoteId), 'changed');
    await expectNothing(desk.submit(asker, quoteId), 'changed');
  });

  test('above the threshold while there is nobody who could approve', async () => {
    await desk.close();
    desk = await openRefundDesk((config) => ({ ...config, slack: undefined }));
    const asker = await desk.customer(jane);
    await expectNothing(desk.submit(asker, await desk.agreed(asker, '1002', 'Desk')), 'nobody-may-approve');
  });
});

describe('at once', () => {
  test('ten submissions of one quote make one refund', async () => {
    const asker = await desk.customer(jane);
    const quoteId = await desk.agreed(asker, '1001', 'Shirt');
    const kinds = (await Promise.all(Array.from({ length: 10 }, () => desk.submit(asker, quoteId)))).map(
      ({ kind }) => kind,
    );
    expect(kinds.filter((kind) => kind === 'submitted')).toHaveLength(1);
    expect(await refundRows()).toHaveLength(1);
    expect((await desk.submit(asker, quoteId)).kind).toBe('already-submitted');
  });

  test('two conversations of one customer cannot pass the threshold side by side', async () => {
    const phone = await desk.customer(jane);
    const other = await desk.customer('+15557770001');
    desk.sandbox.shop.editOrder('1011', { kind: 'details', phone: '+15557770001' });
    const quotes = [
      [phone, await desk.agreed(phone, '1001', 'Shirt')],
      [other, await desk.agreed(other, '1011', 'Throw')],
    ] as const;
    const proposed = await Promise.all(quotes.map(([asker, quoteId]) => desk.submit(asker, quoteId)));
    expect(proposed.map(({ kind }) => kind).toSorted()).toEqual(['awaiting-approval', 'submitted']);
  });

  test('what counts is the last 24 hours: yesterday’s refund is over, and a denied one never counted', async () => {
    const asker = await desk.customer(jane);
    const submitted = await desk.submit(asker, await desk.agreed(asker, '1015', 'Mug'));
    if (submitted.kind !== 'submitted') throw new Error('not submitted');
    await executeRefund(desk.context, submitted.refund.id);
    await desk.db.execute(sql`update refunds set amount_minor = 9000`);
    const first = await desk.agreed(asker, '1001', 'Shirt');
    expect((await desk.submit(asker, first)).kind).toBe('awaiting-approval');
    await desk.db.execute(
      sql`update refunds set settled_at = now() - interval '24 hours' where state = 'refunded'`,
    );
    await desk.db.execute(
      sql`update refunds set state = 'denied', amount_minor = 9000 where state = 'awaiting-approval'`,
    );
    const second = await desk.agreed(asker, '1004', 'Cushion');
    expect((await desk.submit(asker, second)).kind).toBe('submitted');
  });
});
