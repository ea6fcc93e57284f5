/** What a validation of a path tells: every check that was made, where it stands, and what came of it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  basicConstraintsExtension,
  keyUsageExtension,
  policiesExtension,
} from '../../src/der/encode-certificate.js';
import {
  certificateErrorCodes,
  indicationOf,
  type PathReport,
  type PathRequest,
  pathBudget,
  validatePath,
  verifyPath,
} from '../../src/index.js';
import { today } from '../support.js';
import { caExtensions, leaf, link, trusting } from './support.js';

const at = today;
const root = () => link({ subject: 'root', issuer: 'root' });

/** `signature passed`, … of one certificate, in the order of the report. */
const checksOf = ({ checks }: PathReport, subject: { readonly fingerprint: string }) =>
  checks
    .filter((result) => result.subject === subject.fingerprint)
    .map(({ check, indication }) => `${check} ${indication}`);

const refusedReport = async (request: PathRequest) => {
  const report = await validatePath(request)();
  if (report.indication === 'passed') throw new Error('passed');
  return report;
};

const reports = suite('validatePath: the report');

reports('a path that holds: every rule, on every certificate that it is for', async () => {
  const [anchor, ca] = [await root(), await link({ subject: 'ca', issuer: 'root' })];
  const certificate = await leaf('ca');
  const report = await validatePath({ certificate, extra: [ca], trust: await trusting(anchor), at })();
  assert.is(report.indication, 'passed');
  assert.is(report.error, undefined);
  assert.ok(report.checks.every((result) => result.indication === 'passed' && result.code === undefined));
  const common = ['nameChaining', 'algorithm', 'signature'];
  const rules = ['criticalExtensions', 'nameConstraints', 'extendedKeyUsage', 'validity', 'policies'];
  assert.equal(
    checksOf(report, certificate),
    ['key', ...common, ...rules].map((check) => `${check} passed`),
  );
  const issuing = ['basicConstraints', 'pathLength', 'keyUsage'];
  assert.equal(
    checksOf(report, ca).sort(),
    ['key', ...common, ...issuing, ...rules].map((check) => `${check} passed`).sort(),
  );
  // Of the anchor nothing is judged but its key: it was pinned.
  assert.equal(checksOf(report, anchor), ['key passed']);
  assert.ok(report.checks.every(({ source }) => /^RFC \d+|AlgorithmPolicy/.test(source)));
});

reports(
  'a rule that is broken is told with its place and code; one that was not reached is not told',
  async () => {
    const anchor = await root();
    const ca = await link({
      subject: 'ca',
      issuer: 'root',
      extensions: [basicConstraintsExtension(true, 0), keyUsageExtension(['cRLSign'])],
    });
    const below = await link({ subject: 'below', issuer: 'ca' });
    const certificate = await leaf('below', { change: { notAfter: new Date('2021-01-01T00:00:00Z') } });
    const report = await refusedReport({
      certificate,
      extra: [ca, below],
      trust: await trusting(anchor),
      at,
    });
    assert.is(report.indication, 'failed');
    assert.is(report.error.code, 'PATH_LENGTH_EXCEEDED');
    assert.is(report.error.indication, 'failed');
    const broken = report.checks.filter(({ indication }) => indication !== 'passed');
    assert.equal(
      broken.map(({ check, source, code, subject }) => [check, source, code, subject]),
      [
        ['pathLength', 'RFC 5280 6.1.4 (l) (m)', 'PATH_LENGTH_EXCEEDED', ca.fingerprint],
        ['keyUsage', 'RFC 5280 6.1.4 (n)', 'ISSUER_MAY_NOT_SIGN', ca.fingerprint],
        ['validity', 'RFC 5280 6.1.3 (a)(2)', 'CERTIFICATE_EXPIRED', certificate.fingerprint],
      ],
    );
    // The end certificate came first and was found expired: whether its issuers are, was not looked at.
    assert.ok(!checksOf(report, ca).some((check) => check.startsWith('validity')));
    assert.equal(
      report.candidate.map(({ fingerprint }) => fingerprint),
      [certificate, below, ca, anchor].map(({ fingerprint }) => fingerprint),
    );
  },
);

reports('a signature that does not hold: what was seen before it, and nothing after', async () => {
  const anchor = await root();
  const certificate = await leaf('root', { signer: 'false root', identifiers: false });
  const report = await refusedReport({ certificate, trust: await trusting(anchor), at });
  assert.equal(checksOf(report, certificate), [
    'key passed',
    'nameChaining passed',
    'algorithm passed',
    'signature failed',
  ]);
  assert.equal(checksOf(report, anchor), ['key passed']);
});

reports('an algorithm that is not accepted: no signature was looked at', async () => {
  const certificate = await leaf('root', { change: { digest: 'SHA-1' } });
  const report = await refusedReport({ certificate, trust: await trusting(await root()), at });
  assert.equal(checksOf(report, certificate), ['key passed', 'nameChaining passed', 'algorithm failed']);
});

reports('an issuer that nobody knows is indeterminate, told of the certificate that lacks it', async () => {
  const trust = await trusting(await root());
  const ca = await link({ subject: 'ca', issuer: 'nobody' });
  const certificate = await leaf('ca');
  const report = await refusedReport({ certificate, extra: [ca], trust, at });
  assert.is(report.indication, 'indeterminate');
  assert.is(report.error.code, 'ISSUER_UNKNOWN');
  assert.equal(checksOf(report, ca), ['key passed', 'nameChaining indeterminate']);
  assert.ok(checksOf(report, certificate).includes('signature passed'));
});

