import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SlackMessage } from '../../src/sandbox/workspace-state.ts';
import { jane, maya, openWorld, publicUrl, type World } from '../support/open-world.ts';
import { type FormFields, postSignedForm } from '../support/signed-form.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let numbers = 0;
const newNumber = () => `+1555600${String(++numbers).padStart(4, '0')}`;
const newSid = () => `SM${randomBytes(16).toString('hex')}`;
const twilio = () => world.sandbox.credentials.twilio;

function textForm(change: FormFields = {}): FormFields {
  const { accountSid, smsFrom } = twilio();
  return { MessageSid: newSid(), AccountSid: accountSid, From: jane, To: smsFrom, Body: 'hello', ...change };
}

function post(
  fields: FormFields,
  headers: Readonly<Record<string, string>> = {},
  token = twilio().authToken,
) {
  return postSignedForm(world.url, '/twilio/messages', fields, { authToken: token, headers });
}

async function storedText(sid: unknown): Promise<string | undefined> {
  const rows = await world.db.execute<{ text: string }>(
    sql`select text from messages join inbox using (conversation_id)
      where provider_message_id = ${String(sid)} order by messages.seq desc limit 1`,
  );
  return rows[0]?.text;
}

/** Of every table, the job engine's included. */
async function allRows(): Promise<unknown> {
  const [counts] = await world.db.execute(
    sql`select (select count(*) from inbox) as inbox, (select count(*) from senders) as senders,
      (select count(*) from messages) as messages, (select count(*) from conversations) as conversations,
      (select count(*) from outbox) as outbox, (select count(*) from audit_log) as audit,
      (select count(*) from refunds) as refunds, (select count(*) from jobs.job) as jobs`,
  );
  return counts;
}

