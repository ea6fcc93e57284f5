// What a step of `npm test` came to, and the line that closes the run.

export type Outcome = Readonly<{ passed: number; failed: number; skipped: number }>;

/** One named step. It prints what it does; what it returns is counted. */
export type Step = Readonly<{ name: string; run: () => Promise<Outcome> }>;

export const nothing: Outcome = { passed: 0, failed: 0, skipped: 0 };
export const onePassed: Outcome = { ...nothing, passed: 1 };
export const oneFailed: Outcome = { ...nothing, failed: 1 };

export const add = (a: Outcome, b: Outcome): Outcome => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** `12 passed, 0 failed`, and the skipped where there are any. */
export const closingLine = ({ passed, failed, skipped }: Outcome): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** The outcome of a check that lists what is wrong: prints the list. */
export const outcomeOf = (problems: ReadonlyArray<string>): Outcome => {
  for (const problem of problems) console.log(`  ${problem}`);
  return problems.length === 0 ? onePassed : oneFailed;
};
