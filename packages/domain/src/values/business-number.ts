import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface BusinessNumberBrand {
  readonly BusinessNumber: unique symbol;
}

/** 統一編號 of a company, firm or organisation: eight digits. */
export type BusinessNumber = t.Branded<string, BusinessNumberBrand>;

/** The check that a number passes: `by10` the first rule (and so both), `by5` only that of 2023. */
export type BusinessNumberRule = 'by10' | 'by5';

const pattern = /^\d{8}$/;
const weights = [1, 2, 1, 2, 1, 2, 4, 1] as const;

/** Each digit by its weight, and the digits of each product added up. */
const sumOf = (digits: string): number =>
  weights.reduce((sum, weight, i) => {
    const product = (digits.charCodeAt(i) - 48) * weight;
    return sum + Math.floor(product / 10) + (product % 10);
  }, 0);

const ruleOf = (digits: string): BusinessNumberRule | undefined => {
  const sum = sumOf(digits);
  // A 7 in seventh place weighs 28, of digits 2 + 8 = 10: that may count as 1 + 0 or as 0, which leaves sum or sum + 1.
  const sums = digits.charAt(6) === '7' ? [sum, sum + 1] : [sum];
  if (sums.some((s) => s % 10 === 0)) return 'by10';
  return sums.some((s) => s % 5 === 0) ? 'by5' : undefined;
};

/**
 * Unified business number, by the rule of 2023 (divisible by 5) that contains the old one (by 10); docs/gpki.md 9.
 * Fails with `BUSINESS_NUMBER_FORMAT` or `BUSINESS_NUMBER_CHECKSUM`.
 */
export const BusinessNumber = textValue<BusinessNumber>({
  name: 'BusinessNumber',
  isNormal: (text) => text.length === 8 && pattern.test(text) && ruleOf(text) !== undefined,
  longest: 64,
  normalise: typedCode,
  malformed: 'BUSINESS_NUMBER_FORMAT',
  explain: (text) => (pattern.test(text) ? 'BUSINESS_NUMBER_CHECKSUM' : 'BUSINESS_NUMBER_FORMAT'),
  pattern,
});

/** Which rule a number satisfies: a system that was not changed in 2023 refuses those of `by5`. */
export const businessNumberRule = (number: BusinessNumber): BusinessNumberRule =>
  ruleOf(number) === 'by10' ? 'by10' : 'by5';
