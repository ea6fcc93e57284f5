/**
 * The ids that this process has stored last, and where. EventStoreDB has no index over ids: one that another process stored in
 * another stream is not noticed.
 *
 * @packageDocumentation
 */
import type { StreamName } from '@mandate/domain';

/** Where an event stands. */
export interface StoredAt {
  readonly stream: StreamName;
  readonly revision: number;
}

/** A bounded memory of ids; the oldest goes first. */
export interface RecentIds {
  readonly get: (id: string) => StoredAt | undefined;
  readonly add: (stream: StreamName, first: number, events: ReadonlyArray<{ readonly id: string }>) => void;
}

/** Makes {@link RecentIds}. */
export const recentIds = (capacity: number): RecentIds => {
  const places = new Map<string, StoredAt>();
  return {
    get: (id) => places.get(id),
    add: (stream, first, events) => {
      for (const [index, { id }] of events.entries()) {
        places.delete(id);
        places.set(id, { stream, revision: first + index });
        const oldest = places.size > capacity ? places.keys().next().value : undefined;
        if (oldest !== undefined) places.delete(oldest);
      }
    },
  };
};
