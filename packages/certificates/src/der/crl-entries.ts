/**
 * The scan of revokedCertificates (RFC 5280 5.1.2.6): as strict as the gate, without a node for each of 412,000
 * entries. It runs in steps, so that whoever reads a large list can let others work in between.
 */
import type { Name } from '../name.js';
import { isPlain, isSerial, isTime, rareValuesOf } from './crl-entry.js';
import { type EntryIssuers, issuerTable } from './crl-issuers.js';
import { E, type Read, refuse } from './read.js';
import { readHeader, tags } from './reader.js';

/** The smallest entry: its header, a serial of one octet, a UTCTime. */
const minEntryOctets = 20;

/** What an entry that goes through the gate costs more than one that does not, in octets of the scan; its names cost more still. */
const rareEffort = 1500;

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
    const values = rareValuesOf(bytes, from, to);
    if (E.isLeft(values)) return refuse(`extensions of the entry at ${at}: ${values.left}`);
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
