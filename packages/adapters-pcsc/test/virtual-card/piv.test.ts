import { createHash, verify, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pivCard, pivGuid } from '../../src/virtual-card/index.js';
import { citizen, dataOf, hex, octets, paddedDigest, sendTo } from './support.js';

const newCard = () => pivCard({ card: citizen, pin: '123456' });
const selected = (card = newCard()) => {
  const send = sendTo(card);
  assert.is(send('00A4040009A0000003080000100000').slice(-4), '9000');
  return { card, send };
};
type Send = ReturnType<typeof sendTo>;
const verifyPin = (send: Send, pin: string) =>
  send('0020008008', octets(Buffer.from(pin).toString('hex').padEnd(16, 'F')));

/** Follows 61xx to the end. */
const whole = (send: Send, first: string): Uint8Array => {
  let answer = first;
  let found = '';
  while (answer.slice(-4, -2) === '61') {
    found += answer.slice(0, -4);
    answer = send(`00C00000${answer.slice(-2)}`);
  }
  return octets(found + hex(dataOf(answer)));
};

const signCommands = (reference: string) => {
  const template = [
    ...octets('7C82010682008182 0100'),
    ...paddedDigest(createHash('sha256').update('challenge').digest()),
  ];
  return {
    first: `108707${reference}FF${hex(Uint8Array.from(template.slice(0, 255)))}`,
    last: `008707${reference}${hex(Uint8Array.of(template.length - 255, ...template.slice(255)))}00`,
  };
};
const isSignature = (template: Uint8Array): boolean =>
  verify(
    'sha256',
    Buffer.from('challenge'),
    new X509Certificate(citizen.certificate).publicKey,
    template.slice(8),
  );

const test = suite('virtual PIV card');

test('SELECT tells the application, by its whole name or without the version (SP 800-73-4 part 2, 3.1.1)', () => {
  const send = sendTo(newCard());
  const template = hex(dataOf(send('00A404000BA000000308000010000100')));
  assert.is(template, '61114F0600001000010079074F05A000000308');
  assert.is(send('00A4040009A0000003080000100000'), `${template}9000`);
  assert.is(send('00A4040005A000000308'), '6A82');
  assert.is(send('00A4040009A00000030900001000'), '6A82');
});

test('nothing is shown before SELECT, nor after RESET: 6985', () => {
  const { card, send } = selected();
  card.reset();
  assert.is(send('00CB3FFF035C017E00'), '6985');
});

test('certificates, CHUID, capabilities and discovery are shown without a PIN, by parts (61xx)', () => {
  const { send } = selected();
  const certificate = whole(send, send('00CB3FFF055C035FC10500'));
  assert.is(hex(certificate).startsWith('5382'), true);
  assert.ok(hex(certificate).includes(hex(citizen.certificate)));
  assert.ok(hex(whole(send, send('00CB3FFF055C035FC10B00'))).includes(hex(citizen.encryptionCertificate)));
  assert.ok(hex(whole(send, send('00CB3FFF055C035FC10200'))).includes(hex(pivGuid(citizen.cardNumber))));
  assert.is(hex(whole(send, send('00CB3FFF055C035FC10700'))).slice(0, 2), '53');
  assert.is(hex(whole(send, send('00CB3FFF035C017E00'))), '7E124F0BA0000003080000100001005F2F024000');
  assert.is(send('00CB3FFF055C035FC10900'), '6A82', 'an object that it does not have');
});

test('GET RESPONSE with nothing left: 6985; with too large a length: the exact one, 6Cxx', () => {
  const { send } = selected();
  assert.is(send('00C0000000'), '6985');
  send('00CB3FFF035C017E10');
  assert.is(send('00C0000010'), '6C04');
  assert.is(send('00C0000004'), '2F0240009000');
  send('00CB3FFF055C035FC10500');
  send('00CB3FFF035C017E00');
  assert.is(send('00C0000000'), '6985', 'another command lets the rest fall');
});

