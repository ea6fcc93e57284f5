import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface UnitCodeBrand {
  readonly UnitCode: unique symbol;
}

/**
 * What any portal calls an agency by: an `AgencyCode` (five characters), an `NhiUnitCode` (nine digits) or a
 * `GeneralAgencyCode` (ten characters, the last a letter). Which of them a portal has is said by its pack.
 */
export type UnitCode = t.Branded<string, UnitCodeBrand>;

const pattern = /^(?:[0-9A-Z]{5}|[0-9]{9}|[0-9A-Z]{9}[A-Z])$/;

/**
 * The code of an agency in some portal. It becomes part of a stream name, so nothing but 0–9 and A–Z is in its normal
 * form. Fails with `AGENCY_CODE_FORMAT`; a register says it in its own portal's words.
 */
export const UnitCode = textValue<UnitCode>({
  name: 'UnitCode',
  isNormal: (text) => text.length <= 10 && pattern.test(text),
  longest: 64,
  normalise: typedCode,
  malformed: 'AGENCY_CODE_FORMAT',
  pattern,
});
