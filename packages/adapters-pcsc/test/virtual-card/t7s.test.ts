import { createHash, verify, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { t7sAtr, t7sCard, testPinTransportKey, wrappedPin } from '../../src/virtual-card/index.js';
import { citizen, dataOf, hex, octets, paddedDigest, pki, sendTo } from './support.js';

const issuers = [pki.authority('MOICA G3').certificate];
const newCard = () => t7sCard({ card: citizen, pin: '123456', issuers });
const iv = octets('0102030405060708');

const selectPath = (send: (command: string) => string, ...fids: ReadonlyArray<string>): string =>
  fids.map((fid) => send(`80A4000002${fid}`)).at(-1) ?? '';
const pinOf = (pin: string) => wrappedPin(testPinTransportKey, iv, pin);
const verifyPin = (send: ReturnType<typeof sendTo>, pin: string): string => {
  selectPath(send, '3F00', '5030', '0810');
  return send('8C20000120', pinOf(pin));
};

const test = suite('virtual T7S card');

test('its answer to reset says CHTMOICA and adds up (ISO/IEC 7816-3 8.2.5)', () => {
  assert.is(hex(t7sAtr), '3BB813008131FA524348544D4F494341A5');
  assert.is(
    t7sAtr.slice(1).reduce((sum, one) => sum ^ one, 0),
    0,
  );
});

test('class 00 is unknown to the first generation: 6E00', () => {
  assert.is(sendTo(newCard())('00A40000023F00'), '6E00');
  assert.is(sendTo(newCard())('00A4040C10A000000283000006220169640001010100'), '6E00');
});

test('an instruction that it does not have: 6D00', () => {
  assert.is(sendTo(newCard())('80FE000000'), '6D00');
});

test('files are reached from the root alone', () => {
  const send = sendTo(newCard());
  assert.is(send('80A400000208F2'), '6A82');
  assert.is(selectPath(send, '3F00', '5030', '08F2'), '9000');
  assert.is(send('80A40000020900'), '6A82', 'from 5030 there is no way to 0900');
  assert.is(selectPath(send, '3F00', '0900', '0903'), '9000');
  assert.is(selectPath(send, '3F00', '5015'), '6A82');
});

test('it shows card number and version without a PIN', () => {
  const send = sendTo(newCard());
  selectPath(send, '3F00', '0900', '0903');
  assert.is(Buffer.from(dataOf(send('80B0000010'))).toString(), 'TP12345678901234');
  selectPath(send, '3F00', '0900', '0905');
  assert.is(Buffer.from(dataOf(send('80B0000008'))).toString(), 'CHT V32N');
});

test('certificates lie in one file at multiples of 0700, read in parts of at most 200 octets', () => {
  const send = sendTo(newCard());
  selectPath(send, '3F00', '5030', '08F2');
  const read = (offset: number, length: number): Uint8Array => {
    const parts: number[] = [];
    while (parts.length < length) {
      const at = offset + parts.length;
      const le = Math.min(200, length - parts.length);
      parts.push(...dataOf(send(`80B0${hex(Uint8Array.of(at >> 8, at & 0xff, le))}`)));
    }
    return Uint8Array.from(parts);
  };
  assert.equal(read(0, citizen.certificate.length), citizen.certificate);
  assert.equal(read(0x700, citizen.encryptionCertificate.length), citizen.encryptionCertificate);
  const [issuer] = issuers;
  assert.ok(issuer);
  assert.equal(read(0xe00, issuer.length), Uint8Array.from(issuer));
});

test('more than 200 octets, or more than there are, is answered with the exact length: 6Cxx', () => {
  const send = sendTo(newCard());
  selectPath(send, '3F00', '5030', '08F2');
  assert.is(send('80B00000C9'), '6CC8');
  assert.is(send('80B0000000'), '6CC8');
  selectPath(send, '3F00', '0900', '0903');
  assert.is(send('80B00008C8'), '6C08');
  assert.is(send('80B0001001'), '6B00', 'nothing begins behind the end');
});

test('READ BINARY without a file: 6986', () => {
  assert.is(sendTo(newCard())('80B00000C8'), '6986');
});

test('the CDF names each certificate by path, offset and length; its own length is in its last two octets', () => {
  const send = sendTo(newCard());
  selectPath(send, '3F00', '5030', '4104');
  const file = Uint8Array.from(
    [0, 0xc8, 0x190].flatMap((at) => [
      ...dataOf(send(`80B0${hex(Uint8Array.of(at >> 8, at & 0xff, at === 0x190 ? 0x70 : 0xc8))}`)),
    ]),
  );
  const length = (file[510] ?? 0) + 256 * (file[511] ?? 0);
  const text = hex(file.slice(0, length));
  assert.match(text, '5349474E');
  assert.match(text, `04063F00503008F202010080`);
  assert.match(text, `04063F00503008F20202070080`);
  assert.ok(file.slice(length, 510).every((one) => one === 0xff));
});

test('GEPI-17: three wrong PINs lock it, 63C2, 63C1, 6983, and the right one comes too late', () => {
  const card = newCard();
  const send = sendTo(card);
  assert.is(verifyPin(send, '000000'), '63C2');
  assert.is(verifyPin(send, '000000'), '63C1');
  assert.is(card.triesLeft(), 1);
  assert.is(verifyPin(send, '000000'), '6983');
  assert.is(verifyPin(send, '123456'), '6983');
  card.reset();
  assert.is(verifyPin(send, '123456'), '6983', 'RESET does not unlock');
});

test('the right PIN gives all tries back', () => {
  const send = sendTo(newCard());
  assert.is(verifyPin(send, '000000'), '63C2');
  assert.is(verifyPin(send, '123456'), '9000');
  assert.is(verifyPin(send, '000000'), '63C2');
});

test('VERIFY in clear text is refused and costs a try', () => {
  const card = newCard();
  const send = sendTo(card);
  selectPath(send, '3F00', '5030', '0810');
  assert.is(send('802000010A', octets('313233343536FFFFFFFF')), '6982');
  assert.is(card.triesLeft(), 2);
});

test('VERIFY under another transport key, or changed on its way, is not counted as a try: 6988', () => {
  const card = newCard();
  const send = sendTo(card);
  selectPath(send, '3F00', '5030', '0810');
  assert.is(send('8C20000120', wrappedPin(octets('00112233445566778899AABBCCDDEEFF'), iv, '123456')), '6988');
  const changed = pinOf('123456');
  changed[12] = (changed[12] ?? 0) ^ 1;
  assert.is(send('8C20000120', changed), '6988');
  assert.is(card.triesLeft(), 3);
});

test('VERIFY needs the key file, and knows one PIN only', () => {
  const send = sendTo(newCard());
  assert.is(send('8C20000120', pinOf('123456')), '6986');
  selectPath(send, '3F00', '5030', '0810');
  assert.is(send('8C20000220', pinOf('123456')), '6A88');
  assert.is(send('8C20000100'), '6700', 'an empty VERIFY is no question here');
});

test('it signs in halves after VERIFY, and openssl agrees', () => {
  const send = sendTo(newCard());
  assert.is(verifyPin(send, '123456'), '9000');
  const block = paddedDigest(createHash('sha256').update('challenge').digest());
  assert.is(send('80EA820180', block.slice(0, 128)), '9000');
  const signature = [...dataOf(send('80EA020180', block.slice(128))), ...dataOf(send('80C1008080'))];
  const { publicKey } = new X509Certificate(citizen.certificate);
  assert.ok(verify('sha256', Buffer.from('challenge'), publicKey, Uint8Array.from(signature)));
});

test('no signature without the PIN, nor after RESET', () => {
  const card = newCard();
  const send = sendTo(card);
  selectPath(send, '3F00', '5030', '0810');
  const half = new Uint8Array(128);
  assert.is(send('80EA820180', half), '6982');
  assert.is(verifyPin(send, '123456'), '9000');
  assert.is(send('80EA820180', half), '9000');
  card.reset();
  selectPath(send, '3F00', '5030', '0810');
  assert.is(send('80EA020180', half), '6982');
});

test('halves in the wrong order, of two keys, or with something between them: 6985', () => {
  const send = sendTo(newCard());
  verifyPin(send, '123456');
  const half = new Uint8Array(128);
  assert.is(send('80EA020180', half), '6985');
  assert.is(send('80C1008080'), '6985');
  assert.is(send('80EA820180', half), '9000');
  assert.is(send('80A400000208F2'), '9000');
  selectPath(send, '3F00', '5030', '0810');
  assert.is(send('80EA020180', half), '6985');
  assert.is(send('80EA820980', half), '6A88');
});

test('a block that is not below the modulus: 6A80', () => {
  const send = sendTo(newCard());
  verifyPin(send, '123456');
  const half = new Uint8Array(128).fill(0xff);
  assert.is(send('80EA820180', half), '9000');
  assert.is(send('80EA020180', half), '6A80');
});

test('the public key is read by records: exponent, then the modulus by words from the lowest', () => {
  const send = sendTo(newCard());
  selectPath(send, '3F00', '5030', '0811');
  assert.is(hex(dataOf(send('80B2010081')).slice(0, 5)), '0100010001');
  const words = [dataOf(send('80B2030081')), dataOf(send('80B2040081'))].flatMap((one) => [...one.slice(1)]);
  const modulus = Array.from({ length: 64 }, (_, at) => words.slice(4 * (63 - at), 4 * (64 - at))).flat();
  const { n = '' } = new X509Certificate(citizen.certificate).publicKey.export({ format: 'jwk' });
  assert.is(Buffer.from(modulus).toString('base64url'), n);
  assert.is(send('80B2010000'), '6C81');
  assert.is(send('80B2020081'), '6A88');
});

test('any octets are answered with at least two, and nothing throws', () => {
  const header = fc.tuple(
    fc.constantFrom(0x00, 0x80, 0x8c),
    fc.constantFrom(0xa4, 0xb0, 0xb2, 0x20, 0xea, 0xc1, 0x84),
  );
  const command = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(header, fc.uint8Array({ maxLength: 300 })).map(([h, rest]) => Uint8Array.from([...h, ...rest])),
  );
  const card = newCard();
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      card.reset();
      for (const one of commands) assert.ok(card.process(one).length >= 2);
    }),
  );
});

test.run();
