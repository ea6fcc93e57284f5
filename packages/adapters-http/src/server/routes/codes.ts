/**
 * What kinds of route can refuse with, beside what each names itself.
 *
 * @packageDocumentation
 */
import { registerErrors } from '@mandate/domain';
import type { ErrorCode } from '../problem.js';

/** What the register stands on does not answer. */
export const storeCodes = [
  'STORE_UNAVAILABLE',
  'STORE_CORRUPT',
  'VAULT_UNAVAILABLE',
  'DIRECTORY_UNAVAILABLE',
] as const satisfies ReadonlyArray<ErrorCode>;

/** Everything of a card: what it signed, its certificate, path and revocation. Those of set-up are the register's own. */
export const cardCodes: ReadonlyArray<ErrorCode> = (
  Object.keys(registerErrors) as ReadonlyArray<ErrorCode>
).filter((code) =>
  /^(?:CERTIFICATE|SIGNED|SIGNER|SIGNATURE|SIGNING|CONTENT|MESSAGE|DIGEST|ISSUER|PATH|KEY|CRITICAL|CONSTRAINT|NAME_NOT|POLICY|EXTENDED|TIME_INVALID|SUBJECT|REVOCATION|CRL|OCSP|EVIDENCE|IDENTITY|TRUST_STORE|ANCHOR)/.test(
    code,
  ),
);

/** Whose cards they are, and whether a confirmation stands. */
export const confirmationCodes = [
  'OUTSIDE_OPENING_HOURS',
  'CONFIRMATION_UNKNOWN',
  'CONFIRMATION_EXPIRED',
  'CONFIRMATION_INCOMPLETE',
  'CONFIRMATION_USED',
  'CONFIRMATION_OTHER_PURPOSE',
  'CONFIRMATION_OTHER_AGENCY',
  'AGENCY_UNKNOWN',
  'AGENCY_NOT_REGISTERED',
  'AGENCY_ALREADY_REGISTERED',
  'AGENCY_SUSPENDED',
  'AGENCY_DEREGISTERED',
  'AGENCY_CERTIFICATE_NOT_REGISTERED',
  'AGENCY_IDENTITY_MISSING',
  'ORGANISATION_MISMATCH',
  'ALREADY_PENDING',
  'REVIEW_NOT_YET_EFFECTIVE',
  'REVIEW_REJECTED',
  'REVIEW_LIMIT_REACHED',
  'MANAGER_MISSING',
  'MANAGER_PERSON_DIFFERS',
  'MANAGER_CERTIFICATE_NOT_REGISTERED',
  'NOT_AUTHORIZED',
  'NAME_MISMATCH',
  'CREDENTIAL_REPLACED',
  'STEP_OUT_OF_ORDER',
  'PURPOSE_UNKNOWN',
] as const satisfies ReadonlyArray<ErrorCode>;

/** Of every command. */
export const commandCodes = [
  'COMMAND_ID_REUSED',
  'COMMAND_TOO_LARGE',
  'CONFLICT',
  'CLOCK_BEHIND',
] as const satisfies ReadonlyArray<ErrorCode>;

/** Of every command of card holders: their purpose may have each one signed. */
export const signatureCodes = [
  'COMMAND_NOT_SIGNED',
  'COMMAND_SIGNATURE_OTHER',
] as const satisfies ReadonlyArray<ErrorCode>;

/** Of steps that other means than a certificate prove. */
export const meansCodes = [
  'MEANS_NOT_ALLOWED',
  'MEANS_REFUSED',
  'MEANS_LOCKED',
  'MEANS_UNAVAILABLE',
  'REGISTERED_CARD_UNKNOWN',
  'ACCOUNT_ROLE_MISSING',
  'PERSON_TWICE',
  'NOT_THE_RESPONSIBLE',
  'OFFICER_DIFFERS',
] as const satisfies ReadonlyArray<ErrorCode>;
