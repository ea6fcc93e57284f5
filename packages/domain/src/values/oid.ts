import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { foldWidth } from './text.js';

export interface OidBrand {
  readonly Oid: unique symbol;
}

/** Object identifier in dotted decimal form, such as `2.16.886.101.20003.20001`. */
export type Oid = t.Branded<string, OidBrand>;

const longest = 256;
const pattern = /^(?:[01]\.(?:[1-3]?\d)|2\.(?:0|[1-9]\d*))(?:\.(?:0|[1-9]\d*))*$/;

/**
 * Object identifier (docs/gpki.md 9): at least two arcs, no leading zeros, the second arc below 40 under 0 and 1
 * (X.660); at most 256 characters. An arc may exceed 2^53 and stays text. Fails with `OID_FORMAT`.
 */
export const Oid = textValue<Oid>({
  name: 'Oid',
  isNormal: (text) => text.length <= longest && pattern.test(text),
  longest,
  normalise: (text) => foldWidth(text).trim(),
  malformed: 'OID_FORMAT',
  pattern,
});

/** The arcs, each a decimal number without leading zeros. */
export const arcs = (oid: Oid): ReadonlyArray<string> => oid.split('.');

/** Whether both name the same object. The normal form has one spelling of each arc. */
export const equals = (a: Oid, b: Oid): boolean => a === b;

/** Whether `oid` is `prefix` or stands under it, by whole arcs: `…101.2000` is no prefix of `…101.20003`. */
export const startsWith = (oid: Oid, prefix: Oid): boolean => oid === prefix || oid.startsWith(`${prefix}.`);
