/**
 * Which addresses are connected to. A certificate names where its list lies; without this, whoever can make somebody
 * ask could reach what only the portal's own machine may reach (server-side request forgery).
 *
 * @packageDocumentation
 */
import { BlockList, isIP } from 'node:net';

type Family = 'ipv4' | 'ipv6';

const familyOf = (address: string): Family | undefined => {
  const version = isIP(address);
  if (version === 4) return 'ipv4';
  return version === 6 ? 'ipv6' : undefined;
};

/** Not reachable in the whole internet (IANA's special-purpose registry of IPv4, RFC 6890 2.2.2), and multicast. */
const specialIpv4: ReadonlyArray<string> = [
  '0.0.0.0/8', // this network; 0.0.0.0 reaches the machine itself
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared by carriers (CGNAT)
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, and the metadata services of clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // IETF protocols
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
];

/** All that IPv6 has given out to the world (RFC 4291 2.4): mapped, translated, local and multicast lie outside. */
const globalIpv6 = '2000::/3';

/** Within it: addresses that hold an IPv4 address (Teredo, 6to4), protocols, documentation. */
const specialIpv6: ReadonlyArray<string> = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Adds `address` or `address/prefix`; `false` where it is neither. */
const add = (list: BlockList, entry: string): boolean => {
  const [address = '', prefix, ...rest] = entry.split('/');
  const family = familyOf(address);
  if (family === undefined || rest.length > 0) return false;
  if (prefix === undefined) {
    list.addAddress(address, family);
    return true;
  }
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 'ipv4' ? 32 : 128)) return false;
  list.addSubnet(address, Number(prefix), family);
  return true;
};

const listOf = (entries: ReadonlyArray<string>): BlockList => {
  const list = new BlockList();
  for (const entry of entries) add(list, entry);
  return list;
};

const special = listOf([...specialIpv4, ...specialIpv6]);
const world = listOf([globalIpv6]);

const isPublic = (address: string, family: Family): boolean =>
  !special.check(address, family) && (family === 'ipv4' || world.check(address, family));

/** Whether an address may be connected to. A text that is no address may not. */
export type AddressRule = (address: string) => boolean;

/**
 * Public addresses, and what `allow` names beside them: addresses and prefixes such as `10.20.0.0/16`. `undefined` where
 * an entry is neither: a rule that was mistyped must not be half a rule.
 */
export const addressRule = (allow: ReadonlyArray<string> = []): AddressRule | undefined => {
  const allowed = new BlockList();
  if (!allow.every((entry) => add(allowed, entry))) return undefined;
  return (address) => {
    const family = familyOf(address);
    // A zone (fe80::1%eth0) belongs to a local address, and the lists cannot read it.
    if (family === undefined || address.includes('%')) return false;
    return allowed.check(address, family) || isPublic(address, family);
  };
};
