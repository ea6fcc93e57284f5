import { certificateErrorCodes } from '@mandate/certificates';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { page } from './page.js';

const markdown = page('trust.md');

const test = suite('docs/trust.md');

const named = new Set([...markdown.matchAll(/`([A-Z][A-Z_]{5,})`/g)].map(([, code]) => code));

/** `…_EXPIRED` stands for a certificate's and its issuers'; the rest is told in words. */
const inWords = new Set(
  certificateErrorCodes.filter((code) =>
    /_(EXPIRED|NOT_YET_VALID|MALFORMED|TOO_LARGE|REVOKED|ON_HOLD)$/.test(code),
  ),
);

test('no code that is not one of the package', () => {
  const codes = new Set<string>(certificateErrorCodes);
  const unknown = [...named].filter((code) => code !== undefined && !codes.has(code));
  assert.equal(unknown, []);
});

test('every code by which a path, a role, an answer or a list is refused is beside its rule', () => {
  const missing = certificateErrorCodes.filter((code) => !named.has(code) && !inWords.has(code));
  assert.equal(missing, []);
});

test('the fingerprints to pin are those of docs/gpki.md', () => {
  const fingerprints = [...markdown.matchAll(/`([0-9A-F]{64})`/g)].map(
    ([, fingerprint]) => fingerprint ?? '',
  );
  assert.is(fingerprints.length, 3);
  const facts = page('gpki.md');
  for (const fingerprint of fingerprints) assert.ok(facts.includes(fingerprint), fingerprint);
});

test.run();
