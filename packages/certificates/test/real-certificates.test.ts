/** The certificates of the real GPKI that can be had (docs/gpki.md 1 and 2), and cards of its test CA. */
import { readFileSync } from 'node:fs';
import { sharedData, suiteNeeding } from '@mandate/testing';
import * as assert from 'uvu/assert';
import {
  type AlgorithmPolicy,
  decodeCertificate,
  gpkiFacts,
  historicAlgorithms,
  memoryRevocation,
  subjectFacts,
  type TrustStore,
  trustStore,
  verifyPath,
  verifySignedData,
} from '../src/index.js';
import { accepted, citizenProfile, codeOf, decoded, refusal, rightOf, text } from './support.js';

const folder = sharedData('ca-certs');
const need = {
  available: folder !== undefined && sharedData('test-cards') !== undefined,
  reason: 'no certificates in ../shared/data',
  remedy: 'put ca-certs and test-cards into ../shared/data',
};

const read = (...segments: ReadonlyArray<string>): Uint8Array => {
  const octets = readFileSync(sharedData(...segments) ?? '');
  const pem = /-----BEGIN CERTIFICATE-----([^-]+)/.exec(octets.toString('latin1'));
  return new Uint8Array(pem?.[1] === undefined ? octets : Buffer.from(pem[1], 'base64'));
};

const ca = (name: string) => read('ca-certs', name);
const card = (name: string) => read('test-cards', name);

/** Fingerprints from docs/gpki.md 1, not from the files. */
const pins = {
  g1: '7600295EEFE85B9E1FD624DB76062AAAAE59818A54D2774CD4C0B2C01131E1B3',
  g2: '70B922BFDA0E3F4A342E4EE22D579AE598D071CC5EC9C30F123680340388AEA5',
  g3: '57DF6F20E04C588E85F35BE8832F5D4E78958336AE3B18FB7C9BAE0DFEAD4044',
};

const anchors = {
  g1: () => ({ der: ca('GRCA-G1-root.pem'), fingerprint: pins.g1 }),
  g2: () => ({ der: ca('GRCA-G2-root.pem'), fingerprint: pins.g2 }),
  g3: () => ({ der: ca('GRCA-G3.cer'), fingerprint: pins.g3 }),
};

const under = (root: keyof typeof anchors, withLink = false): Promise<TrustStore> =>
  accepted(
    trustStore({
      anchors: [anchors[root]()],
      issuers: [],
      links: withLink ? [{ der: ca('GRCA-G1_to_G2-cross.pem') }] : [],
    }),
  );

const at = new Date('2026-03-02T01:00:00Z');

const path = async (file: string, trust: TrustStore, algorithms?: AlgorithmPolicy, when = at) =>
  verifyPath({
    certificate: await decoded(ca(file)),
    trust,
    at: when,
    ...(algorithms ? { algorithms } : {}),
  });

// -------------------------------------------------------------------------------------
// CA certificates
// -------------------------------------------------------------------------------------

const chains = suiteNeeding('the CAs of the GPKI', need);

chains('the pins of the three roots are those of the published fingerprints', async () => {
  const all = [anchors.g1(), anchors.g2(), anchors.g3()];
  assert.is((await accepted(trustStore({ anchors: all, issuers: [] }))).anchors.length, 3);
  const swapped = { ...anchors.g1(), fingerprint: pins.g2 };
  assert.is(await refusal(trustStore({ anchors: [swapped], issuers: [] })), 'ANCHOR_PIN_MISMATCH');
});

chains('G1 and G2 of the root have one name and differ in key', async () => {
  const [g1, g2] = [await decoded(anchors.g1().der), await decoded(anchors.g2().der)];
  assert.is(g1.subject.normal, g2.subject.normal);
  assert.is.not(g1.ski, g2.ski);
});

chains('MOICA G2 and MOEACA G2 hold under root G2', async () => {
  const trust = await under('g2');
  for (const file of ['MOICA-G2.cer', 'MOEACA-G2.pem']) {
    assert.is((await accepted(await path(file, trust))).length, 2, file);
  }
});

chains('MOICA G3 holds under root G3', async () => {
  assert.is((await accepted(await path('MOICA-G3.cer', await under('g3')))).length, 2);
});

chains('a CA does not hold under another root, though the root has the same name', async () => {
  for (const [file, root] of [
    ['MOICA-G2.cer', 'g1'],
    ['MOICA-G1.cer', 'g2'],
    ['MOICA-G3.cer', 'g2'],
    ['MOEACA-G2.pem', 'g3'],
  ] as const) {
    assert.is(await refusal(await path(file, await under(root), historicAlgorithms)), 'ISSUER_UNKNOWN', file);
  }
});

chains('the link from G1 to G2 is SHA-1: refused today, readable as the past', async () => {
  const trust = await under('g1', true);
  const code = await refusal(await path('MOEACA-G2.pem', trust));
  assert.is(code, 'CERTIFICATE_ALGORITHM_NOT_ACCEPTED');
  assert.is((await accepted(await path('MOEACA-G2.pem', trust, historicAlgorithms))).length, 3);
});

