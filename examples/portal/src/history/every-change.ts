/**
 * The changes of an agency that pages show: all, or the latest where there are more than a page can hold.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { Either } from 'fp-ts/lib/Either.js';
import type { HistoryPlace } from './place.js';
import type { Change, History, People } from './telling.js';

/** Rows that are fetched at a time, kept for the page, and looked at: an agency with more has tables to download. */
export const historyLimits = { atATime: 1_000, kept: 10_000, lookedAt: 50_000 } as const;

export interface EveryChange {
  /** In the order in which they were written down. */
  readonly changes: ReadonlyArray<Change>;
  readonly people: People;
  /** What is not among them. `newer`: there are more than are looked at, and the latest were not reached. */
  readonly leftOut: 'nothing' | 'older' | 'newer';
}

export const everyChange = async (
  place: Pick<HistoryPlace, 'list'>,
): Promise<Either<ClientFault, EveryChange>> => {
  const { atATime, kept, lookedAt } = historyLimits;
  const people = new Map<string, People[number]>();
  let changes: ReadonlyArray<Change> = [];
  let cursor: string | null = null;
  let read = 0;
  do {
    const answer: Either<ClientFault, History> = await place.list({
      limit: String(atATime),
      ...(cursor === null ? {} : { cursor }),
    });
    if (answer._tag === 'Left') return answer;
    const { items, next } = answer.right;
    changes = [...changes, ...items].slice(-kept);
    for (const one of answer.right.people) people.set(one.person, one);
    read += items.length;
    cursor = next;
  } while (cursor !== null && read < lookedAt);
  const leftOut = cursor !== null ? 'newer' : read > kept ? 'older' : 'nothing';
  return { _tag: 'Right', right: { changes, people: [...people.values()], leftOut } };
};
