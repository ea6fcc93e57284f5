import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseArguments } from '../arguments.js';

test('no arguments mean everything', () => {
  assert.equal(parseArguments([]), { steps: [], filters: [], raiseFloor: false });
});

test('words are parts of paths, --step names a step, --raise-floor raises', () => {
  assert.equal(parseArguments(['domain', '--step', 'tests', 'values', '--raise-floor']), {
    steps: ['tests'],
    filters: ['domain', 'values'],
    raiseFloor: true,
  });
});

test('an option that means nothing is refused, not passed over', () => {
  assert.is(parseArguments(['--watch']), undefined);
  assert.is(parseArguments(['--step']), undefined);
});

test.run();
