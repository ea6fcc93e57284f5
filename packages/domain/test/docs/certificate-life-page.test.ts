import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CaRules, gpkiCaRules, type LifeState } from '../../src/renewal/index.js';
import { page, rows, section } from './page.js';

const markdown = page('certificate-life.md');

const test = suite('docs/certificate-life.md');

const renewal = ({ renewal: rule }: CaRules): string =>
  rule === null
    ? 'no'
    : `${rule.opensDaysBefore} days before to ${rule.closesYearsAfter} years after, by ${rule.addsYears} years, ${rule.times} time, ${rule.longestYears} years in all`;

const exchange = ({ reissue }: CaRules): string =>
  reissue === null
    ? '–'
    : `from ${reissue.opensDaysBefore} days before its end, ${reissue.afterEnd ? 'also' : 'not'} after it`;

const line = ([ca, rules]: readonly [string, CaRules]): string =>
  [
    ca,
    `\`${rules.oldCard}\``,
    renewal(rules),
    exchange(rules),
    rules.activationDays === null ? '–' : `${rules.activationDays} days`,
    rules.uncertain.length === 0 ? '–' : rules.uncertain.join(', '),
  ].join(' | ');

test('X-4: the rules of the CAs on the page are those of the code, and the other way round', () => {
  const told = rows(section(markdown, 'What the CAs do with an old card') ?? '').map((cells) =>
    cells.join(' | '),
  );
  assert.equal([...told].sort(), Object.entries(gpkiCaRules).map(line).sort());
});

test('MOICA-8: the states on the page are those of the code', () => {
  const told = rows(section(markdown, 'States') ?? '').map(([state]) => state);
  const known: Readonly<Record<LifeState, true>> = {
    notYetValid: true,
    notActivated: true,
    activationOverdue: true,
    valid: true,
    expiredRenewable: true,
    dead: true,
  };
  assert.equal(
    told,
    Object.keys(known).map((state) => `\`${state}\``),
  );
});

test.run();
