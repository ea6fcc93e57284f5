/**
 * Whether what a CA issued is what was asked for. A card is written with nothing else.
 *
 * @packageDocumentation
 */
import {
  type Certificate,
  decodeCertificate,
  extensionOids,
  type GpkiFacts,
  gpkiFacts,
  type TrustStore,
  verifyPath,
} from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, type RegisterErrorCode, registerError } from '../../errors.js';
import { fromCertificateError } from '../../register/identify.js';
import { fromEpochMs, type RocDate, taipeiDate } from '../../values/index.js';
import { type ReadCard, sameOctets } from './card.js';

const sameValue = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : sameOctets(a, b);

const extension = ({ extensions }: Certificate, oid: string): Uint8Array | undefined =>
  extensions.find((one) => one.oid === oid)?.value;

const sameHolder = (before: ReadCard, after: ReadCard): boolean =>
  before.certificate.subject.normal === after.certificate.subject.normal &&
  before.facts.subjectType === after.facts.subjectType &&
  before.facts.last4 === after.facts.last4 &&
  [extensionOids.subjectAltName].every((oid) =>
    sameValue(extension(before.certificate, oid), extension(after.certificate, oid)),
  );

const usages = ({ keyUsage }: Certificate): string => [...(keyUsage ?? [])].sort().join();

const sameUse = (before: Certificate, after: Certificate): boolean =>
  usages(before) === usages(after) && before.basicConstraints?.ca === after.basicConstraints?.ca;

const day = (epochMs: number): RocDate => taipeiDate(fromEpochMs(epochMs));

/** 憑證展期有效期間: the beginning unchanged, the end as the arithmetic has it, both as days (MOICA-6). */
const lastsRightly = (before: Certificate, after: Certificate, until: RocDate): boolean =>
  day(after.notBefore) === day(before.notBefore) && day(after.notAfter) === until;

const faultOf = (before: ReadCard, after: ReadCard, until: RocDate): RegisterErrorCode | undefined => {
  const [old, issued] = [before.certificate, after.certificate];
  if (!sameOctets(old.publicKeyInfo.der, issued.publicKeyInfo.der)) return 'RENEWAL_ISSUED_OTHER_KEY';
  if (!sameHolder(before, after)) return 'RENEWAL_ISSUED_OTHER_SUBJECT';
  if (before.facts.ca !== after.facts.ca) return 'ISSUER_NOT_ACCEPTED';
  if (!lastsRightly(old, issued, until)) return 'RENEWAL_ISSUED_OTHER_VALIDITY';
  if (!sameUse(old, issued)) return 'RENEWAL_ISSUED_OTHER_USE';
  return before.facts.serial === after.facts.serial ? 'RENEWAL_ISSUED_SAME_SERIAL' : undefined;
};

/** The certificate before it, and the last day that the one after it shall have. */
export interface Asked {
  readonly before: ReadCard;
  readonly until: RocDate;
}

/**
 * Reads what came: a path to a pinned anchor today, the same key, holder and use, the validity that the window gives, another
 * serial.
 *
 * Errors: those of reading and path; `RENEWAL_ISSUED_…`; `ISSUER_NOT_ACCEPTED`.
 */
export const readIssued = async (
  der: Uint8Array,
  { before, until }: Asked,
  trust: TrustStore,
  now: Date,
): Promise<E.Either<RegisterError, GpkiFacts>> => {
  const decoded = await decodeCertificate(der, trust.cache)();
  if (E.isLeft(decoded)) return E.left(fromCertificateError(decoded.left));
  const certificate = decoded.right;
  const facts = gpkiFacts(certificate, trust);
  if (E.isLeft(facts)) return E.left(fromCertificateError(facts.left));
  const fault = faultOf(before, { certificate, facts: facts.right }, until);
  if (fault !== undefined) return E.left(registerError(fault, { ca: before.facts.ca }));
  const path = await verifyPath({ certificate, trust, at: now })();
  return E.isLeft(path) ? E.left(fromCertificateError(path.left)) : facts;
};
