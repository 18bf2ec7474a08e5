import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverMessages } from '../../src/conversation/deliver-messages.ts';
import { receiveMessage } from '../../src/conversation/receive-message.ts';
import { tellCustomer } from '../../src/refunds/tell-customer.ts';
import type { ConversationId, PhoneNumber } from '../../src/returns/ids.ts';
import { readSenderOf } from '../../src/storage/consents.ts';
import { lockWithSender } from '../../src/storage/conversations.ts';
import { linkCustomer } from '../../src/storage/customers.ts';
import { databaseNow } from '../../src/storage/database.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

let desk: RefundDesk;
beforeAll(async () => {
  desk = await openRefundDesk();
});
afterAll(() => desk.close());

let numbers = 0;
const newNumber = () => `+1555765${String(++numbers).padStart(4, '0')}`;

async function says(phone: string, text: string, channel: 'sms' | 'whatsapp' = 'sms') {
  const received = await receiveMessage(desk.app.context, {
    provider: 'twilio',
    providerMessageId: randomUUID(),
    channel,
    address: channel === 'sms' ? phone : `whatsapp:${phone}`,
    phone: phone as PhoneNumber,
    text,
  });
  return received.conversationId;
}

async function tell(id: ConversationId, text: string, unprompted = false): Promise<void> {
  await desk.db.transaction(async (tx) =>
    tellCustomer(tx, desk.context.jobs, await lockWithSender(tx, id), text, { unprompted }),
  );
}

const deliver = (id: ConversationId, changes = {}) =>
  deliverMessages({ ...desk.app.context, ...changes }, id);
const isOut = async (id: ConversationId) => (await readSenderOf(desk.db, id)).optedOut;
const textsTo = (address: string) => desk.sandbox.phones.messagesTo(address).map(({ body }) => body);
const notesAbout = (id: ConversationId) =>
  desk.db.execute<{ text: string }>(sql`select text from staff_notes where conversation_id = ${id}`);

async function ofOneCustomer(...ids: readonly ConversationId[]): Promise<void> {
  for (const id of ids) {
    await desk.db.transaction(async (tx) =>
      linkCustomer(tx, (await readSenderOf(tx, id)).sender, `gid://shopify/Customer/${numbers}`),
    );
  }
}

describe('a STOP', () => {
  test('holds for every address of the customer, and a START only for the address it comes from', async () => {
    const [phone, otherPhone] = [newNumber(), newNumber()];
    const [one, other] = [await says(phone, 'hello'), await says(otherPhone, 'hello')];
    await ofOneCustomer(one, other);
    await says(phone, 'STOP');
    expect([await isOut(one), await isOut(other)]).toEqual([true, true]);
    await says(otherPhone, 'START');
    expect([await isOut(one), await isOut(other)]).toEqual([true, false]);
    await says(phone, 'START');
    expect([await isOut(one), await isOut(other)]).toEqual([false, false]);
  });

  test('is not ended by a yes that is written from another address', async () => {
    const [phone, otherPhone] = [newNumber(), newNumber()];
    const [one, other] = [await says(phone, 'STOP'), await says(otherPhone, 'hello')];
    await ofOneCustomer(one, other);
    await says(otherPhone, 'YES');
    expect([await isOut(one), await isOut(other)]).toEqual([true, false]);
  });

  test('holds for an address of the same number that is first used later', async () => {
    const phone = newNumber();
    await says(phone, 'STOP');
    expect(await isOut(await says(phone, 'hello', 'whatsapp'))).toBe(true);
    expect(await isOut(await says(phone, 'START', 'whatsapp'))).toBe(false);
    expect(await isOut(await says(phone, 'hello'))).toBe(true);
  });

  test('that is said again holds again for who had come back', async () => {
    const [phone, otherPhone] = [newNumber(), newNumber()];
    const [one, other] = [await says(phone, 'STOP'), await says(otherPhone, 'START')];
    await ofOneCustomer(one, other);
    expect(await isOut(other)).toBe(false);
    await says(phone, 'STOP');
    expect(await isOut(other)).toBe(true);
  });

  test('is answered by nothing, and its START in the language of the STOP', async () => {
    const phone = newNumber();
    const id = await says(phone, 'ARRÊT');
    await deliver(id);
    expect(textsTo(phone)).toEqual([]);
    await says(phone, 'START');
    await deliver(id);
    expect(textsTo(phone)).toEqual([expect.stringMatching(/^Vous recevez de nouveau les messages de/)]);
  });

  test('and its START are kept: from which address, in which word, from where', async () => {
    const phone = newNumber();
    const id = await says(phone, 'Stop texting me, please!');
    await says(phone, 'yes');
    const { sender } = await readSenderOf(desk.db, id);
    const kept = await desk.db.execute(
      sql`select kind, channel, word, language, source from consents where sender_id = ${sender.id} order by seq`,
    );
    expect([...kept]).toEqual([
      { kind: 'stop', channel: 'sms', word: 'stop texting me please', language: 'en', source: 'message' },
      { kind: 'start', channel: 'sms', word: 'yes', language: 'en', source: 'message' },
    ]);
    const audit = await desk.db.execute(
      sql`select action, actor, detail from audit_log where subject = ${sender.id} order by seq`,
    );
    expect([...audit]).toEqual([
      { action: 'consent.withdrawn', actor: 'customer', detail: { channel: 'sms', source: 'message' } },
      { action: 'consent.given', actor: 'customer', detail: { channel: 'sms', source: 'message' } },
    ]);
  });

  test('does not make a text unsent whose answer was lost before it', async () => {
    const phone = newNumber();
    const id = await says(phone, 'hello');
    await tell(id, 'On its way.');
    desk.sandbox.phones.faults.add({
      operation: 'messages.create',
      when: 'after',
      times: 1,
      action: { kind: 'status', status: 500 },
    });
    await expect(deliver(id)).rejects.toMatchObject({ service: 'twilio' });
    await says(phone, 'STOP');
    await deliver(id);
    expect(textsTo(phone)).toHaveLength(1);
    expect(await desk.db.execute(sql`select state from outbox where address = ${phone}`)).toMatchObject([
      { state: 'sent' },
    ]);
    expect(await notesAbout(id)).toHaveLength(0);
  });
});

