/** What was once answered about revocation, asked again: nobody is reached, only what was kept is judged. */
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { toHex } from '../bytes.js';
import type { Certificate } from '../certificate.js';
import { sha256 } from '../crypto/digest.js';
import { decodeCertificate } from '../decode.js';
import { type CertificateError, certificateError } from '../errors.js';
import type { TrustStore } from '../path/trust-store.js';
import { type Ask, worstOfAll } from './answers.js';
import type { CrlContext } from './crl/context.js';
import type { Crl } from './crl/crl.js';
import { decodeCrl } from './crl/decode.js';
import { crlStatus } from './crl/status.js';
import type { CrlSource } from './material.js';
import { judgeOcsp } from './ocsp/judge.js';
import type { OcspTerms } from './ocsp/terms.js';
import type { RevocationProof, RevocationQuestion, RevocationSource } from './source.js';

/** Under which terms the answers were believed, where they were not the default ones. */
export interface KeptTerms {
  readonly crl?: Omit<CrlContext, 'trust' | 'extra'>;
  readonly ocsp?: Omit<OcspTerms, 'cache' | 'nonce'>;
}

/** What was kept of one certificate. */
export interface KeptProofs {
  /** SHA-256 of the certificate, lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly proofs: ReadonlyArray<RevocationProof>;
}

/** A proof is what it is called: whoever kept it beside others finds it by its hash. */
const isNamed = async ({ fingerprint, der }: RevocationProof): Promise<boolean> =>
  toHex(await sha256(der)) === fingerprint;

/** All that was kept, read once. */
interface Kept {
  readonly lists: ReadonlyArray<Crl>;
  readonly signers: ReadonlyArray<Certificate>;
  readonly answers: ReadonlyMap<string, ReadonlyArray<Uint8Array>>;
}

const decoded = async (
  kept: ReadonlyArray<KeptProofs>,
  trust: TrustStore,
): Promise<E.Either<CertificateError, Kept>> => {
  const lists = new Map<string, Crl>();
  const signers: Certificate[] = [];
  const answers = new Map<string, ReadonlyArray<Uint8Array>>();
  for (const { fingerprint, proofs } of kept) {
    answers.set(
      fingerprint,
      proofs.filter(({ kind }) => kind === 'ocsp').map(({ der }) => der),
    );
    for (const proof of proofs) {
      const { kind, der, fingerprint: name } = proof;
      // A list is shared by many answers: it is read once.
      if (lists.has(name)) continue;
      if (!(await isNamed(proof))) {
        return E.left(certificateError('EVIDENCE_MALFORMED', `${kind} of another hash`));
      }
      if (kind === 'crl') {
        const list = await decodeCrl(der)();
        if (E.isLeft(list)) return list;
        lists.set(name, list.right);
      }
      if (kind === 'certificate') {
        const signer = await decodeCertificate(der, trust.cache)();
        if (E.isLeft(signer)) return signer;
        signers.push(signer.right);
      }
    }
  }
  return E.right({ lists: [...lists.values()], signers, answers });
};

/**
 * A source that answers from what was kept, and from nothing else: CRLs of all the answers together, OCSP answers of the
 * certificate that is asked about, and the worst of them wins (`worstOfAll`). The nonce of an OCSP request is not kept; that
 * the answer was fresh then follows from its times.
 *
 * Errors: `EVIDENCE_MALFORMED` where a proof has not the hash that it is called by, `EVIDENCE_INCOMPLETE` where nothing was
 * kept of a certificate; the `CRL_…` and `OCSP_…` codes.
 */
export const keptRevocation = async (
  proofs: ReadonlyArray<KeptProofs>,
  trust: TrustStore,
  terms: KeptTerms = {},
): Promise<E.Either<CertificateError, RevocationSource>> => {
  const read = await decoded(proofs, trust);
  if (E.isLeft(read)) return read;
  const { lists, signers, answers } = read.right;
  const crls: CrlSource = {
    find: ({ issuer }) => TE.right(lists.filter((list) => list.issuer.normal === issuer.normal)),
  };
  const byLists: RevocationSource = {
    status: (question) => crlStatus(question, crls, { ...terms.crl, trust, extra: signers }),
  };

  const asksOf = (question: RevocationQuestion): ReadonlyArray<Ask> => {
    const judgement = { responderRevocation: byLists, ...terms.ocsp, cache: trust.cache, question };
    const responses = answers.get(question.certificate.fingerprint) ?? [];
    return [
      ...responses.map((response) => judgeOcsp({ ...judgement, response, nonce: 'optional' })),
      ...(lists.length === 0 ? [] : [byLists.status(question)]),
    ];
  };
  return E.right({
    status: (question) => async () => {
      const asks = asksOf(question);
      const { fingerprint } = question.certificate;
      return asks.length === 0
        ? E.left(certificateError('EVIDENCE_INCOMPLETE', `nothing kept of ${fingerprint.slice(0, 16)}`))
        : worstOfAll(asks);
    },
  });
};
