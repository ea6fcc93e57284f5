import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nhiCard } from '../../src/virtual-card/index.js';
import { dataOf, octets, sendTo } from './support.js';

const holder = {
  cardNumber: '900012345678',
  name: '陳筱玲',
  nationalId: 'A123456789',
  birthDate: '0650229',
  sex: 'F',
  issuedOn: '1040309',
} as const;

const select = '00A4040010D158000001000000000000000000001100';

const test = suite('virtual NHI card');

test('NHI-20: it shows 57 octets of basic data, and asks for no PIN', () => {
  const card = nhiCard(holder);
  const send = sendTo(card);
  assert.is(send(select), '9000');
  const data = dataOf(send('00CA1100020000'));
  assert.is(data.length, 57);
  const text = (from: number, length: number) =>
    Buffer.from(data.slice(from, from + length)).toString('latin1');
  assert.is(text(0, 12), '900012345678');
  assert.is(new TextDecoder('big5').decode(data.slice(12, 32)).replaceAll('\0', ''), '陳筱玲');
  assert.is(text(32, 10), 'A123456789');
  assert.is(text(42, 7) + text(49, 1) + text(50, 7), '0650229F1040309');
  assert.is(card.triesLeft(), undefined);
});

test('a character that Big5 does not have is a question mark', () => {
  const send = sendTo(nhiCard({ ...holder, name: '林𠀋' }));
  send(select);
  const name = dataOf(send('00CA1100020000')).slice(12, 32);
  assert.is(new TextDecoder('big5').decode(name).replaceAll('\0', ''), '林?');
});

test('basic data need the applet, and RESET forgets it: 6985', () => {
  const card = nhiCard(holder);
  const send = sendTo(card);
  assert.is(send('00CA1100020000'), '6985');
  send(select);
  card.reset();
  assert.is(send('00CA1100020000'), '6985');
});

test('another applet, class, instruction or object is refused by its status word', () => {
  const send = sendTo(nhiCard(holder));
  assert.is(send('00A4040009A00000030800001000'), '6A82');
  assert.is(send('80A40000023F00'), '6E00');
  assert.is(send('0020008000'), '6D00');
  send(select);
  assert.is(send('00CA1200020000'), '6A88');
  assert.is(send('00CA110002000010'), '6C39');
  assert.is(send('00CA110003000000 00 00'), '6700');
});

test('any octets are answered with at least two, and nothing throws', () => {
  const card = nhiCard(holder);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (rest, ours) => {
      const command = ours ? Uint8Array.from([...octets('00CA'), ...rest]) : rest;
      assert.ok(card.process(command).length >= 2);
    }),
  );
});

test.run();
