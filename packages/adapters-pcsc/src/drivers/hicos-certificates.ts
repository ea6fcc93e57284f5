/**
 * The holder's certificates on a HiCOS card: all lie in one file, 5030/08F2, and the CDF says where each begins.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { CardSession } from '../transport/transport.js';
import type { Outcome } from './driver.js';
import { type HicosDialect, readFrom, selectFile } from './hicos-files.js';
import { type CertificatePlace, certificatePlaces, isComplete } from './pkcs15.js';

export const hicosFiles = {
  keys: ['5030', '0810'],
  publicKeys: ['5030', '0811'],
  certificates: ['5030', '08F2'],
  privateKeyDirectory: ['5030', '4100'],
  certificateDirectory: ['5030', '4104'],
  cardNumber: ['0900', '0903'],
  version: ['0900', '0905'],
} as const;

const maxDirectory = 4_096;
/** As large as a certificate may be: 16 KiB, as `decodeCertificate` has it. */
const maxCertificate = 16_384;

/** Where certificates lie on cards that were seen: signing, then encryption. For a card whose CDF cannot be read. */
const usualPlaces: ReadonlyArray<CertificatePlace> = [
  { id: '', offset: 0x0000 },
  { id: '', offset: 0x0700 },
];

export interface PlacedCertificate extends CertificatePlace {
  readonly der: Uint8Array;
}

/** A directory file, up to its filler. */
export const readDirectory = async (
  session: CardSession,
  dialect: HicosDialect,
  path: ReadonlyArray<string>,
): Outcome<Uint8Array> => {
  const selected = await selectFile(session, dialect, ...path);
  if (E.isLeft(selected)) return selected;
  return readFrom(session, dialect, 0, maxDirectory, (octets) =>
    isComplete(octets) ? octets.length : Number.POSITIVE_INFINITY,
  );
};

/** The whole length of a DER SEQUENCE by its first octets, `undefined` where these are none. */
const wholeLength = (octets: Uint8Array): number | undefined => {
  const [tag, first, second, third] = octets;
  if (tag !== 0x30 || first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  if (first === 0x81 && second !== undefined) return 3 + second;
  return first === 0x82 && second !== undefined && third !== undefined ? 4 + second * 256 + third : undefined;
};

/** The certificate that begins at an offset of the selected file, as long as it says itself. */
const certificateAt = async (
  session: CardSession,
  dialect: HicosDialect,
  offset: number,
): Outcome<Uint8Array | undefined> => {
  const read = await readFrom(session, dialect, offset, maxCertificate, (octets) => wholeLength(octets) ?? 0);
  if (E.isLeft(read)) return read.left.code === 'CARD_FAULT' ? E.right(undefined) : read;
  const length = wholeLength(read.right);
  return E.right(
    length === undefined || length > read.right.length ? undefined : read.right.slice(0, length),
  );
};

/** Certificates with their identifiers; one that is not where the CDF says is passed over. */
export const hicosCertificates = async (
  session: CardSession,
  dialect: HicosDialect,
): Outcome<ReadonlyArray<PlacedCertificate>> => {
  const cdf = await readDirectory(session, dialect, hicosFiles.certificateDirectory);
  if (E.isLeft(cdf) && cdf.left.code !== 'CARD_FAULT') return cdf;
  // It is read while the card looks for the file.
  const selecting = selectFile(session, dialect, ...hicosFiles.certificates);
  const told = E.isLeft(cdf) ? [] : certificatePlaces(cdf.right);
  const selected = await selecting;
  if (E.isLeft(selected)) return selected;
  const placed: PlacedCertificate[] = [];
  for (const place of told.length === 0 ? usualPlaces : told) {
    const der = await certificateAt(session, dialect, place.offset);
    if (E.isLeft(der)) return der;
    if (der.right !== undefined) placed.push({ ...place, der: der.right });
  }
  return E.right(placed);
};
