/**
 * What an address must be before anybody connects to it.
 *
 * @packageDocumentation
 */
import { isIP } from 'node:net';
import type { MaterialFault } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { AddressRule } from './addresses.js';
import { fault, shortly } from './fault.js';

export interface TargetRules {
  readonly allowed: AddressRule;
  /** Lower case; absent: every host. */
  readonly hosts?: ReadonlySet<string>;
}

/** The longest address that is followed. */
export const maxUriLength = 2048;

/** A host as it is compared and resolved: without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * However an operator writes it (upper case, 中文, an IPv6 address with or without brackets, a dot at the end that means the
 * same host), as the parser of addresses does. What is more than a host stays as it is, and is no host of any address: a
 * rule with a port must not become one for all ports.
 */
export const normalHost = (host: string): string => {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const uri = `http://${isIP(bare) === 6 ? `[${bare}]` : bare}/`;
  const isHost = (isIP(bare) === 6 || !/[/@:?#\\]/.test(bare)) && URL.canParse(uri);
  return (isHost ? hostOf(new URL(uri)) : host).replace(/\.$/, '');
};

/** Errors: `ADDRESS_REFUSED` for what is no http(s) address, has a user in it, or is of a host that is not allowed. */
export const readTarget = (uri: string, rules: TargetRules): E.Either<MaterialFault, URL> => {
  const refuse = (words: string) => E.left(fault('ADDRESS_REFUSED', words));
  if (uri.length > maxUriLength) return refuse('the address is too long');
  if (!URL.canParse(uri)) return refuse('this is no address');
  const url = new URL(uri);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(`${url.protocol} is not followed`);
  if (url.username !== '' || url.password !== '') return refuse('there is a user in the address');
  const host = hostOf(url);
  if (rules.hosts !== undefined && !rules.hosts.has(normalHost(host))) {
    return refuse(`${shortly(url)}: the host is not on the list`);
  }
  // The parser has brought every spelling (0x7f.1, 2130706433) into one, and no lookup is made of an address.
  if (isIP(host) !== 0 && !rules.allowed(host)) {
    return refuse(`${shortly(url)}: a private or special address`);
  }
  return E.right(url);
};
