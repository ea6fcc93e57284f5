/** Evidence is judged again with nothing but the anchors, whatever has become of the card since. */
import { createHash } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type Evidence,
  type EvidenceReport,
  type EvidenceTrust,
  gpkiPolicies,
  type RevocationProof,
  readingEvidenceOf,
  verifyCertificate,
  verifyEvidence,
} from '../../src/index.js';
import { makeCertId, makeOcspResponse, type TestPki } from '../../src/test-pki/index.js';
import { accepted, citizenProfile, decoded, flipped, sharedPki, termsOf, text, today } from '../support.js';
import {
  anchorsOf,
  challenge,
  citizen,
  hoursAfter,
  listOf,
  listSource,
  readEvidence,
  responderSource,
  signedEvidence,
} from './evidence-support.js';

const judged = async (evidence: Evidence, trust?: EvidenceTrust): Promise<EvidenceReport> =>
  verifyEvidence(evidence, trust ?? anchorsOf(await sharedPki()))();

const hashOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');

const listProof = (der: Uint8Array): RevocationProof => ({ kind: 'crl', fingerprint: hashOf(der), der });

let stranger: Promise<TestPki> | undefined;

/** A PKI of the same names and other keys. */
const lookAlike = async (): Promise<TestPki> => {
  stranger ??= (await sharedPki()).stranger();
  return stranger;
};

/** `passed`, or the code of the refusal with what it says of it. */
const verdict = async (evidence: Evidence, trust?: EvidenceTrust): Promise<string> => {
  const report = await judged(evidence, trust);
  return report.indication === 'passed' ? 'passed' : `${report.indication} ${report.error.code}`;
};

const passed = async (evidence: Evidence) => {
  const report = await judged(evidence);
  if (report.indication !== 'passed') throw new Error(`${report.error.code}: ${report.error.detail}`);
  return report;
};

// -------------------------------------------------------------------------------------
const proves = suite('verifyEvidence');

proves('says what was proved, when, by whom, and by which checks', async () => {
  const card = await citizen();
  const report = await passed(await signedEvidence());
  assert.is(report.proved, 'signed');
  assert.equal(report.at, today);
  assert.is(report.facts.displayName, '王小明');
  assert.equal([report.facts.issuerName, report.facts.serial], [card.issuerName, card.serial]);
  assert.equal([report.facts.ca, report.facts.generation], ['MOICA', 'G3']);
  assert.equal(report.content, challenge);
  assert.is(report.attributes?.cardNumber, card.cardNumber);
  assert.is(report.path.length, 3);
  assert.equal(
    report.revocation.map(({ status }) => status),
    ['good', 'good'],
  );
  assert.ok(report.checks.every(({ indication }) => indication === 'passed'));
  const names = report.checks.map(({ check }) => check);
  for (const one of ['answer', 'signature', 'validity', 'facts', 'revocation'])
    assert.ok(names.includes(one), one);
});

proves('says for which role the record says that it was: one that accepts more proves less', async () => {
  const evidence = await signedEvidence();
  assert.equal((await passed(evidence)).profile, citizenProfile);
  const looser = {
    ...citizenProfile,
    policies: [...citizenProfile.policies, gpkiPolicies.test],
    minRsaBits: 0,
  };
  assert.equal((await passed({ ...evidence, profile: looser })).profile, looser);
});

proves('GEPI-34: a card that was only read proves that the certificate was there, and no more', async () => {
  const report = await passed(await readEvidence());
  assert.is(report.proved, 'read');
  assert.is(report.content, undefined);
  assert.is(report.facts.displayName, '王小明');
  assert.not.ok(report.checks.some(({ check }) => check === 'answer'));
});

proves('takes the answer of a responder as well as a list', async () => {
  const pki = await sharedPki();
  const evidence = await signedEvidence({ revocation: await responderSource(pki) });
  assert.equal(
    evidence.revocation.map(({ proofs }) => proofs?.map(({ kind }) => kind)),
    [['ocsp'], ['crl']],
  );
  assert.is((await passed(evidence)).proved, 'signed');
});

proves(
  'believes lists and answers under the terms of the register, where they were not the default ones',
  async () => {
    const pki = await sharedPki();
    const maxAge = 7_200_000;
    const evidence = await signedEvidence({ revocation: await responderSource(pki, { maxAge }) });
    assert.is(await verdict(evidence), 'indeterminate OCSP_STALE');
    const report = await verifyEvidence(evidence, anchorsOf(pki), { ocsp: { maxAge } })();
    assert.is(report.indication, 'passed');
  },
);

