import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gepiPolicy } from '../../src/policy/packs/index.js';
import { purposeOf, type Role } from '../../src/policy/policy.js';

const roles: ReadonlyArray<Role> = ['agency', 'manager', 'clerk'];
const sorted = (values: ReadonlyArray<string>): ReadonlyArray<string> => [...values].sort();

const purposes = suite('GEPI: who comes for what, with which cards');

const steps = (id: string): ReadonlyArray<string> =>
  purposeOf(gepiPolicy, id)?.steps.map((step) => `${step.role} ${step.card}`) ?? [];

purposes('GEPI-8: an agency certificate comes from GCA, XCA, MOEACA or HCA, of an organisation', () => {
  const { agency } = gepiPolicy.profiles;
  assert.equal(sorted(agency.cas), ['GCA', 'HCA', 'MOEACA', 'XCA']);
  assert.not.ok(agency.subjectTypes.includes('citizen'));
  assert.not.ok(agency.subjectTypes.includes('server'));
});

purposes('GEPI-9: manager and clerks use citizen certificates of MOICA, level 3, RSA 2048', () => {
  for (const role of ['manager', 'clerk'] as const) {
    assert.equal(gepiPolicy.profiles[role], {
      cas: ['MOICA'],
      subjectTypes: ['citizen'],
      policies: ['2.16.886.101.0.3.3'],
      minRsaBits: 2048,
    });
  }
});

purposes(
  'GEPI-12: terms come before first registration and the three replacements, and before nothing else',
  () => {
    const withTerms = gepiPolicy.purposes.filter((purpose) => purpose.terms).map((purpose) => purpose.id);
    assert.equal(sorted(withTerms), [
      'first-registration',
      'replace-agency',
      'replace-both',
      'replace-manager',
    ]);
  },
);

purposes('GEPI-20: where both cards are asked for, the agency certificate is first', () => {
  const two = gepiPolicy.purposes.filter((purpose) => purpose.steps.length > 1);
  assert.is(two.length, 5);
  for (const purpose of two) {
    assert.equal(
      purpose.steps.map((step) => step.role),
      ['agency', 'manager'],
      purpose.id,
    );
  }
});

purposes('GEPI-22: first registration takes both cards as they are shown', () => {
  assert.equal(steps('first-registration'), ['agency presented', 'manager presented']);
});

purposes('GEPI-31: delegation takes both registered cards, once for a session of work', () => {
  assert.equal(steps('delegation'), ['agency registered', 'manager registered']);
  const session = gepiPolicy.purposes.filter((purpose) => purpose.reuse === 'session');
  assert.equal(
    session.map((purpose) => purpose.id),
    ['delegation'],
  );
  assert.is(gepiPolicy.challengeMinutes, 10);
  assert.is(gepiPolicy.sessionMinutes, 20);
  assert.is(gepiPolicy.revocationSeconds, 60);
});

purposes('GEPI-46: a new agency certificate is proved beside the registered manager', () => {
  assert.equal(steps('replace-agency'), ['agency next', 'manager registered']);
});

purposes("GEPI-47: a manager's new certificate is proved beside the registered agency certificate", () => {
  assert.equal(steps('replace-manager'), ['agency registered', 'manager next']);
});

purposes('GEPI-48: both new certificates are proved together, and one command replaces them', () => {
  assert.equal(steps('replace-both'), ['agency next', 'manager next']);
  assert.equal(purposeOf(gepiPolicy, 'replace-both')?.commands, ['ReplaceBothCertificates', 'RequestReview']);
});

purposes('GEPI-50: reviews arise where an agency certificate is new, and only there', () => {
  const newAgencyCard = gepiPolicy.purposes.filter((purpose) =>
    purpose.commands.some((command) => command === 'RequestReview'),
  );
  assert.equal(sorted(newAgencyCard.map((purpose) => purpose.id)), sorted(gepiPolicy.review.purposes));
  assert.equal(sorted(gepiPolicy.review.purposes), ['first-registration', 'replace-agency', 'replace-both']);
  assert.is(gepiPolicy.review.validFrom, 'nextBusinessDay');
});

purposes('GEPI-51: the records are asked for without a card', () => {
  const item = gepiPolicy.menu
    .flatMap((group) => group.items)
    .find((candidate) => candidate.label.zh === '查詢憑證註冊收件紀錄');
  assert.ok(item);
  assert.is(item.purpose, null);
});

purposes('GEPI-52, GEPI-53: the two card queries take one card and may change nothing', () => {
  assert.equal(steps('query-oid'), ['agency presented']);
  assert.equal(steps('query-serial'), ['clerk presented']);
  assert.equal(purposeOf(gepiPolicy, 'query-oid')?.commands, []);
  assert.equal(purposeOf(gepiPolicy, 'query-serial')?.commands, []);
});

purposes('GEPI-3: a clerk signs in with one citizen card', () => {
  assert.equal(steps('login'), ['clerk presented']);
  assert.equal(purposeOf(gepiPolicy, 'login')?.commands, ['LogIn']);
});

purposes('GEPI-33, GEPI-35: a clerk has at least one permission; a typed serial is one of MOICA', () => {
  assert.equal(gepiPolicy.clerks, { minPermissions: 1, typedSerialCa: 'MOICA', nameFromCard: true });
});

purposes("GEPI-42: only a clerk's own certificate locks the clerk out", () => {
  assert.equal(
    roles.filter((role) => gepiPolicy.expiryLocksOut[role]),
    ['clerk'],
  );
});

purposes.run();
