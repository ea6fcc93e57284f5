import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface NhiUnitCodeBrand {
  readonly NhiUnitCode: unique symbol;
}

/** 投保單位代號 of the national health insurance: nine digits. */
export type NhiUnitCode = t.Branded<string, NhiUnitCodeBrand>;

const pattern = /^\d{9}$/;

/**
 * NHI unit code (NHI-2, NHI-17). Known: it is what a unit logs in with. Uncertain: the length of nine digits rests on
 * practice, no published rule was found, nor whether one of the digits is a check digit; so nothing more is checked.
 * Fails with `NHI_UNIT_CODE_FORMAT`.
 */
export const NhiUnitCode = textValue<NhiUnitCode>({
  name: 'NhiUnitCode',
  isNormal: (text) => text.length === 9 && pattern.test(text),
  longest: 64,
  normalise: typedCode,
  malformed: 'NHI_UNIT_CODE_FORMAT',
  pattern,
});
