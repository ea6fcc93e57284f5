/** PKCS#10 for the certificate that follows one. */
import { spawnSync } from 'node:child_process';
import { suiteNeeding } from '@mandate/testing';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { equalBytes } from '../../src/bytes.js';
import { encodeRequest, encodeRequestInfo } from '../../src/der/certification-request.js';
import * as w from '../../src/der/writer.js';
import {
  certificationRequest,
  decodeCertificationRequest,
  extensionOids,
  renewalRequestInfo,
} from '../../src/index.js';
import { makeKey, restoreKey, type TestCard } from '../../src/test-pki/index.js';
import { accepted, decoded, flipped, refusal, sharedPki } from '../support.js';

const mail = {
  oid: extensionOids.subjectAltName,
  critical: false,
  value: w.sequence(w.ia5Context(1, 'ming@example.invalid')),
};

const holder = async (withName = false): Promise<TestCard> =>
  (await sharedPki()).issueCitizen({
    name: '王小明',
    last4: '6789',
    ...(withName ? { defects: { extensions: [mail] } } : {}),
  });

const signedBy = (card: TestCard, octets: Uint8Array): Promise<Uint8Array> =>
  restoreKey(card.save().key).sign('SHA-256', octets);

const requestOf = async (card: TestCard): Promise<Uint8Array> => {
  const info = renewalRequestInfo(await decoded(card.certificate));
  return accepted(certificationRequest(info, await signedBy(card, info)));
};

// -------------------------------------------------------------------------------------
const request = suite('a request for the certificate that follows');

request('RFC 7030 4.2.2: subject and key are those of the certificate, octet for octet', async () => {
  const card = await holder();
  const certificate = await decoded(card.certificate);
  const read = await accepted(decodeCertificationRequest(await requestOf(card)));
  assert.ok(equalBytes(read.subject.der, certificate.subject.der));
  assert.ok(equalBytes(read.publicKeyInfo.der, certificate.publicKeyInfo.der));
  assert.equal(read.extensions, []);
});

request(
  'RFC 7030 4.2.2: a subjectAltName of the certificate is asked for again, and nothing else',
  async () => {
    const card = await holder(true);
    const { extensions } = await accepted(decodeCertificationRequest(await requestOf(card)));
    assert.equal(
      extensions.map(({ oid, critical }) => ({ oid, critical })),
      [{ oid: extensionOids.subjectAltName, critical: false }],
    );
    assert.ok(equalBytes(extensions[0]?.value ?? new Uint8Array(0), mail.value));
  },
);

request(
  'MOICA-12: what another key signed, or the key signed of something else, becomes no request',
  async () => {
    const card = await holder();
    const info = renewalRequestInfo(await decoded(card.certificate));
    const own = await signedBy(card, info);
    const stranger = await (await makeKey()).sign('SHA-256', info);
    for (const signature of [
      stranger,
      await signedBy(card, flipped(info, 9, 1)),
      own.slice(1),
      new Uint8Array(0),
    ]) {
      assert.is(await refusal(certificationRequest(info, signature)), 'SIGNATURE_INVALID');
    }
    assert.is(await refusal(certificationRequest(info, own)), 'accepted');
  },
);

request('info that is none is no request, however it was signed', async () => {
  const card = await holder();
  const info = renewalRequestInfo(await decoded(card.certificate));
  for (const bad of [new Uint8Array(0), info.slice(0, -1), w.sequence(info), new Uint8Array(20_000)]) {
    assert.is(await refusal(certificationRequest(bad, await signedBy(card, bad))), 'REQUEST_MALFORMED');
  }
});

request.run();

// -------------------------------------------------------------------------------------
const reading = suite('reading a request');

reading('a request of which one bit is another is refused', async () => {
  const der = await requestOf(await holder(true));
  await fc.assert(
    fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      assert.is.not(await refusal(decodeCertificationRequest(flipped(der, at, 1 << bit))), 'accepted');
    }),
    { numRuns: 150 },
  );
});

reading('garbage is refused and never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
      assert.is(await refusal(decodeCertificationRequest(octets)), 'REQUEST_MALFORMED');
    }),
  );
  const none: unknown[] = [undefined, null, 'text', 7, new Uint8Array(16_385)];
  for (const bad of none) {
    assert.is(await refusal(decodeCertificationRequest(bad as Uint8Array)), 'REQUEST_MALFORMED');
  }
});

reading('a key of 1,024 bits asks for nothing', async () => {
  const key = await makeKey(1024);
  const { subject } = await decoded((await holder()).certificate);
  const info = encodeRequestInfo({ subject: subject.der, publicKey: key.publicKey, extensions: [] });
  const der = encodeRequest(info, await key.sign('SHA-256', info));
  assert.is(await refusal(decodeCertificationRequest(der)), 'KEY_NOT_ACCEPTED');
});

reading('attributes twice, two lists of extensions and another version are refused', async () => {
  const key = await makeKey();
  const { subject } = await decoded((await holder()).certificate);
  const extension = w.sequence(w.sequence(w.oid(mail.oid), w.octetString(mail.value)));
  const wants = (...lists: ReadonlyArray<Uint8Array>) =>
    w.sequence(w.oid('1.2.840.113549.1.9.14'), w.setOf(...lists));
  const infos = [
    w.sequence(
      w.smallInteger(0),
      subject.der,
      key.publicKey,
      w.context(0, wants(extension), wants(extension)),
    ),
    w.sequence(w.smallInteger(0), subject.der, key.publicKey, w.context(0, wants(extension, extension))),
    w.sequence(w.smallInteger(0), subject.der, key.publicKey, w.context(0, wants())),
    w.sequence(w.smallInteger(1), subject.der, key.publicKey, w.context(0)),
    w.sequence(w.smallInteger(0), subject.der, key.publicKey),
  ];
  for (const info of infos) {
    const der = encodeRequest(info, await key.sign('SHA-256', info));
    assert.is(await refusal(decodeCertificationRequest(der)), 'REQUEST_MALFORMED');
  }
});

reading.run();

// -------------------------------------------------------------------------------------
const openssl = suiteNeeding('requests and the openssl command', {
  available: spawnSync('openssl', ['version']).status === 0,
  reason: 'no openssl command',
  remedy: 'npm run setup:system',
});

openssl('openssl reads what is written here, and finds the proof of possession good', async () => {
  const der = await requestOf(await holder(true));
  const asked = ['req', '-inform', 'DER', '-noout', '-verify', '-text', '-nameopt', 'utf8,sep_comma_plus'];
  const { status, stdout, stderr } = spawnSync('openssl', asked, { input: der });
  assert.is(status, 0, String(stderr));
  assert.match(String(stderr), /verify OK/);
  assert.match(String(stdout), /王小明/);
  assert.match(String(stdout), /email:ming@example\.invalid/);
});

openssl('what openssl writes is read here', async () => {
  const made = spawnSync(
    'openssl',
    [
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      '/dev/null',
      '-outform',
      'DER',
      '-subj',
      '/C=TW/CN=Test',
      '-addext',
      'subjectAltName=email:a@example.invalid',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const read = await accepted(decodeCertificationRequest(new Uint8Array(made.stdout)));
  assert.is(read.subject.text, 'C=TW,CN=Test');
  assert.equal(
    read.extensions.map(({ oid }) => oid),
    [extensionOids.subjectAltName],
  );
});

openssl.run();
