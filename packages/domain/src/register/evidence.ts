/**
 * Evidence of a card's use: kept sealed by its hash, before the events that name it (docs/architecture.md 4).
 *
 * @packageDocumentation
 */
import type { Evidence } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { invalidInput, type RegisterError, registerError } from '../errors.js';
import { Hex64 } from '../events/hex.js';
import type { Sha256 } from '../ports/clock.js';
import { type EvidenceStore, publicEvidence } from '../ports/evidence-store.js';
import type { KeyVault } from '../ports/key-vault.js';
import { canonicalJson } from './canonical.js';
import { EvidenceBundle, listsOf, type NewEvidence, toEvidence } from './evidence-bundle.js';
import { findLists, keepLists, type ListPorts } from './evidence-lists.js';
import { parseJson } from './json.js';
import { fromStoreFault } from './streams.js';
import { fromVaultFault } from './vault-faults.js';

/** The hash by which events name a bundle. */
export const evidenceHash = (sha256: Sha256, bundle: EvidenceBundle): string => sha256(canonicalJson(bundle));

/** The associated data that the bundle of a hash is sealed with. */
export const evidenceContext = (hash: string): string => `evidence/${hash}`;

/** Puts the lists that a bundle names, then seals and puts the bundle; answers its hash, by which events name it. */
export const keepEvidence = async (
  ports: ListPorts & { readonly vault: KeyVault; readonly sha256: Sha256 },
  subject: string,
  { bundle, lists }: NewEvidence,
): Promise<E.Either<RegisterError, string>> => {
  const shared = await keepLists(ports, lists);
  if (E.isLeft(shared)) return shared;
  const text = canonicalJson(bundle);
  const hash = ports.sha256(text);
  const sealed = await ports.vault.seal(subject, evidenceContext(hash), text)();
  if (E.isLeft(sealed)) {
    return E.left(fromVaultFault(sealed.left));
  }
  const put = await ports.evidence.put(hash, subject, sealed.right)();
  return E.isLeft(put) ? E.left(fromStoreFault(put.left)) : E.right(hash);
};

interface EvidencePorts {
  readonly vault: KeyVault;
  readonly evidence: EvidenceStore;
  readonly sha256: Sha256;
}

/** What became of a bundle that an event names. */
export type FoundBundle =
  | { readonly _tag: 'Bundle'; readonly bundle: EvidenceBundle }
  /** The person was forgotten; that there was evidence, and its hash, remain. */
  | { readonly _tag: 'Forgotten' }
  | { readonly _tag: 'Missing' };

/** Reads a bundle back and checks that it has the hash by which it is asked for; `INVALID_INPUT` where that is none. */
export const findBundle = async (
  ports: EvidencePorts,
  hash: string,
): Promise<E.Either<RegisterError, FoundBundle>> => {
  if (!Hex64.is(hash)) return E.left(invalidInput([{ path: 'hash', code: 'WRONG_TYPE' }]));
  const kept = await ports.evidence.get(hash)();
  if (E.isLeft(kept)) return E.left(fromStoreFault(kept.left));
  // A list is kept beside the bundles and is none.
  if (kept.right === undefined || kept.right.subject === publicEvidence) return E.right({ _tag: 'Missing' });
  const opened = await ports.vault.open(kept.right.subject, evidenceContext(hash), kept.right.sealed)();
  if (E.isLeft(opened)) {
    return E.left(fromVaultFault(opened.left));
  }
  if (opened.right === undefined) return E.right({ _tag: 'Forgotten' });
  if (ports.sha256(opened.right) !== hash) {
    return E.left(registerError('STORE_CORRUPT', { detail: `evidence ${hash} has another hash` }));
  }
  const bundle = EvidenceBundle.decode(parseJson(opened.right));
  return E.isLeft(bundle)
    ? E.left(registerError('STORE_CORRUPT', { detail: `evidence ${hash} does not decode` }))
    : E.right({ _tag: 'Bundle', bundle: bundle.right });
};

/** What became of evidence that an event names; `evidence` is what `verifyEvidence` of `@mandate/certificates` takes. */
export type FoundEvidence =
  | { readonly _tag: 'Bundle'; readonly bundle: EvidenceBundle; readonly evidence: Evidence }
  | Exclude<FoundBundle, { readonly _tag: 'Bundle' }>;

/** The same with the lists that the bundle names. */
export const findEvidence = async (
  ports: EvidencePorts,
  hash: string,
): Promise<E.Either<RegisterError, FoundEvidence>> => {
  const found = await findBundle(ports, hash);
  if (E.isLeft(found)) return found;
  if (found.right._tag !== 'Bundle') return E.right(found.right);
  const { bundle } = found.right;
  const lists = await findLists(ports, listsOf(bundle));
  return E.isLeft(lists)
    ? lists
    : E.right({ _tag: 'Bundle', bundle, evidence: toEvidence(bundle, lists.right) });
};
