import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onlyPolicy } from '../../src/app/load-policy.ts';
import { releaseConversation } from '../../src/conversation/give-back.ts';
import type { DecisionAnswer } from '../../src/ports/approval-desk.ts';
import { announceApproval } from '../../src/refunds/announce-approval.ts';
import { decideApproval } from '../../src/refunds/decide-approval.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { expireApproval } from '../../src/refunds/expire-approval.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import { refreshCard } from '../../src/refunds/refresh-card.ts';
import type { ApprovalId, QuoteId, RefundId } from '../../src/returns/ids.ts';
import { versionPolicy } from '../../src/returns/policy.ts';
import { lockQuote } from '../../src/storage/quotes.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';
const maya = 'UMAYA0001';
const noah = 'UNOAH0002';

let desk: RefundDesk;
let asker: Asker;
let first: QuoteId;
beforeEach(async () => {
  desk = await openRefundDesk();
  asker = await desk.customer(jane);
});
afterEach(() => desk.close());

async function waits(orderNumber = '1002', title = 'Desk'): Promise<ApprovalId> {
  first = await desk.agreed(asker, orderNumber, title);
  await desk.submit(asker, first);
  const id = await newestApproval();
  await announceApproval(desk.context, id);
  return id;
}

async function newestApproval(): Promise<ApprovalId> {
  const [row] = await desk.db.execute<{ id: ApprovalId }>(
    sql`select id from approvals order by id desc limit 1`,
  );
  if (!row) throw new Error('There is no approval.');
  return row.id;
}

const decide = (
  approvalId: ApprovalId,
  userId: string,
  decision: 'approve' | 'deny' | 'lower',
  amount?: string,
): Promise<DecisionAnswer> =>
  decideApproval(desk.context, {
    approvalId,
    decision,
    amount,
    by: { userId, teamId: 'TBIRCHLOOM', name: userId },
  });

/** Newest first. */
const rows = async () => [
  ...(await desk.db.execute<{ id: RefundId; quoteId: QuoteId; state: string; minor: number; told: boolean }>(
    sql`select id, quote_id as "quoteId", state, amount_minor::int as minor, told_at is not null as told
      from refunds order by id desc`,
  )),
];
const states = async () => (await rows()).map(({ state }) => state);
const agentTexts = async () =>
  (
    await desk.db.execute<{ text: string }>(
      sql`select text from messages where author = 'agent' order by seq`,
    )
  ).map(({ text }) => text);
/** The quote of the offer, once its text has arrived. */
async function offered(): Promise<QuoteId> {
  const [row] = await rows();
  if (row?.state !== 'offered') throw new Error(`It is ${row?.state}`);
  await desk.db.execute(sql`update outbox set state = 'sent' where state = 'waiting'`);
  return row.quoteId;
}
async function runRefunds(): Promise<void> {
  for (const { id } of await rows()) await executeRefund(desk.context, id);
}
async function passTime(): Promise<void> {
  await desk.db.execute(sql`update approvals set expires_at = now() - interval '1 second'`);
  await desk.db.execute(sql`update quotes set expires_at = now() - interval '1 second'`);
}

