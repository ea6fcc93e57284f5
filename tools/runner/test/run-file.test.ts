import { fileURLToPath } from 'node:url';
import { suite, test } from 'uvu';
import * as assert from 'uvu/assert';
import { type FileRun, runFile } from '../run-file.js';

const run = (fixture: string, patience = 60): Promise<FileRun> =>
  runFile(fileURLToPath(new URL(`./fixtures/${fixture}.ts`, import.meta.url)), { patience });

const isGood = (result: FileRun): boolean => result.failed.length + result.faults.length === 0;

test('a file whose tests pass is good, and every test is counted by name', async () => {
  const result = await run('passes');
  assert.equal(result.faults, []);
  assert.equal(result.failed, []);
  assert.equal(result.passed, ['one and one are two', 'sees what its hook did']);
});

test('a failing test is named, the others are counted, and the output has both sides of the difference', async () => {
  const result = await run('fails');
  assert.equal(result.failed, ['two lists differ']);
  assert.equal(result.passed, ['another passes']);
  assert.equal(result.faults, []);
  assert.match(result.output, /\+\+.*renew/);
  assert.match(result.output, /--.*revoke/);
});

test('tests that need what is not there are skipped with the reason and the remedy, hooks too', async () => {
  const result = await run('needs-a-reader');
  const why = { reason: 'no card reader', remedy: 'npm run setup:system' };
  assert.equal(result.skipped, [
    { name: 'reads a card', ...why },
    { name: 'writes a card', ...why },
  ]);
  assert.ok(isGood(result));
});

test('.skip is counted', async () => {
  const result = await run('skips');
  assert.equal(result.skipped, [{ name: 'does not' }]);
  assert.equal(result.passed, ['runs']);
});

test('a process that a test forks is not taken for the test itself', async () => {
  const result = await run('forks');
  assert.equal(result.faults, []);
  assert.is(result.passed.length, 1);
});

test.run();

const silent = suite('what uvu lets pass in silence');

const silentPasses: ReadonlyArray<readonly [fixture: string, rule: string, fault: RegExp]> = [
  ['no-tests', 'a file with no tests', /^the file has no tests$/],
  ['imports-nothing', 'a file that never imports uvu', /^the file has no tests$/],
  ['empty-suite', 'a suite with no tests', /^the suite "empty" has no tests$/],
  ['forgotten-run', 'a forgotten .run()', /^the suite "forgotten" has tests and no \.run\(\) after them$/],
  ['after-run', 'a test declared after .run()', /^the default suite has tests and no \.run\(\) after them$/],
  ['uses-only', '.only', /^"passes, alone" uses \.only/],
  ['never-settles', 'a test that never settles', /^"waits for nothing" started and never settled$/],
  ['exits-early', 'process.exit inside a test', /^process\.exit\(0\) was called/],
  ['exits-at-once', 'process.exit before the tests', /^"never starts" was declared and never ran$/],
  ['killed', 'a process that is killed', /^the process was ended by SIGKILL$/],
  ['unhandled-rejection', 'an unhandled rejection', /^unhandledRejection: Error: nobody waited/],
  ['late-rejection', 'a rejection after the test passed', /^unhandledRejection: Error: too late/],
  ['failing-before', 'a before hook that fails', /^a before hook of the suite "unprepared" failed/],
  ['failing-after-each', 'an after.each hook that fails', /^"second" was declared and never ran$/],
  ['is-not-there', 'a file that is not there', /^the file has no tests$/],
  ['cannot-load', 'a file that cannot be loaded', /^unhandledRejection: Error: cannot load/],
];

for (const [fixture, rule, fault] of silentPasses) {
  silent(`${rule} fails the file`, async () => {
    const result = await run(fixture);
    assert.ok(
      result.faults.some((found) => fault.test(found)),
      `faults: ${JSON.stringify(result.faults)}`,
    );
  });
}

silent(
  'a test that throws something other than an error fails, and the ones after it still run',
  async () => {
    const result = await run('throws-nothing');
    assert.equal(result.failed, ['rejects with undefined']);
    assert.equal(result.passed, ['comes after']);
  },
);

silent('a process that stays open when its tests are done is ended and fails', async () => {
  const result = await run('never-ends', 2);
  assert.equal(result.faults, ['the process was silent for 2 s and was ended']);
});

silent.run();
