/**
 * What is kept of folded streams in memory, within bounds.
 *
 * @packageDocumentation
 */
import type { StreamName } from '../ports/stream-name.js';

/** How much one cache keeps. The stream that was used last is kept whatever its size. */
export interface CacheBounds {
  /** Streams; 0: none. */
  readonly streams: number;
  /** Events that the kept streams have together. What is kept of a stream grows with them at most. */
  readonly events: number;
}

/** What can be kept: it says of which stream it is, and up to which event. */
export interface Kept {
  readonly token: { readonly stream: StreamName; readonly revision: number };
}

/** Kept streams of one kind. The one that was not used for longest goes first. */
export interface StreamCache<K extends Kept> {
  readonly get: (stream: StreamName) => K | undefined;
  /** `epoch`: as it was before anything of it was read. */
  readonly keep: (entry: K, epoch: number) => void;
  readonly drop: (stream: StreamName) => void;
  /** Changes when what was read before turned out to be of another store. */
  readonly epoch: () => number;
  /** The store does not hold what was read from it: nothing is kept, in any of the caches beside this one. */
  readonly distrust: () => void;
}

/** Makes caches that trust one store together. */
export interface StreamCaches {
  readonly open: <K extends Kept>() => StreamCache<K>;
}

export const createStreamCaches = (bounds: CacheBounds): StreamCaches => {
  const clears: Array<() => void> = [];
  let epoch = 0;

  const open = <K extends Kept>(): StreamCache<K> => {
    const kept = new Map<StreamName, K>();
    let events = 0;

    const drop = (stream: StreamName): void => {
      events -= eventsOf(kept.get(stream));
      kept.delete(stream);
    };
    clears.push(() => {
      kept.clear();
      events = 0;
    });

    return {
      get: (stream) => kept.get(stream),
      drop,
      epoch: () => epoch,
      keep: (entry, since) => {
        if (bounds.streams === 0 || since !== epoch) return;
        const { stream, revision } = entry.token;
        const before = kept.get(stream);
        // Two loads may finish out of order; the cache never steps back.
        if (before !== undefined && before.token.revision > revision) return;
        kept.delete(stream);
        kept.set(stream, entry);
        events += eventsOf(entry) - eventsOf(before);
        while (kept.size > bounds.streams || (events > bounds.events && kept.size > 1)) {
          const oldest = kept.keys().next();
          if (oldest.done === true) return;
          drop(oldest.value);
        }
      },
      distrust: () => {
        epoch += 1;
        for (const clear of clears) clear();
      },
    };
  };

  return { open };
};

const eventsOf = (entry: Kept | undefined): number => (entry === undefined ? 0 : entry.token.revision + 1);
