import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { registerErrors, ruleErrors } from '../../src/errors.js';
import { valueErrors } from '../../src/values/index.js';
import { page, rows, section } from './page.js';

const markdown = page('errors.md');

const test = suite('docs/errors.md');

const table = (heading: string): ReadonlyArray<string> =>
  rows(section(markdown, heading) ?? '').map((cells) => cells.join(' | '));

const lines = (codes: ReadonlyArray<string>): ReadonlyArray<string> =>
  Object.entries(registerErrors)
    .filter(([code]) => codes.includes(code))
    .map(([code, { status, helper, zh, en }]) => `\`${code}\` | ${status} | ${helper} | ${zh} | ${en}`);

const rules = Object.keys(ruleErrors);
const certificates = Object.keys(registerErrors).filter((code) => !rules.includes(code));

test('the rules: every code with its status, helper and both texts, and none that is not', () => {
  assert.equal([...table('Rules')].sort(), [...lines(rules)].sort());
});

test('cards and certificates: every code with its status, helper and both texts, and none that is not', () => {
  assert.equal([...table('Cards and certificates')].sort(), [...lines(certificates)].sort());
});

test('fields: every code with both texts, and none that is not', () => {
  const codes = Object.entries(valueErrors).map(([code, { zh, en }]) => `\`${code}\` | ${zh} | ${en}`);
  assert.equal([...table('Fields')].sort(), codes.sort());
});

test.run();
