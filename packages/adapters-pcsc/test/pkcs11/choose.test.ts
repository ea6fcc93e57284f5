/** Which token and which certificate, and what becomes of garbage from a module. */
import { decodeCertificate } from '@mandate/certificates';
import { singleUsePin } from '@mandate/domain';
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { chooseSigning, chooseToken, hicosSigningId, type ReadCertificate } from '../../src/pkcs11/choose.js';
import { attributes } from '../../src/pkcs11/constants.js';
import { pkcs11ReaderOn } from '../../src/pkcs11/reader.js';
import { listTokens, type Pkcs11Token } from '../../src/pkcs11/token.js';
import { certificateObject, fakeHost, fakeModule, hicosCard, hicosInfo } from './fake.js';
import { challenge, leftOf, rightOf, sharedPki } from './support.js';

const choose = suite('PKCS#11: which token, which certificate');

const token = (label: string, serial: string): Pkcs11Token => ({
  label,
  serial,
  manufacturer: '',
  model: '',
  slotDescription: '',
  slot: '00',
  pinState: 'unknown',
  loginRequired: true,
  minPinLength: 0,
  maxPinLength: 0,
});

choose('no reader, an empty one, and several cards of one name are told apart', () => {
  const [one, two] = [token('HiCOS PKI Smart Card', 'TP01'), token('HiCOS PKI Smart Card', 'TP02')];
  assert.is(leftOf(chooseToken({ slots: 0, tokens: [] }, {})).code, 'NO_READER');
  assert.is(leftOf(chooseToken({ slots: 1, tokens: [] }, {})).code, 'NO_CARD');
  assert.is(leftOf(chooseToken({ slots: 2, tokens: [one, two] }, { label: one.label })).code, 'NO_CARD');
  assert.is(rightOf(chooseToken({ slots: 2, tokens: [one, two] }, { serial: 'TP02' })), two);
  assert.is(rightOf(chooseToken({ slots: 2, tokens: [one] }, {})), one);
});

choose('labels are compared without the blanks that pad them, and not by their beginning', () => {
  const tokens = [token('HiCOS PKI Smart Card', 'TP01')];
  assert.ok(E.isRight(chooseToken({ slots: 1, tokens }, { label: 'HiCOS PKI Smart Card            ' })));
  for (const label of ['HiCOS', ' HiCOS PKI Smart Card', 'hicos pki smart card', '']) {
    assert.is(leftOf(chooseToken({ slots: 1, tokens }, { label })).code, 'NO_CARD');
  }
});

const certificate = (id: string, use: Partial<ReadCertificate>): ReadCertificate => ({
  id,
  label: id,
  der: Buffer.from(id, 'hex'),
  issues: false,
  signs: false,
  commits: false,
  encrypts: false,
  ...use,
});

const chosen = (...all: ReadonlyArray<ReadCertificate>): ReadonlyArray<string> =>
  [all, all.toReversed()].map((order) => {
    const one = chooseSigning(order, undefined);
    return E.isRight(one) ? one.right.id : one.left.code;
  });

choose('the certificate is chosen by key usage, whatever the order', () => {
  const signs = certificate('01', { signs: true });
  const encrypts = certificate('02', { encrypts: true });
  const both = certificate('03', { signs: true, encrypts: true });
  assert.equal(chosen(encrypts, signs), ['01', '01']);
  assert.equal(chosen(both, signs), ['01', '01']);
  assert.equal(chosen(encrypts, both), ['03', '03']);
  assert.equal(chosen(encrypts), ['SIGNING_UNSUPPORTED', 'SIGNING_UNSUPPORTED']);
});

choose('HiCOS: SIGN comes before SIGN02; PIV: the one that commits before the one that logs in', () => {
  const sign = certificate(hicosSigningId, { signs: true });
  const sign02 = certificate('5349474e3032', { signs: true });
  assert.equal(chosen(sign02, sign), [hicosSigningId, hicosSigningId]);
  const logsIn = certificate('01', { signs: true });
  const commits = certificate('02', { signs: true, commits: true });
  assert.equal(chosen(logsIn, commits), ['02', '02']);
});

choose('one certificate under two ids is one to sign with', () => {
  const der = Uint8Array.of(1);
  const [one, two] = [certificate('01', { signs: true, der }), certificate('02', { signs: true, der })];
  assert.equal(chosen(one, two), ['01', '01']);
});

