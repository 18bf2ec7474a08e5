import { readForm, readSid } from './form.ts';

export type InboundStatus =
  | {
      readonly kind: 'status';
      readonly messageSid: string;
      readonly accountSid: string | undefined;
      readonly status: MessageStatus;
      /** Receipts arrive in any order: one counts only when its rank is above the recorded one. */
      readonly rank: number;
      readonly errorCode: string | undefined;
      readonly isWhatsapp: boolean;
    }
  | { readonly kind: 'unsupported'; readonly why: 'no-message-sid' | 'unknown-status' };

type MessageStatus = keyof typeof statusRank;

/** Outbound only. `partially_delivered` is on its way still; `read` can only follow `delivered`. */
export const statusRank = {
  scheduled: 1,
  accepted: 2,
  queued: 3,
  sending: 4,
  sent: 5,
  partially_delivered: 6,
  canceled: 7,
  failed: 7,
  undelivered: 7,
  delivered: 7,
  read: 8,
} as const;

/** https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks */
export function parseStatus(rawBody: Buffer): InboundStatus {
  const form = readForm(rawBody);
  const messageSid = readSid(form, 'MessageSid') ?? readSid(form, 'SmsSid');
  const accountSid = readSid(form, 'AccountSid');
  const status = (form.get('MessageStatus') ?? form.get('SmsStatus') ?? '').toLowerCase();
  if (!messageSid) return { kind: 'unsupported', why: 'no-message-sid' };
  if (!isMessageStatus(status)) return { kind: 'unsupported', why: 'unknown-status' };
  const errorCode = /^[1-9]\d{0,9}$/.exec(form.get('ErrorCode') ?? '')?.[0];
  const isWhatsapp = /^whatsapp:/i.test(form.get('To') ?? '');
  return { kind: 'status', messageSid, accountSid, status, rank: statusRank[status], errorCode, isWhatsapp };
}

function isMessageStatus(status: string): status is MessageStatus {
  return Object.hasOwn(statusRank, status);
}
