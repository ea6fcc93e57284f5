import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../src/page.js';
import { tiny } from '../src/plan.js';
import { runEventStoreDb } from '../src/run-eventstoredb.js';
import { eventStoreDbVerdictsOf } from '../src/table-eventstoredb.js';
import { measureHere } from './support.js';

const eventstoredb = suite('EventStoreDB, with tiny numbers');

eventstoredb('both sides do the same two calls, and read the same events', async () => {
  const results = await runEventStoreDb({ plan: tiny, measure: measureHere, tell: () => undefined });
  const { streams, eventsPerStream, warmUp } = tiny;
  for (const round of [...results.ours, ...results.bare]) {
    assert.is(round.read, (streams * 2 + warmUp) * (eventsPerStream + 1));
    assert.ok(round.oneByOne.perSecond > 0 && round.inFlight.perSecond > 0);
  }
  const page = report({ eventstoredb: results }, tiny, 'a machine');
  const verdicts = eventStoreDbVerdictsOf(results);
  assert.is(verdicts.length, 3);
  for (const { line, measured } of verdicts) {
    assert.match(page, line);
    assert.not.match(measured, 'NaN');
  }
});

eventstoredb.run();
