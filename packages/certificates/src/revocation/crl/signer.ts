/** Whose key signed a list, and whether that key may speak for the certificate's issuer (RFC 5280 6.3.3 (f), (g)). */
import * as E from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../bytes.js';
import { type Certificate, isSelfIssued } from '../../certificate.js';
import { standardAlgorithms } from '../../crypto/algorithms.js';
import { type CertificateError, certificateError } from '../../errors.js';
import { pathBudget } from '../../path/request.js';
import { verifyPath } from '../../path/verify-path.js';
import type { RevocationProof, RevocationQuestion } from '../source.js';
import type { Judging } from './context.js';
import type { Crl } from './crl.js';
import { algorithmFault, isSignedBy, keyFault } from './signature.js';

export interface Signer {
  readonly certificate: Certificate;
  /** What shows that it may sign, beside the certificate's own path. */
  readonly proofs: ReadonlyArray<RevocationProof>;
}

type Judged = E.Either<CertificateError, Signer>;

const notTrusted = (detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError('CRL_SIGNER_NOT_TRUSTED', detail));

const isSame = (a: Certificate, b: Certificate): boolean => a.fingerprint === b.fingerprint;

/** Key identifiers are equal where both sides have one. */
const mayBeKeyOf = (list: Crl, certificate: Certificate): boolean =>
  list.aki === undefined || certificate.ski === undefined || list.aki === certificate.ski;

/** A signer that says what its key is for must say cRLSign. An anchor is a name and a key: the rest is not judged. */
const maySignLists = (certificate: Certificate, anchor: Certificate): boolean =>
  isSame(certificate, anchor) || certificate.keyUsage === undefined || certificate.keyUsage.has('cRLSign');

// -------------------------------------------------------------------------------------
// the issuer's own key
// -------------------------------------------------------------------------------------

const byIssuer = async (list: Crl, question: RevocationQuestion, judging: Judging): Promise<Judged> => {
  const { issuer, anchor } = question;
  const weak = keyFault(issuer.publicKeyInfo, judging.context.algorithms ?? standardAlgorithms);
  if (weak !== undefined) return E.left(weak);
  if (!(await isSignedBy(list, issuer.publicKeyInfo))) {
    return mayBeKeyOf(list, issuer)
      ? E.left(certificateError('CRL_SIGNATURE_INVALID', list.fingerprint.slice(0, 16)))
      : notTrusted(`signed by key ${list.aki}`);
  }
  return maySignLists(issuer, anchor)
    ? E.right({ certificate: issuer, proofs: [] })
    : notTrusted('the issuer may not sign lists');
};

// -------------------------------------------------------------------------------------
// another key
// -------------------------------------------------------------------------------------

/** Signers of signers of signers: nobody honest goes further. */
const maxDepth = 3;

/** Certificates of the list's issuer that are at hand, beside the issuer itself. */
const candidatesFor = (list: Crl, question: RevocationQuestion, judging: Judging) => {
  const { trust, extra = [] } = judging.context;
  const pool = [
    question.anchor,
    question.certificate,
    ...trust.issuers.map(({ certificate }) => certificate),
    ...trust.links,
    ...extra,
  ];
  const fitting = pool.filter(
    (one) =>
      one.subject.normal === list.issuer.normal && mayBeKeyOf(list, one) && !isSame(one, question.issuer),
  );
  return [...new Map(fitting.map((one) => [one.fingerprint, one])).values()];
};

/**
 * Whether the certificate's issuer wanted this signer. It did when it named it in the certificate, and when its own key
 * certified a key for lists and nothing else. A list of the same name by the key of *another CA certificate* counts only
 * where one list speaks for all keys of a name: the generations of MOICA have one name and a list each.
 */
const isWanted = (
  signer: Certificate,
  path: ReadonlyArray<Certificate>,
  question: RevocationQuestion,
  named: boolean,
  judging: Judging,
): boolean => {
  if (named || judging.context.signers === 'issuerName') return true;
  const certifiedBy = path[1];
  return (
    !isSame(signer, question.certificate) &&
    isSelfIssued(signer) &&
    signer.keyUsage?.has('cRLSign') === true &&
    !signer.keyUsage.has('keyCertSign') &&
    certifiedBy !== undefined &&
    equalBytes(certifiedBy.publicKeyInfo.der, question.issuer.publicKeyInfo.der)
  );
};

