/**
 * What a verified certificate says, in the register's terms: credential, organisation, person.
 *
 * @packageDocumentation
 */
import type {
  CertificateError,
  CertificateProfile,
  GpkiFacts,
  RevocationSource,
  TrustStore,
  VerifiedCertificate,
} from '@mandate/certificates';
import { verifyCertificate } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { Organisation } from '../agency/organisation.js';
import { SeenCredential } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { RoleProfile } from '../policy/policy.js';
import type { IdentityMatch } from '../ports/identity-match.js';
import type { KeyVault } from '../ports/key-vault.js';
import { fromBase64 } from './bytes.js';
import { fromVaultFault } from './vault-faults.js';

/** What is needed to judge a certificate. */
export interface Judging {
  readonly trust: TrustStore;
  readonly revocation: RevocationSource;
  readonly vault: KeyVault;
  readonly identity?: IdentityMatch;
}

/** A certificate's refusal as the register's, with the CA whose helpdesk can help where it is known. */
export const fromCertificateError = (error: CertificateError): RegisterError =>
  registerError(error.code, { detail: error.detail, ca: error.ca });

/** A policy pack's profile as the certificates package takes it. */
export const toProfile = (profile: RoleProfile): CertificateProfile =>
  ({ ...profile, use: 'sign' }) as CertificateProfile;

/** The pseudonym of a card number; `null` where the card did not tell it. */
const cardPseudonym = async (
  vault: KeyVault,
  cardNumber: string | undefined,
): Promise<E.Either<RegisterError, string | null>> => {
  if (cardNumber === undefined) return E.right(null);
  const pseudonym = await vault.pseudonym('card', cardNumber)();
  return E.isLeft(pseudonym) ? E.left(fromVaultFault(pseudonym.left)) : pseudonym;
};

/** The pseudonym under which a person stands in events. */
export const personPseudonym = async (
  vault: Pick<KeyVault, 'pseudonym'>,
  nationalId: string,
): Promise<E.Either<RegisterError, string>> => {
  const pseudonym = await vault.pseudonym('person', nationalId)();
  return E.isLeft(pseudonym) ? E.left(fromVaultFault(pseudonym.left)) : pseudonym;
};

/** The credential that events will name. */
export const toCredential = async (
  vault: KeyVault,
  facts: GpkiFacts,
  proof: 'signed' | 'read',
  cardNumber: string | undefined,
): Promise<E.Either<RegisterError, SeenCredential>> => {
  const card = await cardPseudonym(vault, cardNumber);
  if (E.isLeft(card)) return card;
  const decoded = SeenCredential.decode({
    ca: facts.ca,
    serial: facts.serial,
    proof,
    generation: facts.generation,
    fingerprint: facts.fingerprint,
    subjectType: facts.subjectType,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    card: card.right,
  });
  return E.isLeft(decoded)
    ? E.left(
        registerError('SUBJECT_FACTS_INVALID', { ca: facts.ca, detail: 'facts do not make a credential' }),
      )
    : E.right(decoded.right);
};

/** How a certificate names its organisation: OID first, else business number. `null` where it names none. */
export const toOrganisation = (facts: GpkiFacts): Organisation | null => {
  const input =
    facts.organisationOid !== undefined
      ? { kind: 'oid', value: facts.organisationOid }
      : { kind: 'businessNumber', value: facts.businessNumber };
  const decoded = Organisation.decode(input);
  return E.isRight(decoded) ? decoded.right : null;
};

/**
 * Whether a national ID is the certificate holder's (GEPI-21, X-3): the last four characters must be the
 * certificate's, and where a service can tell more, it must agree and know the card as opened (GEPI-10).
 */
export const matchIdentity = async (
  identity: IdentityMatch | undefined,
  facts: GpkiFacts,
  nationalId: string,
): Promise<E.Either<RegisterError, 'full' | 'last4'>> => {
  if (facts.last4 !== undefined && facts.last4 !== nationalId.slice(-4)) {
    return E.left(registerError('IDENTITY_MISMATCH'));
  }
  const { subjectSerialNumber, last4 } = facts;
  const answer =
    identity === undefined
      ? E.right('unsupported' as const)
      : await identity.match({ nationalId, subjectSerialNumber, last4 })();
  if (E.isLeft(answer)) {
    return E.left(registerError('IDENTITY_UNAVAILABLE', { detail: answer.left.detail }));
  }
  switch (answer.right) {
    case 'match':
      return E.right('full');
    case 'mismatch':
      return E.left(registerError('IDENTITY_MISMATCH'));
    case 'notActivated':
      return E.left(registerError('CERTIFICATE_NOT_ACTIVATED', { ca: facts.ca }));
    case 'unsupported':
      return facts.last4 === undefined
        ? E.left(registerError('IDENTITY_NOT_SHOWN', { ca: facts.ca }))
        : E.right('last4');
  }
};

/** A certificate that was read from a card without a PIN (GEPI-34): its path holds, its key was not asked. */
export const readCertificate = async (
  judging: Judging,
  profile: RoleProfile,
  derBase64: string,
  at: Date,
): Promise<E.Either<RegisterError, VerifiedCertificate>> => {
  const verified = await verifyCertificate({
    der: fromBase64(derBase64),
    trust: judging.trust,
    at,
    revocation: judging.revocation,
    profile: toProfile(profile),
  })();
  return E.isLeft(verified) ? E.left(fromCertificateError(verified.left)) : verified;
};
