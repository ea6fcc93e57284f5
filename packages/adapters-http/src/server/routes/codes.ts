/**
 * What kinds of route can refuse with, beside what each names itself.
 *
 * @packageDocumentation
 */
import { registerErrors } from '@mandate/domain';
import type { Description } from '../description.js';
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
  'CONFLICT',
  'CLOCK_BEHIND',
] as const satisfies ReadonlyArray<ErrorCode>;

const always: ReadonlyArray<ErrorCode> = [
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
  'INTERNAL_ERROR',
  'INVALID_INPUT',
  'URI_TOO_LONG',
];
const ofUnsafe: ReadonlyArray<ErrorCode> = ['ORIGIN_REFUSED', 'CSRF_FAILED'];
const ofBody: ReadonlyArray<ErrorCode> = [
  'UNSUPPORTED_MEDIA_TYPE',
  'PAYLOAD_TOO_LARGE',
  'JSON_MALFORMED',
  'JSON_TOO_DEEP',
];
const ofSession: ReadonlyArray<ErrorCode> = ['SESSION_REQUIRED', 'FORBIDDEN'];
const ofSignIn: ReadonlyArray<ErrorCode> = ['SIGN_IN_REQUIRED', 'FORBIDDEN'];

/** Every code that a route can refuse with: what it names, and what every route of its kind can. */
export const codesOf = (description: Description): ReadonlySet<ErrorCode> => {
  const { method, access, body, command, waits, holding, errors } = description;
  return new Set<ErrorCode>([
    ...errors,
    ...always,
    ...(method === 'GET' ? [] : ofUnsafe),
    ...(body === undefined ? [] : ofBody),
    ...(command === true ? (['IDEMPOTENCY_KEY_INVALID', ...commandCodes, ...storeCodes] as const) : []),
    ...(waits === true ? (['READ_MODEL_BEHIND'] as const) : []),
    ...(access.includes('session') ? ofSession : []),
    ...(holding === undefined ? [] : [...confirmationCodes, ...cardCodes, ...storeCodes]),
    ...(access.includes('staff') || access.includes('client') ? ofSignIn : []),
  ]);
};
