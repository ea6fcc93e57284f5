/**
 * What was read from a file, for as long as nobody else has written to it.
 *
 * @packageDocumentation
 */

/** A bounded cache; what was used longest ago goes first. */
export interface VersionedCache<K, V> {
  readonly get: (key: K) => V | undefined;
  /** Keeps a value, if there is one, and hands it back. */
  readonly put: (key: K, value: V | undefined) => V | undefined;
  readonly drop: (key: K) => void;
}

/**
 * Makes a {@link VersionedCache}.
 *
 * @param version - changes when another connection has written: then everything goes
 */
export const versionedCache = <K, V>(
  capacity: number,
  version: () => number | undefined,
): VersionedCache<K, V> => {
  const values = new Map<K, V>();
  let seen = version();
  return {
    get: (key) => {
      const now = version();
      if (now !== seen) {
        values.clear();
        seen = now;
      }
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    put: (key, value) => {
      if (value === undefined || capacity < 1) return value;
      values.delete(key);
      values.set(key, value);
      const oldest = values.size > capacity ? values.keys().next().value : undefined;
      if (oldest !== undefined) values.delete(oldest);
      return value;
    },
    drop: (key) => {
      values.delete(key);
    },
  };
};
