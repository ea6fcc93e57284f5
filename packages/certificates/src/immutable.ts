/** Records that nobody can change: they are shared by all who ask about one certificate. */

const refuse = (): never => {
  throw new TypeError('a decoded record cannot be changed');
};

/** Freezing a set stops nobody from adding to it; its own methods in front of the inherited ones do. */
const freezeSet = (set: ReadonlySet<unknown>): void => {
  const method = { value: refuse };
  Object.freeze(Object.defineProperties(set, { add: method, delete: method, clear: method }));
};

/**
 * The same value, frozen all the way down: objects, arrays and sets. Octets cannot be frozen; whoever writes into those of
 * a record changes what *he* was given, and a cache notices (`certificateCache`).
 */
export const frozen = <A>(value: A): A => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (value instanceof Set) {
    freezeSet(value);
    return value;
  }
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
};
