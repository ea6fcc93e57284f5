/** Whether a list speaks of a certificate, and of which reasons (RFC 5280 6.3.3 (b), (d)). */
import { equalBytes } from '../../bytes.js';
import type { Certificate } from '../../certificate.js';
import { allReasons } from '../../der/distribution-points.js';
import { type CertificateError, certificateError } from '../../errors.js';
import type { DistributionPoint, GeneralName, PointName, ReasonFlag } from '../../general-name.js';
import { type Name, nameNormal } from '../../name.js';
import type { Crl } from './crl.js';

// -------------------------------------------------------------------------------------
// names of points
// -------------------------------------------------------------------------------------

/** A name by which a point is compared: of a directory by its normal form, as a relative name is appended to one. */
type Comparable =
  | Exclude<GeneralName, { readonly type: 'directory' }>
  | { type: 'directory'; normal: string };

const comparable = (name: GeneralName): Comparable =>
  name.type === 'directory' ? { type: 'directory', normal: name.name.normal } : name;

/** Full names, or the one that a relative name makes with the name of the CRL's issuer. */
const namesOf = (name: PointName, issuer: Name): ReadonlyArray<Comparable> => [
  ...(name.fullName ?? []).map(comparable),
  ...(name.relativeName === undefined
    ? []
    : [{ type: 'directory', normal: nameNormal([...issuer.rdns, name.relativeName]) } as const]),
];

const sameName = (a: Comparable, b: Comparable): boolean => {
  switch (a.type) {
    case 'directory':
      return b.type === 'directory' && a.normal === b.normal;
    case 'ip':
      return b.type === 'ip' && equalBytes(a.octets, b.octets);
    case 'registeredId':
      return b.type === 'registeredId' && a.oid === b.oid;
    case 'other':
      return b.type === 'other' && a.number === b.number && equalBytes(a.der, b.der);
    default:
      return a.type === b.type && a.value === b.value;
  }
};

const directoryNames = (names: ReadonlyArray<GeneralName>): ReadonlyArray<Name> =>
  names.flatMap((name) => (name.type === 'directory' ? [name.name] : []));

/** Whose lists a point leads to: those of the CRL issuer that it names, or of the certificate's own issuer. */
export const issuersOfPoint = (point: DistributionPoint, certificate: Certificate): ReadonlyArray<Name> =>
  point.crlIssuer === undefined ? [certificate.issuer] : directoryNames(point.crlIssuer);

/** Names by which a list may call this point. A point without a name is called by its CRL issuer. */
const namesOfPoint = (point: DistributionPoint, certificate: Certificate): ReadonlyArray<Comparable> => {
  if (point.name === undefined) return (point.crlIssuer ?? []).map(comparable);
  const [issuer, another] = issuersOfPoint(point, certificate);
  // RFC 5280 4.2.1.13: a name relative to several issuers is relative to none.
  if (issuer === undefined || another !== undefined) {
    return (point.name.fullName ?? []).map(comparable);
  }
  return namesOf(point.name, issuer);
};

// -------------------------------------------------------------------------------------
// scope
// -------------------------------------------------------------------------------------

const outOfScope = (detail: string): CertificateError => certificateError('CRL_OUT_OF_SCOPE', detail);

/** The issuer of the list is whom the point names, and says so when it is not the certificate's own. */
const issuerFault = (list: Crl, point: DistributionPoint, certificate: Certificate) => {
  const fits = issuersOfPoint(point, certificate).some((name) => name.normal === list.issuer.normal);
  if (!fits) return certificateError('CRL_ISSUER_MISMATCH', 'another issuer');
  return point.crlIssuer !== undefined && list.issuingPoint?.indirect !== true
    ? outOfScope('not announced as indirect')
    : undefined;
};

/** The kind of certificate. An attribute certificate is never asked about here. */
const kindFault = (list: Crl, certificate: Certificate): CertificateError | undefined => {
  const scope = list.issuingPoint;
  const isCa = certificate.basicConstraints?.ca === true;
  if (scope?.onlyAttributeCertificates === true) return outOfScope('attribute certificates alone');
  if (scope?.onlyUserCertificates === true && isCa) return outOfScope('end certificates alone');
  return scope?.onlyCaCertificates === true && !isCa ? outOfScope('CA certificates alone') : undefined;
};

const pointFault = (list: Crl, point: DistributionPoint, certificate: Certificate) => {
  const name = list.issuingPoint?.name;
  if (name === undefined) return undefined;
  const called = namesOf(name, list.issuer);
  const wanted = namesOfPoint(point, certificate);
  return called.some((a) => wanted.some((b) => sameName(a, b))) ? undefined : outOfScope('another point');
};

/** Why the list does not speak of the certificate at this point. */
export const scopeFault = (
  list: Crl,
  point: DistributionPoint,
  certificate: Certificate,
): CertificateError | undefined =>
  issuerFault(list, point, certificate) ??
  kindFault(list, certificate) ??
  pointFault(list, point, certificate);

/** The reasons that the list answers for at this point: those that both the list and the point name. */
export const reasonsOf = (list: Crl, point: DistributionPoint): ReadonlySet<ReasonFlag> => {
  const { onlySomeReasons = allReasons } = list.issuingPoint ?? {};
  return new Set([...onlySomeReasons].filter((reason) => (point.reasons ?? allReasons).has(reason)));
};

/**
 * The points of a certificate in its order, and after them whatever else its issuer publishes: a point named by the
 * issuer (RFC 5280 6.3.3, the last paragraph).
 */
export const pointsOf = (certificate: Certificate): ReadonlyArray<DistributionPoint> => [
  ...certificate.crlPoints,
  { name: { fullName: [{ type: 'directory', name: certificate.issuer }] } },
];
