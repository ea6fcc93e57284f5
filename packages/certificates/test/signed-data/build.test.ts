import { createHash, createPublicKey, verify } from 'node:crypto';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  buildSignedData,
  cardCertificates,
  type OwnCrypto,
  type SignedDataRequest,
  verifySignedData,
} from '../../src/index.js';
import type { TestCard } from '../../src/test-pki/index.js';
import { restoreKey } from '../../src/test-pki/keys.js';
import { accepted, sharedPki, termsOf, text } from '../support.js';

const challenge = text('{"nonce":"Q2hhbGxlbmdl","purpose":"register"}');

const citizen = async () => (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });

const keyOf = (card: TestCard) => restoreKey(card.save().key);

const request = (
  card: TestCard,
  change: Partial<SignedDataRequest<'card'>> = {},
): SignedDataRequest<'card'> => ({
  content: challenge,
  certificate: card.certificate,
  sign: (signed) => async () => E.right(await keyOf(card).sign('SHA-256', signed)),
  ...change,
});

const built = async (asked: SignedDataRequest<'card'>): Promise<Uint8Array> => {
  const cms = await buildSignedData(asked)();
  if (E.isLeft(cms)) throw new Error(cms.left === 'card' ? 'card' : cms.left.code);
  return cms.right;
};

const refusal = async (asked: SignedDataRequest<'card'>) => {
  const cms = await buildSignedData(asked)();
  return E.isRight(cms) ? 'built' : cms.left === 'card' ? 'card' : cms.left.code;
};

const verified = async (cms: Uint8Array) =>
  accepted(verifySignedData({ cms, content: challenge, ...termsOf(await sharedPki()) }));

const build = suite('buildSignedData');

build('what a key answers is what verifySignedData accepts, with time, nonce and card number', async () => {
  const card = await citizen();
  const cms = await built(
    request(card, {
      attributes: {
        signingTime: new Date('2026-03-02T00:59:00.750Z'),
        nonce: 'Q2hhbGxlbmdl',
        cardNumber: card.cardNumber,
      },
    }),
  );
  const { attributes, facts, digestAlgorithm } = await verified(cms);
  assert.is(facts.serial, card.serial);
  assert.is(digestAlgorithm, 'SHA-256');
  assert.equal(attributes, {
    signingTime: '2026-03-02T00:59:00.000Z',
    nonce: 'Q2hhbGxlbmdl',
    cardNumber: card.cardNumber,
  });
});

build('nothing is said under the signature that was not asked for', async () => {
  const { attributes } = await verified(await built(request(await citizen())));
  assert.equal(attributes, {});
});

build(
  'X.680 41.4: a nonce outside the printable alphabet is written as UTF-8, octets as octets',
  async () => {
    const card = await citizen();
    const nonces = ['一次_once', Uint8Array.of(0, 1, 255), ''];
    const read: Array<string | undefined> = [];
    for (const nonce of nonces) {
      read.push((await verified(await built(request(card, { attributes: { nonce } })))).attributes.nonce);
    }
    assert.equal(read.slice(0, 2), ['一次_once', '0001ff']);
  },
);

build('RFC 5652 5.2: a detached answer leaves its content out and is verified against it', async () => {
  const card = await citizen();
  const [attached, detached] = [await built(request(card)), await built(request(card, { detached: true }))];
  assert.ok(detached.length < attached.length - challenge.length);
  assert.is((await verified(detached)).facts.serial, card.serial);
});

build('it is what the test PKI makes, octet for octet', async () => {
  const card = await citizen();
  const signingTime = new Date('2026-03-02T00:59:00Z');
  assert.equal(
    await built(request(card, { attributes: { signingTime, nonce: 'abc', cardNumber: card.cardNumber } })),
    await card.sign(challenge, { signingTime, nonce: 'abc', withCardNumber: true }),
  );
});

build('a signature by another key, over other octets, or none, is never handed out', async () => {
  const card = await citizen();
  const other = await (await sharedPki()).issueCitizen({ name: '陳美玲', last4: '1111' });
  const key = keyOf(card);
  const signatures: ReadonlyArray<SignedDataRequest<'card'>['sign']> = [
    (signed) => async () => E.right(await keyOf(other).sign('SHA-256', signed)),
    (signed) => async () => E.right(await key.sign('SHA-1', signed)),
    () => async () => E.right(await key.sign('SHA-256', challenge)),
    () => async () => E.right(new Uint8Array(0)),
    () => async () => E.right(undefined as unknown as Uint8Array),
  ];
  // Cards share four keys: another person's may be the same one.
  const same = card.save().key.privateKey === other.save().key.privateKey;
  for (const sign of same ? signatures.slice(1) : signatures) {
    assert.is(await refusal(request(card, { sign })), 'SIGNATURE_INVALID');
  }
});

