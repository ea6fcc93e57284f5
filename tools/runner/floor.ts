// How many tests each package had when somebody last looked: tests that vanish fail the run.
import { readFileSync, writeFileSync } from 'node:fs';
import { absolute } from '../lib/repository.js';

export type Counts = Readonly<Record<string, number>>;

const path = absolute('tools/test-floor.json');

export const readFloor = (): Counts => JSON.parse(readFileSync(path, 'utf8'));

export const writeFloor = (floor: Counts): void => {
  writeFileSync(path, `${JSON.stringify(floor, null, 2)}\n`);
};

/** `packages/domain/test/a/b.test.ts` counts for `packages/domain`. */
export const placeOf = (file: string): string => file.slice(0, file.indexOf('/test/'));

/** What is below the floor, in words. A folder that is gone altogether is below it too. */
export const belowFloor = (floor: Counts, counts: Counts): ReadonlyArray<string> =>
  Object.entries(floor)
    .filter(([place, least]) => (counts[place] ?? 0) < least)
    .map(
      ([place, least]) =>
        `${place} has ${counts[place] ?? 0} tests; tools/test-floor.json says at least ${least}`,
    );

/** The floor after a run: it only rises. */
export const raised = (floor: Counts, counts: Counts): Counts =>
  Object.fromEntries(
    [...new Set([...Object.keys(floor), ...Object.keys(counts)])]
      .sort()
      .map((place) => [place, Math.max(floor[place] ?? 0, counts[place] ?? 0)]),
  );
