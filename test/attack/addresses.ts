import type { ChannelKind } from '../../src/ports/channel.ts';

export function hasPhone(channel: ChannelKind): boolean {
  return channel !== 'chat' && channel !== 'slack';
}

/** As the channel writes it. */
export function addressOf({
  channel,
  phone,
}: {
  readonly channel: ChannelKind;
  readonly phone: string;
}): string {
  switch (channel) {
    case 'whatsapp':
      return `whatsapp:${phone}`;
    case 'slack':
      return `C0ATTACK:${phone.slice(1)}.000100`;
    case 'chat':
      return `session-${phone}`;
    case 'sms':
    case 'terminal':
      return phone;
  }
}
