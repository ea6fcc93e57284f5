/** A bounded memory: the `most` entries that were put last. */
export interface Recent<V> {
  readonly get: (key: string) => V | undefined;
  readonly put: (key: string, value: V) => void;
  readonly drop: (key: string) => void;
}

export const createRecent = <V>(most: number): Recent<V> => {
  const kept = new Map<string, V>();
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
