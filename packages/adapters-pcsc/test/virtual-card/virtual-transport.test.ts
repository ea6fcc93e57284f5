import type * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CardSession, CardTransport, ReaderEvent, TransportFault } from '../../src/index.js';
import {
  nhiAtr,
  nhiCard,
  pivAtr,
  pivCard,
  virtualReaderName,
  virtualReaders,
  virtualTransport,
} from '../../src/virtual-card/index.js';
import { citizen, hex, octets } from './support.js';

const newPiv = () => pivCard({ card: citizen, pin: '123456' });
const newNhi = () =>
  nhiCard({
    cardNumber: '900012345678',
    name: '陳筱玲',
    nationalId: 'A123456789',
    birthDate: '0650229',
    sex: 'F',
    issuedOn: '1040309',
  });

const right = <A>(either: E.Either<TransportFault, A>): A => {
  if (either._tag === 'Left') throw new Error(`${either.left.code}: ${either.left.detail}`);
  return either.right;
};
const code = (either: E.Either<TransportFault, unknown>): string =>
  either._tag === 'Left' ? either.left.code : 'no fault';

const reader = virtualReaderName(0);
const select = octets('00A4040009A0000003080000100000');
const rightPin = octets('0020008008313233343536FFFF');
const wrongPin = octets('0020008008303030303030FFFF');
const pinStatus = octets('0020008000');
const ask = async (session: CardSession, command: Uint8Array): Promise<string> => {
  const answer = await session.transmit(command)();
  return answer._tag === 'Left' ? answer.left.code : hex(answer.right).slice(-4);
};
const connected = async (transport: CardTransport): Promise<CardSession> => {
  const session = right(await transport.connect(reader)());
  await ask(session, select);
  return session;
};

const test = suite('virtual transport');

test('it lists readers, and the cards in them by their answer to reset', async () => {
  const transport = virtualTransport([newPiv(), undefined, newNhi()]);
  assert.equal(right(await transport.list()()), [
    { reader: 'Virtual PCD 00 00', atr: pivAtr },
    { reader: 'Virtual PCD 00 01' },
    { reader: 'Virtual PCD 00 02', atr: nhiAtr },
  ]);
});

test('a watcher is told the present state first, then what changes, until it closes', async () => {
  const transport = virtualTransport([newPiv()]);
  const events: ReaderEvent[] = [];
  const { close } = right(await transport.watch((event) => events.push(event))());
  const { readers } = transport;
  readers.pull(reader);
  readers.addReader('another', newNhi());
  readers.removeReader('another');
  await close();
  readers.insert(reader, newNhi());
  assert.equal(events, [
    { type: 'reader-added', reader },
    { type: 'card-inserted', reader, atr: pivAtr },
    { type: 'card-removed', reader },
    { type: 'reader-added', reader: 'another' },
    { type: 'card-inserted', reader: 'another', atr: nhiAtr },
    { type: 'card-removed', reader: 'another' },
    { type: 'reader-removed', reader: 'another' },
  ]);
});

test('a card is held alone, between programs too: CARD_BUSY until the session ends', async () => {
  const readers = virtualReaders({ [reader]: newPiv() });
  const [one, other] = [readers.transport(), readers.transport()];
  const session = right(await one.connect(reader)());
  assert.is(code(await other.connect(reader)()), 'CARD_BUSY');
  assert.is(code(await one.connect(reader)()), 'CARD_BUSY');
  await session.end();
  await session.end();
  assert.is(await ask(session, select), 'CLOSED');
  assert.is(code(await other.connect(reader)()), 'no fault');
});

test('a session ends with RESET: the PIN is not verified for the next', async () => {
  const transport = virtualTransport([newPiv()]);
  const first = await connected(transport);
  assert.is(await ask(first, rightPin), '9000');
  assert.is(await ask(first, pinStatus), '9000');
  await first.end();
  assert.is(await ask(await connected(transport), pinStatus), '63C3');
});

test('commands of a session follow each other, also a slow one', async () => {
  const transport = virtualTransport([newPiv()]);
  const session = await connected(transport);
  transport.readers.misbehave(reader, { type: 'slow', milliseconds: 5, during: 'verify' });
  const order: string[] = [];
  const note = (name: string, command: Uint8Array) =>
    ask(session, command).then((status) => order.push(`${name} ${status}`));
  await Promise.all([note('wrong', wrongPin), note('right', rightPin), note('select', select)]);
  assert.equal(order, ['wrong 63C2', 'right 9000', 'select 9000']);
});

