/**
 * How every value of one text is decoded: cheap when it is stored already, forgiving of how a person types it, and
 * bounded before any regular expression sees it.
 *
 * @packageDocumentation
 */
import { t } from '../schema.js';
import type { ValueErrorCode } from './errors.js';
import { type Shape, shaped } from './shape.js';

/**
 * A refusal with its code. The refused input is left out on purpose: a reporter that prints the value of an io-ts
 * error prints nothing personal.
 */
export const refuse = <A>(code: ValueErrorCode, context: t.Context): t.Validation<A> =>
  t.failures([{ value: undefined, context, message: code }]);

/** What makes up a value of one text. */
export interface TextValue {
  /** For messages of developers; the type's name. */
  readonly name: string;
  /** True for the normal form only. Runs for every stored event: test the length or a regular expression first. */
  readonly isNormal: (text: string) => boolean;
  /** UTF-16 units that may come in. Longer input is not looked at. */
  readonly longest: number;
  /** The code for longer input; `malformed` where this is left out. */
  readonly tooLong?: ValueErrorCode;
  /** From what a person types or pastes towards the normal form. Sees at most `longest` units; total. */
  readonly normalise: (text: string) => string;
  /** The code when it is not this kind of value at all. */
  readonly malformed: ValueErrorCode;
  /** The code for a normalised text that is refused; `malformed` where this is left out. */
  readonly explain?: (normalised: string) => ValueErrorCode;
  /** For the {@link Shape}: what every normal form matches. */
  readonly pattern?: RegExp;
  /** For the {@link Shape}. */
  readonly format?: Extract<Shape, { readonly kind: 'text' }>['format'];
}

/**
 * A branded codec of one text. `decode` gives the normal form; `is` is true for the normal form only; decoding a
 * normal form gives it back unchanged. Missing (`undefined`, `null`) and blank text are `REQUIRED`.
 */
export const textValue = <A extends string>(value: TextValue): t.Type<A, string, unknown> => {
  const is = (u: unknown): u is A => typeof u === 'string' && value.isNormal(u);
  const codec = new t.Type<A, string, unknown>(
    value.name,
    is,
    (u, context) => {
      if (is(u)) return t.success(u);
      if (u === undefined || u === null) return refuse('REQUIRED', context);
      if (typeof u !== 'string') return refuse('WRONG_TYPE', context);
      if (u.length > value.longest) return refuse(value.tooLong ?? value.malformed, context);
      const normalised = value.normalise(u);
      if (is(normalised)) return t.success(normalised);
      if (normalised.trim() === '') return refuse('REQUIRED', context);
      return refuse(value.explain?.(normalised) ?? value.malformed, context);
    },
    t.identity,
  );
  const { longest, pattern, format } = value;
  return shaped(codec, {
    kind: 'text',
    longest,
    ...(pattern === undefined ? {} : { pattern }),
    ...(format === undefined ? {} : { format }),
  });
};
