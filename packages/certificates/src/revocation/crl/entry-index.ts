/**
 * The entries of a CRL by certificate: a table of offsets into its octets, open addressing with linear probing. Four
 * octets a slot and two to four slots an entry, instead of a string and an object each.
 */
import type { ScannedEntries } from '../../der/crl-entries.js';
import { crlEntryAt } from '../../der/crl-entry.js';
import type { IssuerRun } from '../../der/crl-issuers.js';
import type { RevocationReason } from '../../general-name.js';
import type { Name } from '../../name.js';
import type { CrlEntry } from './crl.js';

/**
 * Slots that may be looked at for one entry. Honest serials need a few; a list made so that all fall on one slot would
 * cost the square of its length.
 */
const maxProbes = 512;

const none = new Uint8Array(0);

/** FNV-1a with a finish, so that serials that differ in few bits fall far apart. */
const hashOf = (bytes: Uint8Array, from: number, to: number, issuer: number): number => {
  let hash = Math.imul(issuer, 0x9e3779b1) ^ 0x811c9dc5;
  for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Where the content of the serial of the entry at `offset` begins; its length stands in the octet before. */
const serialOf = (bytes: Uint8Array, offset: number): number => {
  const length = bytes[offset + 1] ?? 0;
  return offset + 2 + (length < 0x80 ? 0 : length & 0x7f) + 2;
};

const digitOf = (code: number): number =>
  code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x41 && code <= 0x46 ? code - 0x37 : -1;

/** The content octets of a serial as `Certificate.serialNumber` writes it. Empty for what is no serial. */
const octetsOf = (serialNumber: string): Uint8Array => {
  const { length } = serialNumber;
  const first = digitOf(serialNumber.charCodeAt(0));
  if (length > 40 || !(first > 0)) return none;
  // A whole number of octets, and one of zeros in front where the first bit would be a sign.
  const padding = length % 2 === 1 ? 1 : first >= 8 ? 2 : 0;
  const octets = new Uint8Array((length + padding) / 2);
  for (let i = 0; i < length; i += 1) {
    const digit = digitOf(serialNumber.charCodeAt(i));
    if (digit < 0) return none;
    const at = i + padding;
    octets[at >> 1] = ((octets[at >> 1] ?? 0) << 4) | digit;
  }
  return octets;
};

// -------------------------------------------------------------------------------------
// issuers of an indirect CRL
// -------------------------------------------------------------------------------------

/** Each run has one issuer; the entries before the first are of the CRL's own. */
const issuerAt = (runs: ReadonlyArray<IssuerRun>, offset: number): number => {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return runs[low - 1]?.issuer ?? 0;
};

// -------------------------------------------------------------------------------------
// the index
// -------------------------------------------------------------------------------------

/** What makes a certificate come back, then what may let it, then what does not. */
const gravity = (reason: RevocationReason): number =>
  reason === 'removeFromCrl' ? 0 : reason === 'certificateHold' ? 1 : reason === 'unspecified' ? 2 : 3;

/** Of two entries about one certificate: the earliest date and the gravest reason. */
export const worseEntry = (a: CrlEntry, b: CrlEntry): CrlEntry => {
  const grave = gravity(b.reason) > gravity(a.reason) ? b : a;
  return { ...grave, revokedAt: Math.min(a.revokedAt, b.revokedAt) };
};

export interface EntryIndex {
  readonly entry: (issuer: Name, serialNumber: string) => CrlEntry | undefined;
  readonly bytes: number;
}

export interface IndexBuild {
  /** Puts this many entries into the index; true when all are in, undefined when they collide on purpose. */
  readonly step: (entries: number) => boolean | undefined;
  readonly result: () => EntryIndex;
}

/** An index of scanned entries, made in steps. */
export const indexBuild = (bytes: Uint8Array, { offsets, numbers, runs }: ScannedEntries): IndexBuild => {
  const slots = offsets.length === 0 ? 0 : 2 ** Math.ceil(Math.log2(offsets.length * 2));
  const table = new Uint32Array(slots);
  const mask = slots - 1;
  const issuerOf = (offset: number): number => (runs.length > 0 ? issuerAt(runs, offset) : 0);
  let next = 0;

  const insert = (offset: number): boolean => {
    const serial = serialOf(bytes, offset);
    const length = bytes[serial - 1] ?? 0;
    let slot = hashOf(bytes, serial, serial + length, issuerOf(offset)) & mask;
    for (let probe = 0; probe < maxProbes; probe += 1) {
      if (table[slot] === 0) {
        table[slot] = offset;
        return true;
      }
      slot = (slot + 1) & mask;
    }
    return false;
  };

  const isAbout = (offset: number, serial: Uint8Array, issuer: number): boolean => {
    const at = serialOf(bytes, offset);
    if (bytes[at - 1] !== serial.length) return false;
    for (let i = 0; i < serial.length; i += 1) if (bytes[at + i] !== serial[i]) return false;
    return issuerOf(offset) === issuer;
  };

  const entry: EntryIndex['entry'] = (name, serialNumber) => {
    const issuer = numbers.get(name.normal);
    const serial = octetsOf(serialNumber);
    if (issuer === undefined || slots === 0 || serial.length === 0) return undefined;
    let found: CrlEntry | undefined;
    for (let slot = hashOf(serial, 0, serial.length, issuer) & mask; ; slot = (slot + 1) & mask) {
      const offset = table[slot] ?? 0;
      if (offset === 0) return found;
      const read = isAbout(offset, serial, issuer) ? crlEntryAt(bytes, offset) : undefined;
      if (read !== undefined) found = found === undefined ? read : worseEntry(found, read);
    }
  };

  return {
    step: (entries) => {
      const end = Math.min(offsets.length, next + entries);
      for (; next < end; next += 1) if (!insert(offsets[next] ?? 0)) return undefined;
      return next === offsets.length;
    },
    result: () => ({ entry, bytes: table.byteLength + runs.length * 64 + numbers.size * 256 }),
  };
};