test('GEPI-17: three wrong PINs lock it: 63C2, 63C1, 6983', () => {
  const { card, send } = selected();
  assert.is(send('0020008000'), '63C3');
  assert.is(verifyPin(send, '000000'), '63C2');
  assert.is(verifyPin(send, '000000'), '63C1');
  assert.is(verifyPin(send, '000000'), '6983');
  assert.is(verifyPin(send, '123456'), '6983');
  card.reset();
  assert.is(verifyPin(selected(card).send, '123456'), '6983');
});

test('a PIN stays verified until RESET, and VERIFY without data tells (SP 800-73-4 part 2, 3.2.1)', () => {
  const { card, send } = selected();
  assert.is(verifyPin(send, '123456'), '9000');
  assert.is(send('0020008000'), '9000');
  assert.is(send('0020FF80'), '9000', 'P1 = FF gives it up');
  assert.is(send('0020008000'), '63C3');
  verifyPin(send, '123456');
  card.reset();
  assert.is(selected(card).send('0020008000'), '63C3');
});

test('what cannot be a PIN costs no try: 6A80', () => {
  const { card, send } = selected();
  assert.is(verifyPin(send, '12345'), '6A80');
  assert.is(send('00200080063132333435 36'), '6A80');
  assert.is(card.triesLeft(), 3);
  assert.is(send('0020008108', new Uint8Array(8)), '6A88', 'another PIN is not there');
});

test('it signs what comes by command chaining, and openssl agrees', () => {
  const { send } = selected();
  const { first, last } = signCommands('9A');
  verifyPin(send, '123456');
  assert.is(send(first), '9000');
  assert.ok(isSignature(whole(send, send(last))));
  assert.is(send(first), '9000');
  assert.ok(isSignature(whole(send, send(last))), 'the PIN once is enough for authentication');
});

test('an extended command is signed as well', () => {
  const { send } = selected();
  verifyPin(send, '123456');
  const { first, last } = signCommands('9A');
  const template = first.slice(10) + last.slice(10, -2);
  const length = hex(Uint8Array.of(0, template.length >> 9, (template.length >> 1) & 0xff));
  assert.ok(isSignature(dataOf(send(`0087079A${length}${template}0000`))));
});

test('the key for signatures wants the PIN just before each one', () => {
  const { send } = selected();
  const { first, last } = signCommands('9C');
  verifyPin(send, '123456');
  assert.is(send(first), '9000');
  assert.ok(isSignature(whole(send, send(last))));
  send(first);
  assert.is(send(last), '6982');
});

test('no signature without the PIN, with another algorithm or key, or of something else', () => {
  const { send } = selected();
  const { first, last } = signCommands('9A');
  send(first);
  assert.is(send(last), '6982');
  verifyPin(send, '123456');
  assert.is(send('0087119A027C0000'), '6A86');
  assert.is(send('0087079E027C0000'), '6A88');
  assert.is(send('0087079A027C0000'), '6A80');
  assert.is(send('0087079A0981820101 7C0000000000'), '6A80');
});

test('a chain that is not one: 6883 and 6884', () => {
  const { send } = selected();
  const { first } = signCommands('9A');
  verifyPin(send, '123456');
  send(first);
  assert.is(send('00CB3FFF035C017E00'), '6883');
  assert.is(send('00CB3FFF035C017E00').slice(-4), '9000', 'and it is forgotten');
  assert.is(send('10CB3FFF035C017E'), '6884');
  let answer = '9000';
  for (let parts = 0; parts < 20 && answer === '9000'; parts += 1) answer = send(first);
  assert.is(answer, '6700', 'no chain without end');
});

test('unknown class and instruction: 6E00 and 6D00', () => {
  const { send } = selected();
  assert.is(send('80A40000023F00'), '6E00');
  assert.is(send('00FE000000'), '6D00');
});

test('any octets are answered with at least two, and nothing throws', () => {
  const command = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .tuple(
        fc.constantFrom(0, 0x10),
        fc.constantFrom(0xa4, 0xcb, 0x20, 0x87, 0xc0),
        fc.uint8Array({ maxLength: 300 }),
      )
      .map(([cla, ins, rest]) => Uint8Array.from([cla, ins, ...rest])),
  );
  const { card } = selected();
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      for (const one of commands) assert.ok(card.process(one).length >= 2);
    }),
  );
});

test.run();
