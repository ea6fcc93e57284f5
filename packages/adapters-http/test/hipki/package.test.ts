import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answerOf, decodeInfoAnswer, decodeSignAnswer } from '../../src/hipki/answer.js';
import { lastErrors, retCodes } from '../../src/hipki/codes.js';
import { fromBase64, toBase64 } from '../../src/hipki/json.js';
import { decodePackage, maxPackageLetters } from '../../src/hipki/package.js';
import { right } from '../support.js';

const sign = { func: 'MakeSignature', signatureType: 'PKCS7', hashAlgorithm: 'SHA256', tbs: '挑戰' };
const read = (value: unknown) => decodePackage(JSON.stringify(value));
const codeOf = (value: unknown): number => {
  const answer = read(value);
  if (E.isRight(answer)) throw new Error('a package');
  return answer.left;
};
const signOf = (more: object) => {
  const decoded = right(read({ ...sign, ...more }));
  if (decoded.func !== 'MakeSignature') throw new Error(decoded.func);
  return decoded;
};

const packages = suite('packages of pages');

packages('a text is signed as UTF-8, base64 as the octets that it is', () => {
  assert.equal(signOf({}).content, new TextEncoder().encode('挑戰'));
  assert.equal(signOf({ tbs: 'AAH/', tbsEncoding: 'base64' }).content, Uint8Array.of(0, 1, 255));
});

packages('what a page leaves out may say __NotExistedTag__', () => {
  const none = '__NotExistedTag__';
  const decoded = signOf({ nonce: none, slotDescription: none, pin: none, tbsEncoding: none, cardid: '' });
  for (const name of ['nonce', 'slotDescription', 'pin', 'cardid'])
    assert.not.ok(Object.hasOwn(decoded, name));
});

packages('a wish is true as a word and as a value, and nothing else', () => {
  assert.is(signOf({ withCardSN: 'true' }).withCardSN, true);
  assert.is(signOf({ withSigningTime: true }).withSigningTime, true);
  for (const other of ['false', 'TRUE', 1, {}, null]) {
    assert.is(signOf({ checkValidity: other }).checkValidity, false);
  }
});

packages('a reader is named by either of its names', () => {
  assert.is(signOf({ readername: 'R' }).slotDescription, 'R');
  assert.is(signOf({ readername: 'R', slotDescription: 'S' }).slotDescription, 'S');
});

packages('what cannot be signed has its code', () => {
  assert.is(codeOf({ ...sign, tbs: '' }), retCodes.noTbs);
  assert.is(codeOf({ ...sign, tbs: 5 }), retCodes.noTbs);
  assert.is(codeOf({ ...sign, tbs: 'no base64', tbsEncoding: 'base64' }), retCodes.parameter);
  assert.is(codeOf({ ...sign, tbsEncoding: 'hex' }), retCodes.parameter);
  assert.is(codeOf({ ...sign, hashAlgorithm: 'MD5' }), retCodes.parameter);
  assert.is(codeOf({ ...sign, signatureType: 'PKCS9' }), retCodes.signingType);
  assert.is(codeOf({ func: 'changeUserPINCode' }), retCodes.unsupported);
  assert.is(codeOf([]), retCodes.notJson);
  assert.equal(decodePackage('x'.repeat(maxPackageLetters + 1)), E.left(retCodes.tooBig));
});

packages('any text, and any JSON, is a package or a code', () => {
  const answered = (text: unknown): boolean => {
    const answer = decodePackage(text);
    return E.isRight(answer) || (Number.isInteger(answer.left) && answer.left > 0);
  };
  fc.assert(fc.property(fc.string(), answered));
  fc.assert(fc.property(fc.json(), answered));
  fc.assert(fc.property(fc.anything(), answered));
  const values = fc.oneof(fc.string(), fc.jsonValue());
  const names = fc.constantFrom(
    ...['tbs', 'tbsEncoding', 'pin', 'nonce', 'signatureType', '__proto__', 'constructor'],
  );
  fc.assert(
    fc.property(fc.dictionary(names, values), (more) => answered(JSON.stringify({ ...sign, ...more }))),
  );
  assert.ok(answered(`{"func":"MakeSignature","tbs":${'['.repeat(100_000)}`));
});

