/** What an answer says of its own certificate (RFC 5035) and algorithms (RFC 6211) must be true where it is said. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fromHex } from '../../src/bytes.js';
import { digest } from '../../src/crypto/digest.js';
import { attribute } from '../../src/der/encode-signed-data.js';
import * as w from '../../src/der/writer.js';
import { type Certificate, verifySignedData } from '../../src/index.js';
import type { TestCard } from '../../src/test-pki/index.js';
import { decoded, flipped, indexOfOctets, refusal, sharedPki, termsOf, text } from '../support.js';

const challenge = text('challenge');
const v1 = '1.2.840.113549.1.9.16.2.12';
const v2 = '1.2.840.113549.1.9.16.2.47';
const protection = '1.2.840.113549.1.9.52';
const sha256 = w.sequence(w.oid('2.16.840.1.101.3.4.2.1'), w.nullValue);
const sha512 = w.sequence(w.oid('2.16.840.1.101.3.4.2.3'));
const rsa = w.sequence(w.oid('1.2.840.113549.1.1.1'), w.nullValue);

let made: Promise<readonly [TestCard, Certificate]> | undefined;

const citizen = () => {
  made ??= (async () => {
    const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
    return [card, await decoded(card.certificate)] as const;
  })();
  return made;
};

/** What becomes of an answer with these attributes besides the two that must be there. */
const verdictOf = async (...extraAttributes: ReadonlyArray<Uint8Array>) => {
  const [card] = await citizen();
  const cms = await card.sign(challenge, { extraAttributes });
  return refusal(verifySignedData({ cms, content: challenge, ...termsOf(await sharedPki()) }));
};

/** SigningCertificate(V2) with one certificate in it. */
const naming = (type: string, ...identifier: ReadonlyArray<Uint8Array>) =>
  attribute(type, w.sequence(w.sequence(w.sequence(...identifier))));

const serialOf = ({ serialNumber }: Certificate): Uint8Array =>
  w.unsigned(
    fromHex(serialNumber.padStart(serialNumber.length + (serialNumber.length % 2), '0')) ?? text(''),
  );

const issuerSerial = (issuer: Uint8Array, serial: Uint8Array) =>
  w.sequence(w.sequence(w.context(4, issuer)), serial);

// -------------------------------------------------------------------------------------
const certificates = suite('the signing certificate that an answer names (RFC 5035)');

certificates(
  'the right one is accepted: by SHA-256, SHA-512, SHA-1, with issuer and serial number',
  async () => {
    const [, certificate] = await citizen();
    const hash = async (name: 'SHA-1' | 'SHA-256' | 'SHA-512') =>
      w.octetString(await digest(name, certificate.der));
    const who = issuerSerial(certificate.issuer.der, serialOf(certificate));
    const named: ReadonlyArray<Uint8Array> = [
      naming(v2, await hash('SHA-256')),
      naming(v2, await hash('SHA-256'), who),
      naming(v2, sha512, await hash('SHA-512'), who),
      naming(v2, sha256, await hash('SHA-256')),
      naming(v1, await hash('SHA-1'), who),
    ];
    for (const one of named) assert.is(await verdictOf(one), 'accepted');
    assert.is(
      await verdictOf(naming(v2, await hash('SHA-256')), naming(v1, await hash('SHA-1'))),
      'accepted',
    );
  },
);

certificates('the first of several is the signer’s; the rest, and policies, are let pass', async () => {
  const [, certificate] = await citizen();
  const mine = w.sequence(w.octetString(await digest('SHA-256', certificate.der)));
  const other = w.sequence(w.octetString(new Uint8Array(32)));
  const policies = w.sequence(w.sequence(w.oid('1.2.3')));
  assert.is(await verdictOf(attribute(v2, w.sequence(w.sequence(mine, other), policies))), 'accepted');
  assert.is(
    await verdictOf(attribute(v2, w.sequence(w.sequence(other, mine)))),
    'SIGNING_CERTIFICATE_MISMATCH',
  );
});

certificates('another one is refused: by hash, by serial number, by issuer, in either version', async () => {
  const [, certificate] = await citizen();
  const hash = await digest('SHA-256', certificate.der);
  const right = w.octetString(hash);
  const { issuer, subject } = certificate;
  const wrong: ReadonlyArray<Uint8Array> = [
    naming(v2, w.octetString(flipped(hash, 0, 1))),
    naming(v2, w.octetString(hash.subarray(1))),
    naming(v2, sha512, right),
    naming(v2, right, issuerSerial(issuer.der, w.smallInteger(7))),
    naming(v2, right, issuerSerial(subject.der, serialOf(certificate))),
    naming(v1, right),
    naming(v1, w.octetString(new Uint8Array(20))),
  ];
  for (const one of wrong) assert.is(await verdictOf(one), 'SIGNING_CERTIFICATE_MISMATCH');
  // Two that say different things: the right one does not make up for the other.
  assert.is(await verdictOf(naming(v2, right), naming(v1, right)), 'SIGNING_CERTIFICATE_MISMATCH');
});

