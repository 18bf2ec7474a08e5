import { randomBytes } from 'node:crypto';
import {
  answerContent,
  answerTyping,
  contentPath,
  render,
  typingPath,
  whyUndelivered,
} from './phone-network-content.ts';
import { listMessages, messageJson } from './phone-network-list.ts';
import { answerFromStore, mediaStorePrefix, sendToStore } from './phone-network-media.ts';
import type { PhoneMessage, PhoneNetworkOptions } from './phone-network-state.ts';
import { answerFault, json, type StandInAnswer, type StandInRequest } from './server.ts';

type Refusal = { readonly status: number; readonly code: number; readonly message: string };

const maxBodyCharacters = 1600;
const whatsappWindowMs = 24 * 60 * 60 * 1000;
const throttled = refusal({ status: 429, code: 20429, message: 'Too Many Requests' });

/** The Messages resource. `accepted` is told about every message taken for sending. */
export function createPhoneApi(options: PhoneNetworkOptions, accepted: (message: PhoneMessage) => void) {
  const { file, accountSid, authToken, faults } = options;
  const account = `/2010-04-01/Accounts/${accountSid}`;

  async function struck(
    operation: string,
    act: () => StandInAnswer | Promise<StandInAnswer>,
  ): Promise<StandInAnswer> {
    const before = await faults?.before(operation, 'twilio');
    if (before) return answerFault(before, throttled);
    const answer = await act();
    const after = await faults?.after(operation, 'twilio');
    return after ? answerFault(after, throttled) : answer;
  }

  function create(form: URLSearchParams): StandInAnswer {
    const refused = whyNot(form, options);
    if (refused) return refusal(refused);
    const message = newMessage(form, options);
    file.state.messages.push(message);
    file.save();
    accepted(message);
    return json(201, messageJson(message, accountSid));
  }

  return async (request: StandInRequest): Promise<StandInAnswer> => {
    const url = new URL(request.path, 'http://twilio');
    if (request.path.startsWith(mediaStorePrefix))
      return struck('media.download', () =>
        answerFromStore(Object.values(file.state.media ?? {}).flat(), request),
      );
    if (request.headers.authorization !== basic(accountSid, authToken))
      return refusal({ status: 401, code: 20003, message: 'Authenticate' });
    if (url.pathname === contentPath) return struck('content', () => answerContent(file.state, request));
    if (url.pathname === typingPath)
      return struck('typing', () => answerTyping(file.state, new URLSearchParams(request.rawBody)));
    if (url.pathname === `${account}/Messages.json` && request.method === 'POST')
      return struck('messages.create', () => create(new URLSearchParams(request.rawBody)));
    if (url.pathname === `${account}/Messages.json` && request.method === 'GET')
      return struck('messages.list', () => json(200, listMessages(file.state.messages, url, accountSid)));
    const [, ofMessage = '', mediaSid] = /\/Messages\/(\w+)\/Media\/(\w+)$/.exec(url.pathname) ?? [];
    const attachment = file.state.media?.[ofMessage]?.find((each) => each.sid === mediaSid);
    if (attachment && url.pathname.startsWith(account) && request.method === 'GET')
      return struck('media.fetch', () => sendToStore(attachment));
    const sid = /\/Messages\/(\w+)\.json$/.exec(url.pathname)?.[1];
    const message = file.state.messages.find((each) => each.sid === sid);
    if (message && url.pathname.startsWith(account) && request.method === 'GET')
      return struck('messages.fetch', () => json(200, messageJson(message, accountSid)));
    return refusal({
      status: 404,
      code: 20404,
      message: `The requested resource ${url.pathname} was not found`,
    });
  };
}

function whyNot(form: URLSearchParams, options: PhoneNetworkOptions): Refusal | undefined {
  const to = form.get('To');
  const from = form.get('From');
  const service = form.get('MessagingServiceSid');
  const body = form.get('Body') ?? '';
  const bad = (code: number, message: string): Refusal => ({ status: 400, code, message });
  if (!to) return bad(21604, "A 'To' phone number is required.");
  if (!/^(whatsapp:)?\+[1-9]\d{6,14}$/.test(to) && !/^whatsapp:[A-Z]{2}\.\w+$/.test(to))
    return bad(21211, `Invalid 'To' Phone Number: ${to}`);
  if (!from && !service) return bad(21603, "A 'From' phone number is required.");
  if (service && service !== options.messagingServiceSid)
    return bad(21703, 'The Messaging Service does not exist.');
  if (from && from !== options.number && from !== `whatsapp:${options.number}`)
    return bad(21659, `'From' ${from} is not a Twilio phone number or Short Code country mismatch`);
  if (from && from.startsWith('whatsapp:') !== to.startsWith('whatsapp:'))
    return bad(21910, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel");
  if (!body && !form.get('MediaUrl') && !form.get('ContentSid'))
    return bad(21602, 'Message body is required.');
  if (form.get('ContentSid') && !/^HX\w+$/.test(form.get('ContentSid') ?? ''))
    return bad(21655, 'The ContentSid is Invalid');
  if (form.get('ContentSid') && render(options.file.state, form) === 'invalid')
    return bad(21656, 'The ContentVariables Parameter is invalid');
  if (body.length > maxBodyCharacters)
    return bad(
      21617,
      'The concatenated message body exceeds the 1600 character limit. You can specify a longer limit.',
    );
  if (options.file.state.optedOut.includes(to))
    return bad(21610, 'Attempt to send to unsubscribed recipient');
  return undefined;
}

function newMessage(form: URLSearchParams, options: PhoneNetworkOptions): PhoneMessage {
  const to = form.get('To') ?? '';
  const content = form.get('ContentSid') ? render(options.file.state, form) : undefined;
  const rendered = content === 'invalid' ? undefined : content;
  const ours = to.startsWith('whatsapp:') ? `whatsapp:${options.number}` : options.number;
  return {
    sid: `SM${randomBytes(16).toString('hex')}`,
    direction: 'outbound-api',
    from: form.get('From') ?? ours,
    to,
    body: rendered?.body ?? form.get('Body') ?? '',
    ...(rendered && rendered.buttons.length > 0 && { buttons: rendered.buttons, isList: rendered.isList }),
    mediaCount: form.getAll('MediaUrl').length,
    status: 'queued',
    createdAt: options.now().toISOString(),
    errorCode: whyUndelivered(options.file.state, form, windowClosed(to, options)),
    messagingServiceSid: form.get('MessagingServiceSid') ?? undefined,
    statusCallback: form.get('StatusCallback') ?? undefined,
  };
}

/** WhatsApp takes free text only within 24 hours of the person's last message; it finds out after accepting. */
function windowClosed(to: string, options: PhoneNetworkOptions): boolean {
  if (!to.startsWith('whatsapp:')) return false;
  const since = options.now().getTime() - whatsappWindowMs;
  return !options.file.state.messages.some(
    (message) => message.from === to && !message.isOld && Date.parse(message.createdAt) > since,
  );
}

function refusal({ status, code, message }: Refusal): StandInAnswer {
  return json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
