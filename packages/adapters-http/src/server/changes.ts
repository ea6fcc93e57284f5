/**
 * What was committed, told to whoever waits for it: sessions that must end, readers of `/changes`.
 *
 * @packageDocumentation
 */
import {
  createRegisterCodec,
  type EventStore,
  type Position,
  type RecordedEvent,
  type Sha256,
  type StoredEvent,
  type StoreFault,
} from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

/** A committed event. What may be told of it is `position`, `type` and `agencyCode`; `event` is for this program. */
export interface Change {
  readonly position: string;
  readonly type: string;
  /** `null` where it is about no agency: menu, terms, a person who was forgotten. */
  readonly agencyCode: string | null;
  /** `undefined` where this program does not know the type. */
  readonly event: StoredEvent | undefined;
}

/** The place before everything that was committed. */
export const fromStart = 'start';

export interface ChangeSource {
  /**
   * What was committed after `position` (from now on where it is left out, everything after {@link fromStart}), in order, until
   * `signal` is aborted or the store fails. Nothing is fetched before it is asked for.
   */
  readonly after: (position: string | undefined, signal: AbortSignal) => AsyncIterable<ReadonlyArray<Change>>;
  /** Position of the last event, of whatever portal; `undefined` in an empty store. For `/ready` and the lag of lists. */
  readonly head?: () => TaskEither<StoreFault, string | undefined>;
}

/** The changes of one portal in an event store. */
export const changesOf = (settings: {
  readonly store: EventStore;
  readonly sha256: Sha256;
  readonly portal: string;
}): ChangeSource => {
  const { store, portal } = settings;
  const codec = createRegisterCodec(settings.sha256);
  const agencies = `agency-${portal}.`;
  const own: ReadonlySet<string> = new Set(
    ['catalogue', 'terms', 'privacy'].map((name) => `${name}-${portal}`),
  );
  const toChange = (recorded: RecordedEvent): ReadonlyArray<Change> => {
    const { stream, position, type } = recorded;
    const ofAgency = stream.startsWith(agencies);
    if (!ofAgency && !own.has(stream)) return [];
    const decoded = codec.decode(recorded);
    const event = decoded._tag === 'Event' ? decoded.event : undefined;
    return [{ position, type, agencyCode: ofAgency ? stream.slice(agencies.length) : null, event }];
  };
  return {
    head: store.head,
    after: async function* (position, signal) {
      let from: 'start' | { readonly after: Position };
      if (position === undefined) {
        const head = await store.head()();
        if (head._tag === 'Left') return;
        from = head.right === undefined ? 'start' : { after: head.right };
      } else {
        // Positions are opaque: one that no store gave stands somewhere in their order, and harms nobody.
        from = position === fromStart ? fromStart : { after: position as Position };
      }
      for await (const item of store.subscribeAll(from, signal)) {
        if (item._tag === 'Fault') return;
        const changes = item.events.flatMap(toChange);
        if (changes.length > 0) yield changes;
      }
    },
  };
};
