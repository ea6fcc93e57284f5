import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { docPolicy } from '../../src/policy/packs/index.js';
import {
  activateCredential,
  deactivateCredential,
  type NewCredential,
  type RegisteredBy,
  registerCredential,
} from '../../src/registered-credential/decide.js';
import { evolveCredentials, initialCredentials } from '../../src/registered-credential/state.js';
import { given } from '../../src/testing/index.js';
import { people, uuid } from '../register/fixtures.js';

const folding = { initial: initialCredentials, evolve: evolveCredentials };
const rules = docPolicy.credentials;
const desk: RegisteredBy = { desk: true };
const days = { from: '2026-03-01T16:00:00.000Z', to: '2031-03-02T15:59:59.000Z' };

const row = (n: number, overrides: Partial<NewCredential> = {}): NewCredential => ({
  id: uuid(n),
  person: people.wang,
  holder: { nationalId: 'A123456789', name: '王小明', account: 'P0230' },
  kind: 'electronic-id',
  cardKind: 'regular',
  ca: 'MOICA',
  serial1: `A${n}`,
  serial2: `B${n}`,
  proof: 'read',
  active: days,
  ...overrides,
});

const test = suite('registered credentials');

test('DOC-9: activating one deactivates the others of that person, and nobody else’s', () => {
  given(folding, [])
    .when((state) => registerCredential(state, rules, desk, row(1)))
    .givesTypes('CredentialRegistered', 'CredentialActivated')
    .when((state) => registerCredential(state, rules, desk, row(2, { person: people.chen })))
    .givesTypes('CredentialRegistered', 'CredentialActivated')
    .when((state) => registerCredential(state, rules, desk, row(3)))
    .givesTypes('CredentialRegistered', 'CredentialDeactivated', 'CredentialActivated');
});

test('DOC-3: who registers for themselves registers for nobody else', () => {
  given(folding, [])
    .when((state) => registerCredential(state, rules, { desk: false, person: people.chen }, row(1)))
    .refuses('CREDENTIAL_OF_OTHER_PERSON');
});

test('DOC-7: serials that are to be read are not typed', () => {
  given(folding, [])
    .when((state) => registerCredential(state, rules, desk, row(1, { proof: 'typedByHand' })))
    .refuses('CREDENTIAL_MUST_BE_READ');
});

test('DOC-11: a kind of credential or card that the pack does not have', () => {
  for (const wrong of [{ kind: 'none' }, { cardKind: 'none' }]) {
    given(folding, [])
      .when((state) => registerCredential(state, rules, desk, row(1, wrong)))
      .refuses('CREDENTIAL_KIND_UNKNOWN');
  }
  given(folding, [])
    .when((state) => registerCredential(state, undefined, desk, row(1)))
    .refuses('CREDENTIAL_KIND_UNKNOWN');
});

test('DOC-6, DOC-12: no serial stands in two rows, nor twice in one', () => {
  const one = given(folding, [])
    .when((state) => registerCredential(state, rules, desk, row(1)))
    .givesTypes('CredentialRegistered', 'CredentialActivated');
  for (const again of [
    { serial1: 'A1' },
    { serial2: 'A1' },
    { serial1: 'B1' },
    { serial1: 'C', serial2: 'C' },
  ]) {
    one
      .when((state) => registerCredential(state, rules, desk, row(2, { person: people.chen, ...again })))
      .refuses('CREDENTIAL_ALREADY_REGISTERED');
  }
});

test('DOC-6, MOICA-16: a renewed card may keep its certificate for encryption, but nobody else has that serial', () => {
  const one = given(folding, [])
    .when((state) => registerCredential(state, rules, desk, row(1)))
    .givesTypes('CredentialRegistered', 'CredentialActivated');
  one
    .when((state) => registerCredential(state, rules, desk, row(2, { serial2: 'B1' })))
    .givesTypes('CredentialRegistered', 'CredentialDeactivated', 'CredentialActivated');
  for (const wrong of [
    { serial2: 'B1', person: people.chen },
    { serial1: 'B1', serial2: 'C' },
    { serial2: 'A1' },
    { serial1: 'A1' },
  ]) {
    one
      .when((state) => registerCredential(state, rules, desk, row(2, wrong)))
      .refuses('CREDENTIAL_ALREADY_REGISTERED');
  }
});

test('DOC-5, DOC-10: days backwards, a row that is not there, and nothing that changes', () => {
  const one = given(folding, [])
    .when((state) => registerCredential(state, rules, desk, row(1)))
    .givesTypes('CredentialRegistered', 'CredentialActivated');
  one.when((state) => activateCredential(state, uuid(1), days)).refuses('NOTHING_CHANGED');
  one
    .when((state) => activateCredential(state, uuid(1), { from: days.to, to: days.from }))
    .refuses('CREDENTIAL_DATES_INVALID');
  one.when((state) => activateCredential(state, uuid(9), days)).refuses('CREDENTIAL_NOT_FOUND');
  one.when((state) => deactivateCredential(state, uuid(9))).refuses('CREDENTIAL_NOT_FOUND');
  const off = one.when((state) => deactivateCredential(state, uuid(1))).givesTypes('CredentialDeactivated');
  assert.is(off.state.size, 1);
  off.when((state) => deactivateCredential(state, uuid(1))).refuses('NOTHING_CHANGED');
});

test('DOC-9, DOC-10: whatever is done, of each person one row at most is active, and no row goes', () => {
  const action = fc.record({
    kind: fc.constantFrom('register' as const, 'on' as const, 'off' as const),
    n: fc.nat({ max: 5 }),
    person: fc.constantFrom(people.wang, people.chen),
    active: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
      let story = given(folding, []);
      for (const { kind, n, person, active } of actions) {
        const before = story.state.size;
        const outcome = story.when((state) => {
          if (kind === 'on') return activateCredential(state, uuid(n), days);
          if (kind === 'off') return deactivateCredential(state, uuid(n));
          const next = row(n, { person });
          return registerCredential(state, rules, desk, active ? next : { ...next, active: undefined });
        });
        if (outcome.answer._tag === 'Right') {
          story = outcome.givesTypes(...outcome.answer.right.map(({ type }) => type));
        }
        assert.ok(story.state.size >= before);
        for (const who of [people.wang, people.chen]) {
          const rows = [...story.state.values()].filter((one) => one.person === who);
          assert.ok(rows.filter((one) => one.active !== undefined).length <= 1);
        }
      }
    }),
  );
});

test.run();
