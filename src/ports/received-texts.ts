import type { PhoneNumber } from '../returns/ids.ts';

/** What the phone network took in for us, whether or not it could tell us of it. */
export type ReceivedTexts = {
  /** Since then, oldest first. Throws ExternalError when it cannot be asked. */
  list(since: Date): Promise<readonly ReceivedText[]>;
};

export type ReceivedText = {
  readonly messageSid: string;
  readonly channel: 'sms' | 'whatsapp';
  readonly from: string;
  readonly phone: PhoneNumber | undefined;
  readonly text: string;
  /** By the network's clock, in whole seconds. */
  readonly sentAt: Date;
};
