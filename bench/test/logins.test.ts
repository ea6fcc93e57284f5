import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../src/page.js';
import { tiny } from '../src/plan.js';
import { type LoginResults, runLogins } from '../src/run-logins.js';
import { loginVerdictsOf } from '../src/verdicts-logins.js';
import { measureHere } from './support.js';

const logins = suite<{ results: LoginResults }>('log-ins by card, with tiny numbers');

logins.before(async (context) => {
  context.results = await runLogins({ plan: tiny, measure: measureHere, tell: () => undefined });
});

logins(
  'everyone who is compared lets every card in and refuses what is forged, or revoked where that is asked',
  ({ results }) => {
    for (const [judge, rounds] of Object.entries(results.judges)) {
      assert.is(rounds.length, tiny.rounds, judge);
      for (const { forged, oneByOne, refused } of rounds) {
        assert.is(forged, judge === 'warm' || judge === 'cold' ? 4 : 3, judge);
        assert.is(refused, forged, judge);
        assert.ok(oneByOne.perSecond > 0, judge);
      }
    }
  },
);

logins(
  'no hostile input is let in as an answer, and the certificates that can be read are no more than that',
  ({ results }) => {
    const { inputs } = results.hostile;
    assert.ok(inputs.length > 30, `${inputs.length} inputs`);
    assert.ok(inputs.every(({ bytes }) => bytes <= 65_536));
    assert.ok(inputs.every(({ kind, refusal }) => kind === 'certificate' || refusal !== undefined));
  },
);

logins('hostile answers get as far as they are meant to', ({ results }) => {
  const refusalOf = (name: string) => results.hostile.inputs.find((input) => input.name === name)?.refusal;
  assert.is(refusalOf('certificates that crossed each other'), 'CERTIFICATE_SIGNATURE_INVALID');
  assert.is(refusalOf('certificates with names of combining marks'), 'ISSUER_UNKNOWN');
  assert.is(refusalOf('a name of combining marks'), undefined);
  assert.is(refusalOf('alternative names'), undefined);
});

logins('the page has a verdict for every line that must hold', ({ results }) => {
  const page = report({ logins: results }, tiny, 'a machine');
  const verdicts = loginVerdictsOf(results);
  assert.is(verdicts.length, 5);
  for (const { line, measured } of verdicts) {
    assert.match(page, line);
    assert.not.match(measured, 'NaN');
  }
  assert.match(page, 'forged answers');
});

logins.run();
