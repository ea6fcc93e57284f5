import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../src/page.js';
import { tiny } from '../src/plan.js';
import { type CrlResults, runCrls } from '../src/run-crls.js';
import { crlVerdictsOf } from '../src/table-crls.js';
import { measureHere } from './support.js';

const crls = suite<{ results: CrlResults }>('revocation lists, with tiny numbers');

crls.before(async (context) => {
  context.results = await runCrls({ plan: tiny, measure: measureHere, tell: () => undefined });
});

crls('a list is read whole, and every figure is a number', ({ results }) => {
  assert.is(results.complete[0]?.ours.entries, tiny.crlEntries);
  assert.is(results.small[0]?.ours.entries, tiny.smallCrlEntries);
  for (const value of Object.values(results.complete[0]?.ours ?? {})) assert.ok(Number.isFinite(value));
});

crls('pkijs reads a small list, and none of more than a thousand or so', ({ results }) => {
  assert.ok((results.small[0]?.pkijs.readMs ?? 0) > 0, results.small[0]?.pkijs.failed);
  assert.is(results.complete[0]?.pkijs.readMs, undefined);
  assert.ok(results.complete[0]?.pkijs.failed);
});

crls('the openssl command reads the same lists, where it is', ({ results }) => {
  for (const { openssl } of [...results.small, ...results.complete]) {
    assert.ok((openssl.readMs ?? 0) > 0 || openssl.failed === 'not installed', openssl.failed);
  }
});

crls('the page has a verdict for every line that must hold', ({ results }) => {
  const verdicts = crlVerdictsOf(results);
  const page = report({ crls: results }, tiny, 'a machine');
  assert.is(verdicts.length, 4);
  for (const { line } of verdicts) assert.match(page, line);
});

crls.run();
