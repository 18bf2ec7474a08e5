import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

export const notPublicCode = 'NOT_PUBLIC';

export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

/**
 * For a connection: it goes to an address that was looked at, so that a name which answers differently the
 * second time gains nothing. Addresses of this machine, its networks and its cloud are left out.
 */
export function publicLookup(resolve: Resolve = resolveAll): LookupFunction {
  return (hostname, { all }, done) =>
    resolve(hostname, (error, addresses) => {
      const open = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      const refusal = Object.assign(new Error('The host has no public address'), { code: notPublicCode });
      if (error || !first) return done(error ?? refusal, '', 0);
      return all ? done(null, open) : done(null, first.address, first.family);
    });
}

export function isPublicAddress(address: string): boolean {
  return isIPv6(address)
    ? globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6')
    : !special.check(address, 'ipv4');
}

function resolveAll(hostname: string, done: Parameters<Resolve>[1]): void {
  systemLookup(hostname, { all: true }, (error, addresses) => done(error, addresses ?? []));
}

const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** https://www.iana.org/assignments/iana-ipv4-special-registry and its sibling for IPv6. */
const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.addSubnet(network, prefix, 'ipv6');
}