describe('a lower amount', () => {
  test('is refused for an exchange, whatever window it was typed in', async () => {
    const approvalId = await waits();
    const change = { exchange: [{ lineId: '1', variantId: '2', title: 'Desk (Oak)', quantity: 1 }] };
    await desk.db.execute(sql`update quotes set quote = quote || ${JSON.stringify(change)}::jsonb`);
    expect(await decide(approvalId, maya, 'lower', '$80.00')).toEqual({
      kind: 'bad-amount',
      say: 'This can only be approved as it is, or denied.',
    });
    expect(await rows()).toMatchObject([{ state: 'awaiting-approval' }]);
  });

  test('is offered to the customer, and refunded only after their yes to it', async () => {
    const approvalId = await waits();
    expect(await decide(approvalId, maya, 'lower', '$80.00')).toEqual({ kind: 'accepted', state: 'lowered' });
    expect(await rows()).toMatchObject([
      { state: 'offered', minor: 8000, told: false },
      { state: 'lowered', minor: 42_000, told: true },
    ]);
    expect((await agentTexts()).at(-1)).toBe(
      'Our team can refund $80.00 instead of $420.00 for order #1002. Reply YES to accept, or NO to leave it.',
    );
    const quoteId = await offered();
    expect((await desk.submit(asker, quoteId)).kind).toBe('not-confirmed');
    await runRefunds();
    expect(desk.made('#1002')).toEqual([]);

    await desk.says(asker, 'yes');
    expect(await desk.submit(asker, quoteId)).toMatchObject({
      kind: 'submitted',
      refund: { state: 'approved', amountMinor: 8000 },
    });
    expect((await desk.submit(asker, quoteId)).kind).toBe('already-submitted');
    await runRefunds();
    expect(desk.made('#1002')).toMatchObject([{ amount: 8000 }]);
    expect((await agentTexts()).filter((text) => text.startsWith('Done:'))).toHaveLength(1);
  });

  test('is not what the earlier yes, or a yes to the old quote, was about', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '80');
    expect(await desk.submit(asker, first)).toEqual({ kind: 'already-submitted', state: 'lowered' });
    expect((await desk.submit(asker, await offered())).kind).toBe('not-confirmed');
    await desk.says(asker, 'yes');
    expect(await desk.submit(asker, first)).toEqual({ kind: 'already-submitted', state: 'lowered' });
    await runRefunds();
    expect(desk.made('#1002')).toEqual([]);
  });

  test('that the customer turns down is not refunded, and nobody writes to them again about it', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '80');
    const quoteId = await offered();
    await desk.says(asker, 'no');
    expect((await desk.submit(asker, quoteId)).kind).toBe('not-confirmed');
    const said = await agentTexts();
    await passTime();
    await expireApproval(desk.context, await newestApproval());
    expect(await states()).toEqual(['expired', 'lowered']);
    expect(await agentTexts()).toEqual(said);
    await runRefunds();
    expect(desk.made('#1002')).toEqual([]);
  });

  test('that nobody answers runs out, and the customer is told so once', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '80');
    const quoteId = await offered();
    await expireApproval(desk.context, await newestApproval());
    expect(await states()).toEqual(['offered', 'lowered']);
    await passTime();
    await expireApproval(desk.context, await newestApproval());
    await expireApproval(desk.context, await newestApproval());
    expect((await agentTexts()).filter((text) => text.includes('has run out'))).toHaveLength(1);
    await desk.says(asker, 'yes');
    expect((await desk.submit(asker, quoteId)).kind).toBe('already-submitted');
    await runRefunds();
    expect(desk.made('#1002')).toEqual([]);
  });

  test('taken at the instant it runs out is either refunded or ended', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '80');
    const quoteId = await offered();
    await desk.says(asker, 'yes');
    await desk.db.execute(
      sql`update approvals set expires_at = clock_timestamp() + interval '40 milliseconds'`,
    );
    const id = await newestApproval();
    const expiring = Array.from({ length: 12 }, () => expireApproval(desk.context, id));
    const [taken] = await Promise.all([desk.submit(asker, quoteId), ...expiring]);
    const [state] = await states();
    expect([taken.kind, state]).toEqual(
      taken.kind === 'submitted' ? ['submitted', 'approved'] : ['already-submitted', 'expired'],
    );
    await runRefunds();
    expect(desk.made('#1002')).toHaveLength(taken.kind === 'submitted' ? 1 : 0);
  });

  test('can run out while its quote is locked by a yes that waits for the refund', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '80');
    const quoteId = await offered();
    await passTime();
    const expiring = await newestApproval();
    await desk.db.transaction(async (tx) => {
      await lockQuote(tx, asker.conversation.id, quoteId);
      await expireApproval(desk.context, expiring);
    });
    expect(await states()).toEqual(['expired', 'lowered']);
  });

  test('is asked for again when the order changed after the offer', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '80');
    const quoteId = await offered();
    await desk.says(asker, 'yes');
    desk.sandbox.shop.editOrder('1002', { kind: 'refund', amount: 38_000 });
    expect((await desk.submit(asker, quoteId)).kind).toBe('changed');
    expect(await states()).toEqual(['stale', 'lowered']);
    await runRefunds();
    expect(desk.made('#1002')).toEqual([]);
  });

  test('stays what it is when a part of the order was refunded that leaves room for it', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '80');
    const quoteId = await offered();
    await desk.says(asker, 'yes');
    desk.sandbox.shop.editOrder('1002', { kind: 'refund', amount: 2000 });
    expect((await desk.submit(asker, quoteId)).kind).toBe('submitted');
    await runRefunds();
    expect(desk.made('#1002')).toMatchObject([{ amount: 8000 }]);
  });

  test.each([
    ['420.00', /less than \$420\.00/],
    ['0', /more than zero/],
    ['a bit', /Write an amount/],
    [undefined, /Write an amount/],
  ])('of %j is refused with a sentence, and the card stays open', async (amount, say) => {
    const approvalId = await waits();
    expect(await decide(approvalId, maya, 'lower', amount)).toMatchObject({ kind: 'bad-amount', say });
    expect(await states()).toEqual(['awaiting-approval']);
    expect(await decide(approvalId, noah, 'approve')).toEqual({ kind: 'accepted', state: 'approved' });
  });

  test('ends the old card: later clicks hear who lowered it', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '80');
    const told = { kind: 'already-decided', state: 'lowered', by: 'Maya' };
    expect(await decide(approvalId, noah, 'approve')).toEqual(told);
    expect(await decide(approvalId, noah, 'lower', '70')).toEqual(told);
    await refreshCard(desk.context, approvalId);
    await announceApproval(desk.context, await newestApproval());
    const cards = desk.sandbox.workspace.cards().map((card) => JSON.stringify(card.blocks));
    expect(cards).toHaveLength(2);
    for (const card of cards) expect(card).not.toContain('approve_refund');
  });

  test('is decided once, however many lower it at once', async () => {
    const approvalId = await waits();
    const answers = await Promise.all([
      decide(approvalId, maya, 'lower', '80'),
      decide(approvalId, noah, 'lower', '70'),
      decide(approvalId, maya, 'approve'),
      decide(approvalId, noah, 'deny'),
    ]);
    expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect((await rows()).filter(({ state }) => state === 'offered').length).toBeLessThanOrEqual(1);
  });

  test('is not sent to a customer who opted out; staff are told instead', async () => {
    const approvalId = await waits();
    await desk.db.execute(sql`update senders set opted_out_at = now()`);
    await decide(approvalId, maya, 'lower', '80');
    const [note] = await desk.db.execute<{ text: string }>(sql`select text from staff_notes`);
    expect(note?.text).toContain('was not asked');
    await desk.says(asker, 'yes');
    expect((await desk.submit(asker, await offered())).kind).toBe('not-confirmed');
  });

  test('counts once against the threshold', async () => {
    const approvalId = await waits();
    await decide(approvalId, maya, 'lower', '60');
    const shirt = await desk.submit(asker, await desk.agreed(asker, '1015', 'Mug'));
    expect(shirt.kind).toBe('submitted');
  });
});

