import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type InboundText,
  isAddressedToUs,
  parseInboundMessage,
} from '../../../src/adapters/twilio/parse-message.ts';

const sms = {
  MessageSid: 'SM0123456789abcdef0123456789abcdef',
  AccountSid: 'AC0123456789abcdef0123456789abcdef',
  From: '+15551230001',
  To: '+15559990000',
  Body: 'I want to return my shirt',
  NumMedia: '0',
};

const parse = (params: Record<string, string>) =>
  parseInboundMessage(Buffer.from(`${new URLSearchParams(params)}`));

const whatsapp = { ...sms, From: 'whatsapp:+15551230001', To: 'whatsapp:+14155238886' };

function parseText(params: Record<string, string>): InboundText {
  const message = parse(params);
  if (message.kind !== 'text') throw new Error('not a text');
  return message;
}

describe('parseInboundMessage', () => {
  it('reads an SMS', () => {
    expect(parse(sms)).toEqual({
      kind: 'text',
      messageSid: sms.MessageSid,
      accountSid: sms.AccountSid,
      messagingServiceSid: undefined,
      channel: 'sms',
      from: '+15551230001',
      phone: '+15551230001',
      to: '+15559990000',
      body: 'I want to return my shirt',
      media: [],
      optOutType: undefined,
      profileName: undefined,
    });
  });

  it('reads a WhatsApp message', () => {
    const message = parseText({
      ...sms,
      From: 'whatsapp:+15551230001',
      To: 'whatsapp:+14155238886',
      ProfileName: 'Jo',
    });
    expect(message).toMatchObject({
      channel: 'whatsapp',
      from: 'whatsapp:+15551230001',
      phone: '+15551230001',
      profileName: 'Jo',
    });
  });

  it('knows no phone of a WhatsApp user who hides it', () => {
    const message = parseText({ ...sms, From: 'whatsapp:US.13491208655302741918' });
    expect(message).toMatchObject({ channel: 'whatsapp', phone: undefined });
  });

  it.each([
    ['a button', { ButtonText: 'Yes', ButtonPayload: '1.0190a0f0-0000-7000-8000-000000000001' }, 'Yes'],
    ['a row of a list', { ListTitle: '#1001', ListId: '2.0190a0f0-0000-7000-8000-000000000001' }, '#1001'],
  ])('reads %s as its words, with the text it stands below', (_, fields, body) => {
    expect(
      parseText({ ...whatsapp, Body: 'whatever', ...fields, OriginalRepliedMessageSid: 'SM9' }),
    ).toMatchObject({
      body,
      repliedTo: {
        key: '0190a0f0-0000-7000-8000-000000000001',
        providerMessageId: 'SM9',
        isTapped: true,
      },
    });
  });

  it('reads whose button it is only from an id of ours', () => {
    const { repliedTo } = parseText({ ...whatsapp, ButtonText: 'Yes', ButtonPayload: '1.{{2}}' });
    expect(repliedTo).toEqual({ key: undefined, providerMessageId: undefined, isTapped: true });
    expect(parseText(whatsapp).repliedTo).toBeUndefined();
  });

  it.each(['ExternalUserId', 'ExternalUserIdentifier'])('reads the id of a person from %s', (name) => {
    expect(parseText({ ...whatsapp, [name]: 'US.1349ABC' }).externalId).toBe('US.1349ABC');
    expect(parseText({ ...whatsapp, [name]: 'US.1349 or 1=1' }).externalId).toBeUndefined();
    expect(parseText({ ...whatsapp, From: 'whatsapp:US.1349ABC' }).externalId).toBe('US.1349ABC');
  });

  it('says that there is a place or a contact, fetches no contact and keeps no coordinates', () => {
    expect(parseText({ ...whatsapp, Body: '', Latitude: '45.5', Longitude: '-122.6' }).body).toBe(
      '(sent a location)',
    );
    const card = { NumMedia: '1', MediaUrl0: 'https://api.twilio.com/x', MediaContentType0: 'text/x-vcard' };
    expect(parseText({ ...whatsapp, Body: '', ...card })).toMatchObject({
      body: '(sent a contact)',
      media: [],
    });
  });

  it('takes a reaction for no text', () => {
    expect(parse({ ...whatsapp, Body: '\u{1F44D}', MessageType: 'reaction' }).kind).toBe('reaction');
  });

  it('reads pictures, also without text', () => {
    const message = parseText({
      ...sms,
      Body: '',
      NumMedia: '2',
      MediaUrl0: 'https://api.twilio.com/a',
      MediaContentType0: 'image/jpeg',
      MediaUrl1: 'https://api.twilio.com/b',
    });
    expect(message.media).toEqual([
      { url: 'https://api.twilio.com/a', contentType: 'image/jpeg' },
      { url: 'https://api.twilio.com/b', contentType: '' },
    ]);
    expect(message.body).toBe('');
  });

  it.each(['-1', '1e9', 'NaN', '', '2.5'])('survives %j pictures', (count) => {
    expect(parseText({ ...sms, NumMedia: count }).media).toEqual([]);
  });

  it.each(['STOP', 'START', 'HELP'])('says that Twilio has answered %s', (type) => {
    expect(parseText({ ...sms, OptOutType: type }).optOutType).toBe(type);
  });

  it('knows no other kind of opting out', () => {
    expect(parseText({ ...sms, OptOutType: 'MAYBE' }).optOutType).toBeUndefined();
  });

  it('removes what PostgreSQL refuses and what no text needs', () => {
    expect(parseText({ ...sms, Body: 'a\0b' }).body).toBe('ab');
    const split = parseText({ ...sms, Body: `${'x'.repeat(9_999)}👍👍` }).body;
    expect(split).toBe('x'.repeat(9_999));
  });

  it('takes SmsSid for MessageSid and a plus that nobody encoded', () => {
    const raw = `SmsSid=SM1&AccountSid=AC1&From=+15551230001&To=+15559990000&Body=hi`;
    expect(parseInboundMessage(Buffer.from(raw))).toMatchObject({
      kind: 'text',
      messageSid: 'SM1',
      from: '+15551230001',
      to: '+15559990000',
    });
  });

  it.each([
    ['no id', { MessageSid: '' }, 'no-message-sid'],
    ['an id that is none', { MessageSid: 'SM1\0' }, 'no-message-sid'],
    ['no recipient', { To: '' }, 'no-recipient'],
    ['no sender', { From: '' }, 'unanswerable-sender'],
    ['a short code', { From: '72975' }, 'unanswerable-sender'],
    ['a named sender', { From: 'DHL' }, 'unanswerable-sender'],
    ['another channel', { From: 'messenger:123' }, 'unknown-channel'],
  ])('does not support %s', (_, change, why) => {
    expect(parse({ ...sms, ...change })).toMatchObject({ kind: 'unsupported', why });
  });

  it('gets through any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const base = `${new URLSearchParams({ ...sms, Body: '' })}`;
        expect(parseInboundMessage(Buffer.from(bytes))).toBeDefined();
        expect(parseInboundMessage(Buffer.concat([Buffer.from(base), bytes]))).toBeDefined();
      }),
    );
  });
});

