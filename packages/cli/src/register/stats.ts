/**
 * What a register holds, counted.
 *
 * @packageDocumentation
 */
import type { EventCodec, EventStore, StoredEvent } from '@mandate/domain';
import { categoryOf } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, fromStoreFault } from '../fault.js';
import { eventsOf } from './pages.js';
import { portalOf } from './portal.js';

export interface Stats {
  readonly events: number;
  readonly streams: number;
  /** Streams by kind and portal: `agency-gepi`, `terms-gepi`. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly types: Readonly<Record<string, number>>;
  /** The earliest and the latest `recordedAt`. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Characters of all bodies. */
  readonly characters: number;
}

const sorted = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

const add = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

/** Reads all events and counts. */
export const statsOf = async (
  store: EventStore,
  codec: EventCodec<StoredEvent>,
  onEvent?: (done: number) => void,
): Promise<E.Either<CliFault, Stats>> => {
  const types = new Map<string, number>();
  const kinds = new Map<string, number>();
  let [events, streams, characters] = [0, 0, 0];
  let first: string | undefined;
  let last: string | undefined;
  for await (const page of eventsOf(store)) {
    if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
    for (const recorded of page.right) {
      events += 1;
      characters += recorded.body.length;
      add(types, recorded.type);
      if (recorded.revision === 0) {
        streams += 1;
        add(kinds, `${categoryOf(recorded.stream)}-${portalOf(recorded.stream)}`);
      }
      const decoded = codec.decode(recorded);
      if (decoded._tag !== 'Event') continue;
      const { recordedAt } = decoded.event.meta;
      if (first === undefined || recordedAt < first) first = recordedAt;
      if (last === undefined || recordedAt > last) last = recordedAt;
    }
    onEvent?.(events);
  }
  return E.right({ events, streams, kinds: sorted(kinds), types: sorted(types), first, last, characters });
};
