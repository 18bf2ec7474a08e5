import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { HttpRequest } from './route.ts';

/**
 * Who sent the request: the peer, or, behind so many proxies, whom the outermost of them named. What is
 * further to the left anybody can write.
 */
export function clientAddress(
  { remoteAddress, headers }: Pick<HttpRequest, 'remoteAddress' | 'headers'>,
  trustedProxies: number,
): string {
  const named = (headers['x-forwarded-for'] ?? '').split(',').map(bareAddress);
  const client = trustedProxies > 0 ? named.at(-trustedProxies) : undefined;
  return networkOf(client && isIP(client) > 0 ? client : bareAddress(remoteAddress));
}

/** One of our own for the counter, which needs to know no address. */
export function addressKey(address: string): string {
  return createHash('sha256').update(`client ${address}`).digest('hex').slice(0, 32);
}

function bareAddress(text: string): string {
  const address = text.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  return /^(?:\d+\.){3}\d+:\d+$/.test(address)
    ? address.replace(/:\d+$/, '')
    : address.replace(/^\[|\](:\d+)?$/g, '');
}

/** Somebody with one IPv6 address has 2^64 of them. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
