import * as E from 'fp-ts/lib/Either.js';
import type { Certificate } from '../certificate.js';
import { historicAlgorithms } from '../crypto/algorithms.js';
import { type CertificateError, certificateError } from '../errors.js';
import { checkSignature } from '../path/signature.js';
import type { TrustedIssuer, TrustStore } from '../path/trust-store.js';

/**
 * The issuer that a certificate claims, among those of the trust store: by name and key identifier together.
 * Without a key identifier only a name that is unique there will do: three generations of MOICA share one.
 */
export const issuerOf = (
  certificate: Certificate,
  trust: TrustStore,
): E.Either<CertificateError, TrustedIssuer> => {
  const named = trust.issuers.filter((i) => i.certificate.subject.normal === certificate.issuer.normal);
  const found =
    certificate.aki === undefined ? named : named.filter((i) => i.certificate.ski === certificate.aki);
  const [issuer] = found;
  return issuer !== undefined && found.length === 1
    ? E.right(issuer)
    : E.left(
        certificateError(
          'ISSUER_UNKNOWN',
          `${found.length} known issuers match ${certificate.fingerprint.slice(0, 16)}`,
        ),
      );
};

/**
 * The refusal of a certificate with the CA that issued it, where one of the trust store's issuers did: told by its key
 * and not by a name, which anybody can write. A card of before 2014 is signed with SHA-1, and its holder is helped by the
 * same desk.
 */
export const namingCa = async (
  error: CertificateError,
  certificate: Certificate,
  trust: TrustStore,
): Promise<CertificateError> => {
  const issuer = issuerOf(certificate, trust);
  if (E.isLeft(issuer)) return error;
  const { ca, certificate: authority } = issuer.right;
  const signed = await checkSignature(certificate, authority, historicAlgorithms, trust.cache);
  return E.isRight(signed) ? { ...error, ca } : error;
};
