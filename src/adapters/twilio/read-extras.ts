import type { RepliedTo } from '../../conversation/receive-message.ts';
import { readSid } from './form.ts';

/** What a WhatsApp message answers, where it says so; ids are of texts of ours. */
export function readReply(form: URLSearchParams): RepliedTo | undefined {
  const providerMessageId = readSid(form, 'OriginalRepliedMessageSid');
  const payload = form.get('ButtonPayload') ?? form.get('ListId') ?? '';
  const isTapped = payload !== '' || form.has('ButtonText') || form.has('ListTitle');
  if (!isTapped && providerMessageId === undefined) return undefined;
  // The id of a button ends with that of the text it stands below.
  const key = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.exec(payload)?.[0];
  return { key, providerMessageId, isTapped };
}

/** The words a button or a row of a list stands for. */
export function readTapped(form: URLSearchParams): string | undefined {
  return form.get('ButtonText') || form.get('ListTitle') || undefined;
}

/** A place and a business card are said in words: neither is of use to a return, and no coordinates are kept. */
export function readShared(form: URLSearchParams): string | undefined {
  const type = form.get('MessageType')?.toLowerCase();
  if (type === 'contacts' || /vcard/i.test(form.get('MediaContentType0') ?? '')) return '(sent a contact)';
  return type === 'location' || form.has('Latitude') ? '(sent a location)' : undefined;
}

/** WhatsApp's id of a person for one business, such as `US.1349…`, with a number or instead of one. */
export function readExternalId(form: URLSearchParams, from: string): string | undefined {
  return [form.get('ExternalUserId'), form.get('ExternalUserIdentifier'), from]
    .map((id) => /^(?:whatsapp:)?([A-Z]{2}\.[A-Za-z\d]{1,128})$/.exec(id ?? '')?.[1])
    .find((id) => id !== undefined);
}
