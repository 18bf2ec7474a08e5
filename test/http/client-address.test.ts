import { expect, test } from 'vitest';
import { addressKey, clientAddress } from '../../src/http/client-address.ts';

const peer = '203.0.113.9';
const from = (forwarded: string | undefined, trustedProxies: number, remoteAddress = peer) =>
  clientAddress({ remoteAddress, headers: { 'x-forwarded-for': forwarded } }, trustedProxies);

test.each([
  ['no proxy is trusted', '198.51.100.1', 0, peer],
  ['one proxy named the client', '198.51.100.1', 1, '198.51.100.1'],
  ['the client made up more to the left', '192.0.2.1, 198.51.100.1', 1, '198.51.100.1'],
  ['two proxies are trusted', '192.0.2.1, 198.51.100.1, 203.0.113.1', 2, '198.51.100.1'],
  ['fewer proxies spoke than are trusted', '198.51.100.1', 2, peer],
  ['the header is missing', undefined, 1, peer],
  ['the header names no address', 'unknown', 1, peer],
  ['the proxy added the port', '198.51.100.1:4711', 1, '198.51.100.1'],
  ['the address is IPv4 in IPv6', '::ffff:198.51.100.1', 1, '198.51.100.1'],
  ['the address is IPv6: its network counts', '2001:db8:0:7::1', 1, '2001:db8:0:7::/64'],
  ['IPv6 comes with a port', '[2001:db8:0:7:1:2:3:4]:4711', 1, '2001:db8:0:7::/64'],
])('when %s', (_when, forwarded, trusted, expected) => {
  expect(from(forwarded, trusted)).toBe(expected);
});

test('the peer is the same whether IPv6 carries it or not, and its key does not name it', () => {
  expect(from(undefined, 0, '::ffff:203.0.113.9')).toBe(peer);
  expect(addressKey(peer)).not.toContain('203');
  expect(addressKey(peer)).toBe(addressKey(peer));
});
