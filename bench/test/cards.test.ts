import { suiteNeeding } from '@mandate/testing';
import { bedNeed } from '@mandate/testing/card-service';
import * as assert from 'uvu/assert';
import { measureInChild } from '../src/lib/child.js';
import { report } from '../src/page.js';
import { tiny } from '../src/plan.js';
import { type CardResults, cardKinds, runCards } from '../src/run-cards.js';
import { cardVerdictsOf } from '../src/table-cards.js';

const cards = suiteNeeding<{ results?: CardResults }>('cards in a reader, with tiny numbers', bedNeed());

const measured = ({ results }: { results?: CardResults }): CardResults => {
  if (results === undefined) throw new Error('nothing was measured');
  return results;
};

cards.before(async (context) => {
  context.results = await runCards({ plan: tiny, measure: measureInChild, tell: () => undefined });
});

cards('each kind of card is read and signed with, ours and raw, by as many exchanges', (context) => {
  for (const kind of cardKinds) {
    for (const { show, sign } of measured(context)[kind]) {
      for (const value of [...Object.values(show), ...Object.values(sign)]) assert.ok(value > 0);
      assert.ok(sign.exchanges > show.exchanges);
    }
  }
});

cards('the page has a verdict for every line that must hold', (context) => {
  const verdicts = cardVerdictsOf(measured(context));
  const page = report({ cards: measured(context) }, tiny, 'a machine');
  assert.is(verdicts.length, 8);
  for (const { line } of verdicts) assert.ok(page.includes(line), line);
});

cards('where there is no bed, the page says why, and no line is missed', () => {
  const none: CardResults = { missing: 'no pcscd', t7s: [], piv: [] };
  assert.match(report({ cards: none }, tiny, 'a machine'), 'not measured, no pcscd');
  assert.equal(cardVerdictsOf(none), []);
});

cards.run();
