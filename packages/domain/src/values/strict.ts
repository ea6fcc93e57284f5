/**
 * Objects, choices and lists of what a caller sends: nothing unknown gets in, every failure is found, and no input
 * makes it throw or work without bound.
 *
 * The failures keep io-ts's shape, so these nest in each other and in any codec; `decodeValue` reads them.
 *
 * @packageDocumentation
 */
import { t } from '../schema.js';
import { refuse } from './codec.js';
import type { ValueErrorCode } from './errors.js';
import { shaped } from './shape.js';

// -------------------------------------------------------------------------------------
// helpers
// -------------------------------------------------------------------------------------

/** Fields by name. */
export interface Fields {
  readonly [name: string]: t.Mixed;
}

/** Nothing is written to the context while all goes well, so a right input costs no allocation but its result. */
const noContext: t.Context = [];

/** A failure's context ends in where it was found; what is above is put before it on the way out. */
const under = (
  errors: t.Errors,
  context: t.Context,
  key: string,
  type: t.Decoder<unknown, unknown>,
): ReadonlyArray<t.ValidationError> =>
  errors.map((error) => ({
    value: undefined,
    context: [...context, { key, type }, ...error.context],
    ...(error.message === undefined ? {} : { message: error.message }),
  }));

const fault = (
  code: ValueErrorCode,
  context: t.Context,
  key: string,
  type: t.Decoder<unknown, unknown>,
): t.ValidationError => ({ value: undefined, context: [...context, { key, type }], message: code });

/**
 * A record as JSON makes it: its prototype is `Object.prototype` of any realm, or none. An object with another
 * prototype (`{ __proto__: … }` in a literal, an instance, a `Map`) is not data.
 */
const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> => {
  if (typeof u !== 'object' || u === null || Array.isArray(u)) return false;
  const prototype: unknown = Object.getPrototypeOf(u);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
};

const isBlank = (u: unknown): boolean => typeof u === 'string' && u.trim() === '';

/** The key under which an unknown field is reported: its own name may be personal data typed in the wrong place. */
const unknownKey = '*';

const unknownField = (context: t.Context): t.ValidationError =>
  fault('UNKNOWN_FIELD', context, unknownKey, t.unknown);

/** With so many fields too many, none is looked at: it is no form with a slip in it. */
const crowd = 32;

/** A list in which so many things are wrong is looked at no further. */
const mostFailures = 100;

// -------------------------------------------------------------------------------------
// strict
// -------------------------------------------------------------------------------------

type Simplify<T> = { readonly [K in keyof T]: T[K] };

/** The value of a strict object: required fields, and optional ones that are absent rather than `undefined`. */
export type StrictOf<R extends Fields, O extends Fields> = Simplify<
  { readonly [K in keyof R]: t.TypeOf<R[K]> } & { readonly [K in keyof O]?: t.TypeOf<O[K]> }
>;

/** What a strict object is written as. */
export type StrictOutput<R extends Fields, O extends Fields> = Simplify<
  { readonly [K in keyof R]: t.OutputOf<R[K]> } & { readonly [K in keyof O]?: t.OutputOf<O[K]> }
>;

/** A codec of {@link strict}, with its fields for whoever builds a form or a schema from it. */
export interface StrictC<R extends Fields, O extends Fields>
  extends t.Type<StrictOf<R, O>, StrictOutput<R, O>, unknown> {
  readonly required: R;
  readonly optional: O;
}

/**
 * An object of exactly these fields.
 *
 * - A required field that is missing, `undefined` or `null` is `REQUIRED`.
 * - An optional field is absent when it is missing, `undefined`, `null`, or blank where its codec takes no blank text
 *   (a form sends an empty box as `''`).
 * - Anything else in the object is `UNKNOWN_FIELD`, once, at `<path>.*`; the own key `__proto__` that JSON can make
 *   is such a field. Where there are many, it is the only failure. What is not a plain record is `WRONG_TYPE`.
 * - The result is a new object of the named fields only; all failures of all fields are collected.
 * - What is written has the named fields only, and no optional one that is `undefined`.
 */
export const strict = <R extends Fields, O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
  name = 'Strict',
): StrictC<R, O> => {
  const optionalFields = optional ?? ({} as O);
  const needed: ReadonlyArray<readonly [string, t.Mixed]> = Object.entries(required);
  const offered: ReadonlyArray<readonly [string, t.Mixed]> = Object.entries(optionalFields);
  const known: ReadonlySet<string> = new Set([...needed, ...offered].map(([key]) => key));

  const is = (u: unknown): u is StrictOf<R, O> =>
    isRecord(u) &&
    Object.keys(u).every((key) => known.has(key)) &&
    needed.every(([key, codec]) => Object.hasOwn(u, key) && codec.is(u[key])) &&
    offered.every(([key, codec]) => !Object.hasOwn(u, key) || codec.is(u[key]));

  const validate = (u: unknown, context: t.Context): t.Validation<StrictOf<R, O>> => {
    if (u === undefined || u === null) return refuse('REQUIRED', context);
    if (!isRecord(u)) return refuse('WRONG_TYPE', context);
    const keys = Object.keys(u);
    if (keys.length > known.size + crowd) return t.failures([unknownField(context)]);
    const result: Record<string, unknown> = {};
    const errors: t.ValidationError[] = [];
    for (const [key, codec] of needed) {
      const value = Object.hasOwn(u, key) ? u[key] : undefined;
      if (value === undefined || value === null) {
        errors.push(fault('REQUIRED', context, key, codec));
        continue;
      }
      const field = codec.validate(value, noContext);
      if (field._tag === 'Right') result[key] = field.right;
      else errors.push(...under(field.left, context, key, codec));
    }
    for (const [key, codec] of offered) {
      const value = Object.hasOwn(u, key) ? u[key] : undefined;
      if (value === undefined || value === null) continue;
      const field = codec.validate(value, noContext);
      if (field._tag === 'Right') result[key] = field.right;
      else if (!isBlank(value)) errors.push(...under(field.left, context, key, codec));
    }
    if (!keys.every((key) => known.has(key))) errors.push(unknownField(context));
    // Each named field was decoded by its own codec above; a mapped type cannot be filled key by key without saying so.
    return errors.length === 0 ? t.success(result as StrictOf<R, O>) : t.failures(errors);
  };

  const encode = (a: StrictOf<R, O>): StrictOutput<R, O> => {
    const source: Readonly<Record<string, unknown>> = a;
    const result: Record<string, unknown> = {};
    for (const [key, codec] of needed) result[key] = codec.encode(source[key]);
    for (const [key, codec] of offered) {
      const value = Object.hasOwn(source, key) ? source[key] : undefined;
      if (value !== undefined) result[key] = codec.encode(value);
    }
    return result as StrictOutput<R, O>;
  };

  const codec = Object.assign(
    new t.Type<StrictOf<R, O>, StrictOutput<R, O>, unknown>(name, is, validate, encode),
    { required, optional: optionalFields },
  );
  return shaped(codec, { kind: 'object', required, optional: optionalFields });
};

