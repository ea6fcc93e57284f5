import type { t } from '../schema.js';
import { personalChecksumHolds } from './checksum.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface ResidentNumberBrand {
  readonly ResidentNumber: unique symbol;
}

/** 統一證號 of a resident without a national ID, in its new or old form. Upper case. */
export type ResidentNumber = t.Branded<string, ResidentNumberBrand>;

const pattern = /^[A-Z][A-D89]\d{8}$/;

/**
 * Resident number (docs/gpki.md 9): new form a letter, 8 or 9, eight digits; old form two letters, the second A to D,
 * and eight digits. Fails with `RESIDENT_NUMBER_FORMAT` or `RESIDENT_NUMBER_CHECKSUM`.
 */
export const ResidentNumber = textValue<ResidentNumber>({
  name: 'ResidentNumber',
  isNormal: (text) => text.length === 10 && pattern.test(text) && personalChecksumHolds(text),
  longest: 64,
  normalise: typedCode,
  malformed: 'RESIDENT_NUMBER_FORMAT',
  explain: (text) => (pattern.test(text) ? 'RESIDENT_NUMBER_CHECKSUM' : 'RESIDENT_NUMBER_FORMAT'),
  pattern,
});

/** Which form a number has. A person who changed from the old to the new form has had two numbers. */
export const residentNumberForm = (id: ResidentNumber): 'old' | 'new' =>
  /\d/.test(id.charAt(1)) ? 'new' : 'old';
