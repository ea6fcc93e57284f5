/**
 * NIST PKITS 1.0.1, the sections that `verifyPath` answers by itself: 4.1 signatures, 4.2 validity, 4.3 name
 * chaining, 4.5 self-issued (path part), 4.6 basic constraints, 4.7 key usage (path part), 4.16 private extensions.
 *
 * Left out, because they ask for what is not here yet: 4.4, 4.14, 4.15 and the cases of 4.5 and 4.7 below (CRLs);
 * 4.8 to 4.12 (policy processing with user sets and mapping); the positive cases of 4.13 (name constraints). Of
 * 4.9, 4.10 to 4.13 every invalid case still runs: a constraint that is not evaluated must not be exceeded.
 */
import { readFileSync } from 'node:fs';
import { sharedData, suiteNeeding } from '@mandate/testing';
import * as assert from 'uvu/assert';
import { decodeCertificate, trustStore, verifyPath } from '../../src/index.js';
import { accepted } from '../support.js';

interface Case {
  readonly number: string;
  readonly title: string;
  readonly certs: ReadonlyArray<string>;
  readonly validationTime: string;
  readonly shouldValidate: boolean;
}

const folder = sharedData('pkits');
const need = {
  available: folder !== undefined,
  reason: 'no PKITS in ../shared/data',
  remedy: 'put pkits (NIST PKITS 1.0.1 with pkits-cases.json) into ../shared/data',
};

const cases = (): ReadonlyArray<Case> =>
  JSON.parse(readFileSync(sharedData('pkits', 'pkits-cases.json') ?? '', 'utf8')).cases;

/** The code of the refusal, or `accepted`; a certificate that the gate refuses refuses its path. */
const outcome = async ({ certs, validationTime }: Case): Promise<string> => {
  const read = (name: string) =>
    decodeCertificate(new Uint8Array(readFileSync(sharedData('pkits', 'certs', `${name}.crt`) ?? '')))();
  const [anchor, ...rest] = await Promise.all(certs.map(read));
  if (anchor?._tag !== 'Right') throw new Error('the anchor cannot be read');
  const { der, fingerprint } = anchor.right;
  const trust = await accepted(trustStore({ anchors: [{ der, fingerprint }], issuers: [] }));
  const path = [];
  for (const certificate of rest) {
    if (certificate._tag === 'Left') return certificate.left.code;
    path.push(certificate.right);
  }
  const certificate = path.pop();
  if (certificate === undefined) throw new Error('no certificate');
  const verified = await verifyPath({ certificate, extra: path, trust, at: new Date(validationTime) })();
  return verified._tag === 'Right' ? 'accepted' : verified.left.code;
};

const sectionOf = ({ number }: Case): string => number.split('.').slice(0, 2).join('.');

/** Invalid because of a CRL. */
const byCrl = new Set(['4.5.2', '4.5.5', '4.5.7', '4.7.4', '4.7.5']);

/** Valid, and refused here: DSA is no algorithm of the GPKI, and WebCrypto has none. */
const refusedOnPurpose = new Map([
  ['4.1.4', 'KEY_NOT_ACCEPTED'],
  ['4.1.5', 'KEY_NOT_ACCEPTED'],
]);

const whole = ['4.1', '4.2', '4.3', '4.5', '4.6', '4.7', '4.16'];
const invalidOnly = ['4.9', '4.10', '4.11', '4.12', '4.13'];

const pkits = suiteNeeding('NIST PKITS', need);

for (const section of whole) {
  pkits(`section ${section}: no path is accepted that must not be, and every valid one holds`, async () => {
    const chosen = cases().filter((one) => sectionOf(one) === section && !byCrl.has(one.number));
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
    const chosen = cases().filter((one) => sectionOf(one) === section && !one.shouldValidate);
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
    const one = cases().find((candidate) => candidate.number === number);
    assert.is(one && (await outcome(one)), code, number);
  }
});

pkits.run();