test('no reader, no card, no service: each by its code', async () => {
  const transport = virtualTransport([undefined]);
  assert.is(code(await transport.connect('another')()), 'NO_READER');
  assert.is(code(await transport.connect(reader)()), 'NO_CARD');
  transport.readers.stopService();
  assert.is(code(await transport.list()()), 'NO_PCSC');
  assert.is(code(await transport.watch(() => {})()), 'NO_PCSC');
  assert.is(code(await transport.connect(reader)()), 'NO_PCSC');
});

test('pulled out during VERIFY: CARD_REMOVED, the try is spent, and the session stays dead', async () => {
  const card = newPiv();
  const transport = virtualTransport([card]);
  const session = await connected(transport);
  transport.readers.misbehave(reader, { type: 'pull', during: 'verify' });
  assert.is(await ask(session, select), '9000', 'only VERIFY is meant');
  assert.is(await ask(session, wrongPin), 'CARD_REMOVED');
  assert.is(card.triesLeft(), 2);
  assert.is(code(await transport.connect(reader)()), 'NO_CARD');
  transport.readers.insert(reader, card);
  assert.is(await ask(session, select), 'CARD_REMOVED');
  await session.end();
  assert.is(await ask(await connected(transport), pinStatus), '63C2');
});

test('a reader that is taken away takes its card along', async () => {
  const transport = virtualTransport([newPiv()]);
  const session = await connected(transport);
  transport.readers.removeReader(reader);
  assert.is(await ask(session, select), 'CARD_REMOVED');
});

test('a card that hangs: TIMEOUT', async () => {
  const transport = virtualTransport([newPiv()]);
  const session = await connected(transport);
  transport.readers.misbehave(reader, { type: 'hang', during: 'any' });
  assert.is(await ask(session, select), 'TIMEOUT');
});

test('an answer of under two octets is a card that is gone: CARD_REMOVED', async () => {
  const transport = virtualTransport([newPiv()]);
  const session = await connected(transport);
  transport.readers.misbehave(reader, { type: 'truncate', octets: 1, during: 'any' });
  assert.is(await ask(session, select), 'CARD_REMOVED');
  assert.is(await ask(session, select), 'CARD_REMOVED', 'and nothing else is answered');
});

test('garbage and answers made by hand reach the driver, once', async () => {
  const transport = virtualTransport([newPiv()]);
  const session = await connected(transport);
  transport.readers.misbehave(reader, { type: 'garbage', octets: 40, during: 'any' });
  transport.readers.misbehave(reader, { type: 'answer', hex: '6F00', during: 'any' });
  assert.is(right(await session.transmit(select)()).length, 40);
  assert.is(await ask(session, select), '6F00');
  transport.readers.misbehave(reader, { type: 'answer', hex: '6F00', during: 'any' });
  transport.readers.behave(reader);
  assert.is(await ask(session, select), '9000');
});

test('another program resets the card: CARD_RESET until the session ends', async () => {
  const transport = virtualTransport([newPiv()]);
  const session = await connected(transport);
  transport.readers.resetCard(reader);
  assert.is(await ask(session, pinStatus), 'CARD_RESET');
  await session.end();
  assert.is(await ask(await connected(transport), pinStatus), '63C3');
});

test('the service goes away and comes back: sessions are lost, watchers are told anew', async () => {
  const transport = virtualTransport([newPiv()]);
  const session = await connected(transport);
  const events: string[] = [];
  await transport.watch(({ type }) => events.push(type))();
  transport.readers.stopService();
  assert.is(await ask(session, select), 'NO_PCSC');
  transport.readers.startService();
  assert.equal(events.slice(2), ['service-lost', 'service-back', 'reader-added', 'card-inserted']);
  assert.is(await ask(session, select), 'NO_PCSC', 'an old session does not come back');
  assert.is(code(await transport.connect(reader)()), 'no fault');
});

test('close ends every session, and everything after it is CLOSED', async () => {
  const readers = virtualReaders({ [reader]: newPiv() });
  const transport = readers.transport();
  const session = await connected(transport);
  const events: ReaderEvent[] = [];
  await transport.watch((event) => events.push(event))();
  await transport.close();
  readers.pull(reader);
  assert.is(events.length, 2);
  assert.is(await ask(session, select), 'CLOSED');
  assert.is(code(await transport.list()()), 'CLOSED');
  assert.is(code(await transport.connect(reader)()), 'CLOSED');
  assert.is(code(await transport.watch(() => {})()), 'CLOSED');
});

test('a hand that takes a reader which is not there is a mistake in the test', () => {
  const readers = virtualReaders({ [reader]: undefined });
  assert.throws(() => readers.pull('another'), /no reader another/);
  assert.throws(() => readers.behave(reader), /no card/);
  assert.throws(() => readers.addReader(reader), /already/);
});

test.run();