certificates('one that cannot be read is refused', async () => {
  const [, certificate] = await citizen();
  const right = w.octetString(await digest('SHA-256', certificate.der));
  const value = w.sequence(w.sequence(w.sequence(right)));
  const both = w.sequence(
    w.sequence(w.context(4, certificate.issuer.der), w.context(4, certificate.issuer.der)),
    serialOf(certificate),
  );
  const wrong: ReadonlyArray<Uint8Array> = [
    attribute(v2),
    attribute(v2, value, value),
    attribute(v2, w.nullValue),
    attribute(v2, w.sequence()),
    attribute(v2, w.sequence(w.sequence())),
    attribute(v2, w.sequence(w.sequence(w.nullValue))),
    naming(v2),
    naming(v2, right, w.nullValue),
    naming(v2, right, both),
    naming(v2, right, w.sequence(w.sequence(w.context(4, certificate.issuer.der)))),
    naming(v2, w.sequence(w.oid('1.2.3')), right),
    naming(v2, w.sequence(w.oid('2.16.840.1.101.3.4.2.1'), w.sequence()), right),
    naming(v1, w.sequence(w.oid('1.3.14.3.2.26')), w.octetString(await digest('SHA-1', certificate.der))),
  ];
  for (const one of wrong) assert.is(await verdictOf(one), 'SIGNING_CERTIFICATE_MISMATCH');
});

certificates('a certificate put in the place of another with the same key is refused', async () => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const renewed = await pki.renew(card);
  // One key, two certificates: without the attribute the signature would hold for either.
  const [old, next] = [await decoded(card.certificate), await decoded(renewed.certificate)];
  assert.equal(old.publicKeyInfo.der, next.publicKeyInfo.der);
  const named = naming(v2, w.octetString(await digest('SHA-256', old.der)));
  const cms = await renewed.sign(challenge, { extraAttributes: [named] });
  const request = { cms, content: challenge, ...termsOf(pki) };
  assert.is(await refusal(verifySignedData(request)), 'SIGNING_CERTIFICATE_MISMATCH');
});

certificates.run();

// -------------------------------------------------------------------------------------
const algorithms = suite('the algorithms that an answer names (RFC 6211)');

const stated = (...parts: ReadonlyArray<Uint8Array>) => attribute(protection, w.sequence(...parts));
const signature = w.context(1, w.oid('1.2.840.113549.1.1.1'), w.nullValue);

algorithms('the right ones are accepted, with or without NULL', async () => {
  assert.is(await verdictOf(stated(sha256, signature)), 'accepted');
  const bare = w.sequence(w.oid('2.16.840.1.101.3.4.2.1'));
  assert.is(await verdictOf(stated(bare, w.context(1, w.oid('1.2.840.113549.1.1.1')))), 'accepted');
});

algorithms('another digest is refused', async () => {
  assert.is(await verdictOf(stated(sha512, signature)), 'DIGEST_NOT_ACCEPTED');
  for (const wrong of [attribute(protection), attribute(protection, w.nullValue), stated()]) {
    assert.is(await verdictOf(wrong), 'DIGEST_NOT_ACCEPTED');
  }
  assert.is(await verdictOf(stated(sha256, signature, w.nullValue)), 'DIGEST_NOT_ACCEPTED');
});

algorithms('another signature, none, or a MAC is refused', async () => {
  const wrong: ReadonlyArray<Uint8Array> = [
    stated(sha256),
    stated(sha256, w.context(1, w.oid('1.2.840.113549.1.1.11'), w.nullValue)),
    stated(sha256, w.context(2, w.oid('1.2.840.113549.1.1.1'), w.nullValue)),
    stated(sha256, rsa),
    stated(sha256, w.context(1, w.oid('1.2.840.113549.1.1.1'), w.sequence())),
  ];
  for (const one of wrong) assert.is(await verdictOf(one), 'SIGNATURE_ALGORITHM_NOT_ACCEPTED');
});

algorithms(
  'an algorithm exchanged in the SignerInfo, where no signature covers it, is found out',
  async () => {
    const [card] = await citizen();
    const cms = await card.sign(challenge, { extraAttributes: [stated(sha256, signature)] });
    const terms = termsOf(await sharedPki());
    // rsaEncryption and sha256WithRSAEncryption mean the same here, and only the attribute tells them apart.
    const at = indexOfOctets(cms.subarray(-300), rsa) + cms.length - 300;
    assert.ok(at > cms.length - 300);
    const exchanged = flipped(cms, at + rsa.length - 3, 1 ^ 11);
    assert.is(await refusal(verifySignedData({ cms, content: challenge, ...terms })), 'accepted');
    const changed = { cms: exchanged, content: challenge, ...terms };
    assert.is(await refusal(verifySignedData(changed)), 'SIGNATURE_ALGORITHM_NOT_ACCEPTED');
  },
);

algorithms.run();