describe('while a person has the conversation', () => {
  const notes = async () =>
    (await desk.db.execute<{ text: string }>(sql`select text from staff_notes order by seq`)).map(
      ({ text }) => text,
    );
  async function handsBack(): Promise<void> {
    await desk.db.execute(sql`update conversations set last_activity_at = now() - interval '25 hours'`);
    await releaseConversation(desk.app.context, asker.conversation.id);
  }
  beforeEach(async () => {
    const approvalId = await waits();
    await desk.db.execute(sql`update conversations set owner = 'person', owned_since = now()`);
    await decide(approvalId, maya, 'lower', '80');
  });

  test('colleagues read of the offer, and the customer is asked again when the bot has them back', async () => {
    expect(await notes()).toEqual([expect.stringContaining('$80.00 instead of $420.00 for order #1002')]);
    await desk.says(asker, 'yes');
    await handsBack();
    const asked = (await agentTexts()).filter((text) => text.startsWith('Our team can refund $80.00'));
    expect(asked).toHaveLength(2);
    const offer = await offered();
    expect((await desk.submit(asker, offer)).kind).toBe('not-confirmed');
    await desk.says(asker, 'yes');
    expect((await desk.submit(asker, offer)).kind).toBe('submitted');
  });

  test('whoever said no to the offer is not asked again', async () => {
    await desk.says(asker, 'no');
    const said = await agentTexts();
    await handsBack();
    expect(await agentTexts()).toEqual(said);
  });
});

test('an accepted lower amount that the order no longer allows is told as that amount', async () => {
  await decide(await waits(), maya, 'lower', '80');
  const offer = await offered();
  await desk.says(asker, 'yes');
  await desk.submit(asker, offer);
  desk.sandbox.shop.editOrder('1002', { kind: 'refund', amount: 38_000 });
  await runRefunds();
  expect((await agentTexts()).at(-1)).toContain('the refund of $80.00 was not made');
});

