import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { measureInChild } from '../src/lib/child.js';
import { tiny } from '../src/plan.js';
import { type Results, run } from '../src/run.js';
import { registerTables, verdictTable } from '../src/table.js';
import { verdictsOf } from '../src/verdicts.js';
import { measureHere, numbersIn } from './support.js';

const harness = suite<{ results: Results }>('the benchmark, with tiny numbers');

harness.before(async (context) => {
  context.results = await run({
    plan: tiny,
    peersMissing: 'left out',
    measure: measureHere,
    tell: () => undefined,
  });
});

harness('every figure of every row is a number', ({ results }) => {
  const numbers = numbersIn(results);
  assert.ok(numbers.length > 80, `${numbers.length} figures`);
  for (const [path, value] of numbers) assert.ok(Number.isFinite(value), `${path} is ${value}`);
});

harness('every rate is more than nothing', ({ results }) => {
  const rates = numbersIn(results).filter(([path]) => /PerSecond$|\/perSecond$|\/physical\//.test(path));
  assert.ok(rates.length > 30, `${rates.length} rates`);
  for (const [path, value] of rates) assert.ok(value > 0, path);
});

harness('both replays read the whole log and fold it to the same lists', ({ results }) => {
  const events = tiny.logAgencies * tiny.logEventsPerAgency;
  const [raw, ours] = [results.rawReplayLong[0], results.replayLong[0]];
  assert.is(raw?.events, events);
  assert.is(ours?.events, events);
  assert.is(ours?.digest, raw?.digest);
  assert.is(results.replay[0]?.events, tiny.shortReplay);
  assert.is.not(results.replay[0]?.digest, ours?.digest);
});

harness(
  'the index was fed with the whole log, and some questions are answered yes, some no',
  ({ results }) => {
    const may = results.may[0];
    assert.is(may?.events, tiny.logAgencies * tiny.logEventsPerAgency);
    for (const asked of [may?.now, may?.history]) {
      assert.ok((asked?.allowed ?? 0) > 0, 'nobody may do anything');
      assert.ok((asked?.allowed ?? tiny.questions) < tiny.questions, 'everybody may do everything');
    }
  },
);

harness('the page has a verdict for every line that must hold, and says what is not there', ({ results }) => {
  const verdicts = verdictsOf(results);
  const page = [...registerTables(results, tiny), verdictTable(verdicts)].join('\n');
  assert.is(verdicts.length, 12);
  for (const { line } of verdicts) assert.match(page, line);
  const beside = verdicts.filter(({ holds }) => holds === undefined).map(({ line }) => line);
  assert.equal(beside, ['full command beside the best emmett-sqlite']);
  assert.match(page, 'left out');
  assert.not.match(page, 'NaN events');
});

harness('a child process measures, and one that fails says why', async () => {
  const { jsonParse } = await measureInChild('physicalLimits', { milliseconds: 1 });
  assert.ok(jsonParse > 0);
  try {
    await measureInChild('replayRaw', { file: '/nowhere/at/all.db', events: 1 });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /replayRaw ended with 1: .*directory does not exist/s);
  }
});

harness.run();
