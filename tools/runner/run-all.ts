// All test files, a few at a time; prints a line for each and everything about those that failed.
import { add, nothing, type Outcome } from '../lib/outcome.js';
import { belowFloor, type Counts, placeOf, raised, readFloor, writeFloor } from './floor.js';
import { type FileRun, type RunOptions, runFile } from './run-file.js';

export type AllOptions = Omit<RunOptions, 'coverageFolder'> &
  Readonly<{
    /** Where V8 writes the coverage of a file; none is taken without it. */
    coverageFolderOf?: (file: string) => string | undefined;
    jobs: number;
    /** With `true`, a skipped test is a failure. */
    ci: boolean;
    /** Whether these are all the tests, so that the floor applies. */
    complete: boolean;
    raiseFloor: boolean;
  }>;

const indent = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');

const skippedBecause = (run: FileRun): ReadonlyArray<string> => {
  const reasons = run.skipped.map(({ reason, remedy }) =>
    reason === undefined ? 'marked .skip' : `${reason}; remedy: ${remedy ?? 'none'}`,
  );
  return [...new Set(reasons)].map(
    (reason) => `${reasons.filter((one) => one === reason).length} skipped: ${reason}`,
  );
};

const outcomeOfFile = (run: FileRun, ci: boolean): Outcome => ({
  passed: run.passed.length,
  failed: run.failed.length + run.faults.length + (ci ? run.skipped.length : 0),
  skipped: ci ? 0 : run.skipped.length,
});

const print = (run: FileRun, outcome: Outcome): void => {
  const word = outcome.failed > 0 ? 'FAIL' : ' ok ';
  console.log(`  ${word} ${run.file}  ${run.passed.length} passed, ${run.seconds.toFixed(1)} s`);
  for (const reason of skippedBecause(run)) console.log(`      ${reason}`);
  if (run.failed.length + run.faults.length === 0) return;
  for (const fault of run.faults) console.log(indent(`fault: ${fault}`));
  if (run.output.trim() !== '') console.log(indent(run.output));
};

const checkFloor = (runs: ReadonlyArray<FileRun>, raise: boolean): ReadonlyArray<string> => {
  const counts: Record<string, number> = {};
  for (const run of runs) {
    const place = placeOf(run.file);
    const declared = run.passed.length + run.failed.length + run.skipped.length;
    counts[place] = (counts[place] ?? 0) + declared;
  }
  const floor: Counts = readFloor();
  if (raise) writeFloor(raised(floor, counts));
  const problems = belowFloor(floor, counts);
  for (const problem of problems) console.log(`  FAIL ${problem}`);
  return problems;
};

/** Runs the files and returns what they came to together. */
export const runAll = async (files: ReadonlyArray<string>, options: AllOptions): Promise<Outcome> => {
  const queue = [...files];
  const runs: FileRun[] = [];
  let total = nothing;
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const coverageFolder = options.coverageFolderOf?.(file);
      const run = await runFile(file, {
        ...options,
        ...(coverageFolder === undefined ? {} : { coverageFolder }),
      });
      const outcome = outcomeOfFile(run, options.ci);
      print(run, outcome);
      runs.push(run);
      total = add(total, outcome);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));

  const failing = runs.filter((run) => outcomeOfFile(run, options.ci).failed > 0);
  if (failing.length > 0) console.log('\n  What failed:');
  for (const run of failing) {
    for (const name of [...run.failed, ...run.faults.map((fault) => fault.split('\n', 1)[0])]) {
      console.log(`    ${run.file}: ${name}`);
    }
  }
  if (runs.length === 0) console.log('  FAIL no test files were found');
  const below = options.complete ? checkFloor(runs, options.raiseFloor) : [];
  return add(total, { ...nothing, failed: below.length + (runs.length === 0 ? 1 : 0) });
};
