/**
 * PKCS #15 directories as HiCOS cards have them (PKCS #15 v1.1 6.1, 6.3, 6.6): which certificates lie where, and which
 * key belongs to which. Hints of a stranger: each number is held to its limits, and what cannot be read is passed over.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { asciiOf, hexOf } from '../apdu/octets.js';
import { elementValue, nestedValue, readTlvs } from '../apdu/tlv.js';

/** A certificate by the CDF: its identifier, and where it begins. */
export interface CertificatePlace {
  /** Hexadecimal. */
  readonly id: string;
  readonly offset: number;
}

/** A key by the PrKDF. */
export interface KeyEntry {
  readonly id: string;
  /** 0 to 255. */
  readonly reference: number;
}

/** No card has more. */
const maxEntries = 16;

const sequence = 0x30;

/** A small non-negative INTEGER. */
const numberOf = (octets: Uint8Array | undefined, most: number): number | undefined => {
  if (octets === undefined || octets.length === 0 || octets.length > 4 || (octets[0] ?? 0x80) > 0x7f)
    return undefined;
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return value <= most ? value : undefined;
};

/** Entries of a directory: elements up to the filler, or as many as can be read. */
const entriesOf = (directory: Uint8Array): ReadonlyArray<Uint8Array> => {
  const entries = readTlvs(directory);
  return E.isLeft(entries)
    ? []
    : entries.right
        .filter(({ tag }) => tag === sequence)
        .slice(0, maxEntries)
        .map(({ value }) => value);
};

/** The second SEQUENCE of an object: the attributes of its class, with its identifier. */
const classAttributes = (entry: Uint8Array): Uint8Array | undefined => {
  const parts = readTlvs(entry);
  return E.isLeft(parts) ? undefined : parts.right.filter(({ tag }) => tag === sequence)[1]?.value;
};

const idOf = (attributes: Uint8Array | undefined): string | undefined => {
  const id = attributes === undefined ? undefined : elementValue(attributes, 0x04);
  return id === undefined ? undefined : hexOf(id);
};

/** Identifiers of the certificates of CAs that a card carries along; they are not the holder's. */
const issuerIds: ReadonlyArray<string> = ['CACert', 'ROOTCACert'];

const isIssuers = (id: string): boolean =>
  issuerIds.includes(
    asciiOf(Uint8Array.from(id.match(/../g) ?? [], (two) => Number.parseInt(two, 16))) ?? '',
  );

/** The holder's certificates in a CDF. */
export const certificatePlaces = (cdf: Uint8Array): ReadonlyArray<CertificatePlace> =>
  entriesOf(cdf).flatMap((entry) => {
    const id = idOf(classAttributes(entry));
    const path = nestedValue(entry, 0xa1, sequence, sequence);
    const offset = path === undefined ? undefined : numberOf(elementValue(path, 0x02), 0x7fff);
    return id === undefined || offset === undefined || isIssuers(id) ? [] : [{ id, offset }];
  });

/** The keys in a PrKDF. */
export const keyEntries = (prkdf: Uint8Array): ReadonlyArray<KeyEntry> =>
  entriesOf(prkdf).flatMap((entry) => {
    const attributes = classAttributes(entry);
    const id = idOf(attributes);
    const reference = attributes === undefined ? undefined : numberOf(elementValue(attributes, 0x02), 0xff);
    return id === undefined || reference === undefined ? [] : [{ id, reference }];
  });

/** Whether a directory has been read up to its filler: there is no more to come. */
export const isComplete = (directory: Uint8Array): boolean => {
  const entries = readTlvs(directory);
  if (E.isLeft(entries)) return false;
  const last = entries.right.at(-1)?.value;
  const end = last === undefined ? 0 : last.byteOffset - directory.byteOffset + last.length;
  return end < directory.length;
};
