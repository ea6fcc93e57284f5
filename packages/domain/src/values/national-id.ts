import type { t } from '../schema.js';
import { personalChecksumHolds } from './checksum.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface NationalIdBrand {
  readonly NationalId: unique symbol;
}

/** 國民身分證統一編號: a letter, 1 or 2, eight digits, of which the last is the check digit. Upper case. */
export type NationalId = t.Branded<string, NationalIdBrand>;

const pattern = /^[A-Z][12]\d{8}$/;

/**
 * National ID (docs/gpki.md 9; MOICA-4: either case is typed). Full-width input is folded.
 * Fails with `NATIONAL_ID_FORMAT` or `NATIONAL_ID_CHECKSUM`.
 */
export const NationalId = textValue<NationalId>({
  name: 'NationalId',
  isNormal: (text) => text.length === 10 && pattern.test(text) && personalChecksumHolds(text),
  longest: 64,
  normalise: typedCode,
  malformed: 'NATIONAL_ID_FORMAT',
  explain: (text) => (pattern.test(text) ? 'NATIONAL_ID_CHECKSUM' : 'NATIONAL_ID_FORMAT'),
  pattern,
});
