/**
 * What a codec of the house takes, as data, for whoever builds a schema or a form from it. Decoding does not look at it.
 *
 * io-ts's own codecs tell theirs by `_tag`; those here have none and carry a `shape`.
 *
 * @packageDocumentation
 */
import type { t } from '../schema.js';

/** What a codec takes. What it does beyond that (checksums, the tidying of what is typed) is in no shape. */
export type Shape =
  | {
      readonly kind: 'text';
      /** UTF-16 units that may come in; never fewer than one that is not blank. */
      readonly longest: number;
      /** Every normal form matches it; not everything that matches is a normal form. Without flags but `u`. */
      readonly pattern?: RegExp;
      /** JSON Schema's name for this kind of text. */
      readonly format?: 'uuid' | 'date-time' | 'date' | 'email' | 'uri' | 'byte';
    }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'words'; readonly words: ReadonlyArray<string> }
  | { readonly kind: 'integer'; readonly least: number; readonly most: number }
  | { readonly kind: 'flag' }
  | {
      /** Exactly these fields; where it is `open`, others are passed over. */
      readonly kind: 'object';
      readonly open?: boolean;
      readonly required: Readonly<Record<string, t.Mixed>>;
      readonly optional: Readonly<Record<string, t.Mixed>>;
    }
  | { readonly kind: 'tagged'; readonly tag: string; readonly members: Readonly<Record<string, t.Mixed>> }
  | { readonly kind: 'list'; readonly entry: t.Mixed; readonly least: number; readonly most: number }
  | {
      /** Whatever JSON an object can be; what reads it bounds it. */
      readonly kind: 'bag';
    };

/** A codec that tells its shape. */
export type Shaped<C extends t.Mixed> = C & { readonly shape: Shape };

/** Gives a codec its shape; the codec itself, not a copy. */
export const shaped = <C extends t.Mixed>(codec: C, shape: Shape): Shaped<C> =>
  Object.assign(codec, { shape });

/** The shape of a codec that was given one. */
export const shapeOf = (codec: t.Mixed): Shape | undefined =>
  'shape' in codec ? (codec as Shaped<t.Mixed>).shape : undefined;
