/**
 * Which key of a T7S card belongs to a certificate: by its public half, never by order.
 *
 * @packageDocumentation
 */

import * as E from 'fp-ts/lib/Either.js';
import { exchange } from '../apdu/exchange.js';
import { equalOctets, joined } from '../apdu/octets.js';
import type { CardSession } from '../transport/transport.js';
import type { Outcome } from './driver.js';
import { hicosFiles, readDirectory } from './hicos-certificates.js';
import { type HicosDialect, selectFile } from './hicos-files.js';
import { keyEntries } from './pkcs15.js';

/** References seen on cards, for one whose PrKDF cannot be read. */
const usualReferences: ReadonlyArray<number> = [0x01, 0x05, 0x11];
const maxCandidates = 8;

const recordLength = 0x81;

/** A record of the public key file: its number, then 128 octets. */
const publicKeyRecord = async (
  session: CardSession,
  { cla }: HicosDialect,
  record: number,
): Outcome<Uint8Array | undefined> => {
  const answered = await exchange(session, { cla, ins: 0xb2, p1: record, p2: 0, le: recordLength });
  if (E.isLeft(answered)) return answered;
  const { data, status } = answered.right;
  return E.right(
    status.kind === 'ok' && data.length === recordLength && data[0] === record ? data.subarray(1) : undefined,
  );
};

/** 32-bit words in reverse order. */
const reversedWords = (octets: Uint8Array): Uint8Array => {
  const words: Uint8Array[] = [];
  for (let at = octets.length - 4; at >= 0; at -= 4) words.push(octets.subarray(at, at + 4));
  return joined(...words);
};

/** The modulus of the key with this reference: two records, 32-bit words in reverse order. */
const modulusOfKey = async (
  session: CardSession,
  dialect: HicosDialect,
  reference: number,
): Outcome<Uint8Array | undefined> => {
  const halves: Uint8Array[] = [];
  for (const record of [reference + 2, reference + 3]) {
    const half = record > 0xff ? E.right(undefined) : await publicKeyRecord(session, dialect, record);
    if (E.isLeft(half)) return half;
    if (half.right === undefined) return E.right(undefined);
    halves.push(half.right);
  }
  return E.right(reversedWords(joined(...halves)));
};

/** Candidates of the PrKDF, the one that shares the certificate's identifier first. */
const candidates = (prkdf: Uint8Array | undefined, id: string | undefined): ReadonlyArray<number> => {
  const told = prkdf === undefined ? [] : keyEntries(prkdf);
  const own = told.filter((entry) => entry.id === id);
  const others = told.filter((entry) => entry.id !== id);
  const references = [...own, ...others].map(({ reference }) => reference);
  return [...new Set([...references, ...usualReferences])].slice(0, maxCandidates);
};

/** The reference of the private key whose public half has this modulus; `undefined` where no key on the card has it. */
export const keyReferenceOf = async (
  session: CardSession,
  dialect: HicosDialect,
  modulus: Uint8Array,
  id: string | undefined,
): Outcome<number | undefined> => {
  const prkdf = await readDirectory(session, dialect, hicosFiles.privateKeyDirectory);
  if (E.isLeft(prkdf) && prkdf.left.code !== 'CARD_FAULT') return prkdf;
  // It is read while the card looks for the file.
  const selecting = selectFile(session, dialect, ...hicosFiles.publicKeys);
  const references = candidates(E.isLeft(prkdf) ? undefined : prkdf.right, id);
  const selected = await selecting;
  if (E.isLeft(selected)) return selected;
  for (const reference of references) {
    const found = await modulusOfKey(session, dialect, reference);
    if (E.isLeft(found)) return found;
    if (found.right !== undefined && equalOctets(found.right, modulus)) return E.right(reference);
  }
  return E.right(undefined);
};
