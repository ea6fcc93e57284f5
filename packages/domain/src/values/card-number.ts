import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface CardNumberBrand {
  readonly CardNumber: unique symbol;
}

/** IC卡卡號: two capital letters and fourteen digits. It stays through 展期 and changes with a new card. */
export type CardNumber = t.Branded<string, CardNumberBrand>;

const pattern = /^[A-Z]{2}\d{14}$/;

/**
 * Card number (docs/gpki.md 4; MOICA-5). Spaces and hyphens between groups are dropped.
 * Fails with `CARD_NUMBER_FORMAT`.
 */
export const CardNumber = textValue<CardNumber>({
  name: 'CardNumber',
  isNormal: (text) => text.length === 16 && pattern.test(text),
  longest: 64,
  normalise: (text) => typedCode(text).replace(/[\s-]/g, ''),
  malformed: 'CARD_NUMBER_FORMAT',
  pattern,
});
