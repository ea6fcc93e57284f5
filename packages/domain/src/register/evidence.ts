/**
 * Evidence of a card's use: kept sealed by its hash, before the events that name it (docs/architecture.md 4).
 *
 * @packageDocumentation
 */
import type { RevocationAnswer } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { invalidInput, type RegisterError, registerError } from '../errors.js';
import { Hex64 } from '../events/hex.js';
import type { Sha256 } from '../ports/clock.js';
import type { EvidenceStore } from '../ports/evidence-store.js';
import type { KeyVault } from '../ports/key-vault.js';
import { t } from '../schema.js';
import { toBase64 } from './bytes.js';
import { canonicalJson } from './canonical.js';
import { parseJson } from './json.js';
import { fromStoreFault } from './streams.js';
import { fromVaultFault } from './vault-faults.js';

/** What proved it. Bytes are base64; times ISO, UTC. */
export const EvidenceBundle = t.strict({
  format: t.literal('mandate-evidence/1'),
  /** `answer`: a challenge was signed; `reading`: a certificate was read without a PIN. */
  kind: t.keyof({ answer: null, reading: null }),
  verifiedAt: t.string,
  /** The challenge's text, `null` for a reading. */
  challenge: t.union([t.string, t.null]),
  /** The CMS SignedData, `null` for a reading. */
  cms: t.union([t.string, t.null]),
  /** DER certificates from the card's to the anchor's. */
  path: t.readonlyArray(t.string),
  revocation: t.readonlyArray(
    t.strict({
      status: t.string,
      at: t.string,
      source: t.string,
      proof: t.union([t.string, t.null]),
    }),
  ),
});
export type EvidenceBundle = t.TypeOf<typeof EvidenceBundle>;

const isoOf = (at: unknown): string => (at instanceof Date ? at.toISOString() : String(at));

/** Makes a bundle from what was verified. */
export const toBundle = (input: {
  readonly kind: EvidenceBundle['kind'];
  readonly verifiedAt: string;
  readonly challenge: string | null;
  readonly cms: Uint8Array | null;
  readonly path: ReadonlyArray<{ readonly der: Uint8Array }>;
  readonly revocation: ReadonlyArray<RevocationAnswer>;
}): EvidenceBundle => ({
  format: 'mandate-evidence/1',
  kind: input.kind,
  verifiedAt: input.verifiedAt,
  challenge: input.challenge,
  cms: input.cms === null ? null : toBase64(input.cms),
  path: input.path.map((certificate) => toBase64(certificate.der)),
  revocation: input.revocation.map((answer) => ({
    status: answer.status,
    at: isoOf(answer.at),
    source: answer.source,
    proof: answer.proofs?.[0] === undefined ? null : toBase64(answer.proofs[0].der),
  })),
});

/** The hash by which events name a bundle. */
export const evidenceHash = (sha256: Sha256, bundle: EvidenceBundle): string => sha256(canonicalJson(bundle));

const context = (hash: string): string => `evidence/${hash}`;

/** Seals and puts a bundle; answers its hash, by which events name it. */
export const keepEvidence = async (
  ports: { readonly vault: KeyVault; readonly evidence: EvidenceStore; readonly sha256: Sha256 },
  subject: string,
  bundle: EvidenceBundle,
): Promise<E.Either<RegisterError, string>> => {
  const text = canonicalJson(bundle);
  const hash = ports.sha256(text);
  const sealed = await ports.vault.seal(subject, context(hash), text)();
  if (E.isLeft(sealed)) {
    return E.left(fromVaultFault(sealed.left));
  }
  const put = await ports.evidence.put(hash, subject, sealed.right)();
  return E.isLeft(put) ? E.left(fromStoreFault(put.left)) : E.right(hash);
};

/** What became of evidence that an event names. */
export type FoundEvidence =
  | { readonly _tag: 'Bundle'; readonly bundle: EvidenceBundle }
  /** The person was forgotten; that there was evidence, and its hash, remain. */
  | { readonly _tag: 'Forgotten' }
  | { readonly _tag: 'Missing' };

/** Reads a bundle back and checks that it has the hash by which it is asked for; `INVALID_INPUT` where that is none. */
export const findEvidence = async (
  ports: { readonly vault: KeyVault; readonly evidence: EvidenceStore; readonly sha256: Sha256 },
  hash: string,
): Promise<E.Either<RegisterError, FoundEvidence>> => {
  if (!Hex64.is(hash)) return E.left(invalidInput([{ path: 'hash', code: 'WRONG_TYPE' }]));
  const kept = await ports.evidence.get(hash)();
  if (E.isLeft(kept)) return E.left(fromStoreFault(kept.left));
  if (kept.right === undefined) return E.right({ _tag: 'Missing' });
  const opened = await ports.vault.open(kept.right.subject, context(hash), kept.right.sealed)();
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