choose('several that nothing tells apart are not guessed at: an id names one', () => {
  const [one, two] = [certificate('0a', { signs: true }), certificate('0b', { signs: true })];
  assert.equal(chosen(one, two), ['SIGNING_UNSUPPORTED', 'SIGNING_UNSUPPORTED']);
  assert.is(rightOf(chooseSigning([one, two], '0B')).id, '0b');
  assert.is(leftOf(chooseSigning([one, two], '0c')).code, 'SIGNING_UNSUPPORTED');
});

const newCard = async () => (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });

choose('a certificate that lies on the token twice is shown once', async () => {
  const card = await newCard();
  const held = hicosCard(card);
  const module = fakeModule({ ...held, objects: [...held.objects, ...held.objects] });
  const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos' });
  assert.is(rightOf(await reader.read()()).certificates.length, 2);
});

choose('one reader that is out of order does not hide the card in the next; alone it is told', async () => {
  const module = fakeModule(hicosCard(await newCard()), (name, time) =>
    name === 'tokenInfo' && time === 1 ? E.left(0x30) : undefined,
  );
  assert.is(rightOf(listTokens(module.cryptoki)).tokens.length, 1);
  const broken = fakeModule(hicosCard(await newCard()), (name) =>
    name === 'tokenInfo' ? E.left(0x30) : undefined,
  );
  assert.is(leftOf(listTokens(broken.cryptoki)).code, 'CARD_FAULT');
});

choose('a token that was never initialised is none', async () => {
  const module = fakeModule(hicosCard(await newCard(), { info: { ...hicosInfo, flags: 0 } }));
  assert.equal(rightOf(listTokens(module.cryptoki)).tokens, []);
});

choose('a module that lists without end is not read to the end', async () => {
  const card = await newCard();
  const many = Array.from({ length: 10_000 }, () => Uint8Array.of(1));
  let reads = 0;
  const module = fakeModule(hicosCard(card), (name) => {
    if (name === 'attribute') reads += 1;
    return name === 'find' || name === 'slots' ? { answer: many } : undefined;
  });
  const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos', token: { serial: 'none' } });
  leftOf(await reader.read()());
  assert.is(module.calls.filter((call) => call === 'tokenInfo').length, 64);
  const one = fakeModule(hicosCard(card), (name) => {
    if (name === 'attribute') reads += 1;
    return name === 'find' ? { answer: many } : undefined;
  });
  reads = 0;
  rightOf(await pkcs11ReaderOn(fakeHost(one.cryptoki), { module: 'hicos' }).read()());
  assert.is(reads, 32 * 3);
});

const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom(
    new Uint8Array(17_000),
    new Uint8Array(0),
    Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff),
  ),
);

choose(
  'property: whatever lies in the attributes, reading is a value with real certificates only',
  async () => {
    const card = await newCard();
    const held = hicosCard(card);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(garbage, garbage, garbage), { maxLength: 40 }),
        fc.option(fc.nat({ max: card.certificate.length - 1 })),
        async (triples, flipped) => {
          const junk = triples.map(([id, label, value]) => ({
            ...certificateObject('00', value),
            values: new Map([
              [attributes.id, id],
              [attributes.label, label],
              [attributes.value, value],
            ]),
          }));
          const changed = card.certificate.map((octet, index) => (index === flipped ? octet ^ 0x40 : octet));
          const objects = [certificateObject('01', changed), ...junk, ...held.objects];
          const module = fakeModule({ ...held, objects });
          const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos' });
          const view = rightOf(await reader.read()());
          assert.ok(view.certificates.length <= 32);
          for (const der of view.certificates) assert.ok(E.isRight(await decodeCertificate(der)()));
        },
      ),
      { numRuns: 100 },
    );
  },
);

choose('property: whatever a token says of itself, the answer is a value', async () => {
  const card = await newCard();
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.constant('\u0000'.repeat(5_000)),
  );
  const anyNumber = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0xffff_ffff, -1, Number.NaN));
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        label: anyText,
        manufacturer: anyText,
        model: anyText,
        serial: anyText,
        flags: anyNumber,
        minPinLength: anyNumber,
        maxPinLength: anyNumber,
      }),
      async (info) => {
        const module = fakeModule(hicosCard(card, { info }));
        const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos' });
        for (const { label, serial, minPinLength, maxPinLength } of rightOf(await reader.tokens()())) {
          assert.ok(label.length <= 64 && serial.length <= 64);
          assert.ok([minPinLength, maxPinLength].every((length) => length >= 0 && length <= 255));
        }
        const answer = await reader.sign(challenge, singleUsePin('135790'))();
        assert.ok(E.isRight(answer) || answer.left._tag === 'CardFault');
      },
    ),
    { numRuns: 200 },
  );
});

choose.run();