const pathOf = async (
  signer: Certificate,
  question: RevocationQuestion,
  judging: Judging,
): Promise<E.Either<CertificateError, ReadonlyArray<Certificate>>> => {
  const { anchor, issuer, at } = question;
  if (isSame(signer, anchor)) return E.right([anchor]);
  const { trust, extra = [], algorithms } = judging.context;
  const path = await verifyPath({
    certificate: signer,
    extra: [issuer, ...extra].slice(0, pathBudget.extra),
    trust: { ...trust, anchors: [anchor] },
    at,
    ...(algorithms === undefined ? {} : { algorithms }),
  })();
  return E.isLeft(path) ? notTrusted(`path of the signer: ${path.left.code} ${path.left.detail}`) : path;
};

/**
 * Whether the way to the signer leads through the certificate that is asked about. A CA that was revoked, and whose key a
 * thief has, could otherwise make itself a publisher who calls it good.
 */
const isBelow = (path: ReadonlyArray<Certificate>, certificate: Certificate): boolean =>
  path.slice(1).some((one) => equalBytes(one.publicKeyInfo.der, certificate.publicKeyInfo.der));

const certificateProof = ({ der, fingerprint }: Certificate): RevocationProof => ({
  kind: 'certificate',
  fingerprint,
  der,
});

/**
 * Whether everybody on the signer's path is in good standing. Those on the path of the certificate itself are asked about
 * there. A signer that the certificate's issuer appointed may speak of itself: nobody else does.
 */
const standing = async (
  path: ReadonlyArray<Certificate>,
  question: RevocationQuestion,
  judging: Judging,
): Promise<E.Either<CertificateError, ReadonlyArray<RevocationProof>>> => {
  const proofs: RevocationProof[] = [];
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    if (isSame(certificate, question.issuer) || isSame(certificate, question.certificate)) continue;
    proofs.push(certificateProof(certificate));
    if (issuer === undefined || judging.depth >= maxDepth) return notTrusted('signers of signers');
    const deeper = { ...judging, depth: judging.depth + 1 };
    const answer = await judging.ask({ ...question, certificate, issuer }, deeper);
    if (E.isLeft(answer)) {
      return notTrusted(`revocation of the signer: ${answer.left.code} ${answer.left.detail}`);
    }
    if (answer.right.status !== 'good') return notTrusted(`the signer is ${answer.right.status}`);
    proofs.push(...(answer.right.proofs ?? []));
  }
  return E.right(proofs);
};

const byOther = async (
  signer: Certificate,
  question: RevocationQuestion,
  named: boolean,
  judging: Judging,
): Promise<Judged> => {
  if (!maySignLists(signer, question.anchor)) return notTrusted('the signer may not sign lists');
  const path = await pathOf(signer, question, judging);
  if (E.isLeft(path)) return path;
  if (isBelow(path.right, question.certificate)) return notTrusted('certified by whom it speaks of');
  if (!isWanted(signer, path.right, question, named, judging)) {
    return notTrusted(`signed by another key of the name: ${signer.fingerprint.slice(0, 16)}`);
  }
  const proofs = await standing(path.right, question, judging);
  return E.isLeft(proofs) ? proofs : E.right({ certificate: signer, proofs: proofs.right });
};

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

/** Signatures of lists that one question may cost, those of signers' own lists included. */
const maxSignatures = 48;

/**
 * Who signed the list, when that may be believed: the issuer's own key, or another certificate of the list's issuer whose
 * path leads to the same anchor and which is not revoked itself. `named`: the certificate names this CRL issuer.
 */
export const signerOf = async (
  list: Crl,
  question: RevocationQuestion,
  named: boolean,
  judging: Judging,
): Promise<Judged> => {
  const policy = judging.context.algorithms ?? standardAlgorithms;
  const fault = algorithmFault(list, policy);
  if (fault !== undefined) return E.left(fault);
  const isOwn = list.issuer.normal === question.issuer.subject.normal;
  const own = isOwn ? await byIssuer(list, question, judging) : notTrusted('no certificate of the signer');
  if (E.isRight(own) || own.left.code === 'CRL_ALGORITHM_NOT_ACCEPTED') return own;
  let refused: Judged = own;
  for (const signer of candidatesFor(list, question, judging)) {
    judging.spent.signatures += 1;
    if (judging.spent.signatures > maxSignatures) return notTrusted(`more than ${maxSignatures} signatures`);
    const weak = keyFault(signer.publicKeyInfo, policy);
    if (weak !== undefined) {
      refused = E.left(weak);
      continue;
    }
    if (!(await isSignedBy(list, signer.publicKeyInfo))) continue;
    const other = await byOther(signer, question, named, judging);
    if (E.isRight(other)) return other;
    refused = other;
  }
  return refused;
};
