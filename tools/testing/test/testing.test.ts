import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData, suiteNeeding } from '@mandate/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const data = suite('shared data');

data.before.each(() => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-data-'));
  writeFileSync(join(folder, 'there.txt'), '');
  process.env['MANDATE_SHARED_DATA'] = folder;
});

data.after.each(() => {
  delete process.env['MANDATE_SHARED_DATA'];
});

data('what is there has a path', () => {
  assert.match(sharedData('there.txt') ?? '', /there\.txt$/);
});

data('what is not there is undefined', () => {
  assert.is(sharedData('not', 'there.txt'), undefined);
});

data.run();

let ran = 0;
const available = suiteNeeding<{ prepared: boolean }>(
  'available',
  { available: true, reason: '', remedy: '' },
  { prepared: false },
);

available.before((context) => {
  context.prepared = true;
});

available('a suite whose need is met is a plain uvu suite, hooks and context too', (context) => {
  ran += 1;
  assert.ok(context.prepared);
});

available('its tests run once each', () => {
  assert.is(ran, 1);
});

available.run();
