import { createHmac } from 'node:crypto';
import type { PhoneMessage } from './phone-network-state.ts';
import type { Program, ProgramAnswer } from './program.ts';

type Line = { readonly accountSid: string; readonly authToken: string; readonly program: Program };
type Fields = Readonly<Record<string, string>>;

/** https://www.twilio.com/docs/usage/security#validating-requests : over the public address, never another. */
export function signature(authToken: string, url: string, fields: Fields): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((data, name) => data + name + (fields[name] ?? ''), url);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

export function signedPost(line: Line, url: string, fields: Fields): Promise<ProgramAnswer> {
  // `#rc=…` tells Twilio how to retry; it is neither sent nor signed.
  const address = url.split('#', 1)[0] ?? url;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-twilio-signature': signature(line.authToken, address, fields),
    'i-twilio-idempotency-token': `${fields.MessageSid}-${fields.MessageStatus ?? 'inbound'}`,
    'user-agent': 'TwilioProxy/1.1',
  };
  return line.program.post(address, headers, new URLSearchParams(fields).toString());
}

type InboundFacts = {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
};

export function inboundFields(text: InboundFacts, account: { readonly accountSid: string }): Fields {
  const common = {
    ToCountry: 'US',
    SmsMessageSid: text.sid,
    NumMedia: '0',
    SmsSid: text.sid,
    MessageSid: text.sid,
    SmsStatus: 'received',
    AccountSid: account.accountSid,
    From: text.from,
    To: text.to,
    Body: text.body,
    NumSegments: String(segments(text.body)),
    ApiVersion: '2010-04-01',
  };
  if (!text.from.startsWith('whatsapp:')) return { ...common, FromCountry: 'US', FromState: 'VT' };
  const phone = /^whatsapp:\+(\d+)$/.exec(text.from)?.[1];
  return { ...common, ProfileName: 'Customer', MessageType: 'text', ...(phone ? { WaId: phone } : {}) };
}

export function statusFields(message: PhoneMessage, accountSid: string): Fields {
  return {
    SmsSid: message.sid,
    MessageSid: message.sid,
    SmsStatus: message.status,
    MessageStatus: message.status,
    AccountSid: accountSid,
    From: message.from,
    To: message.to,
    ApiVersion: '2010-04-01',
    ...(message.messagingServiceSid ? { MessagingServiceSid: message.messagingServiceSid } : {}),
    ...(message.errorCode ? { ErrorCode: String(message.errorCode) } : {}),
  };
}

/** GSM-7 carries 160 characters alone and 153 in a chain; anything else 70 and 67. */
export function segments(body: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line feed and return belong to the alphabet
  const [alone, chained] = /^[\x0a\x0d\x20-\x7e£¥èéùìòÇØøÅåÄÖÑÜ§¿äöñüàÆæßÉ]*$/.test(body)
    ? [160, 153]
    : [70, 67];
  return body.length <= alone ? 1 : Math.ceil(body.length / chained);
}
