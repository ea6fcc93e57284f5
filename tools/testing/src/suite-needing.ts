import { suite, type Test } from 'uvu';

/** What a suite needs from outside the repository. */
export type Need = Readonly<{
  /** Whether it is there. */
  available: boolean;
  /** What is missing, in a few words: `no PKITS data`. */
  reason: string;
  /** The command that brings it: `npm run setup:system`. */
  remedy: string;
}>;

/** `npm test` listens for the third argument; uvu itself ignores it. */
type SkipWithNeed = (name: string, handler: undefined, need: Need) => void;

const ignoreHook = Object.assign((): void => {}, { each: (): void => {} });

/**
 * A uvu suite whose tests run where `need.available` holds and all count as skipped where it does not.
 *
 * `npm test` prints the reason and the remedy; with `CI=true` it counts each skipped test as a failure.
 */
export const suiteNeeding = <T = Record<string, unknown>>(name: string, need: Need, context?: T): Test<T> => {
  const real = suite<T>(name, context);
  if (need.available) return real;
  const skip = (testName = ''): void => {
    (real.skip as SkipWithNeed)(testName, undefined, need);
  };
  return Object.assign((testName: string): void => skip(testName), {
    only: skip,
    skip,
    before: ignoreHook,
    after: ignoreHook,
    run: (): void => {
      process.stdout.write(`skipped: ${name}: ${need.reason}; remedy: ${need.remedy}\n`);
      real.run();
    },
  });
};
