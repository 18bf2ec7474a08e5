import { noteAttachments } from '../../conversation/attachment-notes.ts';
import type { RepliedTo } from '../../conversation/receive-message.ts';
import type { PhoneNumber } from '../../returns/ids.ts';
import { normalisePhone } from '../../returns/phone-number.ts';
import { readForm, readSid } from './form.ts';
import { readExternalId, readReply, readShared, readTapped } from './read-extras.ts';

export type InboundMessage =
  | InboundText
  /** It says nothing, agrees to nothing, and opens no window. */
  | { readonly kind: 'reaction'; readonly messageSid: string }
  | {
      readonly kind: 'unsupported';
      readonly why: 'no-message-sid' | 'no-recipient' | 'unknown-channel' | 'unanswerable-sender';
      readonly messageSid: string | undefined;
    };

export type InboundText = {
  readonly kind: 'text';
  readonly messageSid: string;
  /** The signature already says whose account it is, so a message may leave it out. */
  readonly accountSid: string | undefined;
  readonly messagingServiceSid: string | undefined;
  readonly channel: 'sms' | 'whatsapp';
  /** As the channel writes it: `+15551230001`, `whatsapp:+15551230001`, `whatsapp:US.1349…`. */
  readonly from: string;
  /** Undefined when a WhatsApp user hides the number: then only proof tells who they are. */
  readonly phone: PhoneNumber | undefined;
  readonly to: string;
  /** Free of NUL and lone surrogates, which PostgreSQL refuses; at most 10,000 UTF-16 units. */
  readonly body: string;
  readonly media: readonly { readonly url: string; readonly contentType: string }[];
  /** Set when Twilio has already obeyed and answered the keyword. */
  readonly optOutType: 'STOP' | 'START' | 'HELP' | undefined;
  readonly profileName: string | undefined;
  readonly externalId: string | undefined;
  readonly repliedTo: RepliedTo | undefined;
};

/** Parameters: https://www.twilio.com/docs/messaging/guides/webhook-request */
export function parseInboundMessage(rawBody: Buffer): InboundMessage {
  const form = readForm(rawBody);
  const messageSid = readSid(form, 'MessageSid') ?? readSid(form, 'SmsSid');
  const accountSid = readSid(form, 'AccountSid');
  const from = readAddress(form, 'From');
  const to = readAddress(form, 'To');
  if (!messageSid) return { kind: 'unsupported', why: 'no-message-sid', messageSid: undefined };
  if (!to) return { kind: 'unsupported', why: 'no-recipient', messageSid };
  const sender = readSender(from);
  if (typeof sender === 'string') return { kind: 'unsupported', why: sender, messageSid };
  if (form.get('MessageType')?.toLowerCase() === 'reaction') return { kind: 'reaction', messageSid };
  const words = storableText(readTapped(form) ?? form.get('Body') ?? '', 10_000);
  return {
    kind: 'text',
    messageSid,
    accountSid,
    messagingServiceSid: readSid(form, 'MessagingServiceSid'),
    channel: sender.channel,
    from,
    phone: sender.phone,
    to,
    body: [words, readShared(form)].filter(Boolean).join(' '),
    media: readMedia(form),
    optOutType: readOptOutType(form.get('OptOutType')),
    profileName: storableText(form.get('ProfileName') ?? '', 200) || undefined,
    externalId: sender.channel === 'whatsapp' ? readExternalId(form, from) : undefined,
    repliedTo: sender.channel === 'whatsapp' ? readReply(form) : undefined,
  };
}

/** A good signature says who sent it, not that it is for us: one account may serve several programs. */
export function isAddressedToUs(
  message: InboundText,
  us: {
    readonly accountSid: string;
    /** Our senders as the channels write them. */
    readonly addresses: readonly string[];
    readonly messagingServiceSid?: string | undefined;
  },
): boolean {
  if (message.accountSid !== undefined && message.accountSid !== us.accountSid) return false;
  if (us.addresses.includes(message.to)) return true;
  if (us.messagingServiceSid === undefined) return false;
  // A number of the service may be wired to us directly; its texts then name no service.
  return (message.messagingServiceSid ?? us.messagingServiceSid) === us.messagingServiceSid;
}

/** What is stored of it. */
export function textOf({ body, media }: InboundText): string {
  return body || (media.length > 0 ? noteAttachments(media.map(({ contentType }) => contentType)) : '');
}

function readAddress(form: URLSearchParams, name: string): string {
  const address = storableText(form.get(name) ?? '', 200).trim();
  // A plus that nobody encoded arrives as a space.
  return /^\d{7,15}$/.test(address) && /^\s/.test(form.get(name) ?? '') ? `+${address}` : address;
}

function readSender(
  from: string,
):
  | { readonly channel: 'sms' | 'whatsapp'; readonly phone: PhoneNumber | undefined }
  | 'unknown-channel'
  | 'unanswerable-sender' {
  if (/^\+\d{7,15}$/.test(from)) return { channel: 'sms', phone: normalisePhone(from) };
  const whatsapp = /^whatsapp:(.+)$/i.exec(from)?.[1];
  if (whatsapp) {
    return { channel: 'whatsapp', phone: whatsapp.startsWith('+') ? normalisePhone(whatsapp) : undefined };
  }
  // Short codes and alphanumeric senders: nobody reads what is sent back to them.
  return from.includes(':') ? 'unknown-channel' : 'unanswerable-sender';
}

function readMedia(form: URLSearchParams): InboundText['media'] {
  const count = Math.min(Number(form.get('NumMedia')) || 0, 10);
  return Array.from({ length: Math.max(0, Math.trunc(count)) }, (_, index) => ({
    url: storableText(form.get(`MediaUrl${index}`) ?? '', 2_000),
    contentType: storableText(form.get(`MediaContentType${index}`) ?? '', 200),
  })).filter(({ url, contentType }) => url !== '' && !/vcard/i.test(contentType));
}

function readOptOutType(value: string | null): InboundText['optOutType'] {
  return value === 'STOP' || value === 'START' || value === 'HELP' ? value : undefined;
}

function storableText(text: string, limit: number): string {
  return text.slice(0, limit).replace(/\0|\p{Surrogate}/gu, '');
}
