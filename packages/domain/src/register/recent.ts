/**
 * A bounded memory of what was found out not long ago.
 *
 * @packageDocumentation
 */

export interface Recent<V, K extends string | number = string> {
  readonly get: (key: K) => V | undefined;
  readonly put: (key: K, value: V) => void;
  readonly drop: (key: K) => void;
}

/** Keeps the `most` entries that were put last. */
export const createRecent = <V, K extends string | number = string>(most: number): Recent<V, K> => {
  const kept = new Map<K, V>();
  return {
    get: (key) => kept.get(key),
    put: (key, value) => {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size <= most) return;
      const oldest = kept.keys().next();
      if (oldest.done !== true) kept.delete(oldest.value);
    },
    drop: (key) => {
      kept.delete(key);
    },
  };
};
