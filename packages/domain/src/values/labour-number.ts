import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface LabourNumberBrand {
  readonly LabourNumber: unique symbol;
}

/** 勞保證號: eight digits and a check letter, such as `12345678A`. */
export type LabourNumber = t.Branded<string, LabourNumberBrand>;

const pattern = /^\d{8}[A-Z]$/;

/**
 * Labour insurance number (NHI-22: 「數字+英文共9碼」). How the letter follows from the digits is not public
 * (docs/gpki.md 9), so the letter is not checked. Fails with `LABOUR_NUMBER_FORMAT`.
 */
export const LabourNumber = textValue<LabourNumber>({
  name: 'LabourNumber',
  isNormal: (text) => text.length === 9 && pattern.test(text),
  longest: 64,
  normalise: typedCode,
  malformed: 'LABOUR_NUMBER_FORMAT',
  pattern,
});
