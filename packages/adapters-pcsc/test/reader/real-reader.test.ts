// Everything at once: card process, vpcd, pcscd, the native layer in its process, driver, answer, verification.
import { suiteNeeding } from '@mandate/testing';
import { bedNeed, until } from '@mandate/testing/card-service';
import * as assert from 'uvu/assert';
import { type CardTransport, pcscMiniTransport, pcscTransport, smartcardTransport } from '../../src/index.js';
import { type CardKind, pivGuid, virtualReaderName } from '../../src/virtual-card/index.js';
import { type Bed, type BedCard, startBed } from '../support/bed.js';
import { citizen, keys, pin, readerOn, rightOf, signing, told, verified, wrongPin } from './support.js';

type Context = { bed: Bed; transport: CardTransport; cards: BedCard[] };

const test = suiteNeeding<Partial<Context>>('cards in a real reader', bedNeed('opensc-tool'));

const card = await citizen();
const signers = ['t7s', 'piv'] as const;
const [first, second] = [virtualReaderName(0), virtualReaderName(1)];
const socketName = 'PCSCLITE_CSOCK_NAME';
const former = process.env[socketName];

const on = ({ bed, transport, cards }: Partial<Context>): Context => {
  if (bed === undefined || transport === undefined || cards === undefined) throw new Error('no bed');
  return { bed, transport, cards };
};

/** A card in a reader, once the service says so. */
const put = async (context: Partial<Context>, kind: CardKind, slot: 0 | 1 = 0): Promise<BedCard> => {
  const { bed, cards } = on(context);
  const made = await bed.startCard({ kind, slot, pin, ...(kind === 'nhi' ? {} : { contents: card.save() }) });
  cards.push(made);
  await until(() => bed.seesCard(slot));
  return made;
};

/** Every card is out of its reader and gone. */
const cleared = async (context: Partial<Context>): Promise<void> => {
  const { bed, cards } = on(context);
  for (const one of cards.splice(0)) await one.end();
  await until(async () => !(await bed.seesCard(0)) && !(await bed.seesCard(1)));
};

test.before(async (context) => {
  context.bed = await startBed();
  // What the transport starts finds the bed's service by its socket, as this process would.
  process.env[socketName] = context.bed.env[socketName];
});
test.before.each((context) => {
  context.transport = pcscTransport();
  context.cards = [];
});
test.after.each(async (context) => {
  await context.transport?.close();
  if (context.bed !== undefined) await cleared(context);
});
test.after(async (context) => {
  await context.bed?.end();
  if (former === undefined) delete process.env[socketName];
  else process.env[socketName] = former;
});

for (const kind of ['t7s', 'gppki', 'piv'] as const) {
  test(`${kind}: certificates and card number`, async (context) => {
    await put(context, kind);
    const { certificates, cardNumber } = await rightOf(readerOn(on(context).transport).inspect());
    assert.is(certificates.length, 2);
    assert.ok(certificates.some((one) => Buffer.compare(one, card.certificate) === 0));
    const guid = Buffer.from(pivGuid(card.cardNumber)).toString('hex').toUpperCase();
    assert.is(cardNumber, kind === 'piv' ? guid : card.cardNumber);
  });
}

test('NHI-20: nhi: basic data with the name in Big5, and no PIN', async (context) => {
  const { bed, cards, transport } = on(context);
  const contents = {
    cardNumber: '000012345678',
    name: '王小明',
    nationalId: 'A123456789',
    birthDate: '0791231',
    sex: 'M',
    issuedOn: '1130105',
  } as const;
  cards.push(await bed.startCard({ kind: 'nhi', contents }));
  await until(() => bed.seesCard(0));
  const { kind, holder } = await rightOf(readerOn(transport, { reader: first }).inspect());
  assert.equal([kind, holder?.name, holder?.birthDate], ['NHI', '王小明', '1990-12-31']);
});

