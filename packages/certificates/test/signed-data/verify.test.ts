import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { attribute } from '../../src/der/encode-signed-data.js';
import * as w from '../../src/der/writer.js';
import {
  type CertificateErrorCode,
  certificateCache,
  evidenceOf,
  trustStore,
  type VerificationTerms,
  verifyCertificate,
  verifySignedData,
} from '../../src/index.js';
import { type CardSignOptions, createTestPki, makeKey, makeSignedData } from '../../src/test-pki/index.js';
import {
  accepted,
  agencyProfile,
  citizenProfile,
  decoded,
  flipped,
  indexOfOctets,
  refusal,
  sharedPki,
  termsOf,
  text,
} from '../support.js';

const challenge = text('{"agency":"A1234","nonce":"Q2hhbGxlbmdl","purpose":"register"}');

const citizen = async () => (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });

const verify = async (
  cms: Uint8Array,
  change: Partial<VerificationTerms> & { readonly content?: Uint8Array } = {},
) => {
  const { content = challenge, ...terms } = change;
  return verifySignedData({ cms, content, ...termsOf(await sharedPki(), terms) });
};

const verdict = async (cms: Uint8Array, change: Parameters<typeof verify>[1] = {}) =>
  refusal(await verify(cms, change));

// -------------------------------------------------------------------------------------
// what holds
// -------------------------------------------------------------------------------------

const holds = suite('verifySignedData: what holds');

holds('a card answers a challenge: who, by which path, with what attributes', async () => {
  const card = await citizen();
  const signingTime = new Date('2026-03-02T00:59:00Z');
  const cms = await card.sign(challenge, { signingTime, nonce: 'Q2hhbGxlbmdl', withCardNumber: true });
  const verified = await accepted(await verify(cms));
  assert.is(verified.facts.commonName, '王小明');
  assert.is(verified.facts.serial, card.serial);
  assert.is(verified.digestAlgorithm, 'SHA-256');
  assert.is(verified.path.length, 3);
  assert.equal(verified.attributes, {
    signingTime: '2026-03-02T00:59:00.000Z',
    nonce: 'Q2hhbGxlbmdl',
    cardNumber: card.cardNumber,
  });
});

holds('an agency card answers under the agency profile', async () => {
  const pki = await sharedPki();
  const card = await pki.issueAgency({ ca: 'GCA', name: '測試機關', organisationOid: '2.16.886.101.20003' });
  const verified = await accepted(await verify(await card.sign(challenge), { profile: agencyProfile }));
  assert.is(verified.facts.organisationOid, '2.16.886.101.20003');
});

for (const digest of ['SHA-256', 'SHA-384', 'SHA-512'] as const) {
  holds(`${digest} is accepted`, async () => {
    const cms = await (await citizen()).sign(challenge, { digest });
    assert.is((await accepted(await verify(cms))).digestAlgorithm, digest);
  });
}

holds('the content may be attached or detached', async () => {
  const card = await citizen();
  assert.is(await verdict(await card.sign(challenge, { detached: true })), 'accepted');
});

holds('the CA certificates may come along', async () => {
  const pki = await sharedPki();
  const extraCertificates = [pki.authority('MOICA G3').certificate, pki.authority('GRCA G2').certificate];
  assert.is(await verdict(await (await citizen()).sign(challenge, { extraCertificates })), 'accepted');
});

holds('the signature algorithm may name the key only, or key and digest (RFC 5754 3.2)', async () => {
  // Two spellings of one thing, outside the signature: rsaEncryption here, sha256WithRSAEncryption below.
  const cms = await (await citizen()).sign(challenge);
  const signerAlgorithm = w.sequence(w.oid('1.2.840.113549.1.1.1'), w.nullValue);
  const at = lastIndexOf(cms, signerAlgorithm);
  const other = cms.slice();
  other.set(w.sequence(w.oid('1.2.840.113549.1.1.11'), w.nullValue), at);
  assert.is(await verdict(other), 'accepted');
  other.set(w.sequence(w.oid('1.2.840.113549.1.1.12'), w.nullValue), at);
  assert.is(await verdict(other), 'SIGNATURE_ALGORITHM_NOT_ACCEPTED');
});

