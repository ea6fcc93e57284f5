/**
 * How far a rebuild has come.
 *
 * On PostgreSQL the books tell it: other runners share the work, and what this program reads itself is a part of it. On SQLite this
 * program does all of it, and counts what it reads.
 *
 * @packageDocumentation
 */
import { setTimeout as pause } from 'node:timers/promises';
import * as E from 'fp-ts/lib/Either.js';
import type { Progress } from '../terminal/progress.js';
import type { ModelStatus, Models } from './models.js';

export interface MeterSettings {
  readonly progress: Progress;
  /** How often the log is read from its beginning: once for each read model that is built. */
  readonly rounds: number;
  /** How many events the store holds, where it can tell. */
  readonly total: number | undefined;
  /** The read models that are built. */
  readonly names: ReadonlyArray<{ readonly name: string }>;
}

export interface Meter {
  /** Hears how many events this program has read so far, of all rounds. */
  readonly read: (events: number) => void;
  /** A round is over. */
  readonly next: () => void;
  /** Asks the books from time to time, where they count. */
  readonly watch: (models: Pick<Models, 'status'>) => { readonly stop: () => Promise<void> };
}

const lookEvery = 1000;

/** Events that a set of tables is past, applied or not. */
const passedOf = ({ passed }: ModelStatus): number => passed ?? 0;

export const createMeter = ({ progress, rounds, total, names }: MeterSettings): Meter => {
  let over = 0;
  let readBefore = 0;
  let read = 0;
  let now = 0;
  let all = total;
  let isBooked = false;
  const tell = (): void => {
    const whole = all === undefined ? undefined : all * rounds;
    const before = all === undefined ? readBefore : all * over;
    progress.tell(before + (all === undefined ? now : Math.min(now, all)), whole);
  };

  const look = (statuses: ReadonlyArray<ModelStatus>): void => {
    const mine = statuses.filter(({ name }) => names.some((one) => one.name === name));
    if (mine.every(({ passed }) => passed === undefined)) return;
    isBooked = true;
    // What is live has passed what there was: so a store that cannot count has a total, too.
    all = Math.max(all ?? 0, ...mine.map(passedOf));
    const building = mine.filter(({ status }) => status === 'building');
    if (building.length === 0) return;
    // Several in one round come forward together.
    now = building.reduce((sum, one) => sum + passedOf(one), 0) / building.length;
    tell();
  };

  return {
    read: (events) => {
      read = events;
      if (isBooked) return;
      now = read - readBefore;
      tell();
    },
    next: () => {
      over += 1;
      readBefore = read;
      now = 0;
      tell();
    },
    watch: (models) => {
      const ends = new AbortController();
      const watching = (async () => {
        while (!ends.signal.aborted) {
          const statuses = await models.status();
          if (E.isRight(statuses)) look(statuses.right);
          await pause(lookEvery, undefined, { signal: ends.signal }).catch(() => undefined);
        }
      })();
      return {
        stop: async () => {
          ends.abort();
          await watching;
        },
      };
    },
  };
};