build(
  "by a program's own crypto it is the same, octet for octet, and what that refuses is not handed out",
  async () => {
    const card = await citizen();
    const crypto: OwnCrypto = {
      sha256: (octets) => createHash('sha256').update(octets).digest(),
      holds: ({ der }, signed, signature) =>
        verify(
          'sha256',
          signed,
          createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }),
          signature,
        ),
    };
    const attributes = { signingTime: new Date('2026-03-02T00:59:00Z'), nonce: 'abc' };
    assert.equal(
      await built(request(card, { attributes, crypto })),
      await built(request(card, { attributes })),
    );
    const foreign: SignedDataRequest<'card'>['sign'] = () => async () =>
      E.right(await keyOf(card).sign('SHA-256', challenge));
    assert.is(await refusal(request(card, { crypto, sign: foreign })), 'SIGNATURE_INVALID');
    const thrown = () => {
      throw new Error('secret');
    };
    const bad: ReadonlyArray<OwnCrypto> = [
      { ...crypto, holds: () => false },
      { ...crypto, holds: (() => 'yes') as unknown as OwnCrypto['holds'] },
      { ...crypto, holds: thrown },
      { ...crypto, sha256: thrown },
      { ...crypto, sha256: () => new Uint8Array(0) },
    ];
    for (const one of bad) assert.is(await refusal(request(card, { crypto: one })), 'SIGNATURE_INVALID');
  },
);

build('a signer that changes the octets it is lent changes nothing', async () => {
  const card = await citizen();
  const sign: SignedDataRequest<'card'>['sign'] = (signed) => async () => {
    const signature = await keyOf(card).sign('SHA-256', signed);
    signed.fill(0);
    return E.right(signature);
  };
  assert.is((await verified(await built(request(card, { sign })))).facts.serial, card.serial);
});

build('what the card says in refusal comes through as it is', async () => {
  assert.is(await refusal(request(await citizen(), { sign: () => TE.left('card') })), 'card');
});

build('nobody is asked to sign what cannot become an answer', async () => {
  const card = await citizen();
  let asked = 0;
  const sign: SignedDataRequest<'card'>['sign'] = () => async () => {
    asked += 1;
    return E.left('card');
  };
  const bad: ReadonlyArray<[Partial<SignedDataRequest<'card'>>, string]> = [
    [{ content: new Uint8Array(0) }, 'CONTENT_MISSING'],
    [{ content: 'text' as unknown as Uint8Array }, 'CONTENT_MISSING'],
    [{ content: new Uint8Array(70_000) }, 'SIGNED_DATA_TOO_LARGE'],
    // It would fit alone, and not with certificate and signature.
    [{ content: new Uint8Array(65_536) }, 'SIGNED_DATA_TOO_LARGE'],
    [{ certificate: card.encryptionCertificate }, 'KEY_USAGE_NOT_ACCEPTED'],
    [{ certificate: Uint8Array.of(0x30, 0) }, 'CERTIFICATE_MALFORMED'],
    [{ certificate: (await sharedPki()).authority('MOICA G3').certificate }, 'KEY_USAGE_NOT_ACCEPTED'],
    [{ attributes: { signingTime: new Date(Number.NaN) } }, 'TIME_INVALID'],
    [{ attributes: { signingTime: new Date('+012026-01-01T00:00:00Z') } }, 'TIME_INVALID'],
  ];
  for (const [change, code] of bad) assert.is(await refusal(request(card, { ...change, sign })), code);
  assert.is(asked, 0);
});

build(
  'the largest answer is built, and one octet more of content is refused before anything is signed',
  async () => {
    const card = await citizen();
    const codeFor = (length: number) =>
      refusal(request(card, { content: new Uint8Array(length), sign: () => TE.left('card') }));
    let [fits, tooLarge] = [1, 65_536];
    while (tooLarge - fits > 1) {
      const middle = (fits + tooLarge) >> 1;
      if ((await codeFor(middle)) === 'card') fits = middle;
      else tooLarge = middle;
    }
    assert.is((await built(request(card, { content: new Uint8Array(fits) }))).length, 65_536);
    assert.is(await codeFor(fits + 1), 'SIGNED_DATA_TOO_LARGE');
  },
);

build.run();

const chosen = suite('cardCertificates');

chosen('the signing certificate is told by key usage, in whatever order they lie on the card', async () => {
  const pki = await sharedPki();
  const card = await citizen();
  const along = [card.encryptionCertificate, pki.authority('MOICA G3').certificate, Uint8Array.of(1, 2, 3)];
  for (const ders of [
    [card.certificate, ...along],
    [...along, card.certificate],
  ]) {
    const { signing, encryption } = await cardCertificates(ders)();
    assert.is(signing?.serialNumber, card.serial);
    assert.is(encryption?.serialNumber, card.encryptionSerial);
  }
});

chosen('a card without a certificate for signing has none', async () => {
  const card = await citizen();
  assert.is((await cardCertificates([card.encryptionCertificate])()).signing, undefined);
  assert.equal(await cardCertificates([])(), {});
});

chosen.run();
