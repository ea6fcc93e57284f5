import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { NationalId } from './national-id.js';
import { ResidentNumber } from './resident-number.js';
import { typedCode } from './text.js';

/** What a person types as 身分證統一編號: a national ID, or the resident number of who has none. */
export type PersonalId = NationalId | ResidentNumber;

const pattern = /^[A-Z][A-D1289]\d{8}$/;

/**
 * National ID or resident number (GEPI-18, GEPI-21; MOICA-4).
 * Fails with `PERSONAL_ID_FORMAT` or `PERSONAL_ID_CHECKSUM`.
 */
export const PersonalId: t.Type<PersonalId, string, unknown> = textValue<PersonalId>({
  name: 'PersonalId',
  isNormal: (text) => NationalId.is(text) || ResidentNumber.is(text),
  longest: 64,
  normalise: typedCode,
  malformed: 'PERSONAL_ID_FORMAT',
  explain: (text) => (pattern.test(text) ? 'PERSONAL_ID_CHECKSUM' : 'PERSONAL_ID_FORMAT'),
  pattern,
});

/** The last four characters, which is all that a citizen certificate shows of the ID (X-3, SDA 2.16.886.1.100.2.51). */
export const last4 = (id: PersonalId): string => id.slice(-4);
