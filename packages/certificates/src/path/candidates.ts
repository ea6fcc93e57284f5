/** Whose certificate may have signed another one, and which to try first. */
import { equalBytes } from '../bytes.js';
import type { Certificate } from '../certificate.js';

/** Name equal, and key identifiers equal where both sides have one: several keys share a name in the GPKI. */
export const mayHaveIssued = (issuer: Certificate, certificate: Certificate): boolean =>
  issuer.subject.normal === certificate.issuer.normal &&
  (certificate.aki === undefined || issuer.ski === undefined || certificate.aki === issuer.ski);

/** One name with one key is one issuer, however many certificates it has: going through it twice is a circle. */
const sameEntity = (a: Certificate, b: Certificate): boolean =>
  a.subject.normal === b.subject.normal && equalBytes(a.publicKeyInfo.der, b.publicKeyInfo.der);

/** authorityCertIssuer and authorityCertSerialNumber name this very certificate (RFC 5280 4.2.1.1). */
const isNamedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  certificate.akiIssuer?.serialNumber === issuer.serialNumber &&
  certificate.akiIssuer.names.some(
    (name) => name.type === 'directory' && name.name.normal === issuer.issuer.normal,
  );

/** What speaks for a candidate. It is advice for the order alone: signature and rules decide. */
const promise = (issuer: Certificate, certificate: Certificate, at: number): number =>
  (issuer.ski !== undefined && issuer.ski === certificate.aki ? 4 : 0) +
  (isNamedBy(certificate, issuer) ? 2 : 0) +
  (issuer.notBefore <= at && at <= issuer.notAfter + 999 ? 1 : 0);

/** The certificates of the pool that may have signed the last of the chain, the likeliest first, without circles. */
export const candidatesFor = (
  chain: ReadonlyArray<Certificate>,
  last: Certificate,
  pool: ReadonlyArray<Certificate>,
  at: number,
): ReadonlyArray<Certificate> => {
  const found = pool.filter(
    (issuer) => mayHaveIssued(issuer, last) && !chain.some((passed) => sameEntity(passed, issuer)),
  );
  return found.length < 2
    ? found
    : found
        .map((issuer) => ({ issuer, promise: promise(issuer, last, at) }))
        .sort((a, b) => b.promise - a.promise)
        .map(({ issuer }) => issuer);
};
