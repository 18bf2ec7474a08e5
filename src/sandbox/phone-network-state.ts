import type { Faults } from './faults.ts';
import type { StoredAttachment } from './phone-network-media.ts';
import type { Program } from './program.ts';
import type { StateFile } from './state-file.ts';

export type PhoneMessage = {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaCount: number;
  readonly buttons?: readonly PhoneButton[];
  readonly isList?: boolean;
  status: 'received' | 'queued' | 'sent' | 'delivered' | 'failed';
  readonly createdAt: string;
  sentAt?: string | undefined;
  readonly errorCode?: number | undefined;
  readonly messagingServiceSid?: string | undefined;
  readonly statusCallback?: string | undefined;
  /** Too long ago to keep WhatsApp's window open. */
  isOld?: boolean;
  readonly webhookUrl?: string | undefined;
  /** What the program is told about an inbound text, kept for redelivery. */
  readonly webhookFields?: Readonly<Record<string, string>> | undefined;
};

export type PhoneButton = { readonly title: string; readonly id: string };

export type PhoneContent = {
  readonly sid: string;
  readonly friendly_name: string;
  readonly language: string;
  readonly types: {
    readonly 'twilio/quick-reply'?: { readonly body: string; readonly actions: readonly PhoneButton[] };
    readonly 'twilio/list-picker'?: {
      readonly body: string;
      readonly button: string;
      readonly items: readonly {
        readonly id: string;
        readonly item: string;
        readonly description?: string;
      }[];
    };
  };
};

export type PhoneState = {
  contents?: readonly PhoneContent[];
  refusesButtons?: boolean;
  /** Messages to us that show as read. */
  read?: readonly string[];
  messages: PhoneMessage[];
  optedOut: string[];
  /** By message; absent in what was kept before there were any. */
  media?: Record<string, readonly StoredAttachment[]>;
};

export type PhoneNetworkOptions = {
  readonly file: StateFile<PhoneState>;
  readonly now: () => Date;
  readonly accountSid: string;
  readonly authToken: string;
  /** Ours: sends and receives SMS, and WhatsApp under `whatsapp:` + number. */
  readonly number: string;
  readonly messagingServiceSid: string;
  readonly program: Program;
  readonly faults?: Faults;
};

export function emptyPhoneState(): PhoneState {
  return { messages: [], optedOut: [] };
}

// https://help.twilio.com/articles/223134027 lists the words; they count only as the whole message.
const optOutWords = ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout'];
const optInWords = ['start', 'yes', 'unstop'];

export function isOptOut(body: string): boolean {
  return optOutWords.includes(body.trim().toLowerCase());
}

export function isOptIn(body: string): boolean {
  return optInWords.includes(body.trim().toLowerCase());
}
