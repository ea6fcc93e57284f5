/**
 * What routes of a kind refuse with, so that descriptions need not say it again and again.
 *
 * @packageDocumentation
 */
import type { Description } from '../description.js';
import { type ErrorCode, statusOf } from '../problem.js';
import { cardCodes, commandCodes, confirmationCodes, signatureCodes, storeCodes } from '../routes/codes.js';

const anywhere: ReadonlyArray<ErrorCode> = [
  'URI_TOO_LONG',
  'TOO_MANY_REQUESTS',
  'INTERNAL_ERROR',
  'UNAVAILABLE',
];

const ofBody: ReadonlyArray<ErrorCode> = [
  'JSON_MALFORMED',
  'JSON_TOO_DEEP',
  'JSON_MEMBER_TWICE',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
];

const ofPages: ReadonlyArray<ErrorCode> = ['ORIGIN_REFUSED', 'CSRF_FAILED'];

/** Beside those that the description names; every field or body may be wrong, and a field too many is. */
export const commonCodes = (description: Description): ReadonlyArray<ErrorCode> => {
  const { access, method, body, command, waits, holding, roles, scopes } = description;
  const codes: ErrorCode[] = [...anywhere, 'INVALID_INPUT'];
  if (body !== undefined) codes.push(...ofBody);
  if (command === true) codes.push('IDEMPOTENCY_KEY_INVALID', ...commandCodes, ...storeCodes);
  if (command === true && access.includes('session')) codes.push(...signatureCodes);
  if (waits === true) codes.push('READ_MODEL_BEHIND');
  if (access.includes('session')) codes.push('SESSION_REQUIRED');
  if (access.includes('staff') || access.includes('client')) codes.push('SIGN_IN_REQUIRED');
  if (holding !== undefined || roles !== undefined || scopes !== undefined) codes.push('FORBIDDEN');
  // A session is shown what read models know while its cards are good, which the register is asked.
  if (holding !== undefined) codes.push(...confirmationCodes, ...cardCodes, ...storeCodes);
  if (method !== 'GET' && access.some((one) => one !== 'client')) codes.push(...ofPages);
  return codes;
};

/** Every code that a route can refuse with, sorted. */
export const codesOf = (description: Description): ReadonlyArray<ErrorCode> =>
  [...new Set([...commonCodes(description), ...description.errors])].sort();

/** The status of a code as this route answers it; AuthZEN knows 400 for whatever is wrong with what was sent. */
export const statusFor = ({ plainErrors }: Pick<Description, 'plainErrors'>, code: ErrorCode): number => {
  const status = statusOf(code);
  return plainErrors === true && status === 415 ? 400 : status;
};

/** Every status that a route can answer with, sorted. */
export const statusesOf = (description: Description): ReadonlyArray<number> => {
  const { status, method, answer } = description;
  const unchanged = method === 'GET' && !('media' in answer) ? [304] : [];
  const refused = codesOf(description).map((code) => statusFor(description, code));
  return [...new Set([status, ...unchanged, ...refused])].sort((a, b) => a - b);
};
