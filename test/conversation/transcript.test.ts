import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boundTranscript } from '../../src/conversation/bound-transcript.ts';
import { compactEarlier } from '../../src/conversation/compact-earlier.ts';
import {
  firstShown,
  gatherFacts,
  readTranscript,
  transcriptLength,
} from '../../src/conversation/transcript.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import type { ConversationId } from '../../src/returns/ids.ts';
import { type Message, recentMessages } from '../../src/storage/conversations.ts';
import type { EarlierFact } from '../../src/storage/earlier-facts.ts';
import { createPersonalData } from '../../src/storage/personal-data.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const text = (length: number, seq = 0) => ({ seq, text: 'x'.repeat(length) }) as Message;

describe('what a model is given of the texts', () => {
  test('is all of it while it is little', () => {
    const texts = Array.from({ length: 30 }, (_, seq) => text(200, seq));
    expect(boundTranscript(texts)).toEqual(texts);
  });

  test('is the newest when it is too much', () => {
    const texts = Array.from({ length: 5_000 }, (_, seq) => text(40, seq));
    const bound = boundTranscript(texts);
    expect(bound).toHaveLength(100);
    expect(bound.at(-1)?.seq).toBe(4_999);
    expect(boundTranscript(Array.from({ length: 30 }, (_, seq) => text(1_600, seq)))).toHaveLength(10);
  });

  test('is the beginning and the end of a text that is very long', () => {
    const [only] = boundTranscript([{ ...text(0), text: `order 1001 ${'very '.repeat(2_000)}broken` }]);
    expect(only?.text.length).toBeLessThan(2_000);
    expect(only?.text).toMatch(/^order 1001 .* \(…\) .*broken$/);
  });
});

test('a customer’s number is not shown to a model, and one a colleague asks about is', () => {
  const personal = createPersonalData([Buffer.from('a key')]);
  const written = { author: 'customer', text: 'call +1 555 123 0001', emails: null } as Message;
  const read = (party: 'customer' | 'staff') => {
    const conversation = { id: '' as ConversationId, party };
    return readTranscript({ personal }, conversation, [written]).items;
  };
  expect(read('customer')).toMatchObject([{ text: 'call [phone number]' }]);
  expect(read('staff')).toMatchObject([{ text: 'call +1 555 123 0001' }]);
});

test('an order is spelled out only to somebody who proved to own it', () => {
  const fact: EarlierFact = {
    kind: 'quote',
    at: new Date('2026-10-12T10:00:00Z'),
    orderName: '#1001',
    amountMinor: 4800,
    currency: 'USD',
    lines: [{ title: 'Blue Oxford Shirt', quantity: 1 }] as unknown as EarlierFact['lines'],
    refundState: undefined,
  };
  expect(compactEarlier([fact], [])).toEqual([
    '2026-10-12: a refund of $48.00 for order #1001 was quoted and not agreed to.',
  ]);
  expect(compactEarlier([fact], ['#1001'])[0]).toContain('order #1001 (1 x Blue Oxford Shirt) was quoted');
});

describe('a long conversation', () => {
  let desk: RefundDesk;
  let asker: Asker;
  beforeAll(async () => {
    desk = await openRefundDesk();
    asker = await desk.customer('+15551230001');
  });
  afterAll(() => desk.close());

  const promptSize = async () => {
    const messages = await recentMessages(desk.db, asker.conversation.id, transcriptLength);
    const shown = boundTranscript(messages);
    const { items } = readTranscript(desk.app.context, asker.conversation, shown);
    const facts = await gatherFacts(desk.app.context, asker, firstShown(messages, shown));
    return { facts, characters: JSON.stringify({ items, facts }).length };
  };
  const chat = (count: number, words = 'What is your return policy, please?') =>
    desk.db.execute(sql`
      insert into messages (id, store, conversation_id, author, text, answered_in_turn, created_at)
      select gen_random_uuid(), ${desk.context.store}, ${asker.conversation.id}, 'customer',
        ${words}, 1, clock_timestamp() from generate_series(1, ${count})`);

  test('has nothing compacted while all of it is shown', async () => {
    await desk.submit(asker, await desk.agreed(asker, '1001', 'Shirt'));
    await desk.quote(asker, '1001', 'Socks');
    expect((await promptSize()).facts.earlier).toBeUndefined();
  });

  test('keeps what was quoted and decided when the texts are no longer shown', async () => {
    await desk.db.execute(sql`update quotes set expires_at = now() where state = 'open'`);
    await chat(30);
    expect((await promptSize()).facts.earlier).toEqual([
      expect.stringMatching(
        /: a refund of \$48\.00 for order #1001.* was asked for; its state is approved\.$/,
      ),
      expect.stringMatching(/: a refund of \$12\.00 for order #1001.* was quoted and not agreed to\.$/),
    ]);
  });

  test('keeps it too where few but long texts fill what is shown', async () => {
    const first = asker;
    asker = await desk.customer('+15551230002');
    await desk.quote(asker, '1010', 'Kettle');
    await desk.db.execute(sql`update quotes set expires_at = now() where state = 'open'`);
    await chat(12, 'x'.repeat(1_900));
    expect((await promptSize()).facts.earlier).toEqual([expect.stringContaining('for order #1010')]);
    asker = first;
  });

  test('of 5,000 messages and 200 quotes costs what one of 30 does', async () => {
    const { characters } = await promptSize();
    await desk.db.execute(sql`
      insert into quotes (id, store, conversation_id, order_id, quote, state, expires_at)
      select gen_random_uuid(), store, conversation_id, order_id, quote, 'superseded', now()
      from (select * from quotes limit 1) one, generate_series(1, 200)`);
    await chat(5_000);
    const long = await promptSize();
    expect(long.facts.earlier).toHaveLength(10);
    expect(long.characters).toBeLessThan(characters + 1_500);
  });
});
