/**
 * `@mandate/certificates`: X.509 certificates, CMS answers and the profiles of Taiwan's GPKI, read and judged.
 * Pure: no clock, no network, no Node API; runs in Node and in browsers.
 */
export {
  type AlgorithmIdentifier,
  type Certificate,
  type DirectoryAttribute,
  type Extension,
  extensionOids,
  isSelfIssued,
  type KeyUsage,
  type NameConstraints,
  type PolicyMapping,
  type PublicKeyInfo,
} from './certificate.js';
export { type CertificateCache, certificateCache } from './certificate-cache.js';
export { type AlgorithmPolicy, historicAlgorithms, standardAlgorithms } from './crypto/algorithms.js';
export type { DigestName } from './crypto/digest.js';
export { decodeCertificate, decodeCertificates } from './decode.js';
export { type CertificateError, type CertificateErrorCode, certificateErrorCodes } from './errors.js';
export type {
  DistributionPoint,
  GeneralName,
  PointName,
  ReasonFlag,
  RevocationReason,
} from './general-name.js';
export { type CardCertificates, cardCertificates, signsForItsHolder } from './gpki/card-certificates.js';
export { type GpkiFacts, gpkiFacts, type SubjectFacts, subjectFacts } from './gpki/facts.js';
export { issuerOf } from './gpki/issuer.js';
export {
  type Ca,
  cas,
  gpkiAttributes,
  gpkiPolicies,
  issuersOfType,
  type SubjectType,
  subjectTypeOf,
  subjectTypeOids,
} from './gpki/oids.js';
export { type CertificateProfile, cardPurposes } from './gpki/profile.js';
export { type Name, type NameAttribute, nameTypes, nameValues } from './name.js';
export type { PathReport, ProvedPath, RefusedPath } from './path/path-report.js';
export { type PathDemands, type PathRequest, type PolicyDemands, pathBudget } from './path/request.js';
export { type TrustedIssuer, type TrustStore, type TrustStoreInput, trustStore } from './path/trust-store.js';
export { validatePath, verifyPath } from './path/verify-path.js';
export { type CheckResult, type Indication, indicationOf, type ValidationReport } from './report.js';
export { type CertificationRequest, decodeCertificationRequest } from './request/decode.js';
export { certificationRequest, renewalRequestInfo } from './request/renewal.js';
export {
  type RevocationOrder,
  type RevocationSourceOptions,
  revocationSource,
} from './revocation/combined-source.js';
export type { CrlContext } from './revocation/crl/context.js';
export type { Crl, CrlEntry, IssuingDistributionPoint } from './revocation/crl/crl.js';
export { type DecodeCrlOptions, decodeCrl } from './revocation/crl/decode.js';
export { crlStatus } from './revocation/crl/status.js';
export type { CrlQuery, CrlSource, MaterialFault, OcspTransport } from './revocation/material.js';
export { type MemoryRevocation, memoryRevocation, type RevocationEntry } from './revocation/memory.js';
export { decodeOcspResponse } from './revocation/ocsp/decode.js';
export { judgeOcsp, type OcspJudgement } from './revocation/ocsp/judge.js';
export { nonceOctets, type OcspRequestInput, ocspRequest } from './revocation/ocsp/request.js';
export type {
  CertId,
  OcspCertStatus,
  OcspResponse,
  ResponderId,
  SingleAnswer,
} from './revocation/ocsp/response.js';
export { type OcspContext, ocspStatus } from './revocation/ocsp/status.js';
export type { OcspTerms } from './revocation/ocsp/terms.js';
export {
  askRevocation,
  checkRevocation,
  type RevocationAnswer,
  type RevocationProof,
  type RevocationQuestion,
  type RevocationSource,
} from './revocation/source.js';
export type { SignerAttributes } from './signed-data/attributes.js';
export { buildSignedData, type OwnCrypto, type SignedDataRequest } from './signed-data/build.js';
export type { SignedDataAttributes } from './signed-data/build-attributes.js';
export { certificatesIn, certificatesOnly } from './signed-data/certificates-only.js';
export { couldBeSignedAttributes } from './signed-data/could-be-attributes.js';
export { type Evidence, evidenceOf, readingEvidenceOf } from './signed-data/evidence.js';
export { type VerifiedSignature, verifySignedData } from './signed-data/verify.js';
export {
  type EvidenceReport,
  type EvidenceTrust,
  type ProvedEvidence,
  type RefusedEvidence,
  verifyEvidence,
} from './signed-data/verify-evidence.js';
export {
  type CertificateReport,
  type ProvedCertificate,
  type RefusedCertificate,
  type VerificationTerms,
  type VerifiedCertificate,
  validateCertificate,
  verifyCertificate,
} from './verify-certificate.js';
