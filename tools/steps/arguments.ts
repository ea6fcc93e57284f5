/** What `npm test -- …` was asked. */
export type Arguments = Readonly<{
  /** Steps by name; none means all. */
  steps: ReadonlyArray<string>;
  /** Parts of test files' paths; none means all files. With a filter only the tests run. */
  filters: ReadonlyArray<string>;
  raiseFloor: boolean;
}>;

export const usage = `npm test                              every step
npm test -- packages/domain certs     only the test files whose path contains one of these
npm test -- --step boundaries         only this step: set-up, format and lint, types and build, boundaries,
                                      tests, line coverage, pages, checklist, publishable
npm test -- --raise-floor             after all tests, raise tools/test-floor.json to what was found`;

/** `undefined` where an argument means nothing here. */
export const parseArguments = (words: ReadonlyArray<string>): Arguments | undefined => {
  const steps: string[] = [];
  const filters: string[] = [];
  let raiseFloor = false;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--raise-floor') raiseFloor = true;
    else if (word === '--step') {
      const step = rest.shift();
      if (step === undefined) return undefined;
      steps.push(step);
    } else if (word.startsWith('-')) return undefined;
    else filters.push(word);
  }
  return { steps, filters, raiseFloor };
};
