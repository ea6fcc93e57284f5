/**
 * Who may answer (RFC 6960 4.2.2.2): the CA whose key signed the certificate, or whom this very key has named for it.
 * Never any other CA that is trusted for something else. A responder that a portal would configure by hand is not
 * foreseen: the GPKI's are named by their CAs.
 */
import * as E from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../../bytes.js';
import type { Certificate } from '../../../certificate.js';
import { certificateCache } from '../../../certificate-cache.js';
import { type AlgorithmPolicy, standardAlgorithms } from '../../../crypto/algorithms.js';
import { type CertificateError, certificateError } from '../../../errors.js';
import { verifyPath } from '../../../path/verify-path.js';
import type { RevocationQuestion } from '../../source.js';
import { keyHash } from '../cert-id.js';
import { type OcspResponse, ocspOids, type ResponderId } from '../response.js';
import type { OcspTerms } from '../terms.js';

const notTrusted = (detail: string): CertificateError =>
  certificateError('OCSP_RESPONDER_NOT_TRUSTED', detail);

const sameKey = (a: Certificate, b: Certificate): boolean =>
  equalBytes(a.publicKeyInfo.der, b.publicKeyInfo.der);

const isNamedBy = async (id: ResponderId, certificate: Certificate): Promise<boolean> =>
  id.by === 'name'
    ? id.name.normal === certificate.subject.normal
    : // KeyHash is SHA-1 by definition (RFC 6960 4.2.1), and only finds the certificate.
      equalBytes(id.hash, await keyHash('SHA-1', certificate.publicKeyInfo));

/**
 * The certificate that the answer says it is from: one that was sent along, or the issuer, which need not be sent.
 * Two different ones of that name are refused, since only one can have signed.
 */
export const responderOf = async (
  { responderId, certificates }: OcspResponse,
  { issuer }: RevocationQuestion,
): Promise<E.Either<CertificateError, Certificate>> => {
  const named: Certificate[] = [];
  for (const certificate of certificates) {
    const known = named.some(({ fingerprint }) => fingerprint === certificate.fingerprint);
    if (!known && (await isNamedBy(responderId, certificate))) named.push(certificate);
  }
  const [responder, second] = named;
  if (second !== undefined)
    return E.left(notTrusted(`${named.length} certificates claim to be the responder`));
  if (responder !== undefined) return E.right(sameKey(responder, issuer) ? issuer : responder);
  return (await isNamedBy(responderId, issuer))
    ? E.right(issuer)
    : E.left(notTrusted('no certificate of the responder'));
};

// -------------------------------------------------------------------------------------
// a responder that the issuer has named
// -------------------------------------------------------------------------------------

/** A key that vouches for its own certificate vouches for nothing. */
const selfFault = (responder: Certificate, { certificate }: RevocationQuestion): string | undefined =>
  sameKey(responder, certificate) ? 'the certificate answers for itself' : undefined;

/** id-kp-OCSPSigning by name: anyExtendedKeyUsage is not enough (RFC 6960 4.2.2.2). */
const purposeFault = ({ extKeyUsage }: Certificate): string | undefined =>
  extKeyUsage?.includes(ocspOids.signing) === true ? undefined : 'not named for OCSP by extended key usage';

const keyUsageFault = ({ keyUsage }: Certificate): string | undefined =>
  keyUsage === undefined || keyUsage.has('digitalSignature')
    ? undefined
    : 'key usage has no digitalSignature';

/** Valid when it signed, too: `verifyPath` asks about the time of the question. */
const signedInTimeFault = (
  { notBefore, notAfter }: Certificate,
  { producedAt }: OcspResponse,
): string | undefined =>
  notBefore <= producedAt && producedAt <= notAfter ? undefined : 'not valid when it signed';

/** Directly under the issuer: a path whose anchor is the issuer, with no other certificate to lead through. */
const pathFault = async (
  responder: Certificate,
  { issuer, at }: RevocationQuestion,
  algorithms: AlgorithmPolicy,
  { cache = certificateCache({ maxEntries: 0 }) }: OcspTerms,
): Promise<string | undefined> => {
  const trust = { anchors: [issuer], issuers: [], links: [], cache };
  const purposes = [ocspOids.signing];
  // An anchor's limits are not read from its certificate, so that they are told here.
  const names = issuer.nameConstraints === undefined ? {} : { names: issuer.nameConstraints };
  const path = await verifyPath({ certificate: responder, trust, at, algorithms, purposes, ...names })();
  return E.isLeft(path) ? `${path.left.code} ${path.left.detail}` : undefined;
};

/** Whether this responder may answer for the issuer; the issuer itself always may. */
export const responderFault = async (
  responder: Certificate,
  response: OcspResponse,
  question: RevocationQuestion,
  terms: OcspTerms,
): Promise<CertificateError | undefined> => {
  // Not asked for digitalSignature: RFC 6960 does not, and CA certificates of the GPKI's second generation have none.
  if (sameKey(responder, question.issuer)) return undefined;
  const fault =
    selfFault(responder, question) ??
    purposeFault(responder) ??
    keyUsageFault(responder) ??
    signedInTimeFault(responder, response) ??
    (await pathFault(responder, question, terms.algorithms ?? standardAlgorithms, terms));
  return fault === undefined ? undefined : notTrusted(fault);
};
