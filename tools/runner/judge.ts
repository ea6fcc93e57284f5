// From what a test process recorded, and how it ended, to what counts. Pure.
import type { ReportEvent } from './events.js';

/** How the process ended: its exit code, the signal that ended it, or the runner's own patience. */
export type Ending = Readonly<{ code: number | null; signal: string | null; silentFor?: number }>;

export type Skipped = Readonly<{ name: string; reason?: string; remedy?: string }>;

/** What one test file came to. `faults` are failures of the file, beside failed tests. */
export type Verdict = Readonly<{
  passed: ReadonlyArray<string>;
  failed: ReadonlyArray<string>;
  skipped: ReadonlyArray<Skipped>;
  faults: ReadonlyArray<string>;
}>;

// -------------------------------------------------------------------------------------
// what was recorded
// -------------------------------------------------------------------------------------

type TestState = 'declared' | 'queued' | 'started' | 'passed' | 'failed';
type Test = { readonly name: string; readonly suite: number; state: TestState };
type Suite = { readonly name: string; declared: number; ran: boolean };

type Recorded = {
  readonly suites: Map<number, Suite>;
  readonly tests: Map<number, Test>;
  readonly skipped: Skipped[];
  readonly noted: string[];
  ended: boolean;
};

const quoted = (name: string): string => `"${name}"`;
const called = (suite: Suite | undefined): string =>
  suite === undefined || suite.name === '' ? 'the default suite' : `the suite ${quoted(suite.name)}`;

const declareIn = (recorded: Recorded, id: number): void => {
  const suite = recorded.suites.get(id);
  if (suite !== undefined) suite.declared += 1;
};

const queue = (recorded: Recorded, id: number): void => {
  const suite = recorded.suites.get(id);
  if (suite !== undefined) suite.ran = true;
  for (const test of recorded.tests.values()) {
    if (test.suite === id && test.state === 'declared') test.state = 'queued';
  }
};

const note = (recorded: Recorded, event: ReportEvent): void => {
  switch (event.kind) {
    case 'suite':
      recorded.suites.set(event.suite, { name: event.name, declared: 0, ran: false });
      return;
    case 'test':
      recorded.tests.set(event.test, { name: event.name, suite: event.suite, state: 'declared' });
      declareIn(recorded, event.suite);
      return;
    case 'skip': {
      const { kind: _kind, suite: _suite, ...skip } = event;
      recorded.skipped.push(skip);
      declareIn(recorded, event.suite);
      return;
    }
    case 'only':
      recorded.noted.push(`${quoted(event.name)} uses .only, which hides the other tests`);
      return;
    case 'run':
      queue(recorded, event.suite);
      return;
    case 'started':
    case 'passed':
    case 'failed': {
      const test = recorded.tests.get(event.test);
      if (test !== undefined) test.state = event.kind;
      return;
    }
    case 'hook-failed':
      recorded.noted.push(
        `a ${event.hook} hook of ${called(recorded.suites.get(event.suite))} failed: ${event.error}`,
      );
      return;
    case 'exit-called':
      recorded.noted.push(`process.exit(${event.code}) was called: ${event.where}`);
      return;
    case 'uncaught':
      recorded.noted.push(`${event.origin}: ${event.error}`);
      return;
    case 'end':
      recorded.ended = true;
      return;
  }
};

// -------------------------------------------------------------------------------------
// what is wrong with it
// -------------------------------------------------------------------------------------

const faultsOfTests = ({ tests, suites }: Recorded): ReadonlyArray<string> => {
  const faults: string[] = [];
  const forgotten = new Set<number>();
  for (const test of tests.values()) {
    if (test.state === 'declared') forgotten.add(test.suite);
    if (test.state === 'queued') faults.push(`${quoted(test.name)} was declared and never ran`);
    if (test.state === 'started') faults.push(`${quoted(test.name)} started and never settled`);
  }
  for (const id of forgotten) faults.push(`${called(suites.get(id))} has tests and no .run() after them`);
  return faults;
};

const faultsOfSuites = ({ suites }: Recorded): ReadonlyArray<string> =>
  [...suites.values()]
    .filter((suite) => suite.declared === 0 && suite.name !== '')
    .map((suite) => `${called(suite)} has no tests${suite.ran ? '' : ' and no .run()'}`);

const faultsOfEnding = (ending: Ending, ended: boolean, explained: boolean): ReadonlyArray<string> => {
  if (ending.silentFor !== undefined)
    return [`the process was silent for ${ending.silentFor} s and was ended`];
  if (ending.signal !== null) return [`the process was ended by ${ending.signal}`];
  if (!ended) return [`the process ended before its end could be noted (exit code ${ending.code})`];
  return ending.code !== 0 && !explained ? [`the process ended with exit code ${ending.code}`] : [];
};

/** Judges one test file: every test declared must have been queued by `.run()`, have started and have settled. */
export const judge = (events: ReadonlyArray<ReportEvent>, ending: Ending): Verdict => {
  const recorded: Recorded = {
    suites: new Map(),
    tests: new Map(),
    skipped: [],
    noted: [],
    ended: false,
  };
  for (const event of events) note(recorded, event);

  const inState = (state: TestState): ReadonlyArray<string> =>
    [...recorded.tests.values()].filter((test) => test.state === state).map((test) => test.name);
  const failed = inState('failed');
  const faults = [
    ...recorded.noted,
    ...(recorded.tests.size + recorded.skipped.length === 0 ? ['the file has no tests'] : []),
    ...faultsOfSuites(recorded),
    ...faultsOfTests(recorded),
  ];
  const explained = failed.length + faults.length > 0;
  return {
    passed: inState('passed'),
    failed,
    skipped: recorded.skipped,
    faults: [...faults, ...faultsOfEnding(ending, recorded.ended, explained)],
  };
};
