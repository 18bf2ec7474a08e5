import { randomBytes } from 'node:crypto';
import type { Answer, StandInRequest } from './server.ts';

export type Attachment = { readonly contentType: string; readonly data: Buffer };

/** As it is kept: bytes in base64, for the state is a JSON file. */
export type StoredAttachment = {
  readonly sid: string;
  /** Only who was sent here by the API knows it. */
  readonly ticket: string;
  readonly contentType: string;
  readonly base64: string;
};

export function storedAttachments(attached: readonly Attachment[]): readonly StoredAttachment[] {
  return attached.map(({ contentType, data }) => ({
    sid: `ME${randomBytes(16).toString('hex')}`,
    ticket: randomBytes(16).toString('hex'),
    contentType,
    base64: data.toString('base64'),
  }));
}

/** What the webhook says of them. Twilio names its own host, whatever address it is reached by. */
export function mediaFields(
  accountSid: string,
  messageSid: string,
  attachments: readonly StoredAttachment[],
): Readonly<Record<string, string>> {
  const urlOf = (sid: string) =>
    `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${messageSid}/Media/${sid}`;
  return Object.fromEntries([
    ['NumMedia', String(attachments.length)],
    ...attachments.flatMap(({ sid, contentType }, index) => [
      [`MediaUrl${index}`, urlOf(sid)],
      [`MediaContentType${index}`, contentType],
    ]),
  ]) as Readonly<Record<string, string>>;
}

export const mediaStorePrefix = '/media.twiliocdn/';

/** The API answers with the address of the store, which asks for no token and wants none. */
export function sendToStore({ ticket }: StoredAttachment): Answer {
  return { status: 307, headers: { location: `${mediaStorePrefix}${ticket}` }, body: '' };
}

export function answerFromStore(attachments: readonly StoredAttachment[], request: StandInRequest): Answer {
  const ticket = request.path.slice(mediaStorePrefix.length);
  const found = attachments.find((each) => each.ticket === ticket);
  if (request.headers.authorization !== undefined) return { status: 400, headers: {}, body: 'No token here' };
  if (!found) return { status: 404, headers: {}, body: '' };
  const bytes = Buffer.from(found.base64, 'base64');
  const headers = { 'content-type': found.contentType, 'content-length': String(bytes.length) };
  return { status: 200, headers, body: '', stream: (response) => void response.end(bytes) };
}
