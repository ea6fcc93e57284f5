import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ruleErrors } from '../../src/errors.js';
import { gepiPolicy } from '../../src/policy/packs/gepi.js';
import { definePack, docPolicy, ecpaPolicy, nhiPolicy, packProblems } from '../../src/policy/packs/index.js';
import {
  clerkMeans,
  errorTextOf,
  hasManager,
  meansOfStep,
  type PortalPolicy,
  purposeOf,
  registersAgencies,
} from '../../src/policy/policy.js';

const test = suite('packs whose steps take other means');

const withStep = (step: PortalPolicy['purposes'][number]['steps'][number], more: object = {}) =>
  packProblems(
    definePack({
      ...nhiPolicy,
      purposes: nhiPolicy.purposes.map((purpose) =>
        purpose.id === 'login' ? { ...purpose, ...more, steps: [step] } : purpose,
      ),
    }),
  );

test('X-1: a step that nothing proves is told', () => {
  const step = { role: 'clerk', card: 'presented', means: [], accountRole: null } as const;
  assert.equal(withStep({ ...step, means: [] }), ['purposes: login has a step that nothing proves']);
});

test('X-1: an officer is known by an account', () => {
  const step = { role: 'officer' as const, card: 'presented' as const, accountRole: null };
  const told = ['purposes: login asks an officer for more than an account'];
  assert.equal(withStep({ ...step, means: ['certificate'] }), told);
  assert.equal(withStep({ ...step, means: ['account'] }), []);
});

test('X-1: commands are signed by a certificate in the last step, or not at all', () => {
  const step = { role: 'clerk' as const, card: 'presented' as const, accountRole: null };
  const more = { evidence: 'command' };
  const told = ['purposes: login has no person sign its commands'];
  assert.equal(withStep({ ...step, means: ['certificate', 'account'] }, more), told);
  assert.equal(withStep({ ...step, means: ['certificate'] }, more), []);
});

test('NHI-22: a field whose pattern is none, that is declared twice, or holds before it is saved', () => {
  const [field] = nhiPolicy.agencyFields ?? [];
  assert.ok(field !== undefined);
  const { effectiveAfterMinutes: delay, ...rest } = field;
  const plain = { ...rest, effectiveAfterMinutes: delay as number };
  const problemsOf = (...agencyFields: ReadonlyArray<typeof plain>) =>
    packProblems(definePack({ ...nhiPolicy, agencyFields: [...agencyFields] }));
  assert.equal(problemsOf({ ...plain, pattern: '(' }), [
    'agencyFields: the pattern of labour-number is none',
  ]);
  assert.equal(problemsOf(plain, plain), ['agencyFields: labour-number stands twice']);
  assert.equal(problemsOf({ ...plain, effectiveAfterMinutes: -1 }), [
    'agencyFields: labour-number takes effect before it is saved',
  ]);
});

test('X-1: a refusal is told in the words of the pack where it has its own, else in those of the table', () => {
  const refused = { code: 'NOT_AUTHORIZED', zh: '表', en: 'table' };
  assert.match(errorTextOf(nhiPolicy, refused).zh, '尚未經單位指派');
  assert.equal(errorTextOf(gepiPolicy, refused), { zh: '表', en: 'table' });
  assert.equal(errorTextOf(nhiPolicy, { ...refused, code: '__proto__' }), { zh: '表', en: 'table' });
  // No portal without a manager sends people to one.
  for (const policy of [nhiPolicy, ecpaPolicy, docPolicy]) {
    for (const code of ['NOT_AUTHORIZED', 'PERMISSION_NOT_GRANTED'] as const) {
      const { zh } = errorTextOf(policy, { code, ...ruleErrors[code] });
      assert.not.match(zh, '授權管理者');
    }
  }
});

test('X-1: what a pack leaves out is as in GEPI', () => {
  assert.equal(
    [gepiPolicy, nhiPolicy, ecpaPolicy, docPolicy].map((policy) => [
      hasManager(policy),
      registersAgencies(policy),
      clerkMeans(policy).join('+'),
    ]),
    [
      [true, true, 'certificate'],
      [false, true, 'certificate+registeredCard'],
      [false, true, 'account'],
      [false, false, 'account'],
    ],
  );
  const step = purposeOf(gepiPolicy, 'login')?.steps[0];
  assert.equal(step === undefined ? [] : meansOfStep(step), ['certificate']);
});

test.run();
