/**
 * The scan of revokedCertificates (RFC 5280 5.1.2.6): as strict as the gate, without a node for each of 412,000
 * entries. It runs in steps, so that whoever reads a large list can let others work in between.
 */
import type { RevocationReason } from '../general-name.js';
import type { Name } from '../name.js';
import type { CrlEntry } from '../revocation/crl/crl.js';
import { type EntryValues, entryValuesOf, reasonOfCode } from './crl-extensions.js';
import { type EntryIssuers, issuerTable } from './crl-issuers.js';
import { extensionListOf } from './extensions.js';
import { E, type Read, refuse } from './read.js';
import { type DerNode, readDer, readHeader, tags } from './reader.js';

/** The smallest entry: its header, a serial of one octet, a UTCTime. */
const minEntryOctets = 20;

/** A certificate of 20 octets of serial may need one more for the sign. */
const maxSerialOctets = 21;

/** What an entry that goes through the gate costs more than one that does not, in octets of the scan; its names cost more still. */
const rareEffort = 1500;

const entryLimits = { maxBytes: 8192, maxDepth: 12, maxNodes: 400 };

// -------------------------------------------------------------------------------------
// one entry, of the shape that nearly all have; no allocation
// -------------------------------------------------------------------------------------

const digitsAt = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
};

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the element at `at` is a time in the form of RFC 5280 4.1.2.5, of a day and hour that exist. */
const isTime = (bytes: Uint8Array, at: number): boolean => {
  const general = bytes[at] === tags.generalizedTime && bytes[at + 1] === 15;
  if (!general && !(bytes[at] === tags.utcTime && bytes[at + 1] === 13)) return false;
  const first = digitsAt(bytes, at + 2);
  const rest = general ? at + 6 : at + 4;
  const second = general ? digitsAt(bytes, at + 4) : 0;
  const month = digitsAt(bytes, rest);
  const day = digitsAt(bytes, rest + 2);
  const hour = digitsAt(bytes, rest + 4);
  const minute = digitsAt(bytes, rest + 6);
  const seconds = digitsAt(bytes, rest + 8);
  if (first < 0 || second < 0 || hour < 0 || minute < 0 || seconds < 0 || bytes[rest + 10] !== 0x5a)
    return false;
  // 1900 is written by no UTCTime (which ends at 1950), so a year of two digits leaps every four.
  const year = general ? first * 100 + second : first;
  const leaps = year % 4 === 0 && (!general || year % 100 !== 0 || year % 400 === 0);
  const days = (monthLengths[month - 1] ?? 0) + (month === 2 && leaps ? 1 : 0);
  return day >= 1 && day <= days && hour < 24 && minute < 60 && seconds < 60;
};

/** Whether the serial at `at` is a minimal INTEGER of at most 20 octets. */
const isSerial = (bytes: Uint8Array, at: number): boolean => {
  const length = bytes[at + 1] ?? 0;
  const first = bytes[at + 2] ?? 0;
  const second = bytes[at + 3] ?? 0;
  if (bytes[at] !== tags.integer || length === 0 || length > maxSerialOctets) return false;
  if (length === maxSerialOctets && first !== 0) return false;
  return length === 1 || !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
};

/** Octets of a whole reasonCode and of a whole invalidityDate, neither of them critical. */
const reasonOctets = 12;
const invalidityOctets = 26;

const isReason = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 1] === reasonOctets - 2 &&
  bytes[at + 7] === tags.octetString &&
  bytes[at + 8] === 3 &&
  bytes[at + 9] === tags.enumerated &&
  bytes[at + 10] === 1 &&
  reasonOfCode(bytes[at + 11]) !== undefined;

const isInvalidityDate = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 1] === invalidityOctets - 2 &&
  bytes[at + 7] === tags.octetString &&
  bytes[at + 8] === 17 &&
  bytes[at + 9] === tags.generalizedTime &&
  isTime(bytes, at + 9);

/** Whether the extensions from `at` to `end` are what most entries have: a reason, an invalidity date, or both. */
const isPlain = (bytes: Uint8Array, at: number, end: number): boolean => {
  if (bytes[at] !== tags.sequence || bytes[at + 1] !== end - at - 2 || end === at + 2) return false;
  let seen = 0;
  for (let next = at + 2; next < end; ) {
    const inArc =
      bytes[next] === tags.sequence &&
      bytes[next + 2] === tags.oid &&
      bytes[next + 3] === 3 &&
      bytes[next + 4] === 0x55 &&
      bytes[next + 5] === 0x1d;
    const id = inArc ? (bytes[next + 6] ?? 0) : 0;
    const whole = id === 0x15 ? reasonOctets : id === 0x18 ? invalidityOctets : 0;
    if (whole === 0 || id === seen || next + whole > end || end - at > 2 + reasonOctets + invalidityOctets) {
      return false;
    }
    if (id === 0x15 ? !isReason(bytes, next) : !isInvalidityDate(bytes, next)) return false;
    seen = id;
    next += whole;
  }
  return true;
};

const extensionsOf = (node: DerNode | undefined): Read<EntryValues> => {
  const list = extensionListOf(node);
  return E.isLeft(list) ? list : entryValuesOf(list.right);
};

// -------------------------------------------------------------------------------------
// all entries
// -------------------------------------------------------------------------------------

export interface ScannedEntries extends EntryIssuers {
  /** Where each entry begins, in the order of the list. */
  readonly offsets: Uint32Array;
  readonly unknownCritical?: string;
}

