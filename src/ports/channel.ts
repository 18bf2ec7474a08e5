export const channelKinds = ['sms', 'whatsapp', 'chat', 'terminal'] as const;
export type ChannelKind = (typeof channelKinds)[number];
/** Their texts are not sent: whoever waits for them reads them from the database. */
export const readInPlace: readonly ChannelKind[] = ['chat', 'terminal'];

/** A way to send text to a customer outside this program. */
export type Channel = {
  /** Throws ExternalError; outcome 'unknown' means the text may have been accepted. */
  send(text: OutgoingText): Promise<SendReceipt>;
  /** The provider's ids of texts just like this one accepted since then, oldest first. */
  findSent(text: OutgoingText, since: Date): Promise<readonly string[]>;
};

export type OutgoingText = {
  /** Address as the channel writes it: `+15551230001`, `whatsapp:+15551230001`. */
  readonly to: string;
  /** At most 1,600 characters. */
  readonly body: string;
};

export type SendReceipt =
  | { readonly kind: 'accepted'; readonly providerId: string }
  | {
      readonly kind: 'refused';
      readonly reason: 'opted-out' | 'unreachable' | 'rejected';
      readonly code: string;
    };