chains(
  'MOICA G1 under root G1: refused today, readable as the past though its anchor has no key usage',
  async () => {
    const trust = await under('g1');
    assert.is(await refusal(await path('MOICA-G1.cer', trust)), 'CERTIFICATE_ALGORITHM_NOT_ACCEPTED');
    const past = await path('MOICA-G1.cer', trust, historicAlgorithms, new Date('2015-01-01T00:00:00Z'));
    assert.is((await accepted(past)).length, 2);
    assert.is(await refusal(await path('MOICA-G1.cer', trust, historicAlgorithms)), 'CERTIFICATE_EXPIRED');
  },
);

chains('three generations of MOICA have one name and three keys', async () => {
  const all = await Promise.all(['MOICA-G1.cer', 'MOICA-G2.cer', 'MOICA-G3.cer'].map((f) => decoded(ca(f))));
  assert.is(new Set(all.map((c) => c.subject.normal)).size, 1);
  assert.is(new Set(all.map((c) => c.ski)).size, 3);
  assert.is(all[0]?.subject.text, 'C=TW,O=行政院,OU=內政部憑證管理中心');
  assert.is(all[0]?.serialNumber, '8B5D8ABC80BDCEF2C7E0F390A563713');
});

chains.run();

// -------------------------------------------------------------------------------------
// test cards
// -------------------------------------------------------------------------------------

const cards = suiteNeeding('cards of the real test CA', need);

const factsOf = async (file: string) => rightOf(subjectFacts(await decoded(card(file))));

cards('X-3: the company card of 2023 tells type, rank and business number, once in each place', async () => {
  const facts = await factsOf('GTestCA2-test-company-sign.cer');
  assert.is(facts.subjectType, 'company');
  assert.is(facts.businessNumber, '82675132');
  assert.is(facts.subjectSerialNumber, '82675132');
  assert.is(facts.cardRank, 'primary');
  assert.is(facts.displayName, '測試公司1');
  assert.is(facts.issuerName, 'C=TW,O=行政院,OU=(測試用) 政府測試憑證管理中心');
  assert.is(facts.use, 'sign');
  assert.equal(facts.policies, ['2.16.886.101.0.3.0']);
  assert.is(facts.notAfter, '2024-02-23T03:02:37.000Z');
  assert.is(facts.serial, '4305D9161080465CF340F049EA6CC726');
});

cards('X-3: the company card of 2010 has the number in the attributes only', async () => {
  const facts = await factsOf('GTestCA1-test-company-2010-sign.pem');
  assert.is(facts.businessNumber, '34051920');
  assert.is(facts.subjectSerialNumber, undefined);
  assert.is(facts.cardRank, 'secondary');
});

cards('X-3: the citizen test cards show four characters of a number, and are for encryption', async () => {
  const facts = await factsOf('MOICA-test-mobile-enc-88D05A1C.cer');
  assert.is(facts.subjectType, 'citizen');
  assert.is(facts.commonName, '測試人');
  assert.is(facts.last4, '2116');
  assert.is(facts.subjectSerialNumber, '1061720472004809');
  assert.is(facts.cardRank, 'mobile');
  assert.is(facts.use, 'encrypt');
  assert.is(facts.notAfter, '2024-09-08T15:59:59.000Z');
});

cards('the subject type .1.9 is not known to be a citizen', async () => {
  const facts = await factsOf('MOICA-test-mobile-enc-5CDD0D3A.cer');
  assert.is(facts.subjectType, 'unknown');
  assert.is(facts.subjectTypeOid, '2.16.886.1.100.3.1.9');
});

cards('a card of a CA that is not in the trust store has no issuer, whatever its policy says', async () => {
  const trust = await under('g3');
  const certificate = await decoded(card('MOICA-test-mobile-enc-88D05A1C.cer'));
  assert.ok(certificate.policies.includes('2.16.886.101.0.3.3'));
  assert.is(codeOf(gpkiFacts(certificate, trust)), 'ISSUER_UNKNOWN');
});

cards(
  'an answer of 2010 (SHA-1, no signed attributes) is read, and refused by a code of its own',
  async () => {
    const request = {
      cms: read('test-cards', 'GTestCA1-test-company-2010-signeddata.p7s'),
      content: text('test'),
      trust: await under('g2'),
      at,
      revocation: memoryRevocation(),
      profile: citizenProfile,
    };
    assert.is(await refusal(verifySignedData(request)), 'SIGNED_DATA_OUTDATED');
  },
);

cards('a file of certificates only (p7b) is no answer', async () => {
  const request = {
    cms: read('ca-certs', 'MOEACA-IssuedToThisCA.p7b'),
    content: text('test'),
    trust: await under('g2'),
    at,
    revocation: memoryRevocation(),
    profile: citizenProfile,
  };
  assert.is(await refusal(verifySignedData(request)), 'SIGNER_COUNT');
  assert.is(await refusal(decodeCertificate(request.cms)), 'CERTIFICATE_MALFORMED');
});

cards.run();
