/** The process of a module that hangs, crashes or does not let go. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suiteNeeding } from '@mandate/testing';
import { until } from '@mandate/testing/card-service';
import * as assert from 'uvu/assert';

import { pkcs11Reader } from '../../src/index.js';
import { bindingNeed } from './softhsm.js';
import { children, leftOf, modulePids, rightOf } from './support.js';

const compiles = spawnSync('cc', ['--version']).error === undefined;
const host = suiteNeeding(
  'PKCS#11: the process of a module',
  compiles ? bindingNeed : { available: false, reason: 'no C compiler', remedy: 'npm run setup:system' },
);

let folder: string;
let module: string;

host.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'mischief-'));
  module = join(folder, 'mischief.so');
  const source = fileURLToPath(new URL('./mischief.c', import.meta.url));
  execFileSync('cc', ['-shared', '-fPIC', '-o', module, source]);
});

host.after(() => rmSync(folder, { recursive: true, force: true }));

/** Time for a module that answers, however busy the machine; one that hangs is waited for no longer than `soon`. */
const patient = 60_000;
const soon = 500;

const readerOf = (mischief: string, deadline = patient) =>
  pkcs11Reader({ module, deadline, environment: { MISCHIEF: mischief } });

/** Until no module is left running. */
const gone = async (): Promise<void> => {
  await until(async () => children() === 0);
};

host('a module that works has no slot here, and is asked again in the same process', async () => {
  const reader = readerOf('none');
  assert.equal(rightOf(await reader.tokens()()), []);
  assert.is(leftOf(await reader.read()()).code, 'NO_READER');
  assert.is(children(), 1);
  await reader.close();
  assert.is(children(), 0);
});

host('one that hangs is ended after its deadline, and each question gets a fresh process', async () => {
  for (const where of ['hang at start', 'hang']) {
    const reader = readerOf(where, soon);
    assert.is(leftOf(await reader.tokens()()).code, 'TIMEOUT', where);
    assert.is(leftOf(await reader.read()()).code, 'TIMEOUT', where);
    await reader.close();
    assert.is(children(), 0, where);
  }
});

host('one that crashes takes its own process with it: CARD_FAULT, at once, and again', async () => {
  for (const how of ['crash', 'exit']) {
    const reader = readerOf(how);
    for (let time = 0; time < 2; time += 1) {
      const fault = leftOf(await reader.tokens()());
      assert.is(fault.code, 'CARD_FAULT', how);
      assert.match(fault.detail ?? '', 'ended during tokens');
    }
    await reader.close();
    assert.is(children(), 0, how);
  }
});

host('one that cannot be initialised is NO_PCSC', async () => {
  const reader = readerOf('refuse');
  assert.is(leftOf(await reader.tokens()()).code, 'NO_PCSC');
  await reader.close();
});

host('one that does not let go of its cards is ended with them; the answer stands', async () => {
  for (const how of ['keep', 'hang at the end']) {
    // Its answer is waited for as well.
    const reader = readerOf(how, 5_000);
    for (let time = 0; time < 2; time += 1) {
      assert.equal(rightOf(await reader.tokens()()), []);
      await gone();
    }
    await reader.close();
  }
});

host('questions that wait behind a hanging one are answered after it', async () => {
  const reader = readerOf('hang', soon);
  const all = await Promise.all([reader.tokens()(), reader.tokens()(), reader.tokens()()]);
  assert.equal(
    all.map((one) => leftOf(one).code),
    ['TIMEOUT', 'TIMEOUT', 'TIMEOUT'],
  );
  await reader.close();
});

host('variables that make modules write down PINs do not reach it', async () => {
  process.env['PKCS11SPY'] = '/nowhere/to-be-spied-on.so';
  const reader = readerOf('none');
  rightOf(await reader.tokens()());
  const environment = modulePids().map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'));
  assert.is(environment.length, 1);
  assert.not.ok(environment.some((text) => text.includes('PKCS11SPY')));
  delete process.env['PKCS11SPY'];
  await reader.close();
});

host.run();
