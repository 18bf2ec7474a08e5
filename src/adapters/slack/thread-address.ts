import type { CardReference } from '../../ports/approval-desk.ts';

/** A thread as an address people write from: `C0123456789:1763892000.000100`. */
export function readThreadAddress(address: string): CardReference | undefined {
  const colon = address.lastIndexOf(':');
  const [channel, ts] = [address.slice(0, colon), address.slice(colon + 1)];
  return colon > 0 && ts !== '' ? { channel, ts } : undefined;
}
