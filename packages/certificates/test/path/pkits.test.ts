/**
 * NIST PKITS 1.0.1, the sections that `verifyPath` answers by itself: 4.1 signatures, 4.2 validity, 4.3 name
 * chaining, 4.5 self-issued (path part), 4.6 basic constraints, 4.7 key usage (path part), 4.16 private extensions.
 *
 * Left out, because they ask for what is not here yet: 4.4, 4.14, 4.15 and the cases of 4.5 and 4.7 below (CRLs);
 * 4.8 to 4.12 (policy processing with user sets and mapping); the positive cases of 4.13 (name constraints). Of
 * 4.9, 4.10 to 4.13 every invalid case still runs: a constraint that is not evaluated must not be exceeded.
 */
import { suiteNeeding } from '@mandate/testing';
import * as assert from 'uvu/assert';
import { codeOf } from '../support.js';
import { type PkitsCase, pkitsCases, pkitsNeed, runPkitsCase, sectionOf } from './pkits-support.js';

/** The code of the refusal, or `accepted`. */
const outcome = async (one: PkitsCase): Promise<string> => codeOf(await runPkitsCase(one));

/** Invalid because of a CRL. */
const byCrl = new Set(['4.5.2', '4.5.5', '4.5.7', '4.7.4', '4.7.5']);

/** Valid, and refused here: DSA is no algorithm of the GPKI, and WebCrypto has none. */
const refusedOnPurpose = new Map([
  ['4.1.4', 'KEY_NOT_ACCEPTED'],
  ['4.1.5', 'KEY_NOT_ACCEPTED'],
]);

const whole = ['4.1', '4.2', '4.3', '4.5', '4.6', '4.7', '4.16'];
const invalidOnly = ['4.9', '4.10', '4.11', '4.12', '4.13'];

const pkits = suiteNeeding('NIST PKITS', pkitsNeed);

for (const section of whole) {
  pkits(`section ${section}: no path is accepted that must not be, and every valid one holds`, async () => {
    const chosen = pkitsCases().filter((one) => sectionOf(one) === section && !byCrl.has(one.number));
    assert.ok(chosen.length >= 2);
    for (const one of chosen) {
      const code = await outcome(one);
      const expected = one.shouldValidate ? (refusedOnPurpose.get(one.number) ?? 'accepted') : code;
      assert.is(code, expected, `${one.number} ${one.title}`);
      if (!one.shouldValidate) assert.is.not(code, 'accepted', `${one.number} ${one.title}`);
    }
  });
}

for (const section of invalidOnly) {
  pkits(`section ${section}: no path is accepted that must not be`, async () => {
    const chosen = pkitsCases().filter((one) => sectionOf(one) === section && !one.shouldValidate);
    assert.ok(chosen.length >= 4);
    for (const one of chosen) assert.is.not(await outcome(one), 'accepted', `${one.number} ${one.title}`);
  });
}

const expectedCodes: ReadonlyArray<readonly [string, string]> = [
  ['4.1.3', 'CERTIFICATE_SIGNATURE_INVALID'],
  ['4.2.1', 'ISSUER_NOT_YET_VALID'],
  ['4.2.2', 'CERTIFICATE_NOT_YET_VALID'],
  ['4.2.5', 'ISSUER_EXPIRED'],
  ['4.2.6', 'CERTIFICATE_EXPIRED'],
  ['4.3.1', 'ISSUER_UNKNOWN'],
  ['4.6.1', 'ISSUER_NOT_CA'],
  ['4.6.2', 'ISSUER_NOT_CA'],
  ['4.6.5', 'PATH_LENGTH_EXCEEDED'],
  ['4.6.16', 'PATH_LENGTH_EXCEEDED'],
  ['4.7.1', 'ISSUER_MAY_NOT_SIGN'],
  ['4.13.2', 'CONSTRAINT_NOT_SUPPORTED'],
  ['4.16.2', 'CRITICAL_EXTENSION_UNKNOWN'],
];

pkits('the reason given is the reason of the case', async () => {
  for (const [number, code] of expectedCodes) {
    const one = pkitsCases().find((candidate) => candidate.number === number);
    assert.is(one && (await outcome(one)), code, number);
  }
});

pkits.run();