proves('takes certificates of signers that were kept beside a list, and needs none of them', async () => {
  const evidence = await signedEvidence();
  const der = (await sharedPki()).authority('MOICA G3').certificate;
  const signer = { kind: 'certificate', fingerprint: hashOf(der), der } as const;
  const revocation = evidence.revocation.map((answer) => ({
    ...answer,
    proofs: [...(answer.proofs ?? []), signer],
  }));
  assert.is(await verdict({ ...evidence, revocation }), 'passed');
  // By itself it says nothing of revocation.
  const alone = evidence.revocation.map((answer) => ({ ...answer, proofs: [signer] }));
  assert.is(await verdict({ ...evidence, revocation: alone }), 'indeterminate EVIDENCE_INCOMPLETE');
});

proves(
  'holds for a card that has expired since, and for one that was revoked after it was used',
  async () => {
    const pki = await sharedPki();
    const brief = await pki.issueCitizen({ name: '王小明', last4: '6789', notAfter: hoursAfter(2) });
    assert.is(await verdict(await signedEvidence({ card: brief })), 'passed');
    const { serial } = await citizen();
    const later = await listSource(pki, { revoked: [{ serial, since: hoursAfter(1) }] });
    // A list of a later hour has the entry; it speaks of the time asked about too.
    assert.is(await verdict(await signedEvidence({ revocation: later })), 'passed');
  },
);

proves('asks nobody: the issuers may be given, to say which CA a key belongs to', async () => {
  const pki = await sharedPki();
  const evidence = await signedEvidence();
  assert.is(await verdict(evidence, pki.trustInput), 'passed');
  const misnamed = { ...evidence, issuer: { ca: 'GCA', generation: 'G9' } } as const;
  assert.is(await verdict(misnamed, pki.trustInput), 'passed');
  assert.is(await verdict(misnamed), 'failed ISSUER_NOT_ACCEPTED');
});

proves.run();

// -------------------------------------------------------------------------------------
const wanting = suite('evidence in which something is missing');

wanting(
  'a source that had nothing to show leaves it undecided, and the report names the certificates',
  async () => {
    const pki = await sharedPki();
    const evidence = await signedEvidence({ revocation: pki.revocation });
    const report = await judged(evidence);
    assert.is(report.indication, 'indeterminate');
    assert.ok(report.indication !== 'passed');
    assert.is(report.error.code, 'EVIDENCE_INCOMPLETE');
    assert.is(report.missing.length, 2);
    const [first] = report.checks;
    assert.is(report.missing[0], first?.subject);
    // What could be shown, was: the signature and the path.
    assert.is(report.checks.filter(({ indication }) => indication !== 'passed').length, 1);
  },
);

wanting('and so does one answer of two without a proof', async () => {
  const evidence = await signedEvidence();
  const [card, authority] = evidence.revocation;
  assert.ok(card && authority);
  const { proofs: _, ...bare } = authority;
  const report = await judged({ ...evidence, revocation: [card, bare] });
  assert.ok(report.indication === 'indeterminate');
  assert.is(report.missing.length, 1);
  const empty = { ...evidence, revocation: [card, { ...authority, proofs: [] }] };
  assert.match(await verdict(empty), /^indeterminate /);
});

wanting('without the role, or the name of the issuer’s key, nothing is judged', async () => {
  const pki = await sharedPki();
  const { profile: _p, ...noRole } = await signedEvidence();
  assert.is(await verdict(noRole), 'indeterminate EVIDENCE_INCOMPLETE');
  const { issuer: _i, ...noIssuer } = await signedEvidence();
  assert.is(await verdict(noIssuer), 'indeterminate EVIDENCE_INCOMPLETE');
  assert.is(await verdict(noIssuer, pki.trustInput), 'passed');
});

wanting('an anchor that is not pinned is not trusted, whatever the path ends in', async () => {
  const evidence = await signedEvidence();
  const stranger = await lookAlike();
  const look = await verdict(evidence, anchorsOf(stranger));
  assert.is.not(look, 'passed');
  const [anchor] = (await sharedPki()).trustInput.anchors;
  assert.ok(anchor);
  const misPinned = { anchors: [{ ...anchor, fingerprint: '0'.repeat(64) }] };
  assert.is(await verdict(evidence, misPinned), 'failed ANCHOR_PIN_MISMATCH');
});

wanting.run();

// -------------------------------------------------------------------------------------
const tampered = suite('evidence that was tampered with');

const refusedAs = async (
  name: string,
  change: (evidence: Evidence) => Evidence | Promise<Evidence>,
  code: RegExp,
) => {
  assert.match(await verdict(await change(await signedEvidence())), code, name);
};