holds('the evidence keeps the answer, the path in DER and what was said of revocation', async () => {
  const card = await citizen();
  const cms = await card.sign(challenge);
  const verified = await accepted(await verify(cms));
  const evidence = evidenceOf(verified, challenge, citizenProfile);
  assert.equal(evidence.answer?.cms, new Uint8Array(cms));
  assert.equal(evidence.path[0], card.certificate);
  assert.is(evidence.path.length, 3);
  assert.is(evidence.revocation.length, 2);
  assert.is(evidence.at, verified.at);
});

holds.run();

const lastIndexOf = (whole: Uint8Array, part: Uint8Array): number => {
  let found = -1;
  for (let from = 0; ; ) {
    const next = indexOfOctets(whole.subarray(from), part);
    if (next < 0) return found;
    found = from + next;
    from = found + 1;
  }
};

// -------------------------------------------------------------------------------------
// attributes
// -------------------------------------------------------------------------------------

const attributes = suite('verifySignedData: attributes are advice');

const attributesOf = async (options: CardSignOptions) =>
  (await accepted(await verify(await (await citizen()).sign(challenge, options)))).attributes;

attributes('none is needed', async () => {
  assert.equal(await attributesOf({}), {});
});

attributes('a nonce of octets is told in hexadecimal, a card number of octets as text', async () => {
  assert.equal(await attributesOf({ nonce: Uint8Array.of(0xca, 0xfe) }), { nonce: 'cafe' });
  const extraAttributes = [attribute('2.16.886.1.100.2.204', w.octetString(text('TP00000000000001')))];
  assert.equal(await attributesOf({ extraAttributes }), { cardNumber: 'TP00000000000001' });
});

attributes('one of an unexpected type, or with two values, is as if it were not there', async () => {
  assert.equal(
    await attributesOf({
      extraAttributes: [
        attribute('1.2.840.113549.1.9.5', w.utf8('yesterday')),
        attribute('1.2.840.113549.1.9.25.3', w.smallInteger(5)),
        attribute('2.16.886.1.100.2.204', w.octetString(Uint8Array.of(0, 1))),
        attribute('1.2.3.4', w.nullValue),
      ],
    }),
    {},
  );
  const two = [attribute('1.2.840.113549.1.9.25.3', w.printable('a'), w.printable('b'))];
  assert.equal(await attributesOf({ extraAttributes: two }), {});
});

attributes.run();

// -------------------------------------------------------------------------------------
// what is refused
// -------------------------------------------------------------------------------------

const refused = suite('verifySignedData: what is refused');

const badAnswers: ReadonlyArray<readonly [string, CardSignOptions, CertificateErrorCode]> = [
  ['SHA-1 without signed attributes', { digest: 'SHA-1', withoutAttributes: true }, 'SIGNED_DATA_OUTDATED'],
  ['SHA-1 with signed attributes', { digest: 'SHA-1' }, 'DIGEST_NOT_ACCEPTED'],
  ['SHA-256 without signed attributes', { withoutAttributes: true }, 'SIGNED_ATTRIBUTES_MISSING'],
  [
    'a contentType attribute that differs',
    { contentTypeAttribute: '1.2.840.113549.1.7.5' },
    'CONTENT_TYPE_MISMATCH',
  ],
  ['content of another type', { contentType: '1.2.840.113549.1.9.16.1.4' }, 'CONTENT_TYPE_MISMATCH'],
  ['a messageDigest of other octets', { digestOf: text('other') }, 'MESSAGE_DIGEST_MISMATCH'],
  ['no certificate', { withoutCertificate: true }, 'SIGNER_CERTIFICATE_MISSING'],
  ['the key of the encryption certificate', { byEncryptionKey: true }, 'KEY_USAGE_NOT_ACCEPTED'],
  [
    'two contentType attributes',
    { extraAttributes: [attribute('1.2.840.113549.1.9.3', w.oid('1.2.840.113549.1.7.1'))] },
    'SIGNED_DATA_MALFORMED',
  ],
  [
    'two messageDigest attributes',
    { extraAttributes: [attribute('1.2.840.113549.1.9.4', w.octetString(new Uint8Array(32)))] },
    'SIGNED_DATA_MALFORMED',
  ],
  ['an attribute that is none', { extraAttributes: [w.sequence(w.oid('1.2.3'))] }, 'SIGNED_DATA_MALFORMED'],
];
for (const [what, options, code] of badAnswers) {
  refused(`${what} is refused as ${code}`, async () => {
    assert.is(await verdict(await (await citizen()).sign(challenge, options)), code);
  });
}

