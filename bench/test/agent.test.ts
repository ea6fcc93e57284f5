import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../src/page.js';
import { tiny } from '../src/plan.js';
import { type AgentResults, runAgent } from '../src/run-agent.js';
import { agentVerdictsOf } from '../src/table-agent.js';
import { measureHere } from './support.js';

const agent = suite<{ results: AgentResults }>('windows of the card agent, with tiny numbers');

agent.before(async (context) => {
  context.results = await runAgent({ plan: tiny, measure: measureHere, tell: () => undefined });
});

agent('all windows wait at once, and each gets a signature that the register takes', ({ results }) => {
  const [round] = results.windows;
  assert.equal([round?.mostWaiting, round?.verified], [tiny.agentWindows, tiny.agentWindows]);
  for (const value of Object.values(round?.opening ?? {})) assert.ok(Number.isFinite(value) && value > 0);
});

agent('the page has a verdict for every line that must hold', ({ results }) => {
  const verdicts = agentVerdictsOf(results);
  const page = report({ agent: results }, tiny, 'a machine');
  assert.is(verdicts.length, 4);
  for (const { line, measured } of verdicts) {
    assert.match(page, line);
    assert.not.match(measured, 'NaN');
  }
  assert.match(page, 'resident at the most');
});

agent('a signature that is missing is a line that does not hold', ({ results }) => {
  const [round] = results.windows;
  if (round === undefined) throw new Error('no round');
  const holds = (changed: Partial<typeof round>): number =>
    agentVerdictsOf({ windows: [{ ...round, ...changed }] }).filter((verdict) => verdict.holds === false)
      .length;
  const sound = { beforeMiB: 10, waitingMiB: 10, afterMiB: 10 };
  assert.is(holds(sound), 0);
  assert.is(holds({ ...sound, verified: 0 }), 1);
  assert.is(holds({ ...sound, mostWaiting: 0 }), 1);
  assert.is(holds({ ...sound, waitingMiB: 100 }), 1);
  assert.is(holds({ ...sound, afterMiB: 13 }), 1);
});

agent.run();
