/**
 * A store as it was: up to a position, or as it was known at a time.
 *
 * @packageDocumentation
 */
import type { EventStore, Position, ReadAllFrom, RecordedEvent } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault } from '../fault.js';

/** How far. */
export type Until =
  | { readonly _tag: 'Position'; readonly position: Position }
  /** ISO 8601, UTC, milliseconds: what was recorded until then. */
  | { readonly _tag: 'Time'; readonly time: string };

// A time without a zone would be another instant in another office.
const instant = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A time with its zone; JavaScript would take the 30th of February for a day in March. */
const isInstant = (text: string): boolean => {
  const [, year, month, day] = instant.exec(text) ?? [];
  if (year === undefined || Number.isNaN(Date.parse(text))) return false;
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
};

/** Reads a time with its zone, or a position of this store. */
export const readUntil = async (store: EventStore, text: string): Promise<E.Either<CliFault, Until>> => {
  if (isInstant(text)) {
    return E.right({ _tag: 'Time', time: new Date(text).toISOString() });
  }
  const position = text as Position;
  const known = await store.readAll({ at: position }, 1)();
  return E.isLeft(known)
    ? E.left(cliFault('TIME_INVALID', `${text}: ${known.left.detail}`))
    : E.right({ _tag: 'Position', position });
};

const recordedAt = (body: string): string => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'recordedAt' in value
      ? String(value.recordedAt)
      : '';
  } catch {
    // What cannot be read is left to whoever reads it, who tells the fault.
    return '';
  }
};

const isWithin =
  (until: Until) =>
  ({ position, body }: RecordedEvent): boolean =>
    until._tag === 'Position' ? position <= until.position : recordedAt(body) <= until.time;

/** The store with nothing after `until`. Each stream is a beginning of itself: times never go back within one. */
export const storeUntil = (store: EventStore, until: Until): EventStore => {
  const within = isWithin(until);
  const readAll: EventStore['readAll'] = (from, limit) => async () => {
    let next: ReadAllFrom = from;
    for (;;) {
      const page: Awaited<ReturnType<ReturnType<EventStore['readAll']>>> = await store.readAll(next, limit)();
      if (E.isLeft(page)) return page;
      const { events }: { readonly events: ReadonlyArray<RecordedEvent> } = page.right;
      const last = events.at(-1);
      const isOver =
        page.right.end || last === undefined || (until._tag === 'Position' && last.position > until.position);
      const wanted = events.filter(within);
      // An empty page that is not the end would keep a reader in its place.
      if (wanted.length > 0 || isOver) return E.right({ events: wanted, end: isOver });
      next = { after: last.position };
    }
  };
  return {
    ...store,
    readAll,
    head: () => async () => {
      const head = await store.head()();
      return until._tag === 'Position'
        ? E.map((end: Position | undefined) =>
            end !== undefined && end > until.position ? until.position : end,
          )(head)
        : head;
    },
  };
};