refused('another content is told before whatever else is wrong with the answer', async () => {
  const card = await citizen();
  const digestOf = text('other');
  assert.is(
    await verdict(await card.sign(challenge, { digestOf, withoutCertificate: true })),
    'MESSAGE_DIGEST_MISMATCH',
  );
  const cms = await card.sign(challenge, { digestOf, extraCertificates: [w.sequence()] });
  assert.is(await verdict(cms), 'MESSAGE_DIGEST_MISMATCH');
  assert.is(await verdict(flipped(cms, cms.length - 1, 1)), 'MESSAGE_DIGEST_MISMATCH');
  assert.is(await verdict(await card.sign(text('other'), { detached: true })), 'CONTENT_MISMATCH');
});

refused(
  'what is remembered of a card that was let in lets nobody in: not later, not revoked, not elsewhere',
  async () => {
    const cache = certificateCache();
    const own = await createTestPki({ cas: ['MOICA'], keyPool: 1 });
    const card = await own.issueCitizen({ name: '王小明', last4: '6789' });
    const cms = await card.sign(challenge);
    const trust = await accepted(trustStore({ ...own.trustInput, cache }));
    const elsewhere = await accepted(trustStore({ ...(await sharedPki()).trustInput, cache }));
    const known = { trust, revocation: own.revocation };
    assert.is(await verdict(cms, known), 'accepted');
    assert.ok(cache.certificateOf(card.certificate), 'the card is known');
    assert.is(await verdict(cms, { ...known, at: new Date('2036-01-01T00:00:00Z') }), 'CERTIFICATE_EXPIRED');
    assert.is(await verdict(cms, { ...known, trust: elsewhere }), 'ISSUER_UNKNOWN');
    assert.is(await verdict(cms, { ...known, profile: agencyProfile }), 'ISSUER_NOT_ACCEPTED');
    assert.is(await verdict(cms, { ...known, content: text('another') }), 'CONTENT_MISMATCH');
    assert.is(await verdict(flipped(cms, cms.length - 1, 1), known), 'SIGNATURE_INVALID');
    own.revoke(card, new Date('2026-03-01T00:00:00Z'));
    assert.is(await verdict(cms, known), 'CERTIFICATE_REVOKED');
  },
);

