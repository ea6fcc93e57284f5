import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Description } from '../../src/server/description.js';
import { httpErrors } from '../../src/server/http-errors.js';
import { registerRoutes } from '../../src/server/routes/index.js';

const test = suite('docs/http.md');

const page = readFileSync(new URL('../../../../docs/http.md', import.meta.url), 'utf8');

/** The rows of the table under a heading, as they are written. */
const rows = (heading: string): ReadonlyArray<string> => {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n');
  return lines.filter((line) => line.startsWith('| `'));
};

const who = ({ access, holding, roles, scopes }: Description): string => {
  const needs = { session: holding, staff: roles, client: scopes, public: undefined };
  return access
    .map((one) => (needs[one] === undefined ? one : `${one} (${needs[one].join(', ')})`))
    .join('; ');
};

test('every resource with whom it is for, and none that is not', () => {
  const routes = registerRoutes.map(
    ({ description }) =>
      `| \`${description.method} ${description.path}\` | ${who(description)} | ${description.summary.en} |`,
  );
  assert.equal(rows('Resources'), routes);
});

test('every refusal of HTTP with its status, helper and both texts, and none that is not', () => {
  const errors = Object.entries(httpErrors).map(
    ([code, { status, helper, zh, en }]) => `| \`${code}\` | ${status} | ${helper} | ${zh} | ${en} |`,
  );
  assert.equal(rows('Refusals of HTTP itself'), errors);
});

test.run();
