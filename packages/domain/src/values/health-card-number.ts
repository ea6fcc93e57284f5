import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { typedCode } from './text.js';

export interface HealthCardNumberBrand {
  readonly HealthCardNumber: unique symbol;
}

/** 健保卡卡號: twelve digits, as they are printed on the card and in its basic data. */
export type HealthCardNumber = t.Branded<string, HealthCardNumberBrand>;

const pattern = /^\d{12}$/;

/** Number of a health card (NHI-4). Spaces and hyphens between groups are dropped. Fails with `CARD_NUMBER_FORMAT`. */
export const HealthCardNumber = textValue<HealthCardNumber>({
  name: 'HealthCardNumber',
  isNormal: (text) => text.length === 12 && pattern.test(text),
  longest: 64,
  normalise: (text) => typedCode(text).replace(/[\s-]/g, ''),
  malformed: 'CARD_NUMBER_FORMAT',
  pattern,
});
