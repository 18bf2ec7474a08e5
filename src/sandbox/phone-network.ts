import { randomBytes } from 'node:crypto';
import { createFaults, type Faults } from './faults.ts';
import { createPhoneApi } from './phone-network-api.ts';
import { type Attachment, mediaFields, storedAttachments } from './phone-network-media.ts';
import {
  isOptIn,
  isOptOut,
  type PhoneContent,
  type PhoneMessage,
  type PhoneNetworkOptions,
  type PhoneState,
} from './phone-network-state.ts';
import { inboundFields, signedPost, statusFields } from './phone-network-webhooks.ts';
import type { ProgramAnswer } from './program.ts';
import type { StandInAnswer, StandInRequest } from './server.ts';

export type TextReceived = ProgramAnswer & { readonly messageSid: string };

export type InboundText = {
  readonly from: string;
  readonly to?: string;
  readonly body: string;
  /** More webhook fields, e.g. `OptOutType`, `NumMedia`, `MediaUrl0`. */
  readonly extra?: Readonly<Record<string, string>>;
  /** Pictures and voice notes, kept for the program to fetch. */
  readonly media?: readonly Attachment[];
  readonly messageSid?: string;
  readonly webhookUrl?: string;
  /** Nobody takes the webhook, nor its one repetition. */
  readonly isLost?: boolean;
  /** When, by Twilio's clock; now unless told. */
  readonly sentAt?: Date;
};

/** Twilio: phones on one side, the program on the other. */
export type PhoneNetwork = {
  handle(request: StandInRequest): Promise<StandInAnswer>;
  /** Somebody texts us. Delivered once, and once more if nobody answered. */
  receiveText(text: InboundText): Promise<TextReceived>;
  /** The same webhook once more, as after a lost answer. */
  redeliver(messageSid: string): Promise<TextReceived>;
  /** They tap a button below a text of ours. */
  tap(tapped: {
    readonly from: string;
    readonly messageSid: string;
    readonly title: string;
  }): Promise<TextReceived>;
  /** WhatsApp takes no text with buttons, and says so when Twilio has taken it. */
  refuseButtons(isRefused: boolean): void;
  contents(): readonly PhoneContent[];
  /** Which of their messages show as read. */
  read(): readonly string[];
  /** Its last status callback once more. */
  repeatReceipt(messageSid: string): Promise<void>;
  /** As if their last message to us had been sent more than a day ago. */
  closeWindow(from: string): void;
  messages(): readonly PhoneMessage[];
  messagesTo(number: string): readonly PhoneMessage[];
  readonly faults: Faults;
  /** Resolves when every message sent so far reached its last status and its callbacks were answered. */
  settled(): Promise<void>;
};

export function createPhoneNetwork(given: PhoneNetworkOptions): PhoneNetwork {
  const faults = given.faults ?? createFaults();
  const options = { ...given, faults };
  const { file, now, number, program } = options;
  const underWay = new Set<Promise<void>>();

  async function progress(message: PhoneMessage): Promise<void> {
    for (const status of message.errorCode === undefined
      ? (['sent', 'delivered'] as const)
      : ['failed' as const]) {
      await new Promise((resolve) => setImmediate(resolve));
      message.status = status;
      message.sentAt ??= now().toISOString();
      file.save();
      if (message.statusCallback === undefined) continue;
      await signedPost(options, message.statusCallback, statusFields(message, options.accountSid));
    }
  }

  function start(message: PhoneMessage): void {
    const run = progress(message).finally(() => underWay.delete(run));
    underWay.add(run);
  }

  async function deliver(message: PhoneMessage): Promise<TextReceived> {
    const url = message.webhookUrl ?? `${program.publicUrl()}/twilio/messages`;
    const fields = message.webhookFields ?? {};
    let answer = await signedPost(options, url, fields);
    if (answer.status === 0) answer = await signedPost(options, url, fields);
    return { ...answer, messageSid: message.sid };
  }

  async function receiveText(text: InboundText): Promise<TextReceived> {
    const sid = text.messageSid ?? `SM${randomBytes(16).toString('hex')}`;
    const known = file.state.messages.find((message) => message.sid === sid);
    if (known) return deliver(known);
    const to = text.to ?? (text.from.startsWith('whatsapp:') ? `whatsapp:${number}` : number);
    const at = (text.sentAt ?? now()).toISOString();
    const attached = storedAttachments(text.media ?? []);
    if (attached.length > 0) file.state.media = { ...file.state.media, [sid]: attached };
    const extra = { ...(text.media && mediaFields(options.accountSid, sid, attached)), ...text.extra };
    const message: PhoneMessage = {
      sid,
      direction: 'inbound',
      from: text.from,
      to,
      body: text.body,
      mediaCount: Number(extra.NumMedia ?? 0),
      status: 'received',
      createdAt: at,
      sentAt: at,
      webhookUrl: text.webhookUrl,
      webhookFields: { ...inboundFields({ ...text, to, sid }, options), ...extra },
    };
    file.state.messages.push(message);
    recordOptOut(file.state, text.from, text.body);
    file.save();
    return text.isLost ? { status: 0, body: '', messageSid: sid } : deliver(message);
  }

  for (const message of file.state.messages) if (message.status === 'queued') start(message);

  return {
    faults,
    handle: createPhoneApi(options, start),
    receiveText,
    async tap({ from, messageSid, title }) {
      const below = file.state.messages.find((each) => each.sid === messageSid && each.to === from);
      const button = below?.buttons?.find((each) => each.title === title);
      if (!below || !button) throw new Error('There is no such button');
      const extra = {
        ...(below.isList
          ? { MessageType: 'interactive', ListTitle: title, ListId: button.id }
          : { MessageType: 'button', ButtonText: title, ButtonPayload: button.id }),
        OriginalRepliedMessageSid: messageSid,
        OriginalRepliedMessageSender: below.from,
      };
      return receiveText({ from, body: title, extra });
    },
    refuseButtons(isRefused) {
      file.state.refusesButtons = isRefused;
    },
    contents: () => file.state.contents ?? [],
    read: () => file.state.read ?? [],
    async redeliver(messageSid) {
      const message = file.state.messages.find((each) => each.sid === messageSid);
      if (!message?.webhookFields) throw new Error('There is no inbound text with this sid');
      return deliver(message);
    },
    async repeatReceipt(messageSid) {
      const message = file.state.messages.find((each) => each.sid === messageSid);
      if (message?.statusCallback === undefined) throw new Error('Nobody asked for receipts of this text');
      await signedPost(options, message.statusCallback, statusFields(message, options.accountSid));
    },
    closeWindow(from) {
      for (const message of file.state.messages) if (message.from === from) message.isOld = true;
      file.save();
    },
    messages: () => structuredClone(file.state.messages),
    messagesTo: (to) => structuredClone(file.state.messages.filter((message) => message.to === to)),
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Twilio keeps these words itself on SMS; WhatsApp has no such list. */
function recordOptOut(state: PhoneState, from: string, body: string): void {
  if (from.startsWith('whatsapp:')) return;
  if (isOptOut(body) && !state.optedOut.includes(from)) state.optedOut.push(from);
  if (isOptIn(body)) state.optedOut = state.optedOut.filter((each) => each !== from);
}
