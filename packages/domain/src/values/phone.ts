import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { foldWidth } from './text.js';

// -------------------------------------------------------------------------------------
// number
// -------------------------------------------------------------------------------------

export interface TaiwanPhoneBrand {
  readonly TaiwanPhone: unique symbol;
}

/** Telephone number of Taiwan as it is dialled: digits only, with the area code, such as `0221927111`. */
export type TaiwanPhone = t.Branded<string, TaiwanPhoneBrand>;

/**
 * Taipei 02 + 8; other areas 8 or 7 digits after 0 and a digit of 3 to 8 (03, 037, 049, 089 …, 0800 with 6); mobile 09
 * + 8; internet telephony 070 + 8; the service numbers 412-xxxx, which have no area code.
 */
const pattern = /^(?:02\d{8}|0[3-8]\d{7,8}|09\d{8}|070\d{8}|412\d{4})$/;

const punctuation = /[\s().\-\u2010-\u2015\u2212/]/g;
const extensionMark = /[#*]|分機|轉|ext|x/i;

/**
 * Telephone number of Taiwan (GEPI-28): 02-2192-7111, (02)27013411, 0912-345-678, 0800-080-117, 412-1166,
 * +886 2 2192 7111. Which groups are in use inside an area is left to whoever dials.
 * Fails with `PHONE_FORMAT`, or `PHONE_HAS_EXTENSION` when the extension stands in the same field.
 */
export const TaiwanPhone = textValue<TaiwanPhone>({
  name: 'TaiwanPhone',
  isNormal: (text) => text.length <= 11 && pattern.test(text),
  longest: 64,
  normalise: (text) =>
    foldWidth(text)
      .replace(punctuation, '')
      .replace(/^\+8860?/, '0'),
  malformed: 'PHONE_FORMAT',
  explain: (text) => (extensionMark.test(text) ? 'PHONE_HAS_EXTENSION' : 'PHONE_FORMAT'),
  pattern,
});

// -------------------------------------------------------------------------------------
// extension
// -------------------------------------------------------------------------------------

export interface PhoneExtensionBrand {
  readonly PhoneExtension: unique symbol;
}

/** 分機: one to six digits. */
export type PhoneExtension = t.Branded<string, PhoneExtensionBrand>;

const extension = /^\d{1,6}$/;

/** Extension (GEPI-28), also written 分機5312, 轉5312, #5312 or ext. 5312. Fails with `PHONE_EXTENSION_FORMAT`. */
export const PhoneExtension = textValue<PhoneExtension>({
  name: 'PhoneExtension',
  isNormal: (text) => text.length <= 6 && extension.test(text),
  longest: 64,
  normalise: (text) =>
    foldWidth(text)
      .replace(/\s/g, '')
      .replace(/^(?:分機|轉|#|ext\.?):?/i, ''),
  malformed: 'PHONE_EXTENSION_FORMAT',
  pattern: extension,
});

// -------------------------------------------------------------------------------------
// print
// -------------------------------------------------------------------------------------

/** Digits before the number of the subscriber: mobile, free and internet numbers have four, 苗栗 037 and the like three. */
const prefixLength = (phone: string): number => {
  if (phone.startsWith('4')) return 0;
  if (/^(?:09|080\d|0836)/.test(phone)) return 4;
  return /^(?:037|049|070|082|089)/.test(phone) ? 3 : 2;
};

/** With hyphens, and the extension as the manual writes it: `02-2192-7111`, `02-2701-3411 分機5312` (GEPI-27). */
export const printPhone = (phone: TaiwanPhone, extensionNumber?: PhoneExtension): string => {
  const prefix = phone.slice(0, prefixLength(phone));
  const rest = phone.slice(prefix.length);
  const split = rest.length < 6 ? 0 : rest.length - (rest.length === 6 ? 3 : 4);
  const groups = [prefix, rest.slice(0, split), rest.slice(split)].filter((group) => group !== '');
  return `${groups.join('-')}${extensionNumber === undefined ? '' : ` 分機${extensionNumber}`}`;
};
