import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface AgencyCodeBrand {
  readonly AgencyCode: unique symbol;
}

/** 要保機關代號: five digits or upper-case letters, such as `10001`. */
export type AgencyCode = t.Branded<string, AgencyCodeBrand>;

const pattern = /^[0-9A-Z]{5}$/;

/**
 * Agency code of the insurance portal (GEPI-3, GEPI-16), without a check digit. It becomes part of a stream name, so
 * nothing but 0–9 and A–Z is in its normal form. Fails with `AGENCY_CODE_FORMAT`.
 */
export const AgencyCode = textValue<AgencyCode>({
  name: 'AgencyCode',
  isNormal: (text) => text.length === 5 && pattern.test(text),
  longest: 64,
  normalise: typedCode,
  malformed: 'AGENCY_CODE_FORMAT',
  pattern,
});
