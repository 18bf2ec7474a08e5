import { Writable } from 'node:stream';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { handleInboundText } from '../../../src/adapters/twilio/inbound-webhook.ts';
import type { InboundText } from '../../../src/adapters/twilio/parse-message.ts';
import type { InboundStatus } from '../../../src/adapters/twilio/parse-status.ts';
import { handleStatus } from '../../../src/adapters/twilio/status-webhook.ts';
import { createLog } from '../../../src/log.ts';

const publicUrl = 'https://returns.example.com';
const text = { MessageSid: 'SM1', AccountSid: 'AC1', From: '+15551230001', To: '+15559990000', Body: 'hi' };
const receipt = { MessageSid: 'SM1', AccountSid: 'AC1', MessageStatus: 'sent' };

function setUp() {
  const lines: string[] = [];
  const received: InboundText[] = [];
  const statuses: InboundStatus[] = [];
  const destination = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const deps = {
    config: { publicUrl, authTokens: ['secret'], accountSid: 'AC1', addresses: ['+15559990000'] },
    log: createLog({ level: 'info', destination }),
    receive: async (message: InboundText): Promise<'stored' | 'duplicate'> => {
      received.push(message);
      return 'stored';
    },
    ignore: async () => {},
    recordStatus: async (status: InboundStatus) => void statuses.push(status),
  };
  return { deps, lines, received, statuses };
}

function request(path: string, params: Record<string, string>, token = 'secret') {
  return {
    rawBody: Buffer.from(`${new URLSearchParams(params)}`),
    headers: {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-twilio-signature': getExpectedTwilioSignature(token, `${publicUrl}${path}`, params),
    },
    path,
    query: '',
  };
}

describe('POST /twilio/messages', () => {
  it('answers empty TwiML once the message is received', async () => {
    const { deps, received } = setUp();
    const answer = await handleInboundText(deps, request('/twilio/messages', text));
    expect(answer).toEqual({ status: 200, contentType: 'text/xml', body: '<Response/>' });
    expect(received).toMatchObject([{ messageSid: 'SM1', body: 'hi' }]);
  });

  it('answers a duplicate the same way', async () => {
    const { deps } = setUp();
    const receive = async () => 'duplicate' as const;
    expect(await handleInboundText({ ...deps, receive }, request('/twilio/messages', text))).toMatchObject({
      status: 200,
    });
  });

  it('answers only after the message is committed', async () => {
    const { deps } = setUp();
    const committed = Promise.withResolvers<'stored'>();
    let answered = false;
    const receive = () => committed.promise;
    const answer = handleInboundText({ ...deps, receive }, request('/twilio/messages', text)).then(
      (response) => {
        answered = true;
        return response;
      },
    );
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    committed.resolve('stored');
    expect(await answer).toMatchObject({ status: 200 });
  });

  it('refuses a bad signature without any effect', async () => {
    const { deps, received } = setUp();
    const forged = request('/twilio/messages', text, 'guess');
    expect(await handleInboundText(deps, forged)).toMatchObject({ status: 403 });
    const { 'x-twilio-signature': _, ...unsigned } = forged.headers;
    expect(await handleInboundText(deps, { ...forged, headers: unsigned })).toMatchObject({ status: 403 });
    expect(received).toEqual([]);
  });

  it('asks for redelivery while the database is down', async () => {
    const { deps, lines } = setUp();
    const receive = () => Promise.reject(new Error('insert failed for +15551230001: hi'));
    const answer = await handleInboundText({ ...deps, receive }, request('/twilio/messages', text));
    expect(answer.status).toBe(503);
    expect(`${answer.body}${lines.join('')}`).not.toContain('15551230001');
  });

  it('accepts and ignores what it does not understand or what is not for us', async () => {
    const { deps, received, lines } = setUp();
    for (const change of [
      { From: 'DHL' },
      { MessageSid: '' },
      { AccountSid: 'AC2' },
      { To: '+15559990009' },
    ]) {
      const answer = await handleInboundText(deps, request('/twilio/messages', { ...text, ...change }));
      expect(answer.status).toBe(200);
    }
    expect(received).toEqual([]);
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toMatch(/\+?1555/);
  });
});

describe('POST /twilio/status', () => {
  it('records a receipt', async () => {
    const { deps, statuses } = setUp();
    expect(await handleStatus(deps, request('/twilio/status', receipt))).toMatchObject({ status: 200 });
    expect(statuses).toMatchObject([{ messageSid: 'SM1', status: 'sent' }]);
  });

  it('records a receipt that leaves the account to its signature', async () => {
    const { deps, statuses } = setUp();
    await handleStatus(deps, request('/twilio/status', { ...receipt, AccountSid: '' }));
    expect(statuses).toMatchObject([{ messageSid: 'SM1', status: 'sent' }]);
  });

  it('refuses a bad signature and ignores other accounts and unknown statuses', async () => {
    const { deps, statuses } = setUp();
    expect(await handleStatus(deps, request('/twilio/status', receipt, 'guess'))).toMatchObject({
      status: 403,
    });
    for (const change of [{ AccountSid: 'AC2' }, { MessageStatus: 'new' }]) {
      expect(await handleStatus(deps, request('/twilio/status', { ...receipt, ...change }))).toMatchObject({
        status: 200,
      });
    }
    expect(statuses).toEqual([]);
  });

  it('asks for redelivery while the database is down', async () => {
    const { deps } = setUp();
    const recordStatus = () => Promise.reject(new Error('down'));
    const answer = await handleStatus({ ...deps, recordStatus }, request('/twilio/status', receipt));
    expect(answer.status).toBe(503);
  });
});