for (const kind of signers) {
  test(`${kind}: what it signs is what the register accepts`, async (context) => {
    await put(context, kind);
    const reader = readerOn(on(context).transport, { keys, reader: first });
    const { facts } = await verified(await rightOf(signing(reader)(pin, { withCardNumber: true })));
    assert.equal([facts.serial, facts.last4], [card.serial, '6789']);
  });

  test(`GEPI-17, GEPI-19: ${kind}: two left, one left, the last try only with a yes, locked`, async (context) => {
    await put(context, kind);
    const sign = signing(readerOn(on(context).transport));
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 2');
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 1');
    assert.is(await told(sign(pin)), 'PIN_LAST_TRY 1');
    assert.is(await told(sign(wrongPin, { allowLastTry: true })), 'PIN_LOCKED 0');
    assert.match(await told(sign(pin, { allowLastTry: true })), 'PIN_LOCKED');
    assert.is(await told(signing(readerOn(on(context).transport))(pin)), 'PIN_LOCKED 0');
  });

  for (const during of ['verify', 'sign'] as const) {
    test(`${kind}: pulled out during ${during}: CARD_REMOVED, and put in again it signs`, async (context) => {
      const { bed, transport } = on(context);
      const inside = await put(context, kind);
      const sign = signing(readerOn(transport));
      await inside.misbehave({ type: 'pull', during });
      assert.is(await told(sign(pin)), 'CARD_REMOVED');
      // The service overlooks a card that is out between two of its looks alone.
      await until(async () => !(await bed.seesCard(0)));
      await inside.insert();
      await until(() => bed.seesCard(0));
      assert.is(await told(sign(pin)), 'done');
    });
  }
}

for (const kind of signers) {
  test(`${kind}: a card that hangs in VERIFY is TIMEOUT, and may have counted a try`, async (context) => {
    const { bed } = on(context);
    const inside = await put(context, kind);
    const program = pcscTransport({ deadlines: { exchange: 3_000 } });
    const sign = signing(readerOn(program));
    assert.is(await told(sign(pin)), 'done');
    for (let time = 0; time < 2; time += 1) {
      await inside.misbehave({ type: 'hang', during: 'verify' });
      assert.is(await told(sign(pin)), 'TIMEOUT');
      await inside.pull();
      await until(async () => !(await bed.seesCard(0)));
      await inside.behave();
      await inside.insert();
      await until(() => bed.seesCard(0));
    }
    assert.is(await told(sign(pin)), 'PIN_LAST_TRY');
    assert.is(await told(sign(pin, { allowLastTry: true })), 'done');
    await program.close();
  });
}

test('after a signature the next program finds no verified PIN', async (context) => {
  await put(context, 'piv');
  const { bed, transport } = on(context);
  await rightOf(signing(readerOn(transport))(pin));
  const select = '00:A4:04:00:09:A0:00:00:03:08:00:00:10:00:00';
  const status = '00:20:00:80';
  const asked = await bed.run('opensc-tool', ['-r', first, '-c', 'default', '-s', select, '-s', status]);
  assert.match(asked.stdout, 'SW1=0x63, SW2=0xC3');
});

test('two programs at once on one card: both get an answer, and none a wrong one', async (context) => {
  await put(context, 't7s');
  const other = pcscTransport();
  const [one, two] = [signing(readerOn(on(context).transport)), signing(readerOn(other))];
  const answers = await Promise.all([told(one(pin)), told(two(pin))]);
  assert.ok(answers.includes('done'), answers.join());
  assert.ok(
    answers.every((answer) => answer === 'done' || answer === 'CARD_BUSY'),
    answers.join(),
  );
  assert.is(await told(two(pin)), 'done');
  await other.close();
});

test('two cards in two readers, used by two programs at once', async (context) => {
  await Promise.all([put(context, 'piv', 0), put(context, 'piv', 1)]);
  const other = pcscTransport();
  const readers = [readerOn(on(context).transport, { reader: first }), readerOn(other, { reader: second })];
  const signed = await Promise.all(readers.map((reader) => told(signing(reader)(pin))));
  await other.close();
  assert.equal(signed, ['done', 'done']);
});

const packages = [
  ['pcsc-mini', pcscMiniTransport],
  ['smartcard', smartcardTransport],
] as const;

for (const [name, make] of packages) {
  test(`${name}: pcscd is killed: NO_PCSC, and the first that is asked when it is back is answered`, async (context) => {
    const { bed } = on(context);
    await put(context, 'piv');
    const program = make();
    const [some, named] = [readerOn(program, { keys }), readerOn(program, { keys, reader: first })];
    // Often enough for what a lost service leaves behind to be collected as garbage.
    for (const reader of [some, named, some, named]) {
      assert.is(await told(signing(reader)(pin)), 'done');
      await bed.killService();
      assert.is(await told(reader.inspect()), 'NO_PCSC');
      assert.is(await told(signing(reader)(pin)), 'NO_PCSC');
      await bed.startService();
      await until(() => bed.seesCard(0));
      assert.is(await told(reader.inspect()), 'done');
    }
    await program.close();
  });
}

test.run();
