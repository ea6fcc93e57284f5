/** What the judgement of a certificate tells besides yes and no. */
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Extension } from '../src/certificate.js';
import { policiesExtension } from '../src/der/encode-certificate.js';
import {
  type CertificateProfile,
  type CertificateReport,
  cardPurposes,
  gpkiPolicies,
  type RevocationSource,
  type VerificationTerms,
  validateCertificate,
  verifyCertificate,
} from '../src/index.js';
import { type Defects, makeCertificate, makeKey } from '../src/test-pki/index.js';
import { purposesExtension } from './path/extensions.js';
import { agencyProfile, citizenProfile, decoded, refusal, sharedPki, termsOf, today } from './support.js';

const citizen = async (defects?: Defects) =>
  (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789', ...(defects ? { defects } : {}) });

const judged = async (der: Uint8Array, change: Partial<VerificationTerms> = {}) =>
  validateCertificate({ der, ...termsOf(await sharedPki(), change) })();

const refusedReport = async (der: Uint8Array, change: Partial<VerificationTerms> = {}) => {
  const report = await judged(der, change);
  if (report.indication === 'passed') throw new Error('passed');
  return report;
};

/** `revocation passed`, … in the order of the report. */
const checksNamed = ({ checks }: CertificateReport, ...names: ReadonlyArray<string>): ReadonlyArray<string> =>
  checks
    .filter(({ check }) => names.includes(check))
    .map(({ check, indication }) => `${check} ${indication}`);

const roleChecks = ['issuer', 'subjectType', 'policy', 'use', 'keySize'];

const reports = suite('validateCertificate: the report');

reports(
  'a certificate that is accepted: path, facts, every demand of the role, revocation of each',
  async () => {
    const card = await citizen();
    const report = await judged(card.certificate);
    if (report.indication !== 'passed') throw new Error(report.error.code);
    assert.ok(report.checks.every(({ indication }) => indication === 'passed'));
    assert.equal(
      checksNamed(report, 'facts', ...roleChecks),
      ['facts', ...roleChecks].map((check) => `${check} passed`),
    );
    const { path, revocation, facts } = report.verified;
    assert.equal(
      report.checks.filter(({ check }) => check === 'revocation').map(({ subject }) => subject),
      path.slice(0, -1).map(({ fingerprint }) => fingerprint),
    );
    assert.is(revocation.length, 2);
    assert.is(facts.commonName, '王小明');
  },
);

reports(
  'a refused role tells every demand that is not met, and nobody is asked about revocation',
  async () => {
    const card = await citizen({ policies: [gpkiPolicies.level2] });
    const profile: CertificateProfile = { ...agencyProfile, minRsaBits: 3072 };
    const report = await refusedReport(card.certificate, { profile });
    assert.equal(checksNamed(report, ...roleChecks), [
      'issuer failed',
      'subjectType failed',
      'policy failed',
      'use passed',
      'keySize failed',
    ]);
    // A card of another kind is called that before its policy is.
    assert.is(report.error.code, 'ISSUER_NOT_ACCEPTED');
    assert.is(report.facts?.ca, 'MOICA');
    assert.equal(checksNamed(report, 'revocation'), []);
  },
);

reports('a path that does not hold: no facts, no role, no revocation', async () => {
  const stranger = await (await sharedPki()).stranger();
  const { certificate } = await stranger.issueCitizen({ name: '王小明', last4: '6789' });
  const report = await refusedReport(certificate);
  assert.is(report.indication, 'failed');
  assert.is(report.facts, undefined);
  assert.equal(checksNamed(report, 'facts', 'revocation', ...roleChecks), []);
});

reports('GEPI-8: a report names the CA whose card it is', async () => {
  const report = await refusedReport((await citizen({ digest: 'SHA-1' })).certificate);
  assert.equal([report.error.code, report.error.ca], ['CERTIFICATE_ALGORITHM_NOT_ACCEPTED', 'MOICA']);
});

reports('revoked and suspended failed; a missing answer is indeterminate', async () => {
  const pki = await sharedPki();
  const revoked = await citizen();
  pki.revoke(revoked, new Date('2026-03-01T00:00:00Z'));
  const failed = await refusedReport(revoked.certificate);
  assert.equal([failed.indication, failed.error.indication], ['failed', 'failed']);
  const silent: RevocationSource = {
    status: ({ at }) => TE.right({ status: 'unknown', at, source: 'nobody' }),
  };
  const open = await refusedReport((await citizen()).certificate, { revocation: silent });
  assert.equal([open.indication, open.error.code], ['indeterminate', 'REVOCATION_UNKNOWN']);
  assert.equal(checksNamed(open, 'revocation'), ['revocation indeterminate']);
  assert.is(open.facts?.commonName, '王小明');
});

reports(
  'an answer about an issuer that is missing is told of the issuer, with the good one before it',
  async () => {
    const card = await citizen();
    const onlyCards: RevocationSource = {
      status: ({ certificate, at }) =>
        TE.right({ status: certificate.basicConstraints?.ca ? 'unknown' : 'good', at, source: 'test' }),
    };
    const report = await refusedReport(card.certificate, { revocation: onlyCards });
    assert.equal(checksNamed(report, 'revocation'), ['revocation passed', 'revocation indeterminate']);
    assert.is(report.revocation?.length, 1);
  },
);

reports('garbage is refused by its reading, with a report that claims nothing', async () => {
  const report = await refusedReport(Uint8Array.of(0x30, 0x80));
  assert.equal(
    [report.indication, report.error.code, report.checks.length],
    ['failed', 'CERTIFICATE_MALFORMED', 0],
  );
});

reports('verifyCertificate refuses with the same code and indication', async () => {
  const card = await citizen({ policies: [gpkiPolicies.test] });
  const report = await refusedReport(card.certificate);
  const verified = await verifyCertificate({ der: card.certificate, ...termsOf(await sharedPki()) })();
  assert.equal(verified._tag === 'Left' && verified.left, report.error);
});

reports.run();

// -------------------------------------------------------------------------------------
// what a role asks of a path
// -------------------------------------------------------------------------------------

const roles = suite('what a role asks of a path');

/** A card of MOICA that says besides what it says, signed by the real key of the test PKI's CA. */
const cardWith = async (change: (extensions: ReadonlyArray<Extension>) => ReadonlyArray<Extension>) => {
  const { certificate } = await citizen();
  const { subject, extensions } = await decoded(certificate);
  const moica = (await sharedPki()).authority('MOICA G3');
  return makeCertificate({
    serial: Uint8Array.of(77),
    issuer: moica.name,
    subject: subject.der,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2031-01-01T15:59:59Z'),
    publicKey: (await makeKey()).publicKey,
    extensions: change(extensions),
    signer: moica.key,
  });
};

const verdict = async (der: Uint8Array, profile: CertificateProfile = citizenProfile) =>
  refusal(verifyCertificate({ der, ...termsOf(await sharedPki(), { profile }) }));

roles('a card that states purposes states one of a card: no server, code or time', async () => {
  const stating = (purpose: string) => cardWith((all) => [...all, purposesExtension([purpose])]);
  for (const purpose of cardPurposes) assert.is(await verdict(await stating(purpose)), 'accepted', purpose);
  for (const purpose of ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.3', '1.3.6.1.5.5.7.3.8']) {
    assert.is(await verdict(await stating(purpose)), 'EXTENDED_KEY_USAGE_NOT_ACCEPTED', purpose);
  }
});

roles('a profile may name its own purposes', async () => {
  const server = '1.3.6.1.5.5.7.3.1';
  const card = await cardWith((all) => [...all, purposesExtension([server], true)]);
  assert.is(await verdict(card, { ...citizenProfile, purposes: [server] }), 'accepted');
});

roles('a card says its level itself: anyPolicy is none', async () => {
  const withPolicies = (...policies: ReadonlyArray<string>) =>
    cardWith((all) => [...all.filter(({ oid }) => oid !== '2.5.29.32'), policiesExtension(policies)]);
  const any = '2.5.29.32.0';
  assert.is(await verdict(await withPolicies(any)), 'POLICY_NOT_ACCEPTED');
  assert.is(await verdict(await withPolicies(any, gpkiPolicies.level3)), 'accepted');
});

roles('the policy of a role is asked of a card that has expired only after its validity', async () => {
  const card = await citizen({ policies: [gpkiPolicies.level2] });
  const at = new Date(today.getTime() + 20 * 365 * 86_400_000);
  assert.is((await refusedReport(card.certificate, { at })).error.code, 'CERTIFICATE_EXPIRED');
});

roles.run();
