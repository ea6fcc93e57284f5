/** How a name lies to a subtree of a name constraint (RFC 5280 4.2.1.10), for each form of name that has a rule. */
import { toHex } from '../../bytes.js';
import type { GeneralName } from '../../general-name.js';
import type { Name } from '../../name.js';
import { hostMatches, hostOf, hostOfBase, isBelow, isIpv4 } from './hosts.js';

/**
 * `overlaps`: part of what the name stands for lies inside, as a wildcard may. `unreadable`: the name is not of the
 * shape that its form has, so that no subtree can be said to hold it or not. `unsupported`: the subtree is not.
 */
export type Position = 'inside' | 'overlaps' | 'outside' | 'unreadable' | 'unsupported';

/** Undefined: the subtree has no meaning, so that nothing can be said to lie outside it. */
const position = (inside: boolean | undefined): Position =>
  inside === undefined ? 'unsupported' : inside ? 'inside' : 'outside';

/** A quoted local part has several spellings. */
const isPlainLocal = (local: string): boolean => local !== '' && !/["\\\s]/.test(local);

const mail = (address: string, base: string): Position => {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const host = hostOf(address.slice(at + 1));
  if (at < 0 || host === undefined || !isPlainLocal(local)) return 'unreadable';
  const split = base.lastIndexOf('@');
  if (split < 0) return position(hostMatches(host, base));
  const wanted = hostOfBase(base.slice(split + 1));
  const mailbox = base.slice(0, split);
  if (wanted === undefined || !isPlainLocal(mailbox)) return 'unsupported';
  // The local part is the host's own business, and its case may matter there.
  return position(local === mailbox && host === wanted);
};

const dns = (name: string, base: string): Position => {
  const host = hostOf(name);
  // A star that is not the whole first label is read by some as a wildcard and by others as a letter.
  if (host === undefined || host.replace(/^\*\./, '').includes('*')) return 'unreadable';
  if (base === '') return 'inside';
  const below = base.startsWith('.');
  const domain = hostOfBase(below ? base.slice(1) : base);
  if (domain === undefined) return 'unsupported';
  if (isBelow(host, domain) || (host === domain && !below)) return 'inside';
  const parent = host.startsWith('*.') ? host.slice(2) : undefined;
  return parent !== undefined && isBelow(domain, parent) ? 'overlaps' : 'outside';
};

/** scheme://[user@]host[:port], and then nothing or a path: what has two readings has no host (RFC 3986 3.2). */
const hostOfUri = /^[a-z][a-z0-9+.-]*:\/\/(?:[^\s\\/?#@]*@)?([^\s\\/?#@:]+)(?::[0-9]*)?(?=[/?#]|$)/i;

const uri = (address: string, base: string): Position => {
  const host = hostOf(hostOfUri.exec(address)?.[1] ?? '');
  // A constrained URI must have a host with a name (RFC 5280 4.2.1.10).
  return host === undefined || isIpv4(host) ? 'unreadable' : position(hostMatches(host, base));
};

/** Ones, then zeros. */
const isPrefixMask = (mask: Uint8Array): boolean =>
  /^1*0*$/.test(Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join(''));

const ip = (address: Uint8Array, base: Uint8Array): Position => {
  const mask = base.subarray(base.length / 2);
  if (address.length !== 4 && address.length !== 16) return 'unreadable';
  if ((base.length !== 8 && base.length !== 32) || !isPrefixMask(mask)) return 'unsupported';
  if (mask.length !== address.length) return 'outside';
  return position(address.every((octet, i) => ((octet ^ (base[i] ?? 0)) & (mask[i] ?? 0)) === 0));
};

/**
 * The base begins the name, by whole relative names. Their comparison form is a JSON list of lists of quoted texts: without
 * its last bracket it ends with a relative name, and stands at the beginning of every list that goes on from there.
 */
const directory = (name: Name, base: Name): Position =>
  position(name.normal.startsWith(base.normal.slice(0, -1)));

/** DER of id-on-SmtpUTF8Mailbox, 1.3.6.1.5.5.7.8.9 (RFC 9598): it stands after tag and length of an otherName. */
const utf8Mailbox = '06082b06010505070809';

const isUtf8Mailbox = (name: GeneralName): boolean =>
  name.type === 'other' && name.number === 0 && toHex(name.der.subarray(0, 14)).includes(utf8Mailbox);

/**
 * Whether a subtree binds a name: it is of the same form, `other` forms told apart by their number. Limits of mail bind
 * mailboxes in UTF-8, too (RFC 9598 6), though nobody compares them here.
 */
export const isBoundBy = (name: GeneralName, base: GeneralName): boolean =>
  name.type === 'other'
    ? (base.type === 'other' && name.number === base.number) ||
      (base.type === 'rfc822' && isUtf8Mailbox(name))
    : name.type === base.type;

/** Where a name lies to a subtree that binds it. */
export const positionOf = (name: GeneralName, base: GeneralName): Position => {
  if (name.type === 'rfc822' && base.type === 'rfc822') return mail(name.value, base.value);
  if (name.type === 'dns' && base.type === 'dns') return dns(name.value, base.value);
  if (name.type === 'uri' && base.type === 'uri') return uri(name.value, base.value);
  if (name.type === 'ip' && base.type === 'ip') return ip(name.octets, base.octets);
  if (name.type === 'directory' && base.type === 'directory') return directory(name.name, base.name);
  return 'unsupported';
};
