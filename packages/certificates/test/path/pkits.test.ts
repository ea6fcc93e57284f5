/**
 * NIST PKITS 1.0.1, each case with its own inputs, as far as a path says by itself whether it holds: 4.1 to 4.3, 4.5 to
 * 4.13 and 4.16. What hangs on CRLs (4.4, 4.14, 4.15 and the cases named below) is the matter of the CRLs' tests.
 */
import { suiteNeeding } from '@mandate/testing';
import * as assert from 'uvu/assert';
import { codeOf, rightOf } from '../support.js';
import {
  type PkitsCase,
  pkitsCases,
  pkitsNeed,
  pkitsPolicy,
  runPkitsCase,
  sectionOf,
} from './pkits-support.js';

/** The code of the refusal, or `accepted`. */
const outcome = async (one: PkitsCase): Promise<string> => codeOf(await runPkitsCase(one));

/** Invalid because of a CRL. */
const byCrl = new Set(['4.5.2', '4.5.5', '4.5.7', '4.7.4', '4.7.5']);

/** Valid, and refused here: DSA is no algorithm of the GPKI, and WebCrypto has none. */
const refusedOnPurpose = new Map([
  ['4.1.4', 'KEY_NOT_ACCEPTED'],
  ['4.1.5', 'KEY_NOT_ACCEPTED'],
]);

const sections = [
  '4.1',
  '4.2',
  '4.3',
  '4.5',
  '4.6',
  '4.7',
  '4.8',
  '4.9',
  '4.10',
  '4.11',
  '4.12',
  '4.13',
  '4.16',
];

/** All cases that a path decides; a part that is left out by mistake is missed in the sum. */
const decidedByPath = (): ReadonlyArray<PkitsCase> =>
  pkitsCases().filter((one) => sections.includes(sectionOf(one)) && !byCrl.has(one.number));

const pkits = suiteNeeding('NIST PKITS: paths', pkitsNeed);

pkits('of the 249 cases 178 are decided by the path alone', () => {
  assert.is(pkitsCases().length, 249);
  assert.is(decidedByPath().length, 178);
});

for (const section of sections) {
  pkits(`section ${section}: no path is accepted that must not be, and every valid one holds`, async () => {
    for (const one of decidedByPath().filter((candidate) => sectionOf(candidate) === section)) {
      const code = await outcome(one);
      const expected = one.shouldValidate ? (refusedOnPurpose.get(one.number) ?? 'accepted') : code;
      assert.is(code, expected, `${one.number} ${one.title}`);
      if (!one.shouldValidate) assert.is.not(code, 'accepted', `${one.number} ${one.title}`);
    }
  });
}

pkits('6.1.6: a path that holds tells the user-constrained policies of its case', async () => {
  const valid = decidedByPath().filter((one) => one.shouldValidate && !refusedOnPurpose.has(one.number));
  assert.ok(valid.length > 80);
  for (const one of valid) {
    const { policies } = rightOf(await runPkitsCase(one));
    const expected = one.userConstrainedPolicySet.map(pkitsPolicy);
    assert.equal([...policies].sort(), [...expected].sort(), `${one.number} ${one.title}`);
  }
});

/** Why the invalid cases of a section are refused, and the cases of it that are about something else. */
const reasons: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>?]>> = {
  // NIST spoilt two signatures by bits that do not belong to them: the gate sees that no signature is there.
  '4.1': ['CERTIFICATE_MALFORMED', { '4.1.3': 'CERTIFICATE_SIGNATURE_INVALID' }],
  '4.2': [
    'CERTIFICATE_EXPIRED',
    {
      '4.2.1': 'ISSUER_NOT_YET_VALID',
      '4.2.2': 'CERTIFICATE_NOT_YET_VALID',
      '4.2.5': 'ISSUER_EXPIRED',
    },
  ],
  '4.3': ['ISSUER_UNKNOWN'],
  // A certificate for the key that signs CRLs has signed another certificate.
  '4.5': ['ISSUER_NOT_CA'],
  '4.6': [
    'PATH_LENGTH_EXCEEDED',
    {
      '4.6.1': 'ISSUER_NOT_CA',
      '4.6.2': 'ISSUER_NOT_CA',
      '4.6.3': 'ISSUER_NOT_CA',
    },
  ],
  '4.7': ['ISSUER_MAY_NOT_SIGN'],
  '4.8': ['POLICY_CONSTRAINT_VIOLATED'],
  '4.9': ['POLICY_CONSTRAINT_VIOLATED'],
  '4.10': ['POLICY_CONSTRAINT_VIOLATED'],
  '4.11': ['POLICY_CONSTRAINT_VIOLATED'],
  '4.12': ['POLICY_CONSTRAINT_VIOLATED'],
  '4.13': ['NAME_NOT_PERMITTED'],
  '4.16': ['CRITICAL_EXTENSION_UNKNOWN'],
};

/** Where the user asks for a policy, and not a CA, and it does not hold, the refusal is of the user's demand. */
const byUser = new Set([
  '4.8.1',
  '4.8.2',
  '4.8.3',
  '4.8.6',
  '4.8.14',
  '4.10.1.2',
  '4.10.3',
  '4.10.5',
  '4.10.6',
  '4.10.13',
]);

pkits('every invalid case is refused for its own reason', async () => {
  for (const one of decidedByPath().filter(({ shouldValidate }) => !shouldValidate)) {
    const [usual, others] = reasons[sectionOf(one)] ?? [];
    const expected = byUser.has(one.number) ? 'POLICY_NOT_ACCEPTED' : (others?.[one.number] ?? usual);
    assert.is(await outcome(one), expected, `${one.number} ${one.title}`);
  }
});

pkits.run();