reports('a budget that is used up is indeterminate', async () => {
  const trust = await trusting(await root());
  const certificate = await leaf('root');
  const extra = Array.from({ length: pathBudget.extra + 1 }, () => certificate);
  const report = await refusedReport({ certificate, extra, trust, at });
  assert.is(report.indication, 'indeterminate');
  assert.equal(checksOf(report, certificate), ['budget indeterminate']);
});

reports('a time that is none fails before anything is looked at', async () => {
  const report = await refusedReport({
    certificate: await leaf('root'),
    trust: await trusting(await root()),
    at: new Date(Number.NaN),
  });
  assert.is(report.error.code, 'TIME_INVALID');
  assert.equal(report.checks, []);
});

reports('6.1.6: a path that holds tells its policies', async () => {
  const trust = await trusting(await root());
  const policies = (...list: ReadonlyArray<string>) => policiesExtension(list);
  const extensions = [...caExtensions, policies('1.2.3', '1.2.4')];
  const ca = await link({ subject: 'ca', issuer: 'root', extensions });
  const certificate = await leaf('ca', { extensions: [policies('1.2.4', '1.2.5')] });
  const request = { certificate, extra: [ca], trust, at };
  const report = await validatePath(request)();
  assert.equal(report.indication === 'passed' && report.policies, ['1.2.4']);
  const demanded = await refusedReport({ ...request, policies: { accepted: ['1.2.3'], explicit: true } });
  assert.is(demanded.error.code, 'POLICY_NOT_ACCEPTED');
});

reports('verifyPath tells in its refusal whether it failed or could not be told', async () => {
  const trust = await trusting(await root());
  const unknown = await verifyPath({ certificate: await leaf('nobody'), trust, at })();
  assert.is(unknown._tag === 'Left' && unknown.left.indication, 'indeterminate');
  const forged = await verifyPath({
    certificate: await leaf('root', { signer: 'false root', identifiers: false }),
    trust,
    at,
  })();
  assert.is(forged._tag === 'Left' && forged.left.indication, 'failed');
});

reports('indeterminate is what lacks an issuer, an answer or a budget; everything else failed', () => {
  const indeterminate = certificateErrorCodes.filter((code) => indicationOf(code) === 'indeterminate');
  assert.equal(
    indeterminate.filter((code) => !/^(CRL|OCSP)_/.test(code)),
    ['ISSUER_UNKNOWN', 'PATH_BUDGET_EXCEEDED', 'REVOCATION_UNKNOWN', 'EVIDENCE_INCOMPLETE'],
  );
  assert.is(indicationOf('CRL_STALE'), 'indeterminate');
  assert.is(indicationOf('CERTIFICATE_REVOKED'), 'failed');
  assert.is(indicationOf('ISSUER_REVOKED'), 'failed');
});

reports.run();

// -------------------------------------------------------------------------------------
// of several ways
// -------------------------------------------------------------------------------------

const ways = suite('validatePath: of several candidates');

ways('where one path breaks a rule another is tried, whatever the rule', async () => {
  const anchor = await root();
  const trust = await trusting(anchor);
  const good = await link({ subject: 'ca', issuer: 'root' });
  const certificate = await leaf('ca');
  for (const change of [
    { extensions: [] },
    { extensions: [basicConstraintsExtension(true), keyUsageExtension(['cRLSign'])] },
    { change: { notAfter: new Date('2021-01-01T00:00:00Z') } },
    { extensions: [...caExtensions, { oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] },
  ]) {
    const bad = await link({ subject: 'ca', issuer: 'root', ...change });
    for (const extra of [
      [bad, good],
      [good, bad],
    ]) {
      const report = await validatePath({ certificate, extra, trust, at })();
      assert.is(report.indication === 'passed' && report.path[1]?.fingerprint, good.fingerprint);
    }
  }
});

ways('one name with two anchors: the one whose key signed', async () => {
  const g1 = await link({ subject: 'root', issuer: 'root', key: 'g1', signer: 'g1' });
  const g2 = await link({ subject: 'root', issuer: 'root', key: 'g2', signer: 'g2' });
  const trust = await trusting(g1, g2);
  for (const identifiers of [true, false]) {
    const certificate = await leaf('root', { signer: 'g2', identifiers });
    const report = await validatePath({ certificate, trust, at })();
    assert.is(report.indication === 'passed' && report.path[1]?.fingerprint, g2.fingerprint);
  }
});

ways(
  'a path that breaks a rule is told before a key that did not sign, and a longer way before a shorter',
  async () => {
    const trust = await trusting(await root());
    const wrongKey = await link({ subject: 'ca', issuer: 'root', key: 'wrong', identifiers: false });
    const noCa = await link({ subject: 'ca', issuer: 'root', extensions: [], identifiers: false });
    const certificate = await leaf('ca', { identifiers: false });
    for (const extra of [
      [wrongKey, noCa],
      [noCa, wrongKey],
    ]) {
      const report = await refusedReport({ certificate, extra, trust, at });
      assert.is(report.error.code, 'ISSUER_NOT_CA');
      assert.is(report.candidate[1]?.fingerprint, noCa.fingerprint);
    }
  },
);

ways('of two paths that break a rule the one that broke a later one is told', async () => {
  const trust = await trusting(await root());
  const noCa = await link({ subject: 'ca', issuer: 'root', extensions: [] });
  const expired = await link({
    subject: 'ca',
    issuer: 'root',
    change: { notAfter: new Date('2021-01-01Z') },
  });
  const certificate = await leaf('ca');
  for (const extra of [
    [noCa, expired],
    [expired, noCa],
  ]) {
    assert.is((await refusedReport({ certificate, extra, trust, at })).error.code, 'ISSUER_EXPIRED');
  }
});

ways.run();
