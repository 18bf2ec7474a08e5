import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaults, type Faults } from '../../src/sandbox/faults.ts';
import { createPhoneNetwork, type PhoneNetwork } from '../../src/sandbox/phone-network.ts';
import { emptyPhoneState } from '../../src/sandbox/phone-network-state.ts';
import { createProgram, type Program } from '../../src/sandbox/program.ts';
import { type SandboxServer, startServer } from '../../src/sandbox/server.ts';
import { openStateFile } from '../../src/sandbox/state-file.ts';
import { type Call, listenAsProgram } from './listening-program.ts';

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'a-token', number: '+15550100100' };
const customer = '+15551230001';

let app: Awaited<ReturnType<typeof listenAsProgram>>;
let instant: Date;
let faults: Faults;
let program: Program;
let phones: PhoneNetwork;
let server: SandboxServer;
let client: twilio.Twilio;

beforeEach(async () => {
  instant = new Date('2026-11-23T10:00:00Z');
  app = await listenAsProgram(() => '<Response/>');
  program = createProgram(app.url, 'https://returns.example.com');
  faults = createFaults();
  phones = createPhoneNetwork({
    ...account,
    messagingServiceSid: `MG${'0'.repeat(32)}`,
    file: openStateFile(undefined, emptyPhoneState),
    now: () => instant,
    program,
    faults,
  });
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [{ prefix: '/2010-04-01/', handle: phones.handle }],
  });
  client = twilio(account.accountSid, account.authToken);
  client.api.baseUrl = `http://127.0.0.1:${server.port}`;
});
afterEach(async () => {
  app.close();
  await server.close();
});

const fieldsOf = (call: Call | undefined) => Object.fromEntries(new URLSearchParams(call?.body));
const signatureOf = (call: Call | undefined) => String(call?.headers['x-twilio-signature']);
const send = (extra: Partial<Parameters<typeof client.messages.create>[0]> = {}) =>
  client.messages.create({ to: customer, from: account.number, body: 'Hello', ...extra });

