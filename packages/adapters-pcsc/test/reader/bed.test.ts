import { suiteNeeding } from '@mandate/testing';
import * as assert from 'uvu/assert';
import { type CardTransport, pcscTransport } from '../../src/index.js';
import { pivGuid } from '../../src/virtual-card/index.js';
import { type Bed, startBed } from '../support/bed.js';
import type { BedCard } from '../support/bed-card.js';
import { bedNeed } from '../support/bed-need.js';
import { citizen, pin, readerOn, rightOf, signing, told, verified, wrongPin } from './support.js';

type Context = { bed: Bed; transport: CardTransport; cards: BedCard[] };

const test = suiteNeeding<Partial<Context>>(
  'cards in real readers: pcscd, vpcd and a virtual card',
  bedNeed('opensc-tool'),
);

const card = await citizen();
const signers = ['t7s', 'piv'] as const;
const first = 'Virtual PCD 00 00';

const on = ({ bed, transport, cards }: Partial<Context>): Context => {
  if (bed === undefined || transport === undefined || cards === undefined) throw new Error('no bed');
  return { bed, transport, cards };
};

const inserted = async (context: Partial<Context>, kind: 't7s' | 'piv' | 'gppki'): Promise<BedCard> => {
  const { bed, cards } = on(context);
  const made = await bed.startCard({ kind, contents: card.save(), pin });
  cards.push(made);
  return made;
};

/** Once the service knows: insertions and removals are told late. */
const settled = async (context: Partial<Context>, isIn = true): Promise<void> => {
  const { bed } = on(context);
  while ((await bed.seesCard(0)) !== isIn) await new Promise((resolve) => setTimeout(resolve, 20));
};

const ended = async (context: Partial<Context>): Promise<void> => {
  for (const one of on(context).cards.splice(0)) await one.end();
  await settled(context, false);
};

let former: string | undefined;

test.before(async (context) => {
  context.bed = await startBed();
  // What the transport starts finds the bed's service by its socket, as this process would.
  former = process.env['PCSCLITE_CSOCK_NAME'];
  Object.assign(process.env, context.bed.env);
});
test.before.each((context) => {
  context.transport = pcscTransport();
  context.cards = [];
});
test.after.each(async (context) => {
  await context.transport?.close();
  if (context.bed !== undefined) await ended(context);
});
test.after(async (context) => {
  await context.bed?.end();
  if (former === undefined) delete process.env['PCSCLITE_CSOCK_NAME'];
  else process.env['PCSCLITE_CSOCK_NAME'] = former;
});

test('a T7S, a GPPKI and a PIV card: certificates and card number', async (context) => {
  const numbers = {
    t7s: card.cardNumber,
    gppki: card.cardNumber,
    piv: Buffer.from(pivGuid(card.cardNumber)).toString('hex').toUpperCase(),
  };
  for (const kind of ['t7s', 'gppki', 'piv'] as const) {
    await inserted(context, kind);
    await settled(context);
    const view = await rightOf(readerOn(on(context).transport).read());
    assert.is(view.cardNumber, numbers[kind], kind);
    assert.is(view.certificates.length, 2, kind);
    await ended(context);
  }
});

test('an NHI card: basic data', async (context) => {
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
  await settled(context);
  const { kind, holder } = await rightOf(readerOn(transport).inspect());
  assert.equal([kind, holder?.name, holder?.birthDate], ['NHI', '王小明', '1990-12-31']);
});

test('what a T7S and a PIV card sign is what the register accepts', async (context) => {
  for (const kind of signers) {
    await inserted(context, kind);
    await settled(context);
    const cms = await rightOf(signing(readerOn(on(context).transport))(pin, { withCardNumber: true }));
    assert.is((await verified(cms)).facts.serial, card.serial, kind);
    await ended(context);
  }
});

test('GEPI-17, GEPI-19: two left, one left, the last try only with a yes, locked', async (context) => {
  for (const kind of signers) {
    await inserted(context, kind);
    await settled(context);
    const sign = signing(readerOn(on(context).transport));
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 2', kind);
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 1');
    assert.is(await told(sign(pin)), 'PIN_LAST_TRY 1');
    assert.is(await told(sign(wrongPin, { allowLastTry: true })), 'PIN_LOCKED 0');
    assert.is(await told(signing(readerOn(on(context).transport))(pin)), 'PIN_LOCKED 0');
    await ended(context);
  }
});

test('pulled out during VERIFY and during signing: CARD_REMOVED, and the next card works', async (context) => {
  for (const kind of signers) {
    const sign = signing(readerOn(on(context).transport));
    for (const during of ['verify', 'sign'] as const) {
      const inside = await inserted(context, kind);
      await settled(context);
      await inside.misbehave({ type: 'pull', during });
      assert.is(await told(sign(pin)), 'CARD_REMOVED', `${kind} ${during}`);
      await ended(context);
    }
    await inserted(context, kind);
    await settled(context);
    assert.is(await told(sign(pin)), 'done', kind);
    await ended(context);
  }
});

test('after a signature the next program finds no verified PIN', async (context) => {
  await inserted(context, 'piv');
  await settled(context);
  const { bed, transport } = on(context);
  await rightOf(signing(readerOn(transport))(pin));
  const select = '00:A4:04:00:09:A0:00:00:03:08:00:00:10:00:00';
  const status = '00:20:00:80';
  const asked = await bed.run('opensc-tool', ['-r', first, '-c', 'default', '-s', select, '-s', status]);
  assert.match(asked.stdout, 'SW1=0x63, SW2=0xC3');
});

test('two programs at once: both get an answer, and none a wrong one', async (context) => {
  await inserted(context, 't7s');
  await settled(context);
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

test.run();
