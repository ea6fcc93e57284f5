import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closingLine } from '../../lib/outcome.js';
import { belowFloor, placeOf, raised } from '../floor.js';
import { judge } from '../judge.js';
import { type AllOptions, runAll } from '../run-all.js';

const fixtures = (...names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.map((name) => fileURLToPath(new URL(`./fixtures/${name}.ts`, import.meta.url)));

const options: AllOptions = { patience: 60, jobs: 2, ci: false, complete: false, raiseFloor: false };

const counting = suite('counting');

counting('all files are counted together; a fault counts as a failure', async () => {
  const outcome = await runAll(fixtures('passes', 'fails', 'forgotten-run', 'skips'), options);
  assert.equal(outcome, { passed: 5, failed: 2, skipped: 1 });
});

counting('in CI a skipped test is a failure', async () => {
  const outcome = await runAll(fixtures('needs-a-reader'), { ...options, ci: true });
  assert.equal(outcome, { passed: 0, failed: 2, skipped: 0 });
});

counting('no files at all is a failure', async () => {
  assert.equal(await runAll([], options), { passed: 0, failed: 1, skipped: 0 });
});

counting('the closing line names the skipped only where there are any', () => {
  assert.is(closingLine({ passed: 12, failed: 0, skipped: 0 }), '12 passed, 0 failed');
  assert.is(closingLine({ passed: 12, failed: 1, skipped: 3 }), '12 passed, 1 failed, 3 skipped');
});

counting('a process that leaves without a word is a fault, whatever its exit code says', () => {
  const verdict = judge([{ kind: 'suite', suite: 0, name: '' }], { code: 0, signal: null });
  assert.equal(verdict.faults, [
    'the file has no tests',
    'the process ended before its end could be noted (exit code 0)',
  ]);
});

counting('an exit code that nothing explains is a fault', () => {
  const verdict = judge(
    [
      { kind: 'suite', suite: 0, name: '' },
      { kind: 'test', suite: 0, test: 0, name: 'a' },
      { kind: 'run', suite: 0 },
      { kind: 'started', test: 0 },
      { kind: 'passed', test: 0 },
      { kind: 'end', code: 7 },
    ],
    { code: 7, signal: null },
  );
  assert.equal(verdict.faults, ['the process ended with exit code 7']);
});

counting.run();

const floor = suite('the floor');

floor('fewer tests than recorded fail, in every place by itself', () => {
  const recorded = { 'packages/domain': 10, 'packages/certificates': 5, bench: 1 };
  const problems = belowFloor(recorded, { 'packages/domain': 9, 'packages/certificates': 50 });
  assert.is(problems.length, 2);
  assert.match(problems[0] ?? '', 'packages/domain has 9 tests');
  assert.match(problems[1] ?? '', 'bench has 0 tests');
  assert.equal(belowFloor(recorded, { ...recorded, 'examples/gepi': 1 }), []);
});

floor('it only rises', () => {
  assert.equal(raised({ a: 10, b: 5 }, { a: 9, b: 6, c: 1 }), { a: 10, b: 6, c: 1 });
});

floor('a test file counts for the folder that holds its test folder', () => {
  assert.is(placeOf('packages/domain/test/values/oid.test.ts'), 'packages/domain');
  assert.is(placeOf('bench/test/table.test.ts'), 'bench');
});

floor.run();
