/**
 * Revocation lists that evidence rests on: kept once, by the SHA-256 of their DER, however many cards they speak of.
 *
 * @packageDocumentation
 */
import type { RevocationProof } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { RegisterError } from '../errors.js';
import type { EvidenceStore } from '../ports/evidence-store.js';
import { publicEvidence } from '../ports/evidence-store.js';
import { fromBase64, toBase64InTurns } from './bytes.js';
import type { Recent } from './recent.js';
import { fromStoreFault } from './streams.js';

/** What keeping lists takes. `kept` remembers which ones this register has put, since a list may have 20 MB. */
export interface ListPorts {
  readonly evidence: EvidenceStore;
  readonly kept: Recent<true>;
}

/** Puts the lists that are not there yet; durable when it answers. */
export const keepLists = async (
  { evidence, kept }: ListPorts,
  lists: ReadonlyArray<RevocationProof>,
): Promise<E.Either<RegisterError, void>> => {
  for (const { fingerprint, der } of lists) {
    if (kept.get(fingerprint) === true) continue;
    const put = await evidence.put(fingerprint, publicEvidence, await toBase64InTurns(der))();
    if (E.isLeft(put)) return E.left(fromStoreFault(put.left));
    kept.put(fingerprint, true);
  }
  return E.right(undefined);
};

/**
 * The lists of these hashes that are there. That each is the one of its hash is for `verifyEvidence` to say, which computes
 * it anew.
 */
export const findLists = async (
  { evidence }: Pick<ListPorts, 'evidence'>,
  hashes: ReadonlyArray<string>,
): Promise<E.Either<RegisterError, ReadonlyMap<string, Uint8Array>>> => {
  const lists = new Map<string, Uint8Array>();
  for (const hash of new Set(hashes)) {
    const found = await evidence.get(hash)();
    if (E.isLeft(found)) return E.left(fromStoreFault(found.left));
    if (found.right?.subject !== publicEvidence) continue;
    const der = octetsOf(found.right.sealed);
    if (der !== undefined) lists.set(hash, der);
  }
  return E.right(lists);
};

/** What somebody else wrote there may be no base64: then there is no list. */
const octetsOf = (text: string): Uint8Array | undefined =>
  E.toUnion(
    E.tryCatch(
      () => fromBase64(text),
      () => undefined,
    ),
  );
