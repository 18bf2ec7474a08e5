import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellCustomer } from '../../src/refunds/tell-customer.ts';
import type { ConversationId } from '../../src/returns/ids.ts';
import { lockWithSender } from '../../src/storage/conversations.ts';
import { forgetConversation } from '../../src/storage/erasure.ts';
import { conversationsOf } from '../../src/storage/persons.ts';
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

const lastTo = (address: string) => {
  const message = world.sandbox.phones.messagesTo(address).at(-1);
  if (!message) throw new Error('Nothing was sent.');
  return message;
};

async function tap(from: string, messageSid: string, title: string): Promise<readonly string[]> {
  const before = world.textsTo(from).length;
  await world.sandbox.phones.tap({ from, messageSid, title });
  await world.settled();
  return world.textsTo(from).slice(before);
}

async function send(from: string, body: string, extra: Readonly<Record<string, string>>) {
  const before = world.textsTo(from).length;
  await world.sandbox.phones.receiveText({ from, body, extra });
  await world.settled();
  return world.textsTo(from).slice(before);
}

const staffRead = async (): Promise<string> =>
  JSON.stringify(await world.db.execute(sql`select text from staff_notes`));

describe('buttons', () => {
  const jane = 'whatsapp:+15551230001';

  test('are a list where there is something to choose from, and a row is chosen by a tap', async () => {
    await world.say(jane, 'I want to return something');
    const orders = lastTo(jane);
    expect(orders.isList).toBe(true);
    expect(orders.buttons?.map(({ title }) => title)).toContain('#1001');
    const [answer] = await tap(jane, orders.sid, '#1001');
    expect(answer).toContain('Cotton Socks');
  });

  test('stand below a quote, and a tap on Yes is a yes to it', async () => {
    await world.say(jane, 'return the blue shirt from 1001');
    const quote = lastTo(jane);
    expect(quote.body).toContain('$48.00');
    expect(quote.buttons?.map(({ title }) => title)).toEqual(['Yes', 'No']);
    await tap(jane, quote.sid, 'Yes');
    expect(world.refundsOf('#1001').map(({ amount }) => amount)).toEqual([4800]);
  });

  test('of an earlier quote are no yes to a newer one, nor is a yes that quotes it', async () => {
    await world.say(jane, 'return the chair cushion from 1004');
    const cushion = lastTo(jane);
    expect(cushion.buttons).toHaveLength(2);
    await world.say(jane, 'return one ceramic planter from 1005');
    const planter = lastTo(jane);
    expect(planter.body).toContain('$36.00');
    await tap(jane, cushion.sid, 'Yes');
    await world.say(jane, 'return one ceramic planter from 1005');
    await send(jane, 'yes', { OriginalRepliedMessageSid: cushion.sid });
    expect([world.refundsOf('#1004'), world.refundsOf('#1005')]).toEqual([[], []]);
  });

  test('below a text that is not known here agree to nothing', async () => {
    await world.say(jane, 'return the plant stand from 1005');
    expect(lastTo(jane).body).toContain('$44.00');
    await send(jane, 'Yes', { MessageType: 'button', ButtonText: 'Yes', ButtonPayload: 'yes' });
    expect(world.refundsOf('#1005')).toEqual([]);
  });

  test('that WhatsApp shows nowhere are left out, and the text arrives once', async () => {
    await world.say(jane, 'return the socks from 1001');
    world.sandbox.phones.refuseButtons(true);
    await world.say(jane, 'return the chair cushion from 1004');
    await world.settled();
    world.sandbox.phones.refuseButtons(false);
    const cushion = world.sandbox.phones.messagesTo(jane).filter(({ body }) => body.includes('$29.00'));
    expect(cushion.slice(-2).map(({ status, buttons }) => [status, buttons !== undefined])).toEqual([
      ['failed', true],
      ['delivered', false],
    ]);
  });

  test('are made once for the account', async () => {
    await world.say(jane, 'return the plant stand from 1005');
    const names = world.sandbox.phones.contents().map(({ friendly_name }) => friendly_name);
    expect(names).toContain('returns_agent_yes_no');
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('what else WhatsApp brings', () => {
  test('a reaction is no answer and no message', async () => {
    const jane = 'whatsapp:+15551230001';
    await world.say(jane, 'return the plant stand from 1005');
    expect(await send(jane, '\u{1F44D}', { MessageType: 'reaction' })).toEqual([]);
    expect(world.refundsOf('#1005')).toEqual([]);
    const stored = await world.db.execute(sql`select 1 from messages where text = '\u{1F44D}'`);
    expect(stored).toHaveLength(0);
  });

  test('a place and a contact are answered, and no coordinates are kept', async () => {
    const person = newPerson();
    const place = { MessageType: 'location', Latitude: '45.5152', Longitude: '-122.6784' };
    const [answer] = await send(person, '', place);
    expect(answer).toContain("can't use a location or a contact");
    const card = {
      MessageType: 'contacts',
      NumMedia: '1',
      MediaUrl0: 'https://x',
      MediaContentType0: 'text/vcard',
    };
    expect(await send(person, '', card)).toHaveLength(1);
    const stored = await world.db.execute<{ text: string }>(
      sql`select text from messages where author = 'customer' and conversation_id = ${await conversationOf(person)} order by seq`,
    );
    expect(stored.map(({ text }) => text)).toEqual(['(sent a location)', '(sent a contact)']);
  });

  test('a message shows as read while it is answered, and not once a person has to', async () => {
    const person = newPerson();
    const { messageSid } = await world.sandbox.phones.receiveText({ from: person, body: 'return policy?' });
    await waitFor('the indicator', () => world.sandbox.phones.read().includes(messageSid) || undefined);
    await world.say(person, 'I want to talk to a person');
    const { messageSid: unread } = await world.sandbox.phones.receiveText({ from: person, body: 'hello?' });
    await world.settled();
    expect(world.sandbox.phones.read()).not.toContain(unread);
  });

  test('nobody waits for an indicator that does not come', async () => {
    const { faults } = world.sandbox.phones;
    const remove = faults.add({ operation: 'typing', when: 'before', action: { kind: 'drop' } });
    expect(await world.say(newPerson(), 'return policy?')).toHaveLength(1);
    remove();
  });
});

describe('somebody who hides their number', () => {
  test('is asked for a proof, and opts out also for the number they wrote from before', async () => {
    const id = 'US.13491208655302741918';
    const before = 'whatsapp:+15551230001';
    await send(before, 'hello', { ExternalUserId: id });
    const [answer] = await world.say(`whatsapp:${id}`, 'return the blue shirt from 1001');
    expect(answer).toContain('postal code');
    await world.say(`whatsapp:${id}`, 'stop');
    expect(await send(before, 'hello again', { ExternalUserId: id })).toEqual([]);
    const [row] = await world.db.execute<{ ids: number }>(
      sql`select count(*)::int as ids from senders where external_id = ${id}`,
    );
    expect(row?.ids).toBe(2);
    await world.say(`whatsapp:${id}`, 'start');
    await send(before, 'start', { ExternalUserId: id });
  });

  test('is found and erased with the person', async () => {
    const found = await conversationsOf(world.db, world.app.context.refunds.store, {
      phones: ['+15551230001'],
      customerIds: [],
      orderIds: [],
    });
    const hidden = await conversationOf('whatsapp:US.13491208655302741918');
    expect(found).toContain(hidden);
    await world.db.transaction((tx) => forgetConversation(tx, hidden));
    const left = await world.db.execute(
      sql`select 1 from senders where address like '%US.1349%' or (external_id is not null and address like 'forgotten:%')`,
    );
    expect(left).toHaveLength(0);
  });
});

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
    // Known by the program's own records: nothing was sent in vain.
    expect(sentTo(jane).filter(({ errorCode }) => errorCode === 63016)).toEqual([]);
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

  test('a receipt that comes before the answer loses no text', async () => {
    const person = newPerson();
    await world.say(person, 'return policy?');
    world.sandbox.phones.closeWindow(person);
    const run = () => world.sandbox.phones.settled();
    const action = { kind: 'call', run } as const;
    world.sandbox.phones.faults.add({ operation: 'messages.create', when: 'after', times: 1, action });
    await tell(person, 'Not lost.');
    expect(
      sentTo(person)
        .slice(1)
        .map(({ status }) => status),
    ).toEqual(['failed', 'delivered']);
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
