/**
 * `@mandate/certificates/test-pki`: a small GPKI for tests, examples and portals' own tests. Nothing it makes may
 * be trusted by a production register: its roots are new each time and its names say 測試用.
 */

export { extKeyUsageExtension } from '../der/encode-certificate.js';
export type { CrlEntrySpec, IssuingPointSpec, PointSpec } from '../der/encode-crl.js';
export type { ResponseDataSpec, SingleSpec } from '../der/ocsp-encode.js';
export type { AuthorityId } from './addresses.js';
export type { TestAuthority } from './authorities.js';
export type { CardRecord, CardSignOptions, SavedCard, TestCard } from './card.js';
export { endOfTaipeiDayAfterYears } from './dates.js';
export { makeKey, restoreKey, type SavedKey, type TestKey } from './keys.js';
export { type CertificateSpec, makeCertificate } from './make-certificate.js';
export { type CrlSpec, makeCrl } from './make-crl.js';
export {
  makeCertId,
  makeOcspResponse,
  noCheckExtension,
  nonceExtension,
  type OcspResponseSpec,
} from './make-ocsp-response.js';
export { makeSignedData, type Signer, type SignOptions } from './make-signed-data.js';
export type {
  AgencySpec,
  CitizenSpec,
  ReissueOptions,
  RenewOptions,
  SavedTestPki,
  TestPki,
  TestPkiOptions,
} from './model.js';
export type { Publications, PublishOptions } from './published.js';
export { publishedLists } from './published-lists.js';
export type { Defects, SubscriberIdentity } from './subscriber.js';
export { createTestPki } from './test-pki.js';
