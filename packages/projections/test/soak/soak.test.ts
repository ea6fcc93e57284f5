import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { soak } from './soak.js';
import { isSound, printSoak } from './table.js';

// An hour of the same: `npm run soak`.
const minutes = 2;

const test = suite('a soak');

test('two minutes of faults, one after another: lost 0, twice 0, in stores, subscriptions and read models', async () => {
  const seed = Math.floor(Math.random() * 1_000_000);
  const results = await soak({ minutes, seed }).catch((error: unknown) => {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  const page = printSoak(results);
  assert.ok(isSound(results), page);
  for (const { name, times } of results.faults)
    assert.ok(times === undefined || times > 0, `${name}\n${page}`);
  for (const { name, acknowledged, stored } of results.lanes) {
    assert.ok(acknowledged > 30 && stored > acknowledged, `${name}\n${page}`);
  }
});

test.run();
