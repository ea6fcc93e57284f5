import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface GeneralAgencyCodeBrand {
  readonly GeneralAgencyCode: unique symbol;
}

/** 行政機關代碼 of the whole government: ten characters, the last a letter, such as `301000000A`. */
export type GeneralAgencyCode = t.Branded<string, GeneralAgencyCodeBrand>;

const pattern = /^[0-9A-Z]{9}[A-Z]$/;

/**
 * General agency code (docs/gpki.md 9), without a check digit. Fails with `GENERAL_AGENCY_CODE_FORMAT`.
 */
export const GeneralAgencyCode = textValue<GeneralAgencyCode>({
  name: 'GeneralAgencyCode',
  isNormal: (text) => text.length === 10 && pattern.test(text),
  longest: 64,
  normalise: typedCode,
  malformed: 'GENERAL_AGENCY_CODE_FORMAT',
  pattern,
});