describe('beside another quote for the order', () => {
  test('an offer in whose place it came does not count against the threshold any more', async () => {
    await decide(await waits(), maya, 'lower', '99');
    await offered();
    await desk.quote(asker, '1002', 'Desk');
    const mug = await desk.submit(asker, await desk.agreed(asker, '1015', 'Mug'));
    expect(mug.kind).toBe('submitted');
  });

  test('a refund that is lowered while it waits for a second person leaves that quote open', async () => {
    const { version: _, ...rules } = desk.context.policies.current();
    const policy = versionPolicy({ ...rules, approvalTiers: [{ above: '40', people: 2 }] });
    Object.assign(desk.context, { policies: onlyPolicy(policy) });
    const approvalId = await waits('1001', 'Shirt');
    const open = await desk.agreed(asker, '1001', 'Socks');
    await decide(approvalId, maya, 'lower', '45');
    expect((await desk.submit(asker, open)).kind).toBe('awaiting-approval');
  });
});

describe('where two people are needed', () => {
  beforeEach(() => {
    const { version: _, ...rules } = desk.context.policies.current();
    const approvalTiers = [{ above: '50', people: 2 }];
    Object.assign(desk.context, { policies: onlyPolicy(versionPolicy({ ...rules, approvalTiers })) });
  });

  test('who lowered it is one of them, and the customer is asked after the second', async () => {
    const approvalId = await waits();
    await decide(approvalId, noah, 'approve');
    expect(await decide(approvalId, maya, 'lower', '80')).toEqual({ kind: 'accepted', state: 'lowered' });
    expect(await states()).toEqual(['awaiting-approval', 'lowered']);
    const lower = await newestApproval();
    expect(await decide(lower, maya, 'approve')).toEqual({ kind: 'counted-before', have: 1, need: 2 });
    expect(await agentTexts()).not.toContainEqual(expect.stringContaining('instead of'));
    expect(await decide(lower, noah, 'approve')).toEqual({ kind: 'accepted', state: 'approved' });
    expect(await states()).toEqual(['offered', 'lowered']);
    expect((await agentTexts()).at(-1)).toContain('$80.00 instead of $420.00');
  });

  test('lowered again, it is compared with what the customer asked for', async () => {
    await decide(await waits(), maya, 'lower', '80');
    await decide(await newestApproval(), maya, 'lower', '70');
    await decide(await newestApproval(), noah, 'approve');
    expect(await states()).toEqual(['offered', 'lowered', 'lowered']);
    expect((await agentTexts()).at(-1)).toContain('$70.00 instead of $420.00');
  });

  test('below every tier the one who lowered it is enough', async () => {
    await decide(await waits(), maya, 'lower', '50');
    expect(await states()).toEqual(['offered', 'lowered']);
  });

  test('a lowered refund that is denied is told as the refund the customer asked for', async () => {
    await decide(await waits(), maya, 'lower', '80');
    await decide(await newestApproval(), noah, 'deny');
    expect(await states()).toEqual(['denied', 'lowered']);
    expect((await agentTexts()).at(-1)).toContain('the refund of $420.00 for order #1002 was not approved');
  });
});

test('whoever approved a lower amount cannot take it for the customer in the same thread', async () => {
  const thread = await desk.staff('CGENERAL01:1.0');
  const quoteId = await desk.agreed(thread, '1002', 'Desk');
  await desk.db.execute(sql`update messages set author_id = 'UIRIS0003' where author = 'customer'`);
  await desk.submit(thread, quoteId);
  await decide(await newestApproval(), maya, 'lower', '80');
  const offer = await offered();
  await desk.says(thread, 'yes');
  await desk.db.execute(
    sql`update messages set author_id = ${maya} where seq = (select max(seq) from messages)`,
  );
  expect((await desk.submit(thread, offer)).kind).toBe('not-confirmed');
  await desk.db.execute(sql`update messages set author_id = 'UIRIS0003' where author = 'customer'`);
  expect((await desk.submit(thread, offer)).kind).toBe('submitted');
});

test('an approver who wrote in the thread does not keep its offer from being taken for ever', async () => {
  const thread = await desk.staff('CGENERAL01:1.0');
  await desk.submit(thread, await desk.agreed(thread, '1002', 'Desk'));
  await decide(await newestApproval(), maya, 'lower', '80');
  const offer = await offered();
  const says = async (author: string) => {
    await desk.says(thread, 'yes');
    await desk.db.execute(
      sql`update messages set author_id = ${author} where seq = (select max(seq) from messages)`,
    );
  };
  await says(maya);
  await says('UIRIS0003');
  expect((await desk.submit(thread, offer)).kind).toBe('not-confirmed');
  await desk.show(thread, offer);
  await says('UIRIS0003');
  expect((await desk.submit(thread, offer)).kind).toBe('submitted');
});
