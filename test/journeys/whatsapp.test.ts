import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellCustomer } from '../../src/refunds/tell-customer.ts';
import type { ConversationId } from '../../src/returns/ids.ts';
import { lockWithSender } from '../../src/storage/conversations.ts';
import { maya, openWorld, type World, withoutIntroduction } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
let templateSid: string | undefined = 'HX1';
beforeAll(async () => {
  world = await openWorld((config) => ({
    ...config,
    twilio: config.twilio && { ...config.twilio, whatsappTemplateSid: templateSid },
  }));
});
afterAll(() => world.close());

let people = 0;
const newPerson = () => `whatsapp:+1555620${String(++people).padStart(4, '0')}`;

const sentTo = (address: string) =>
  world.sandbox.phones
    .messagesTo(address)
    .map(({ body, status, errorCode }) => ({ body: withoutIntroduction(body), status, errorCode }));

async function conversationOf(address: string): Promise<ConversationId> {
  const [row] = await world.db.execute<{ id: ConversationId }>(
    sql`select c.id from conversations c join senders s on s.id = c.sender_id where address = ${address}`,
  );
  if (!row) throw new Error('Nobody wrote from there.');
  return row.id;
}

async function tell(address: string, ...texts: readonly string[]): Promise<void> {
  const id = await conversationOf(address);
  await world.db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, id);
    for (const text of texts) await tellCustomer(tx, world.app.context.refunds.jobs, locked, text);
  });
  await world.settled();
}

async function letADayPass(address: string): Promise<void> {
  world.sandbox.phones.closeWindow(address);
  await world.db.execute(
    sql`update messages set created_at = created_at - interval '25 hours' where conversation_id = ${await conversationOf(address)}`,
  );
}

const staffRead = async (): Promise<string> =>
  JSON.stringify(await world.db.execute(sql`select text from staff_notes`));

describe('the 24 hours after a message', () => {
  test('the outcome of an approval a day later comes inside the template', async () => {
    const jane = 'whatsapp:+15551230001';
    const [quote] = await world.say(jane, 'I want to return the walnut desk from 1002');
    expect(quote).toContain('$420.00');
    await world.say(jane, 'yes');
    const card = await world.card('#1002');
    await letADayPass(jane);
    await world.click(card, maya, 'approve_refund');
    const outcome = await waitFor('the outcome', () =>
      sentTo(jane).find(
        ({ body, status }) =>
          body.includes('$420.00') && /^(Done|Good news)/.test(body) && status === 'delivered',
      ),
    );
    expect(outcome.body).not.toMatch(/\s\s|\n/);
  });

  test('a text that the network finds too late goes out once more, in the template', async () => {
    const person = newPerson();
    await world.say(person, 'return policy?');
    world.sandbox.phones.closeWindow(person);
    await tell(person, 'One\nand a line.', 'Two.');
    await world.settled();
    const [first, ...others] = sentTo(person).slice(1);
    expect(first).toEqual({ body: 'One\nand a line.', status: 'failed', errorCode: 63016 });
    const arrived = others.filter(({ status }) => status === 'delivered').map(({ body }) => body);
    expect(arrived.toSorted()).toEqual(['One and a line.', 'Two.']);
  });

  test('a text longer than a template is sent in several, and nothing of it is lost', async () => {
    const person = newPerson();
    await world.say(person, 'return policy?');
    await letADayPass(person);
    const long = Array.from({ length: 60 }, (_, index) => `Sentence ${index} of it.`).join('\n');
    await tell(person, long, 'The end.');
    const texts = sentTo(person).slice(1);
    expect(texts.every(({ status, body }) => status === 'delivered' && body.length <= 900)).toBe(true);
    expect(texts.map(({ body }) => body).join(' ')).toBe(`${long.replaceAll('\n', ' ')} The end.`);
  });

  test('a receipt of a closed window that comes again sends nothing again', async () => {
    const person = newPerson();
    await world.say(person, 'return policy?');
    world.sandbox.phones.closeWindow(person);
    await tell(person, 'Only once.');
    await world.settled();
    const failed = world.sandbox.phones.messagesTo(person).find(({ errorCode }) => errorCode === 63016);
    await world.sandbox.phones.repeatReceipt(failed?.sid ?? '');
    await world.settled();
    expect(sentTo(person).filter(({ body }) => body === 'Only once.')).toHaveLength(2);
  });

  test('without a template people are told what the customer should have read', async () => {
    templateSid = undefined;
    await world.restart();
    const [early, late] = [newPerson(), newPerson()];
    for (const person of [early, late]) await world.say(person, 'return policy?');
    await letADayPass(early);
    world.sandbox.phones.closeWindow(late);
    await tell(early, 'Known to be too late.');
    await tell(late, 'Found out too late.');
    await world.settled();
    const read = await staffRead();
    for (const text of ['Known to be too late.', 'Found out too late.'])
      expect(read.split(`Please tell them: ${text}`)).toHaveLength(2);
    expect(sentTo(early).map(({ body }) => body)).not.toContain('Known to be too late.');
  });
});
