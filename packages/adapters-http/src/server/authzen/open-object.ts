/**
 * Objects of a standard that grows: fields that this version does not know are passed over (AuthZEN 1.0: what is not
 * understood is ignored), where our own bodies refuse them.
 *
 * @packageDocumentation
 */
import { type Fields, type StrictOf, type StrictOutput, shaped, strict, t } from '@mandate/domain';

const isObject = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u);

/** As `strict`, but what is not named is left out rather than refused. */
export const openObject = <R extends Fields, O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
  name = 'Strict',
): t.Type<StrictOf<R, O>, StrictOutput<R, O>, unknown> => {
  const exact = strict(required, optional, name);
  const known = [...Object.keys(required), ...Object.keys(optional ?? {})];
  const codec = new t.Type<StrictOf<R, O>, StrictOutput<R, O>, unknown>(
    name,
    exact.is,
    (u, context) =>
      exact.validate(
        isObject(u)
          ? Object.fromEntries(known.flatMap((key) => (Object.hasOwn(u, key) ? [[key, u[key]]] : [])))
          : u,
        context,
      ),
    exact.encode,
  );
  return shaped(codec, { kind: 'object', required, optional: optional ?? {}, open: true });
};

export type Bag = Readonly<Record<string, unknown>>;

/** An object of whatever fields; who reads it looks at those that it knows. */
export const Bag: t.Type<Bag, Bag, unknown> = shaped(
  new t.Type<Bag, Bag, unknown>(
    'an object',
    isObject,
    (u, context) =>
      isObject(u) ? t.success(u) : t.failures([{ value: undefined, context, message: 'WRONG_TYPE' }]),
    t.identity,
  ),
  { kind: 'bag' },
);