packages.run();

const answers = suite('answers of the component');

const der = Uint8Array.of(0x30, 3, 2, 1, 5);
const signed = { func: 'sign', ret_code: 0, last_error: 0, signature: toBase64(der), certb64: 'AAAA' };

answers('a signature is read, and of all that stands beside it nothing is proof', () => {
  const answer = right(decodeSignAnswer(JSON.stringify({ ...signed, cardSN: 'TP1', version: '1.3' })));
  assert.equal(answer, { cms: der, cardSN: 'TP1', version: '1.3' });
});

answers('HTTP may be content while the card is not: the codes are looked at', () => {
  const text = JSON.stringify(answerOf('sign', retCodes.loginFailed, { lastError: lastErrors.oneTryLeft }));
  assert.match(text, '"last_error":-2147483647');
  const answer = decodeSignAnswer(text);
  assert.ok(E.isLeft(answer));
  assert.is(answer.left.kind, 'pin-wrong');
  assert.is(answer.left.triesLeft, 1);
});

answers('a signature beside a fault is none', () => {
  for (const ret_code of [0x76000999, -1, '0', null, 0.5]) {
    assert.ok(E.isLeft(decodeSignAnswer(JSON.stringify({ ...signed, ret_code }))));
  }
});

answers('success without a signature is no answer', () => {
  for (const signature of [undefined, '', 'x', 'AAAA', 5, null]) {
    const answer = decodeSignAnswer(JSON.stringify({ ...signed, signature }));
    assert.ok(E.isLeft(answer) && answer.left.kind === 'bad-answer');
  }
});

answers('a reader may be empty, or hold a card that is not known', () => {
  const certs = [{ certb64: toBase64(der), label: 'cert1', usage: 'digitalSignature' }, { certb64: '?' }, 7];
  const slots = [
    { slotDescription: 'A', token: null },
    { slotDescription: 'B', token: 'unknown token', message: 'ATR 3B00' },
    { slotDescription: 'C', token: { serialNumber: 'TP1', certs } },
    { token: null },
    'noise',
  ];
  const text = JSON.stringify({
    func: 'pkcs11info',
    ret_code: 0,
    last_error: 0,
    serverVersion: '1.3',
    slots,
  });
  assert.equal(right(decodeInfoAnswer(text)), {
    version: '1.3',
    asksPin: false,
    slots: [
      { slotDescription: 'A' },
      { slotDescription: 'B', card: 'unknown', message: 'ATR 3B00' },
      {
        slotDescription: 'C',
        card: {
          cardNumber: 'TP1',
          certificates: [{ certificate: der, label: 'cert1', usage: 'digitalSignature' }],
        },
      },
    ],
  });
});

answers('any text is an answer or a fault', () => {
  const read = (text: unknown): boolean =>
    [decodeSignAnswer, decodeInfoAnswer].every((decode) => {
      const one: E.Either<{ readonly _tag: string }, unknown> = decode(text);
      return E.isRight(one) || one.left._tag === 'HipkiFault';
    });
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), read));
  const names = fc.constantFrom('ret_code', 'last_error', 'signature', 'slots', '__proto__');
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue()), (more) => read(JSON.stringify({ ...signed, ...more }))),
  );
});

answers('base64 is read as it was written, and only then', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (octets) =>
      assert.equal(fromBase64(toBase64(octets)), octets),
    ),
  );
  for (const text of ['A', 'AA', 'AA=', 'A===', 'AA==A', ' AAAA', 'AA-_'])
    assert.is(fromBase64(text), undefined);
});

answers.run();