describe('a text message', () => {
  test.each([
    ['no signature', (fields: FormFields) => post(fields, { 'x-twilio-signature': '' })],
    ['a made-up signature', (fields: FormFields) => post(fields, { 'x-twilio-signature': 'AAAA' })],
    ['the signature of another token', (fields: FormFields) => post(fields, {}, 'f'.repeat(32))],
  ])('with %s is refused and leaves no row anywhere', async (_what, send) => {
    await world.settled();
    const before = await allRows();
    expect((await send(textForm())).status).toBe(403);
    expect(await allRows()).toEqual(before);
  });

  test('whose body was changed after it was signed is refused', async () => {
    const fields = textForm();
    const signed = Object.keys(fields)
      .sort()
      .reduce((text, name) => text + name + fields[name], `${publicUrl}/twilio/messages`);
    const signature = createHmac('sha1', twilio().authToken).update(signed).digest('base64');
    expect((await post({ ...fields, Body: 'yes' }, { 'x-twilio-signature': signature })).status).toBe(403);
  });

  test('over one MiB is refused without being read to its end', async () => {
    const before = await allRows();
    expect((await post(textForm({ Body: 'x'.repeat(400_000) }))).status).toBe(413);
    expect(await allRows()).toEqual(before);
  });

  test.each<[string, FormFields, RegExp]>([
    ['bytes that are no UTF-8', { Body: Buffer.from([0x68, 0x69, 0xff, 0xfe, 0xc3]) }, /^hi/],
    ['a NUL', { Body: 'hel\u0000lo' }, /^hello$/],
    ['half a surrogate pair', { Body: Buffer.from([0x68, 0x69, 0xed, 0xa0, 0x80]) }, /^hi/],
    ['nothing in it', { Body: '' }, /^\(empty message\)$/],
    [
      'a picture only',
      { Body: '', NumMedia: '1', MediaUrl0: 'https://example.com/1' },
      /^\(sent a picture\)$/,
    ],
    ['only emoji', { Body: '📦😡🤷🏽‍♀️' }, /^📦/u],
    ['10,000 characters', { Body: 'a'.repeat(10_000) }, /^a{10000}$/],
    ['parameters nobody knows', { Body: 'hi', Foo: '1', __proto__x: '{}', constructor: 'x' }, /^hi$/],
    ['something that looks like SQL', { Body: "'; drop table messages; --" }, /^'; drop table messages; --$/],
  ])('with %s is stored and answered', async (_what, change, stored) => {
    const fields = textForm({ From: newNumber(), ...change });
    expect(await post(fields)).toEqual({ status: 200, body: '<Response/>' });
    expect(await storedText(fields.MessageSid)).toMatch(stored);
    const from = String(fields.From);
    await waitFor('an answer', () => world.textsTo(from).length > 0);
  });

  test('without a Body parameter is stored all the same', async () => {
    const { Body: _, ...fields } = textForm({ From: newNumber() });
    expect((await post(fields)).status).toBe(200);
    expect(await storedText(fields.MessageSid)).toBe('(empty message)');
  });

  test.each<[string, FormFields]>([
    ['no sender', { From: '' }],
    ['a sender nobody can write to', { From: 'VERIFY' }],
    ['the account of somebody else', { AccountSid: `AC${'0'.repeat(32)}` }],
    ['the number of somebody else', { To: '+15550009999' }],
    ['no message id', { MessageSid: '' }],
    ['a message id full of quotes', { MessageSid: `'"\\;` }],
  ])('with %s is acknowledged and changes nothing', async (_what, change) => {
    await world.settled();
    const before = await allRows();
    expect((await post(textForm(change))).status).toBe(200);
    expect(await allRows()).toEqual(before);
  });

  test('counts when it is signed for the public address, whatever Host and proxies say', async () => {
    const fields = textForm({ From: newNumber() });
    const forged = {
      host: 'evil.example.com',
      'x-forwarded-host': 'evil.example.com',
      'x-forwarded-proto': 'gopher',
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'host=evil.example.com',
    };
    expect((await post(fields, forged)).status).toBe(200);
    expect(await storedText(fields.MessageSid)).toBe('hello');
  });
});

describe('the HTTP server', () => {
  test.each(['/twilio/messages', '/twilio/status', '/slack/events', '/api/chat'])(
    'answers GET %s with 405 and what is allowed',
    async (path) => {
      const response = await fetch(world.url + path);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
    },
  );

  test('answers receipts of unknown messages and of unknown states with 200', async () => {
    const { authToken, accountSid } = twilio();
    for (const status of ['delivered', 'teleported', '']) {
      const fields = { MessageSid: newSid(), MessageStatus: status, AccountSid: accountSid };
      const answer = await postSignedForm(world.url, '/twilio/status', fields, { authToken });
      expect(answer.status).toBe(200);
    }
  });
});

describe('a click in Slack', () => {
  let card: SlackMessage;
  beforeAll(async () => {
    await world.say(jane, 'return the walnut desk from 1002');
    await world.say(jane, 'yes');
    card = await world.card('#1002');
  });

  function clickBody(): string {
    const button = card.blocks
      .flatMap((block) => (Array.isArray(block.elements) ? block.elements : []))
      .find((element) => element.action_id === 'approve_refund');
    const payload = {
      type: 'block_actions',
      user: { id: maya, username: 'maya', name: 'maya', team_id: 'TBIRCHLOOM' },
      team: { id: 'TBIRCHLOOM', domain: 'birch-and-loom' },
      api_app_id: 'ARETURNS1',
      container: { type: 'message', message_ts: card.ts, channel_id: card.channel },
      channel: { id: card.channel, name: 'refund-approvals' },
      trigger_id: '1.2.abc',
      message: { ts: card.ts },
      actions: [{ ...button, block_id: 'b', action_ts: '1' }],
    };
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  }

  async function postClick(secret: string, ageSeconds: number, body = clickBody()): Promise<number> {
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
    const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const response = await fetch(`${world.url}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${digest}`,
      },
      body,
    });
    return response.status;
  }
  const approvalState = async () => (await world.db.execute(sql`select state from approvals`))[0]?.state;

  test.each([
    ['a wrong secret', 'f'.repeat(32), 0],
    ['no secret', '', 0],
    ['a time more than five minutes ago', undefined, 301],
    ['a time more than five minutes ahead', undefined, -302],
  ])('signed with %s is refused without effect', async (_what, secret, age) => {
    expect(await postClick(secret ?? world.sandbox.credentials.slack.signingSecret, age)).toBe(401);
    expect(await approvalState()).toBe('pending');
  });

  test.each([
    ['an approval that does not exist', randomUUID()],
    ['no id at all', "' or 1=1 --"],
    ['nothing', ''],
    ['an amount', '{"amount":1,"approvalId":"x"}'],
  ])('whose value was forged to name %s decides nothing', async (_what, value) => {
    const shown = JSON.parse(
      JSON.stringify(card).replace(/"value":"[^"]*"/g, () => `"value":${JSON.stringify(value)}`),
    ) as SlackMessage;
    const { status } = await world.sandbox.workspace.click({
      user: maya,
      channel: card.channel,
      ts: card.ts,
      actionId: 'approve_refund',
      shown,
    });
    expect(status).toBe(200);
    expect(await approvalState()).toBe('pending');
  });

  test('on a copy of the card in another channel decides nothing', async () => {
    await world.sandbox.workspace.click({
      user: maya,
      channel: 'CSUPPORT',
      ts: card.ts,
      actionId: 'approve_refund',
      shown: { ...card, channel: 'CSUPPORT' },
    });
    expect(await approvalState()).toBe('pending');
  });

  test('signed rightly decides: the ones above were refused for their signature alone', async () => {
    expect(await postClick(world.sandbox.credentials.slack.signingSecret, 0)).toBe(200);
    expect(await approvalState()).toBe('approved');
  });
});

describe('while the database is away', () => {
  test('a text is answered with 503, and its redelivery is processed once it is back', async () => {
    await world.settled();
    const from = newNumber();
    await world.databaseGate.shut();
    const { status, messageSid } = await world.sandbox.phones.receiveText({ from, body: 'return policy?' });
    expect(status).toBe(503);
    await world.databaseGate.open();
    await waitFor(
      'the redelivery to be taken',
      async () => (await world.sandbox.phones.redeliver(messageSid)).status === 200,
    );
    await waitFor('the answer', () => world.textsTo(from).length > 0, 25_000);
    await world.sandbox.phones.redeliver(messageSid);
    await world.settled();
    expect(world.textsTo(from)).toHaveLength(1);
  });
});
