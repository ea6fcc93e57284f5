import { builtIn } from '@mandate/projections';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../src/page.js';
import { tiny } from '../src/plan.js';
import { runLarge } from '../src/run-large.js';
import { measureHere, numbersIn } from './support.js';

const large = suite('a large register, with tiny numbers');

large(
  'each read model and the index are built of the whole log, and every figure is more than nothing',
  async () => {
    const results = await runLarge({ plan: tiny, measure: measureHere, tell: () => undefined });
    assert.equal(
      results.models.map(({ name }) => name),
      builtIn.map(({ name }) => name),
    );
    for (const { events } of [...results.models, results.index, results.replay, results.log])
      assert.is(events, tiny.largeEvents);
    for (const [path, value] of numbersIn(results)) assert.ok(value > 0, `${path} is ${value}`);
    const page = report({ large: results }, tiny, 'a machine');
    for (const { name } of builtIn) assert.match(page, name);
    assert.not.match(page, 'NaN');
  },
);

large.run();