tampered('another content, time, role or answer is refused', async () => {
  const other = await (await sharedPki()).issueCitizen({ name: '李小華', last4: '1234' });
  const cms = await other.sign(challenge);
  const cases: ReadonlyArray<readonly [string, (evidence: Evidence) => Evidence, RegExp]> = [
    [
      'content',
      (e) => ({ ...e, answer: { cms: e.answer?.cms ?? cms, content: text('another') } }),
      /CONTENT_MISMATCH/,
    ],
    ['answer of another card', (e) => ({ ...e, answer: { cms, content: challenge } }), /EVIDENCE_MALFORMED/],
    [
      'no answer',
      (e) => ({ ...e, answer: { cms: new Uint8Array(0), content: challenge } }),
      /SIGNED_DATA_MALFORMED/,
    ],
    ['before the lists', (e) => ({ ...e, at: hoursAfter(-100) }), /CRL_NOT_YET_VALID/],
    ['after the lists', (e) => ({ ...e, at: hoursAfter(100) }), /CRL_STALE/],
    ['after the card', (e) => ({ ...e, at: new Date('2040-01-01T00:00:00Z') }), /CERTIFICATE_EXPIRED/],
    [
      'another role',
      (e) => ({ ...e, profile: { ...citizenProfile, subjectTypes: ['agency'] } }),
      /SUBJECT_TYPE_NOT_ACCEPTED/,
    ],
  ];
  for (const [name, change, code] of cases) await refusedAs(name, change, code);
});

tampered(
  'an answer by the key for encryption is refused, though the role takes either certificate',
  async () => {
    const pki = await sharedPki();
    const card = await citizen();
    const profile = { ...citizenProfile, use: 'any' } as const;
    const terms = termsOf(pki, { revocation: await listSource(pki), profile });
    const verified = await accepted(verifyCertificate({ der: card.encryptionCertificate, ...terms }));
    const read = readingEvidenceOf(verified, today, profile);
    assert.is(await verdict(read), 'passed');
    const cms = await card.sign(challenge, { byEncryptionKey: true });
    assert.is(
      await verdict({ ...read, answer: { cms, content: challenge } }),
      'failed KEY_USAGE_NOT_ACCEPTED',
    );
  },
);

tampered('another path, or one certificate of it, is refused', async () => {
  const stranger = await lookAlike();
  const forged = stranger.authority('MOICA G3').certificate;
  const cases: ReadonlyArray<readonly [string, (evidence: Evidence) => Evidence, RegExp]> = [
    [
      'the CA of a look-alike',
      (e) => ({ ...e, path: e.path.map((der, i) => (i === 1 ? forged : der)) }),
      /^(failed|indeterminate) /,
    ],
    ['cards in another order', (e) => ({ ...e, path: [...e.path].reverse() }), /EVIDENCE_MALFORMED/],
    [
      'an octet of the card',
      (e) => ({ ...e, path: e.path.map((der, i) => (i === 0 ? flipped(der, 300, 1) : der)) }),
      /^failed /,
    ],
    ['garbage', (e) => ({ ...e, path: e.path.map(() => text('garbage')) }), /CERTIFICATE_MALFORMED/],
  ];
  for (const [name, change, code] of cases) await refusedAs(name, change, code);
});

tampered('a list that was changed, exchanged, or is another’s is refused', async () => {
  const pki = await sharedPki();
  const { serial } = await citizen();
  const fresh = await listOf(pki, 'MOICA G3', { revoked: [{ serial, since: hoursAfter(-2) }] });
  const stale = await listOf(pki, 'MOICA G3', { thisUpdate: hoursAfter(-48), nextUpdate: hoursAfter(-24) });
  const foreign = await listOf(await lookAlike(), 'MOICA G3');
  const ofRoot = await listOf(pki, 'GRCA G2');
  const withList =
    (der: Uint8Array) =>
    (evidence: Evidence): Evidence => ({
      ...evidence,
      revocation: evidence.revocation.map((answer, index) =>
        index === 0 ? { ...answer, proofs: [listProof(der)] } : answer,
      ),
    });
  const own = (await signedEvidence()).revocation[0]?.proofs?.[0]?.der ?? text('');
  await refusedAs('revoked', withList(fresh), /failed CERTIFICATE_REVOKED/);
  await refusedAs('stale', withList(stale), /CRL_STALE/);
  await refusedAs('of a look-alike', withList(foreign), /CRL_SIGN/);
  await refusedAs('of the root', withList(ofRoot), /(CRL_|REVOCATION_)/);
  await refusedAs('an octet', withList(flipped(own, own.length - 1, 1)), /CRL_SIGNATURE_INVALID/);
  await refusedAs('garbage', withList(text('garbage')), /CRL_MALFORMED/);
});

