/**
 * The values of the domain, each with its checksum and its normal form, and the way in for what a caller sends.
 *
 * @packageDocumentation
 */
export { AgencyCode, type AgencyCodeBrand } from './agency-code.js';
export {
  BusinessNumber,
  type BusinessNumberBrand,
  type BusinessNumberRule,
  businessNumberRule,
} from './business-number.js';
export { CardNumber, type CardNumberBrand } from './card-number.js';
export {
  CertificateSerial,
  type CertificateSerialBrand,
  equals as serialEquals,
  TypedCertificateSerial,
  toPrinted,
} from './certificate-serial.js';
export { decodeValue, type ValueIssue } from './decode.js';
export { Email, type EmailBrand } from './email.js';
export { isValueErrorCode, type ValueErrorCode, valueErrors } from './errors.js';
export { GeneralAgencyCode, type GeneralAgencyCodeBrand } from './general-agency-code.js';
export { HealthCardNumber, type HealthCardNumberBrand } from './health-card-number.js';
export {
  FunctionCode,
  type FunctionCodeBrand,
  PortalId,
  type PortalIdBrand,
  Uuid,
  type UuidBrand,
} from './identifier.js';
export { fromEpochMs, Instant, type InstantBrand, toEpochMs } from './instant.js';
export { LabourNumber, type LabourNumberBrand } from './labour-number.js';
export { lineOfText } from './line.js';
export { maskPersonalId, maskPersonalIds } from './mask.js';
export { NationalId, type NationalIdBrand } from './national-id.js';
export { NhiUnitCode, type NhiUnitCodeBrand } from './nhi-unit-code.js';
export {
  arcs as oidArcs,
  equals as oidEquals,
  Oid,
  type OidBrand,
  startsWith as oidStartsWith,
} from './oid.js';
export { normalPersonName, PersonName, type PersonNameBrand } from './person-name.js';
export { last4, PersonalId } from './personal-id.js';
export {
  PhoneExtension,
  type PhoneExtensionBrand,
  printPhone,
  TaiwanPhone,
  type TaiwanPhoneBrand,
} from './phone.js';
export { ResidentNumber, type ResidentNumberBrand, residentNumberForm } from './resident-number.js';
export {
  endOfTaipeiDay,
  fromPlainDate,
  printRocDate,
  RocDate,
  type RocDateBrand,
  type RocDateForm,
  startOfTaipeiDay,
  taipeiDate,
  taipeiZone,
  toPlainDate,
} from './roc-date.js';
export {
  printRocDateTime,
  RocDateTime,
  type RocDateTimeBrand,
  rocDateTimeToInstant,
} from './roc-date-time.js';
export { type Shape, type Shaped, shaped, shapeOf } from './shape.js';
export {
  type Fields,
  list,
  literal,
  type StrictC,
  type StrictOf,
  type StrictOutput,
  strict,
  tagged,
} from './strict.js';
export { UnitCode, type UnitCodeBrand } from './unit-code.js';