describe('the first text to somebody', () => {
  test('says who writes and how to opt out, once', async () => {
    const phone = newNumber();
    const id = await says(phone, 'hello');
    for (const text of ['Hello.', 'How are you?']) await tell(id, text);
    await deliver(id);
    await tell(id, 'Still there?');
    await deliver(id);
    expect(textsTo(phone)).toEqual([
      'birch-and-loom: Hello. Reply STOP to opt out.',
      'How are you?',
      'Still there?',
    ]);
  });

  test('never grows beyond what one message carries', async () => {
    const phone = newNumber();
    const id = await says(phone, 'hello');
    await tell(id, 'word '.repeat(700));
    await deliver(id);
    const texts = textsTo(phone);
    expect(texts.every((text) => text.length <= 1600)).toBe(true);
    expect(texts[0]).toMatch(/^birch-and-loom: word/);
    expect(texts.at(-1)).toMatch(/Reply STOP to opt out\.$/);
  });
});

describe('at night', () => {
  const silent = (id: ConversationId, hours: number) =>
    desk.db.execute(
      sql`update conversations set last_activity_at = now() - make_interval(hours => ${hours}) where id = ${id}`,
    );
  /** All day but the minutes around four hours from now, wherever the number is. */
  const quietForFourHours = async () => {
    const now = await databaseNow(desk.db);
    const honolulu = (now.getUTCHours() * 60 + now.getUTCMinutes() + 14 * 60) % 1440;
    const toMinute = (honolulu + 240) % 1440;
    return { quietHours: { fromMinute: (toMinute + 60) % 1440, toMinute } };
  };
  const hawaii = () => `+1808555${String(++numbers).padStart(4, '0')}`;
  const dueIn = async (id: ConversationId) => {
    const [job] = await desk.db.execute<{ hours: number }>(
      sql`select extract(epoch from max(start_after) - now())::float8 / 3600 as hours from jobs.job
          where name = 'deliver-messages' and singleton_key = ${id} and state = 'created'`,
    );
    return Math.round(job?.hours ?? 0);
  };
  const forgetJobs = (id: ConversationId) =>
    desk.db.execute(sql`delete from jobs.job where singleton_key = ${id}`);

  test('what the bot says of its own accord waits until the morning there', async () => {
    const phone = hawaii();
    const id = await says(phone, 'hello');
    await tell(id, 'Approved.', true);
    await silent(id, 5);
    await forgetJobs(id);
    await deliver(id, await quietForFourHours());
    expect(textsTo(phone)).toEqual([]);
    expect(await dueIn(id)).toBe(4);
    await deliver(id);
    expect(textsTo(phone)).toHaveLength(1);
  });

  test('an answer waits for nothing, however late it comes', async () => {
    const phone = hawaii();
    const id = await says(phone, 'hello');
    await tell(id, 'Approved.', true);
    await tell(id, 'An answer.');
    await silent(id, 5);
    await deliver(id, await quietForFourHours());
    expect(textsTo(phone)).toEqual([expect.stringContaining('An answer.')]);
  });

  test('whoever writes is told then what was to wait', async () => {
    const phone = hawaii();
    const id = await says(phone, 'hello');
    await tell(id, 'Approved.', true);
    await silent(id, 5);
    await deliver(id, await quietForFourHours());
    await says(phone, 'any news?');
    await deliver(id, await quietForFourHours());
    expect(textsTo(phone)).toEqual([expect.stringContaining('Approved.')]);
  });

  test('staff hear at once what somebody who opted out will not', async () => {
    const phone = hawaii();
    const id = await says(phone, 'hello');
    await tell(id, 'Approved.', true);
    await says(phone, 'STOP');
    await silent(id, 5);
    await deliver(id, await quietForFourHours());
    expect(await notesAbout(id)).toMatchObject([{ text: expect.stringContaining('Approved.') }]);
  });
});
