/** One entry of revokedCertificates (RFC 5280 5.1.2.6, 5.3), read where it stands: nearly all have one shape, and need no node. */
import type { RevocationReason } from '../general-name.js';
import type { CrlEntry } from '../revocation/crl/crl.js';
import { type EntryValues, entryValuesOf, reasonOfCode } from './crl-extensions.js';
import { extensionListOf } from './extension-list.js';
import { E, type Read } from './read.js';
import { readDer, readHeader, tags } from './reader.js';

/** A certificate of 20 octets of serial may need one more for the sign. */
const maxSerialOctets = 21;

const entryLimits = { maxBytes: 8192, maxDepth: 12, maxNodes: 400 };

// -------------------------------------------------------------------------------------
// of the shape that nearly all have; no allocation
// -------------------------------------------------------------------------------------

const digitsAt = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
};

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the element at `at` is a time in the form of RFC 5280 4.1.2.5, of a day and hour that exist. */
export const isTime = (bytes: Uint8Array, at: number): boolean => {
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
export const isSerial = (bytes: Uint8Array, at: number): boolean => {
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
export const isPlain = (bytes: Uint8Array, at: number, end: number): boolean => {
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

// -------------------------------------------------------------------------------------
// of any shape
// -------------------------------------------------------------------------------------

/** The extensions from `at` to `end`, through the gate. */
export const rareValuesOf = (bytes: Uint8Array, at: number, end: number): Read<EntryValues> => {
  const node = readDer(bytes.subarray(at, end), entryLimits);
  if (E.isLeft(node)) return node;
  const list = extensionListOf(node.right);
  return E.isLeft(list) ? list : entryValuesOf(list.right);
};

// -------------------------------------------------------------------------------------
// what it says
// -------------------------------------------------------------------------------------

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
  const values = rareValuesOf(bytes, at, end);
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
