import type { OrderView } from './tools.ts';

export const channelKinds = ['sms', 'whatsapp', 'chat', 'terminal', 'slack'] as const;
export type ChannelKind = (typeof channelKinds)[number];
/** Their texts are not sent: whoever waits for them reads them from the database. */
export const readInPlace: readonly ChannelKind[] = ['chat', 'terminal'];

export type Button = {
  /** What it stands for, in the words of somebody who writes it. */
  readonly title: string;
  /** What it is about; buttons that have one are rows of a list. */
  readonly detail?: string;
};

/** A way to send text to a person outside this program. */
export type Channel = {
  /** Throws ExternalError; outcome 'unknown' means the text may have been accepted. */
  send(text: OutgoingText): Promise<SendReceipt>;
  /** The provider's ids of texts just like this one accepted since then, oldest first. */
  findSent(text: OutgoingText, since: Date): Promise<readonly string[]>;
  /** WhatsApp: a text may be sent inside a template, also to somebody who has not written lately. */
  readonly hasTemplate?: boolean;
};

export type OutgoingText = {
  /** Ours, of exactly this text; where a channel can carry it, it recognises a lost one by it. */
  readonly key: string;
  /** As the channel writes it: `+15551230001`, `whatsapp:+15551230001`, `C0123456789:1763892000.000100`. */
  readonly to: string;
  /** At most 1,600 characters. */
  readonly body: string;
  /** Shown below the text where the channel can show more than text. */
  readonly card?: OrderView | undefined;
  /** Answers to tap, where the channel can show them. */
  readonly buttons?: readonly Button[];
  readonly viaTemplate?: boolean;
};

export type SendReceipt =
  | { readonly kind: 'accepted'; readonly providerId: string }
  | {
      readonly kind: 'refused';
      readonly reason: 'opted-out' | 'unreachable' | 'rejected';
      readonly code: string;
    };