refused('GEPI-8: an answer that its certificate does not bear names the CA of the card', async () => {
  const refusedAs = async (cms: Uint8Array) => {
    const answer = await (await verify(cms))();
    return answer._tag === 'Left' ? [answer.left.code, answer.left.ca] : [];
  };
  const card = await citizen();
  const { issuer, serialNumber } = await decoded(card.certificate);
  const serial = Uint8Array.from(serialNumber.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const key = await makeKey();
  const signer = { key, certificate: card.certificate, issuer: issuer.der, serial, cardNumber: '' };
  const forged = await makeSignedData(signer, challenge);
  assert.equal(await refusedAs(forged), ['SIGNATURE_INVALID', 'MOICA']);
  const pki = await sharedPki();
  const short = await pki.issueCitizen({ name: '王小明', last4: '6789', defects: { rsaBits: 1024 } });
  assert.equal(await refusedAs(await short.sign(challenge)), ['KEY_NOT_ACCEPTED', 'MOICA']);
  // Before the certificate is read nobody knows whose it is.
  assert.equal(await refusedAs(await card.sign(text('another'))), ['CONTENT_MISMATCH', undefined]);
});

refused('the encryption certificate is refused even by a profile that would take either', async () => {
  const cms = await (await citizen()).sign(challenge, { byEncryptionKey: true });
  assert.is(await verdict(cms, { profile: { ...citizenProfile, use: 'any' } }), 'KEY_USAGE_NOT_ACCEPTED');
});

refused('an answer to another challenge, attached or detached', async () => {
  const card = await citizen();
  for (const detached of [true, false]) {
    assert.is(await verdict(await card.sign(text('another'), { detached })), 'CONTENT_MISMATCH');
  }
});

refused('no challenge at all', async () => {
  const card = await citizen();
  const empty = await card.sign(new Uint8Array(0));
  assert.is(await verdict(empty, { content: new Uint8Array(0) }), 'CONTENT_MISSING');
  const absent = { cms: empty, content: undefined as unknown as Uint8Array, ...termsOf(await sharedPki()) };
  assert.is(await refusal(verifySignedData(absent)), 'CONTENT_MISSING');
});

refused('a right name with a wrong key, and a wrong issuer with the same serial', async () => {
  const pki = await sharedPki();
  const [card, other] = [await citizen(), await citizen()];
  const key = await makeKey();
  const { issuer, serialNumber } = await decoded(card.certificate);
  const serial = Uint8Array.from(serialNumber.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const signer = { key, certificate: card.certificate, issuer: issuer.der, serial, cardNumber: '' };
  assert.is(await verdict(await makeSignedData(signer, challenge)), 'SIGNATURE_INVALID');
  const misnamed = { ...signer, issuer: pki.authority('GCA G2').name };
  assert.is(await verdict(await makeSignedData(misnamed, challenge)), 'SIGNER_CERTIFICATE_MISSING');
  const exchanged = { ...signer, certificate: other.certificate };
  assert.is(await verdict(await makeSignedData(exchanged, challenge)), 'SIGNER_CERTIFICATE_MISSING');
});

refused('one certificate twice: whose is it', async () => {
  const card = await citizen();
  const cms = await card.sign(challenge, { extraCertificates: [card.certificate] });
  assert.is(await verdict(cms), 'SIGNER_CERTIFICATE_MISSING');
});

refused('the answer of a look-alike PKI', async () => {
  const stranger = await (await sharedPki()).stranger();
  const card = await stranger.issueCitizen({ name: '王小明', last4: '6789' });
  const extraCertificates = ['MOICA G3', 'GRCA G2'] as const;
  const cms = await card.sign(challenge, {
    extraCertificates: extraCertificates.map((id) => stranger.authority(id).certificate),
  });
  assert.is(await verdict(cms), 'CERTIFICATE_SIGNATURE_INVALID');
});

refused('a card that is expired, revoked or suspended', async () => {
  const pki = await sharedPki();
  const old = await pki.issueCitizen({
    name: '王小明',
    last4: '6789',
    notBefore: new Date('2015-01-01T00:00:00Z'),
    notAfter: new Date('2020-01-01T15:59:59Z'),
  });
  assert.is(await verdict(await old.sign(challenge)), 'CERTIFICATE_EXPIRED');
  const [revoked, held] = [await citizen(), await citizen()];
  pki.revoke(revoked, new Date('2026-02-01T00:00:00Z'));
  pki.hold(held, new Date('2026-02-01T00:00:00Z'));
  assert.is(await verdict(await revoked.sign(challenge)), 'CERTIFICATE_REVOKED');
  assert.is(await verdict(await held.sign(challenge)), 'CERTIFICATE_ON_HOLD');
});

refused('RSA of 1,024 bits', async () => {
  const card = await (await sharedPki()).issueCitizen({
    name: '王小明',
    last4: '6789',
    defects: { rsaBits: 1024 },
  });
  assert.is(await verdict(await card.sign(challenge)), 'KEY_NOT_ACCEPTED');
});

refused('octets after the answer, and more than 64 KiB', async () => {
  const cms = await (await citizen()).sign(challenge);
  assert.is(await verdict(Uint8Array.from([...cms, 0])), 'SIGNED_DATA_MALFORMED');
  assert.is(await verdict(new Uint8Array(65_537)), 'SIGNED_DATA_TOO_LARGE');
  assert.is(await verdict('MII' as unknown as Uint8Array), 'SIGNED_DATA_MALFORMED');
});

refused('a certificate in it that cannot be read, and more than ten', async () => {
  const card = await citizen();
  const broken = await card.sign(challenge, { extraCertificates: [w.sequence(w.nullValue)] });
  assert.is(await verdict(broken), 'CERTIFICATE_MALFORMED');
  const kind = await card.sign(challenge, { extraCertificates: [w.context(1, w.nullValue)] });
  assert.is(await verdict(kind), 'SIGNED_DATA_MALFORMED');
  const many = await card.sign(challenge, {
    extraCertificates: Array.from({ length: 10 }, () => w.sequence()),
  });
  assert.is(await verdict(many), 'SIGNED_DATA_MALFORMED');
});

refused('a fresh PKI knows nothing of a card of another', async () => {
  const other = await createTestPki({ cas: ['MOICA'], keyPool: 1 });
  const card = await citizen();
  const request = { der: card.certificate, ...termsOf(other) };
  assert.is(await refusal(verifyCertificate(request)), 'ISSUER_UNKNOWN');
});

refused.run();
