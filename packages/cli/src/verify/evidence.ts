/**
 * Whether the evidence is there that events name, and is what was put: opened, where there is a vault, and compared with its
 * hash, and the revocation lists with theirs that it rests on.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import {
  EvidenceBundle,
  type EvidenceStore,
  evidenceContext,
  listsOf,
  publicEvidence,
  type Sha256,
  type StoredEvent,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, fromStoreFault } from '../fault.js';
import type { Found, Place } from './findings.js';
import type { SealedCheck } from './sealed.js';

type Kept = { readonly subject: string; readonly sealed: string };

export interface EvidenceCheck {
  readonly check: (event: StoredEvent) => Promise<CliFault | undefined>;
  /** How many pieces were named, one that is named twice counted twice. */
  readonly named: () => number;
}

// What events name again and again: the cards of one confirmation, the list of a CA.
const mostRemembered = 100_000;

/** True for what was asked about before, and not long ago. */
const remembered = () => {
  const seen = new Set<string>();
  return (hash: string): boolean => {
    if (seen.has(hash)) return true;
    if (seen.size >= mostRemembered) seen.clear();
    seen.add(hash);
    return false;
  };
};

/** The lists that a bundle names. A shape that this program does not know has the right hash, and is left alone. */
const listsIn = (text: string): ReadonlyArray<string> => {
  try {
    const bundle = EvidenceBundle.decode(JSON.parse(text));
    return E.isRight(bundle) ? listsOf(bundle.right) : [];
  } catch {
    return [];
  }
};

const sha256Of = (base64: string): string =>
  createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');

/** Makes an {@link EvidenceCheck}; without a store it only counts, without `sealed` it only looks what is there. */
export const createEvidenceCheck = (settings: {
  readonly store: EvidenceStore | undefined;
  readonly sealed: SealedCheck | undefined;
  readonly sha256: Sha256;
  readonly found: Found;
}): EvidenceCheck => {
  const { store, sealed, sha256, found } = settings;
  const wasLookedAt = remembered();
  let named = 0;

  /** What is kept by a hash; `undefined` where it is not there or cannot be read, which is told. */
  const keptBy = async (
    from: EvidenceStore,
    hash: string,
    what: string,
    at: Place,
  ): Promise<E.Either<CliFault, Kept | undefined>> => {
    const kept = await from.get(hash)();
    if (E.isRight(kept)) {
      if (kept.right === undefined) found('EVIDENCE_MISSING', at, `${what} ${hash}`);
      return kept;
    }
    if (kept.left.code !== 'STORE_CORRUPT') return E.left(fromStoreFault(kept.left));
    found('EVIDENCE_DAMAGED', at, `${what} ${hash}: ${kept.left.detail}`);
    return E.right(undefined);
  };

  const checkList = async (from: EvidenceStore, hash: string, at: Place): Promise<CliFault | undefined> => {
    if (wasLookedAt(hash)) return undefined;
    const kept = await keptBy(from, hash, 'revocation list', at);
    if (E.isLeft(kept)) return kept.left;
    const isIt =
      kept.right === undefined ||
      (kept.right.subject === publicEvidence && sha256Of(kept.right.sealed) === hash);
    if (!isIt) found('EVIDENCE_CHANGED', at, `revocation list ${hash} has another hash`);
    return undefined;
  };

  const checkBundle = async (from: EvidenceStore, hash: string, at: Place): Promise<CliFault | undefined> => {
    if (wasLookedAt(hash)) return undefined;
    const kept = await keptBy(from, hash, 'evidence', at);
    if (E.isLeft(kept)) return kept.left;
    if (kept.right === undefined || sealed === undefined) return undefined;
    const changed = (why: string): void => found('EVIDENCE_CHANGED', at, `evidence ${hash}: ${why}`);
    const { subject, sealed: text } = kept.right;
    if (subject === publicEvidence) {
      changed('it is not sealed');
      return undefined;
    }
    const opened = await sealed.open('evidence', at, { subject, aad: evidenceContext(hash), text }, changed);
    if (E.isLeft(opened)) return opened.left;
    if (opened.right === undefined) return undefined;
    if (sha256(opened.right) !== hash) {
      changed('it has another hash');
      return undefined;
    }
    for (const list of listsIn(opened.right)) {
      const fault = await checkList(from, list, at);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

  return {
    check: async ({ meta }) => {
      named += meta.evidence.length;
      if (store === undefined) return undefined;
      for (const hash of meta.evidence) {
        const fault = await checkBundle(store, hash, meta);
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
    named: () => named,
  };
};