// -------------------------------------------------------------------------------------
// one of several
// -------------------------------------------------------------------------------------

/** Exactly this text; anything else is `UNKNOWN_KIND`. For the tag of a {@link tagged} member. */
export const literal = <L extends string>(text: L): t.Type<L, L, unknown> => {
  const is = (u: unknown): u is L => u === text;
  const codec = new t.Type<L, L, unknown>(
    `'${text}'`,
    is,
    (u, context) =>
      is(u) ? t.success(u) : refuse(typeof u === 'string' ? 'UNKNOWN_KIND' : 'WRONG_TYPE', context),
    t.identity,
  );
  return shaped(codec, { kind: 'literal', text });
};

/**
 * One of several objects, told apart by the text in `tag`: only the member of that name is tried, so the failures are
 * those of what the caller meant. A member's own fields hold the tag: `A: strict({ kind: literal('A'), … })`.
 * A tag that names no member (nor anything of `Object.prototype`) is `UNKNOWN_KIND` at the tag.
 */
export const tagged = <M extends Fields>(
  tag: string,
  members: M,
  name = 'Tagged',
): t.Type<t.TypeOf<M[keyof M]>, t.OutputOf<M[keyof M]>, unknown> => {
  const byName: ReadonlyMap<string, t.Mixed> = new Map(Object.entries(members));
  const memberOf = (u: Readonly<Record<string, unknown>>): t.Mixed | undefined => {
    const kind = Object.hasOwn(u, tag) ? u[tag] : undefined;
    return typeof kind === 'string' ? byName.get(kind) : undefined;
  };
  const codec = new t.Type<t.TypeOf<M[keyof M]>, t.OutputOf<M[keyof M]>, unknown>(
    name,
    (u): u is t.TypeOf<M[keyof M]> => isRecord(u) && memberOf(u)?.is(u) === true,
    (u, context) => {
      if (u === undefined || u === null) return refuse('REQUIRED', context);
      if (!isRecord(u)) return refuse('WRONG_TYPE', context);
      const member = memberOf(u);
      if (member !== undefined) return member.validate(u, context);
      const kind = Object.hasOwn(u, tag) ? u[tag] : undefined;
      const code =
        kind === undefined || kind === null
          ? 'REQUIRED'
          : typeof kind === 'string'
            ? 'UNKNOWN_KIND'
            : 'WRONG_TYPE';
      return t.failures([fault(code, context, tag, t.string)]);
    },
    (a) => (isRecord(a) ? memberOf(a)?.encode(a) : a),
  );
  return shaped(codec, { kind: 'tagged', tag, members });
};

// -------------------------------------------------------------------------------------
// lists
// -------------------------------------------------------------------------------------

/**
 * A list of `least` to `most` entries; how many there are is looked at before any of them. Failures stand at
 * `<path>.<index>`, those of the first hundred or so, and the entries behind are not read; a hole is `undefined` to the codec of the entry.
 */
export const list = <A, O>(
  entry: t.Type<A, O, unknown>,
  bounds: { readonly least?: number; readonly most: number },
  name = 'List',
): t.Type<ReadonlyArray<A>, ReadonlyArray<O>, unknown> => {
  const { least = 0, most } = bounds;
  const codec = new t.Type<ReadonlyArray<A>, ReadonlyArray<O>, unknown>(
    name,
    (u): u is ReadonlyArray<A> =>
      Array.isArray(u) && u.length >= least && u.length <= most && Array.from(u).every((x) => entry.is(x)),
    (u, context) => {
      if (u === undefined || u === null) return refuse('REQUIRED', context);
      if (!Array.isArray(u)) return refuse('WRONG_TYPE', context);
      if (u.length < least) return refuse('LIST_TOO_SHORT', context);
      if (u.length > most) return refuse('LIST_TOO_LONG', context);
      const source: ReadonlyArray<unknown> = u;
      const result: A[] = [];
      const errors: t.ValidationError[] = [];
      for (let i = 0; i < source.length && errors.length < mostFailures; i++) {
        const decoded = entry.validate(source[i], noContext);
        if (decoded._tag === 'Right') result.push(decoded.right);
        else errors.push(...under(decoded.left, context, String(i), entry));
      }
      return errors.length === 0 ? t.success(result) : t.failures(errors);
    },
    (a) => a.map(entry.encode),
  );
  return shaped(codec, { kind: 'list', entry, least, most });
};
