/**
 * Folding many events without copying a collection for each of them.
 *
 * @packageDocumentation
 */

/**
 * Where a fold gets a collection that it may change. What others may hold is copied first; what the same drafts copied
 * before is handed out again, since nobody has seen it yet. So a fold of many events copies each collection once.
 */
export interface Drafts {
  readonly map: <K, V>(shared: ReadonlyMap<K, V>) => Map<K, V>;
  readonly set: <A>(shared: ReadonlySet<A>) => Set<A>;
  readonly array: <A>(shared: ReadonlyArray<A>) => A[];
}

/** A copy each time: for one event, and for whoever keeps the states in between. */
export const copies: Drafts = {
  map: (shared) => new Map(shared),
  set: (shared) => new Set(shared),
  array: (shared) => [...shared],
};

/** Drafts of one fold. The states before its last one are worth nothing afterwards: they share what it changed. */
export const createDrafts = (): Drafts => {
  const own = new WeakSet<object>();
  const draft = <Shared extends object, Own extends Shared>(
    shared: Shared,
    copy: (shared: Shared) => Own,
  ): Own => {
    // What is in `own` came out of `copy`.
    if (own.has(shared)) return shared as Own;
    const copied = copy(shared);
    own.add(copied);
    return copied;
  };
  return {
    map: (shared) => draft(shared, copies.map),
    set: (shared) => draft(shared, copies.set),
    array: (shared) => draft(shared, copies.array),
  };
};
