import * as E from 'fp-ts/lib/Either.js';
import type { Certificate } from '../certificate.js';
import { type CertificateError, certificateError } from '../errors.js';
import { frozen } from '../immutable.js';
import { nameTypes, nameValues } from '../name.js';
import type { TrustStore } from '../path/trust-store.js';
import { issuerOf } from './issuer.js';
import { type Ca, gpkiAttributes, type SubjectType, subjectTypeOf } from './oids.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What the certificate's own text says (docs/gpki.md 3, 4; checklist X-3), whoever issued it. */
export interface SubjectFacts {
  readonly subjectType: SubjectType;
  /** Empty when the certificate does not say. */
  readonly subjectTypeOid: string;
  readonly commonName?: string;
  readonly organisationName?: string;
  /** The name to show: a person's name, or organisation and units joined by spaces. */
  readonly displayName: string;
  /** For a citizen a pseudonym given by the CA (16 digits), never the national ID; for a company its number. */
  readonly subjectSerialNumber?: string;
  /** Text of the issuer's name, as `Name.text`. With `serial` it is the key of a certificate (checklist X-2). */
  readonly issuerName: string;
  /** Upper-case hexadecimal without leading zeros. */
  readonly serial: string;
  readonly cardRank?: 'primary' | 'secondary' | 'mobile';
  /** The last four characters of the national ID or resident number: all that a citizen certificate shows. */
  readonly last4?: string;
  /** Eight digits. */
  readonly businessNumber?: string;
  readonly organisationOid?: string;
  readonly policies: ReadonlyArray<string>;
  readonly use: 'sign' | 'encrypt' | 'both' | 'other';
  /** ISO 8601, UTC, milliseconds. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly fingerprint: string;
}

/** Subject facts together with who issued the certificate. */
export interface GpkiFacts extends SubjectFacts {
  readonly ca: Ca;
  readonly generation: string;
}

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

const invalid = (detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError('SUBJECT_FACTS_INVALID', detail));

/** The one value of an attribute. Two values, or the attribute twice, would let a reader choose. */
const singleAttribute = (
  certificate: Certificate,
  type: string,
): E.Either<CertificateError, string | undefined> => {
  const values = certificate.directoryAttributes.filter((a) => a.type === type).flatMap((a) => a.values);
  return values.length > 1 ? invalid(`${values.length} values of ${type}`) : E.right(values[0]);
};

const matching = (
  certificate: Certificate,
  type: string,
  pattern: RegExp,
): E.Either<CertificateError, string | undefined> => {
  const value = singleAttribute(certificate, type);
  return E.isRight(value) && value.right !== undefined && !pattern.test(value.right)
    ? invalid(`form of ${type}`)
    : value;
};

const useOf = ({ keyUsage }: Certificate): SubjectFacts['use'] => {
  const signs = keyUsage?.has('digitalSignature') === true;
  const encrypts = keyUsage?.has('keyEncipherment') === true || keyUsage?.has('dataEncipherment') === true;
  if (signs) return encrypts ? 'both' : 'sign';
  return encrypts ? 'encrypt' : 'other';
};

const isRank = (text: string | undefined): text is 'primary' | 'secondary' | 'mobile' =>
  text === 'primary' || text === 'secondary' || text === 'mobile';

const oidPattern = /^[012](\.(0|[1-9]\d*))+$/;

/** A record never changes, and neither does what it says. */
const known = new WeakMap<Certificate, E.Either<CertificateError, SubjectFacts>>();

/**
 * Reads what a GPKI certificate says of its subject, without asking who issued it. For showing a certificate;
 * decisions need `gpkiFacts` and a verification.
 *
 * Errors: `SUBJECT_FACTS_INVALID` when an attribute has two values or a form that its definition does not allow,
 * or when a company's number in the attributes differs from the one in its name.
 */
export const subjectFacts = (certificate: Certificate): E.Either<CertificateError, SubjectFacts> => {
  const before = known.get(certificate);
  if (before !== undefined) return before;
  const facts = frozen(readFacts(certificate));
  known.set(certificate, facts);
  return facts;
};

const readFacts = (certificate: Certificate): E.Either<CertificateError, SubjectFacts> => {
  const type = matching(certificate, gpkiAttributes.subjectType, oidPattern);
  if (E.isLeft(type)) return type;
  const rank = singleAttribute(certificate, gpkiAttributes.cardRank);
  if (E.isLeft(rank)) return rank;
  const last4 = matching(certificate, gpkiAttributes.last4, /^[0-9A-Z]{4}$/);
  if (E.isLeft(last4)) return last4;
  const businessNumber = matching(certificate, gpkiAttributes.businessNumber, /^\d{8}$/);
  if (E.isLeft(businessNumber)) return businessNumber;
  const organisationOid = matching(certificate, gpkiAttributes.organisationOid, oidPattern);
  if (E.isLeft(organisationOid)) return organisationOid;

  const { subject } = certificate;
  const [commonName] = nameValues(subject, nameTypes.commonName);
  const [organisationName] = nameValues(subject, nameTypes.organisation);
  const [subjectSerialNumber] = nameValues(subject, nameTypes.serialNumber);
  if (
    businessNumber.right !== undefined &&
    subjectSerialNumber !== undefined &&
    businessNumber.right !== subjectSerialNumber
  ) {
    return invalid('business number differs from the serial number of the subject');
  }
  const units = nameValues(subject, nameTypes.organisationalUnit);
  const organisation = [...nameValues(subject, nameTypes.organisation), ...units].join(' ');
  const subjectTypeOid = type.right ?? '';

  return E.right({
    subjectType: subjectTypeOf(subjectTypeOid),
    subjectTypeOid,
    ...(commonName === undefined ? {} : { commonName }),
    ...(organisationName === undefined ? {} : { organisationName }),
    displayName: commonName ?? (organisation === '' ? subject.text : organisation),
    ...(subjectSerialNumber === undefined ? {} : { subjectSerialNumber }),
    issuerName: certificate.issuer.text,
    serial: certificate.serialNumber,
    ...(isRank(rank.right) ? { cardRank: rank.right } : {}),
    ...(last4.right === undefined ? {} : { last4: last4.right }),
    ...(businessNumber.right === undefined ? {} : { businessNumber: businessNumber.right }),
    ...(organisationOid.right === undefined ? {} : { organisationOid: organisationOid.right }),
    policies: certificate.policies,
    use: useOf(certificate),
    notBefore: new Date(certificate.notBefore).toISOString(),
    notAfter: new Date(certificate.notAfter).toISOString(),
    fingerprint: certificate.fingerprint,
  });
};

/**
 * Subject facts with the CA and the generation, found among the issuers of the trust store by name and key
 * identifier. It tells who *claims* to have issued; that the key really signed is `verifyPath`'s answer.
 *
 * Errors: `ISSUER_UNKNOWN`, `SUBJECT_FACTS_INVALID`.
 */
export const gpkiFacts = (
  certificate: Certificate,
  trust: TrustStore,
): E.Either<CertificateError, GpkiFacts> => {
  const issuer = issuerOf(certificate, trust);
  if (E.isLeft(issuer)) return issuer;
  const facts = subjectFacts(certificate);
  if (E.isLeft(facts)) return facts;
  return E.right({ ...facts.right, ca: issuer.right.ca, generation: issuer.right.generation });
};
