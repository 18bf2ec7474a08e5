import { randomUUID } from 'node:crypto';
import type { PhoneNumber } from '../returns/ids.ts';
import { normalisePhone } from '../returns/phone-number.ts';
import type { ChatOptions } from './read-chat-options.ts';

export type DemoStories = readonly {
  readonly orderName: string;
  readonly customer: string;
  readonly phone: string | undefined;
  readonly summary: string;
  readonly expect: string;
}[];

/** Whom the person at the keyboard speaks as. */
export type Speaker = {
  readonly address: string;
  readonly phone: PhoneNumber | undefined;
  readonly party: 'customer' | 'staff';
};

/** Undefined when nobody was named and there is no demo store to take the first customer of. */
export function chooseSpeaker(
  { as, staff }: Pick<ChatOptions, 'as' | 'staff'>,
  stories: DemoStories | undefined,
): Speaker | undefined {
  if (staff) return { address: 'terminal:staff', phone: undefined, party: 'staff' };
  const phone = as ?? normalisePhone(stories?.[0]?.phone ?? '');
  return phone && { address: phone, phone, party: 'customer' };
}

/** There is one conversation per address, so that a fresh one needs an address nobody has written from. */
export function withFreshAddress(speaker: Speaker): Speaker {
  const [base] = speaker.address.split('#');
  return { ...speaker, address: `${base}#${randomUUID().slice(0, 8)}` };
}

export function storiesOf({ phone, party }: Speaker, stories: DemoStories): DemoStories {
  return party === 'staff' ? stories : stories.filter((story) => story.phone === phone);
}
