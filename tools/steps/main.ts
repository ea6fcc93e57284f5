// Every step of `npm test`, one after another; a step that fails does not hide the next.
import { availableParallelism } from 'node:os';
import { add, closingLine, nothing, type Outcome, oneFailed, onePassed, type Step } from '../lib/outcome.js';
import { findTests } from '../runner/find.js';
import { keyPoolFile, makeKeyPool } from '../runner/key-pool.js';
import { runAll } from '../runner/run-all.js';
import { type Arguments, parseArguments, usage } from './arguments.js';
import {
  boundaries,
  coverageOfChecklist,
  formatAndLint,
  pages,
  publishable,
  typesAndBuild,
} from './checks.js';
import { clearCoverage, coverageFolderOf, lineCoverage } from './line-coverage.js';

const tests = async (args: Arguments): Promise<Outcome> => {
  clearCoverage();
  const complete = args.filters.length === 0;
  // For a few files, making the keys that they need is quicker than making a pool.
  if (complete) await makeKeyPool();
  return runAll(findTests(args.filters), {
    keyPool: keyPoolFile,
    coverageFolderOf,
    patience: Number(process.env['MANDATE_TEST_PATIENCE'] ?? 600),
    // One more than there are processors, up to two of them: a third of the time a test waits for a card, a server or a clock.
    jobs: Number(process.env['MANDATE_TEST_JOBS'] ?? Math.min(2, availableParallelism()) + 1),
    ci: process.env['CI'] === 'true',
    complete,
    raiseFloor: args.raiseFloor,
  });
};

const stepsFor = (args: Arguments): ReadonlyArray<Step> => {
  const all: ReadonlyArray<Step> = [
    { name: 'set-up', run: async () => onePassed },
    { name: 'format and lint', run: formatAndLint },
    { name: 'types and build', run: typesAndBuild },
    { name: 'boundaries', run: boundaries },
    { name: 'tests', run: () => tests(args) },
    { name: 'line coverage', run: lineCoverage },
    { name: 'pages', run: pages },
    { name: 'checklist', run: coverageOfChecklist },
    { name: 'publishable', run: publishable },
  ];
  if (args.steps.length > 0) return all.filter(({ name }) => args.steps.includes(name));
  return args.filters.length > 0 ? all.filter(({ name }) => name === 'tests') : all;
};

const runStep = async ({ name, run }: Step): Promise<Outcome> => {
  console.log(`\n== ${name}`);
  const began = Date.now();
  const outcome = await run().catch((error: unknown) => {
    console.error(error);
    return oneFailed;
  });
  const word = outcome.failed > 0 ? 'FAILED' : 'ok';
  console.log(`-- ${name}: ${word}, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return outcome;
};

/** 0 all passed, 3 something failed, 2 not understood: tools/test.mjs tells these from a crash. */
const main = async (): Promise<number> => {
  const args = parseArguments(process.argv.slice(2));
  const steps = args === undefined ? [] : stepsFor(args);
  if (steps.length === 0) {
    console.error(usage);
    return 2;
  }
  const failing: string[] = [];
  let total = nothing;
  for (const step of steps) {
    const outcome = await runStep(step);
    if (outcome.failed > 0) failing.push(step.name);
    total = add(total, outcome);
  }
  if (failing.length > 0) console.log(`\nFailed: ${failing.join(', ')}`);
  console.log(`\n${closingLine(total)}`);
  return total.failed > 0 ? 3 : 0;
};

process.exitCode = await main();