describe('sending through the phone network', () => {
  it('accepts a text, delivers it and says so with signed callbacks in order', async () => {
    const sent = await send({ statusCallback: 'https://returns.example.com/twilio/status?x=1' });
    expect(sent).toMatchObject({ status: 'queued', direction: 'outbound-api', to: customer, body: 'Hello' });
    expect(sent.dateCreated).toEqual(instant);
    await phones.settled();
    expect((await client.messages(sent.sid).fetch()).status).toBe('delivered');
    expect(app.calls.map((call) => [call.path, fieldsOf(call).MessageStatus])).toEqual([
      ['/twilio/status?x=1', 'sent'],
      ['/twilio/status?x=1', 'delivered'],
    ]);
    for (const call of app.calls) {
      const url = `https://returns.example.com${call.path}`;
      expect(twilio.validateRequest(account.authToken, signatureOf(call), url, fieldsOf(call))).toBe(true);
    }
  });

  it.each([
    ['no recipient number', { to: '12' }, 21211],
    ['more than 1,600 characters', { body: 'x'.repeat(1601) }, 21617],
    ['an empty text', { body: '' }, 21602],
    ['a sender that is not ours', { from: '+15550999999' }, 21659],
    ['a WhatsApp recipient from an SMS number', { to: 'whatsapp:+15551230001' }, 21910],
  ])('refuses %s', async (_, wrong, code) => {
    await expect(send(wrong)).rejects.toMatchObject({ status: 400, code });
    expect(phones.messages()).toEqual([]);
  });

  it('takes 1,600 characters', async () => {
    expect((await send({ body: 'x'.repeat(1600) })).numSegments).toBe('11');
  });

  it('refuses a wrong auth token', async () => {
    const stranger = twilio(account.accountSid, 'wrong');
    stranger.api.baseUrl = client.api.baseUrl;
    await expect(stranger.messages.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  it('sends nothing to a number that texted STOP until it texts START', async () => {
    await phones.receiveText({ from: customer, body: ' Stop ' });
    await expect(send()).rejects.toMatchObject({ status: 400, code: 21610 });
    await phones.receiveText({ from: customer, body: 'START' });
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
  });

  it('does not take STOP inside a sentence for an opt-out', async () => {
    await phones.receiveText({ from: customer, body: 'stop sending me blue ones' });
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
  });

  it('fails free WhatsApp text outside the 24-hour window, and takes a template', async () => {
    const [to, from] = [`whatsapp:${customer}`, `whatsapp:${account.number}`];
    const late = await send({ to, from });
    const template = await client.messages.create({
      to,
      from,
      contentSid: 'HX1',
      contentVariables: '{"1":"Hi"}',
    });
    await phones.receiveText({ from: to, body: 'hello' });
    const free = await send({ to, from });
    await phones.settled();
    const [first, second, third] = await Promise.all(
      [late, template, free].map(({ sid }) => client.messages(sid).fetch()),
    );
    expect(first).toMatchObject({ status: 'failed', errorCode: 63016 });
    expect(second).toMatchObject({ status: 'delivered', body: 'Hi' });
    expect(third).toMatchObject({ status: 'delivered' });
  });

  it('lists by recipient and time, newest first, page by page', async () => {
    await send({ body: 'one' });
    await phones.settled();
    instant = new Date('2026-11-23T11:00:00Z');
    for (const body of ['two', 'three', 'four']) await send({ body });
    await send({ to: '+15551230002' });
    const found = await client.messages.list({
      to: customer,
      dateSentAfter: new Date('2026-11-23T11:00:00Z'),
      pageSize: 2,
    });
    expect(found.map(({ body }) => body)).toEqual(['four', 'three', 'two']);
    expect(await client.messages.list({ dateSentBefore: new Date('2026-11-23T10:30:00Z') })).toHaveLength(1);
    expect(await client.messages.list({ dateSent: new Date('2026-11-23') })).toHaveLength(5);
  });

  it('has the message although its answer was lost', async () => {
    faults.add({ operation: 'messages.create', when: 'after', times: 1, action: { kind: 'drop' } });
    await expect(send()).rejects.toThrow();
    expect(await client.messages.list({ to: customer })).toHaveLength(1);
  });

  it('says 20429 when it is told to throttle', async () => {
    faults.add({ when: 'before', times: 1, action: { kind: 'throttle' } });
    await expect(send()).rejects.toMatchObject({ status: 429, code: 20429 });
    expect(phones.messages()).toEqual([]);
  });
});

describe('texting in', () => {
  it('posts a webhook signed over the public address', async () => {
    const receipt = await phones.receiveText({
      from: customer,
      body: 'Größe zu klein & returning 👟',
      extra: { NumMedia: '1' },
    });
    expect(receipt).toMatchObject({ status: 200, body: '<Response/>' });
    const [call] = app.calls;
    expect(fieldsOf(call)).toMatchObject({
      MessageSid: receipt.messageSid,
      SmsSid: receipt.messageSid,
      From: customer,
      To: account.number,
      Body: 'Größe zu klein & returning 👟',
      NumMedia: '1',
      AccountSid: account.accountSid,
    });
    const valid = (url: string) =>
      twilio.validateRequest(account.authToken, signatureOf(call), url, fieldsOf(call));
    expect(valid('https://returns.example.com/twilio/messages')).toBe(true);
    expect(valid('http://returns.example.com/twilio/messages')).toBe(false);
  });

  it('redelivers the same webhook and keeps one message', async () => {
    const { messageSid } = await phones.receiveText({ from: customer, body: 'hello' });
    await phones.redeliver(messageSid);
    await phones.receiveText({ from: customer, body: 'hello', messageSid });
    expect(app.calls).toHaveLength(3);
    expect(new Set(app.calls.map(({ body }) => body)).size).toBe(1);
    expect(phones.messages()).toHaveLength(1);
  });

  it('keeps a text that nobody answered where the program can still list it', async () => {
    program.moveTo('http://127.0.0.1:1', 'https://returns.example.com');
    const receipt = await phones.receiveText({ from: customer, body: 'anyone?' });
    expect(receipt.status).toBe(0);
    const [found] = await client.messages.list({ to: account.number });
    expect(found).toMatchObject({ sid: receipt.messageSid, direction: 'inbound', status: 'received' });
  });

  it('never posts to an address beyond loopback', async () => {
    // Would reach the listener; it merely does not count as loopback.
    const webhookUrl = `${app.url.replace('127.0.0.1', '0.0.0.0')}/hook`;
    const receipt = await phones.receiveText({ from: customer, body: 'x', webhookUrl });
    expect(receipt.status).toBe(0);
    expect(app.calls).toEqual([]);
  });
});