export interface EntryScan {
  /** Reads entries of about this many octets; true when the last one has been read. */
  readonly step: (octets: number) => Read<boolean>;
  readonly result: () => ScannedEntries;
}

/** The entries from `start` to `end` of the octets that the caller owns; `extensible` in version 2 alone. `own`: the list's issuer. */
export const entryScan = (
  bytes: Uint8Array,
  own: Name,
  { start, end, extensible }: { readonly start: number; readonly end: number; readonly extensible: boolean },
): EntryScan => {
  const offsets = new Uint32Array(Math.floor((end - start) / minEntryOctets));
  const issuers = issuerTable(own.normal);
  let count = 0;
  let at = start;
  let unknownCritical: string | undefined;
  let effort = 0;
  // Set by `header`: what an allocation for each entry would carry.
  let content = 0;

  const header = (limit: number): number => {
    const length = bytes[at + 1] ?? 0x80;
    content = at + 2;
    if (length < 0x80) return content + length > limit ? -1 : content + length;
    const read = readHeader(bytes, at, limit);
    if (E.isLeft(read)) return -1;
    content = read.right.content;
    return read.right.end;
  };

  const rareExtensions = (from: number, to: number): Read<void> => {
    const node = readDer(bytes.subarray(from, to), entryLimits);
    if (E.isLeft(node)) return refuse(`extensions of the entry at ${at}: ${node.left}`);
    const values = extensionsOf(node.right);
    if (E.isLeft(values)) return refuse(`entry at ${at}: ${values.left}`);
    unknownCritical ??= values.right.unknownCritical;
    const names = values.right.certificateIssuer;
    return names === undefined ? E.right(undefined) : issuers.begin(at, names);
  };

  const entry = (): string | undefined => {
    const entryEnd = bytes[at] === tags.sequence ? header(end) : -1;
    if (entryEnd < 0) return `entry at ${at}`;
    if (entryEnd - content < 18 || !isSerial(bytes, content)) return `serial number of the entry at ${at}`;
    const time = content + 2 + (bytes[content + 1] ?? 0);
    const timeEnd = time + 2 + (bytes[time + 1] ?? 0);
    if (timeEnd > entryEnd || !isTime(bytes, time)) return `revocation date of the entry at ${at}`;
    if (timeEnd < entryEnd) {
      if (!extensible) return `extensions of an entry in version 1 at ${at}`;
      if (!isPlain(bytes, timeEnd, entryEnd)) {
        effort += rareEffort + 8 * (entryEnd - timeEnd);
        const rare = rareExtensions(timeEnd, entryEnd);
        if (E.isLeft(rare)) return rare.left;
      }
    }
    offsets[count] = at;
    count += 1;
    at = entryEnd;
    return undefined;
  };

  return {
    step: (octets) => {
      effort = 0;
      for (const from = at; at < end && at - from + effort < octets; ) {
        const problem = entry();
        if (problem !== undefined) return refuse(problem);
      }
      return E.right(at >= end);
    },
    result: () => ({
      offsets: offsets.subarray(0, count),
      numbers: issuers.numbers,
      runs: issuers.runs,
      ...(unknownCritical === undefined ? {} : { unknownCritical }),
    }),
  };
};

const timeAt = (bytes: Uint8Array, at: number): number => {
  const general = bytes[at] === tags.generalizedTime;
  const first = digitsAt(bytes, at + 2);
  const rest = general ? at + 6 : at + 4;
  const year = general ? first * 100 + digitsAt(bytes, at + 4) : first < 50 ? 2000 + first : 1900 + first;
  const part = (index: number): number => digitsAt(bytes, rest + 2 * index);
  return Date.UTC(year, part(0) - 1, part(1), part(2), part(3), part(4));
};

/** Of extensions that `isPlain` has seen. */
const plainEntry = (bytes: Uint8Array, revokedAt: number, at: number, end: number): CrlEntry => {
  let reason: RevocationReason = 'unspecified';
  let invalidityDate: number | undefined;
  for (let next = at + 2; next < end; next += 2 + (bytes[next + 1] ?? 0)) {
    if (bytes[next + 6] === 0x15) reason = reasonOfCode(bytes[next + 11]) ?? 'unspecified';
    else invalidityDate = timeAt(bytes, next + 9);
  }
  return invalidityDate === undefined ? { revokedAt, reason } : { revokedAt, reason, invalidityDate };
};

const rareEntry = (bytes: Uint8Array, revokedAt: number, at: number, end: number): CrlEntry | undefined => {
  const node = readDer(bytes.subarray(at, end), entryLimits);
  const values = E.isLeft(node) ? node : extensionsOf(node.right);
  if (E.isLeft(values)) return undefined;
  const { reason, invalidityDate } = values.right;
  return invalidityDate === undefined ? { revokedAt, reason } : { revokedAt, reason, invalidityDate };
};

/** What the entry at an offset that the scan gave says. Undefined where there is none. */
export const crlEntryAt = (bytes: Uint8Array, offset: number): CrlEntry | undefined => {
  const header = readHeader(bytes, offset, bytes.length);
  if (E.isLeft(header)) return undefined;
  const { content, end } = header.right;
  const time = content + 2 + (bytes[content + 1] ?? 0);
  const extensions = time + 2 + (bytes[time + 1] ?? 0);
  const revokedAt = timeAt(bytes, time);
  if (extensions === end) return { revokedAt, reason: 'unspecified' };
  return isPlain(bytes, extensions, end)
    ? plainEntry(bytes, revokedAt, extensions, end)
    : rareEntry(bytes, revokedAt, extensions, end);
};
