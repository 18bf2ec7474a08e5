import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeTurn } from '../../src/conversation/take-turn.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import { lockConversation } from '../../src/storage/conversations.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const most = 2;
let desk: RefundDesk;
beforeAll(async () => {
  desk = await openRefundDesk((config) => ({
    ...config,
    limits: {
      ...config.limits,
      usage: { ...config.limits.usage, 'conversation-turns-daily': { most, seconds: 3_600 } },
    },
  }));
});
afterAll(() => desk.close());

async function ask({ conversation }: Asker): Promise<readonly string[]> {
  const before = await answers(conversation.id);
  await takeTurn(desk.app.context, conversation.id);
  return (await answers(conversation.id)).slice(before.length);
}

async function answers(id: string): Promise<readonly string[]> {
  const rows = await desk.db.execute<{ text: string }>(
    sql`select text from messages where conversation_id = ${id} and author = 'agent' order by seq`,
  );
  return rows.map(({ text }) => text);
}

test('above the turns of a day one sentence says so, the rest is kept, and nobody else is held back', async () => {
  const [one, other] = [await desk.customer('+15559995001'), await desk.customer('+15559995002')];
  const heard: number[] = [];
  for (let turn = 0; turn < most + 2; turn++) {
    await desk.says(one, 'what is your return policy?');
    const said = await ask(one);
    heard.push(said.filter((text) => text.includes('30 days')).length);
    if (turn === most) expect(said.join()).toContain('more messages than I can answer');
    if (turn > most) expect(said).toEqual([]);
  }
  expect(heard).toEqual([1, 1, 0, 0]);
  const held = await desk.db.execute(sql`select 1 from messages where held_at is not null`);
  expect(held).toHaveLength(2);
  await desk.says(other, 'what is your return policy?');
  expect((await ask(other)).join()).toContain('30 days');
});

test('a turn that is tried again and again is one turn', async () => {
  const asker = await desk.customer('+15559995003');
  await desk.says(asker, 'what is your return policy?');
  for (let attempt = 0; attempt < most + 2; attempt++) {
    const broken = {
      ...desk.app.context,
      personal: {
        ...desk.app.context.personal,
        hash: () => {
          throw new Error('Something is down.');
        },
      },
    };
    await expect(takeTurn(broken, asker.conversation.id)).rejects.toThrow('down');
  }
  const { turnStartedAt } = await desk.db.transaction((tx) => lockConversation(tx, asker.conversation.id));
  expect(turnStartedAt).not.toBeNull();
  expect((await ask(asker)).join()).toContain('30 days');
});
