import type { AgentSlots } from '@mandate/adapters-http/agent';
import type { Pkcs11Reader, Pkcs11Token, TokenName } from '@mandate/adapters-pcsc';
import { type CardFault, type CardReader, cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { slotsBeside } from '../src/module-slots.js';

const token = (slotDescription: string, serial: string): Pkcs11Token => ({
  label: 'HiCOS PKI Smart Card',
  serial,
  manufacturer: '',
  model: '',
  slotDescription,
  slot: '00',
  pinState: 'unknown',
  loginRequired: true,
  minPinLength: 6,
  maxPinLength: 8,
});

/** A reader whose card number says who was asked. */
const saying = (cardNumber: string): CardReader => ({
  read: () => TE.right({ cardNumber, certificates: [] }),
  sign: () => TE.left(cardFault('NO_CARD')),
});

const readersNamed = (...names: ReadonlyArray<string>): AgentSlots => ({
  list: () => TE.right(names.map((slotDescription) => ({ slotDescription, reader: saying('by PC/SC') }))),
});

const moduleWith = (
  tokens: E.Either<CardFault, ReadonlyArray<Pkcs11Token>>,
  card: (name: TokenName) => CardReader = ({ serial }) => saying(`by the module: ${serial}`),
): Pkcs11Reader => {
  const signRaw = () => TE.left(cardFault('NO_CARD'));
  return {
    ...saying('the only one'),
    signRaw,
    tokens: () => TE.fromEither(tokens),
    card: (name) => ({ ...card(name), signRaw }),
    close: async () => {},
  };
};

const told = async (slots: AgentSlots): Promise<unknown> => {
  const listed = await slots.list()();
  if (E.isLeft(listed)) return listed.left.code;
  const rows: unknown[] = [];
  for (const { slotDescription, reader } of listed.right) {
    const read = await reader.read()();
    rows.push([slotDescription, E.isRight(read) ? read.right.cardNumber : read.left.code]);
  }
  return rows;
};

const beside = suite('the cards of a module beside the readers');

beside('a card that the module knows takes the place of its reader; every other reader stays', async () => {
  const module = moduleWith(E.right([token('Reader B', '2')]));
  assert.equal(await told(slotsBeside(readersNamed('Reader A', 'Reader B', 'Reader C'), module)), [
    ['Reader A', 'by PC/SC'],
    ['Reader C', 'by PC/SC'],
    ['Reader B', 'by the module: 2'],
  ]);
});

beside(
  'a reader is known by the 64 octets of its name that a module tells, and keeps its whole name',
  async () => {
    const name =
      'Generic Smart Card Reader Interface [Smart Card Reader Interface] (20070818000000000) 00 00';
    const module = moduleWith(E.right([token(name.slice(0, 64), '2')]));
    assert.equal(await told(slotsBeside(readersNamed(name), module)), [[name, 'by the module: 2']]);
    // Which of two it is cannot be told: both stay, and the card is a slot of its own.
    const both = readersNamed(name, name.replace(/00$/, '01'));
    assert.equal(((await told(slotsBeside(both, module))) as ReadonlyArray<unknown>).length, 3);
  },
);

beside('no two slots have the same name', async () => {
  const module = moduleWith(E.right([token('Reader A', '1'), token('Reader A', '2')]));
  assert.equal(await told(slotsBeside(readersNamed('Reader A'), module)), [
    ['Reader A', 'by the module: 1'],
    ['Reader A (HiCOS PKI Smart Card 2)', 'by the module: 2'],
  ]);
});

beside('a module that fails hides no reader, and a service that is missing hides no card', async () => {
  const broken = moduleWith(E.left(cardFault('TIMEOUT')));
  assert.equal(await told(slotsBeside(readersNamed('Reader A'), broken)), [['Reader A', 'by PC/SC']]);
  const none: AgentSlots = { list: () => TE.left(cardFault('NO_PCSC')) };
  const module = moduleWith(E.right([token('Slot 0', '1')]));
  assert.equal(await told(slotsBeside(none, module)), [['Slot 0', 'by the module: 1']]);
  assert.is(await told(slotsBeside(none, broken)), 'NO_PCSC');
  assert.is(await told(slotsBeside(none, moduleWith(E.right([])))), 'NO_PCSC');
});

beside('one thing at a time: no reader is read while the module looks for cards', async () => {
  let [now, most] = [0, 0];
  const busy = <A>(value: A) => {
    const task: TE.TaskEither<CardFault, A> = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return E.right(value);
    };
    return task;
  };
  const reader: CardReader = {
    ...saying(''),
    read: () => busy({ cardNumber: undefined, certificates: [] }),
    signRaw: () =>
      busy({ certificate: new Uint8Array(0), cardNumber: undefined, signature: new Uint8Array(0) }),
  };
  const readers: AgentSlots = {
    list: () =>
      busy([
        { slotDescription: 'Reader A', reader },
        { slotDescription: 'Reader B', reader },
      ]),
  };
  const module = {
    ...moduleWith(E.right([])),
    tokens: () => busy([token('Reader B', '1')]),
    card: () => ({ ...reader, signRaw: () => TE.left(cardFault('NO_CARD')) }),
  };
  const slots = slotsBeside(readers, module);
  const listed = await slots.list()();
  assert.ok(E.isRight(listed));
  await Promise.all([slots.list()(), ...listed.right.map((slot) => slot.reader.read()()), slots.list()()]);
  assert.is(most, 1);
});

beside('a turn that throws does not keep the next from coming', async () => {
  let first = true;
  const module = moduleWith(E.right([]));
  const readers: AgentSlots = {
    list: () => async () => {
      if (first) {
        first = false;
        throw new Error('broken');
      }
      return E.right([]);
    },
  };
  const slots = slotsBeside(readers, module);
  await slots
    .list()()
    .then(
      () => assert.unreachable(),
      () => undefined,
    );
  assert.equal(await told(slots), []);
});

beside.run();
