/**
 * What typing and pasting do to a code, undone.
 *
 * @packageDocumentation
 */

const fullWidth = /[\uFF01-\uFF5E]/g;
const lowerCase = /[a-z]/g;
const upperCase = /[A-Z]/g;
const invisible = /[\u200B\u200E\u200F\u202A-\u202E\u2060\uFEFF]/g;

/**
 * Full-width forms and the ideographic space become ASCII: a Chinese input method left in full-width mode types them.
 * This is the part of NFKC that a keyboard produces; the rest of NFKC would also take `²` or `①` for a digit, and
 * makes one character into as many as eighteen.
 */
export const foldWidth = (text: string): string =>
  text.replace(fullWidth, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replaceAll('\u3000', ' ');

/** Upper case of a–z alone: `toUpperCase` would also make `ı` an I and `ß` two letters. */
export const upperCaseAscii = (text: string): string =>
  text.replace(lowerCase, (c) => String.fromCharCode(c.charCodeAt(0) - 32));

/** Lower case of A–Z alone: `toLowerCase` would also make the Kelvin sign a k. */
export const lowerCaseAscii = (text: string): string =>
  text.replace(upperCase, (c) => String.fromCharCode(c.charCodeAt(0) + 32));

/**
 * Without marks that nobody sees. The certificate dialog of Windows puts one (U+200E) before a serial that is copied
 * out of it.
 */
export const withoutInvisible = (text: string): string => text.replace(invisible, '');

/** The normal form of a code that a person types: narrow, upper case, without spaces around it. */
export const typedCode = (text: string): string => upperCaseAscii(foldWidth(text)).trim();

/**
 * What no line of text may hold: control characters; what nobody sees (bidi overrides, zero width, fillers), with which
 * two texts can look the same; separators of lines; lone surrogates; noncharacters; the mark of a text that was damaged
 * before. Variation selectors stay, since they tell the forms of an ideograph apart.
 */
export const unprintable =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\uFFFD]|(?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])\p{Default_Ignorable_Code_Point}/u;