tampered(
  'an answer that speaks twice of the card refuses it, as at the log-in, whatever a list says',
  async () => {
    const pki = await sharedPki();
    const evidence = await signedEvidence();
    const [certificate, issuer] = await Promise.all(evidence.path.slice(0, 2).map(decoded));
    if (certificate === undefined || issuer === undefined) throw new Error('no path');
    const { key, name } = pki.authority('MOICA G3');
    const single = { certId: await makeCertId(certificate, issuer), thisUpdate: hoursAfter(-1) };
    const der = await makeOcspResponse({
      responderId: { byName: name },
      signer: key,
      producedAt: hoursAfter(-1),
      answers: ['good' as const, { revokedAt: hoursAfter(-2) }].map((status) => ({
        ...single,
        status,
        nextUpdate: hoursAfter(1),
      })),
    });
    const proof: RevocationProof = { kind: 'ocsp', fingerprint: hashOf(der), der };
    const revocation = evidence.revocation.map((said, index) =>
      index === 0 ? { ...said, proofs: [...(said.proofs ?? []), proof] } : said,
    );
    assert.is(await verdict({ ...evidence, revocation }), 'indeterminate OCSP_ANSWER_COUNT');
  },
);

tampered('a proof that is not the one it is called is refused, before anybody reads it', async () => {
  const misnamed = { ...listProof(text('another')), fingerprint: '0'.repeat(64) };
  await refusedAs(
    'name',
    (e) => ({ ...e, revocation: e.revocation.map((answer) => ({ ...answer, proofs: [misnamed] })) }),
    /failed EVIDENCE_MALFORMED/,
  );
});

tampered(
  'an answer that is recorded as another than good is refused: nobody keeps evidence of that',
  async () => {
    await refusedAs(
      'status',
      (e) => ({ ...e, revocation: e.revocation.map((answer) => ({ ...answer, status: 'revoked' })) }),
      /EVIDENCE_MALFORMED/,
    );
  },
);

tampered(
  'no octet of an answer of a responder, or of a list, can be changed and it still proves anything',
  async () => {
    const pki = await sharedPki();
    for (const revocation of [await responderSource(pki), await listSource(pki)]) {
      const evidence = await signedEvidence({ revocation });
      const [card, authority] = evidence.revocation;
      const [proof] = card?.proofs ?? [];
      assert.ok(card && authority && proof);
      const trust = { ...anchorsOf(pki), cache: pki.trust.cache };
      for (let index = 0; index < proof.der.length; index += 5) {
        const der = flipped(proof.der, index, 0x01);
        const changed = { ...card, proofs: [{ kind: proof.kind, fingerprint: hashOf(der), der }] };
        const spoiled = { ...evidence, revocation: [changed, authority] };
        assert.is.not(await verdict(spoiled, trust), 'passed', `${index}`);
      }
    }
  },
);

tampered('what has not the shape of evidence is refused, and never throws', async () => {
  const good = await signedEvidence();
  const wrong: ReadonlyArray<unknown> = [
    undefined,
    null,
    7,
    {},
    { ...good, at: new Date(Number.NaN) },
    { ...good, at: '2026-03-02' },
    { ...good, path: [] },
    { ...good, path: good.path.slice(0, 1) },
    { ...good, path: ['MII', 'MII', 'MII'] },
    { ...good, path: Array.from({ length: 9 }, () => good.path[0]) },
    { ...good, revocation: [] },
    { ...good, revocation: undefined },
    { ...good, revocation: [null, null] },
    { ...good, revocation: good.revocation.map((answer) => ({ ...answer, proofs: 'none' })) },
    { ...good, revocation: good.revocation.map((answer) => ({ ...answer, proofs: [{ kind: 'html' }] })) },
    {
      ...good,
      revocation: good.revocation.map((answer) => ({
        ...answer,
        proofs: [{ kind: 'crl', fingerprint: '', der: 'x' }],
      })),
    },
    {
      ...good,
      revocation: good.revocation.map((answer) => ({
        ...answer,
        proofs: Array.from({ length: 33 }, () => answer.proofs?.[0]),
      })),
    },
    { ...good, answer: {} },
    { ...good, answer: { cms: 'MII', content: challenge } },
    { ...good, profile: {} },
    { ...good, profile: { ...citizenProfile, use: 'all' } },
    { ...good, issuer: 'MOICA' },
  ];
  for (const [index, one] of wrong.entries()) {
    assert.is(await verdict(one as Evidence), 'failed EVIDENCE_MALFORMED', `${index}`);
  }
});

tampered.run();