describe('isAddressedToUs', () => {
  const us = { accountSid: sms.AccountSid, addresses: ['+15559990000', 'whatsapp:+14155238886'] };

  it('knows our senders', () => {
    expect(isAddressedToUs(parseText(sms), us)).toBe(true);
    expect(isAddressedToUs(parseText({ ...sms, To: '+15559990001' }), us)).toBe(false);
    expect(isAddressedToUs(parseText({ ...sms, To: '+14155238886' }), us)).toBe(false);
  });

  it('refuses another account, whatever it was sent to', () => {
    expect(isAddressedToUs(parseText({ ...sms, AccountSid: 'AC2' }), us)).toBe(false);
  });

  it('takes a message that leaves the account to its signature', () => {
    expect(isAddressedToUs(parseText({ ...sms, AccountSid: '' }), us)).toBe(true);
  });

  it('takes any number of our messaging service', () => {
    const service = { accountSid: sms.AccountSid, addresses: [], messagingServiceSid: 'MG1' };
    expect(isAddressedToUs(parseText({ ...sms, MessagingServiceSid: 'MG1' }), service)).toBe(true);
    expect(isAddressedToUs(parseText({ ...sms, MessagingServiceSid: 'MG2' }), service)).toBe(false);
    expect(isAddressedToUs(parseText(sms), service)).toBe(true);
    expect(isAddressedToUs(parseText(sms), { ...us, addresses: [] })).toBe(false);
  });
});
