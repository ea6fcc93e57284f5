/**
 * What is known of readers and the cards in them, told to whoever watches.
 *
 * @packageDocumentation
 */
import type { ReaderEvent, ReaderState } from './transport.js';

type Listener = (event: ReaderEvent) => void;

export interface Board {
  readonly states: () => ReadonlyArray<ReaderState>;
  /** A reader is there, with the answer to reset of its card or `undefined` for none. Tells only what is new. */
  readonly see: (reader: string, atr: Uint8Array | undefined) => void;
  /** A reader is there no longer. */
  readonly forget: (reader: string) => void;
  /** The service went away, and with it all that was known. */
  readonly lose: () => void;
  /** The service came back; what is seen from now on is told as new. */
  readonly regain: () => void;
  /** Tells the listener the present state at once, then every change. The answer ends that. */
  readonly watch: (listener: Listener) => () => void;
}

const added = (reader: string): ReaderEvent => ({ type: 'reader-added', reader });
const inserted = (reader: string, atr: Uint8Array): ReaderEvent => ({ type: 'card-inserted', reader, atr });
const removed = (reader: string): ReaderEvent => ({ type: 'card-removed', reader });

const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, place) => octet === b[place]);

/** What changed in a reader, in the order in which it must have happened. */
const changes = (
  reader: string,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): ReadonlyArray<ReaderEvent> => {
  if (before === undefined) return after === undefined ? [] : [inserted(reader, after)];
  if (after === undefined) return [removed(reader)];
  return sameOctets(before, after) ? [] : [removed(reader), inserted(reader, after)];
};

export const board = (): Board => {
  const known = new Map<string, Uint8Array | undefined>();
  // A key of its own for each: the same function may watch twice.
  const watchers = new Map<symbol, Listener>();
  let lost = false;

  const tell = (events: ReadonlyArray<ReaderEvent>): void => {
    for (const event of events) for (const listener of [...watchers.values()]) listener(event);
  };

  const regain = (): void => {
    if (!lost) return;
    lost = false;
    tell([{ type: 'service-back' }]);
  };

  return {
    states: () =>
      [...known].map(([reader, atr]) => (atr === undefined ? { reader } : { reader, atr: atr.slice() })),
    see: (reader, atr) => {
      regain();
      const first = known.has(reader) ? [] : [added(reader)];
      const events = [...first, ...changes(reader, known.get(reader), atr)];
      known.set(reader, atr);
      tell(events);
    },
    forget: (reader) => {
      if (!known.has(reader)) return;
      const events = [...changes(reader, known.get(reader), undefined)];
      known.delete(reader);
      tell([...events, { type: 'reader-removed', reader }]);
    },
    lose: () => {
      if (lost) return;
      lost = true;
      known.clear();
      tell([{ type: 'service-lost' }]);
    },
    regain,
    watch: (listener) => {
      const key = Symbol('watcher');
      watchers.set(key, listener);
      const present = [...known];
      for (const [reader] of present) listener(added(reader));
      for (const [reader, atr] of present) if (atr !== undefined) listener(inserted(reader, atr));
      if (lost) listener({ type: 'service-lost' });
      return () => {
        watchers.delete(key);
      };
    },
  };
};
