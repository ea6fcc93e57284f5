// Everything at once: card process, vpcd, pcscd, the native layer in its process, driver, answer, verification.
import { suiteNeeding } from '@mandate/testing';
import * as assert from 'uvu/assert';
import { type CardTransport, pcscTransport } from '../../src/index.js';
import { virtualReaderName } from '../../src/virtual-card/index.js';
import {
  challenge,
  citizen,
  keys,
  pin,
  readerOn,
  rightOf,
  signing,
  told,
  verified,
  wrongPin,
} from '../reader/support.js';
import { type Bed, startBed } from '../support/bed.js';
import { bedNeed } from '../support/bed-need.js';
import { until } from '../support/until.js';

type Context = { bed: Bed; transport: CardTransport };
const test = suiteNeeding<Partial<Context>>('cards in a real reader', bedNeed('opensc-tool'));

const on = ({ bed, transport }: Partial<Context>): Context => {
  if (bed === undefined || transport === undefined) throw new Error('no bed');
  return { bed, transport };
};
const named = virtualReaderName(0);
const socketName = 'PCSCLITE_CSOCK_NAME';
const before = process.env[socketName];

test.before.each(async (context) => {
  context.bed = await startBed();
  process.env[socketName] = context.bed.env[socketName];
  context.transport = pcscTransport();
});
test.after.each(async (context) => {
  await context.transport?.close();
  await context.bed?.end();
});
test.after(() => {
  if (before === undefined) delete process.env[socketName];
  else process.env[socketName] = before;
});

for (const kind of ['t7s', 'piv'] as const) {
  const put = async (bed: Bed) => {
    const card = await citizen();
    const process = await bed.startCard({ kind, contents: card.save(), pin });
    await until(() => bed.seesCard(0));
    return { card, process };
  };

  test(`${kind}: its certificates are read, it signs, and the register takes the answer`, async (context) => {
    const { bed, transport } = on(context);
    const { card } = await put(bed);
    const reader = readerOn(transport, { keys, reader: named });
    const { certificates } = await rightOf(reader.inspect());
    assert.equal(
      certificates.some((one) => Buffer.compare(one, card.certificate) === 0),
      true,
    );
    const answer = await verified(await rightOf(signing(reader)(pin)));
    assert.is(answer.facts.last4, '6789');
    assert.ok(challenge.length > 0);
  });

  test(`GEPI-17: ${kind}: a wrong PIN leaves two tries, then one, then the card is locked`, async (context) => {
    const { bed, transport } = on(context);
    await put(bed);
    const sign = signing(readerOn(transport, { keys, reader: named }));
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 2');
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 1');
    assert.is(await told(sign(wrongPin, { allowLastTry: true })), 'PIN_LOCKED 0');
    assert.match(await told(sign(pin, { allowLastTry: true })), 'PIN_LOCKED');
  });

  for (const during of ['verify', 'sign'] as const) {
    test(`${kind}: pulled out during ${during}: CARD_REMOVED, and put in again it signs`, async (context) => {
      const { bed, transport } = on(context);
      const { process } = await put(bed);
      const sign = signing(readerOn(transport, { keys, reader: named }));
      await process.misbehave({ type: 'pull', during });
      assert.match(await told(sign(pin)), 'CARD_REMOVED');
      await until(async () => !(await bed.seesCard(0)));
      await process.insert();
      await until(() => bed.seesCard(0));
      assert.is(await told(sign(pin)), 'done');
    });
  }
}

test('NHI-20: nhi: basic data with the name in Big5, and no PIN', async (context) => {
  const { bed, transport } = on(context);
  await bed.startCard({ kind: 'nhi' });
  await until(() => bed.seesCard(0));
  const { kind, holder } = await rightOf(readerOn(transport, { reader: named }).inspect());
  assert.equal([kind, holder?.name], ['NHI', '測試人']);
});

test('two cards in two readers, used by two programs at once', async (context) => {
  const { bed, transport } = on(context);
  const card = await citizen();
  await Promise.all(
    ([0, 1] as const).map((slot) => bed.startCard({ kind: 'piv', slot, contents: card.save(), pin })),
  );
  await until(async () => (await bed.seesCard(0)) && (await bed.seesCard(1)));
  const other = pcscTransport();
  const signed = await Promise.all(
    [readerOn(transport, { reader: named }), readerOn(other, { reader: virtualReaderName(1) })].map(
      (reader) => told(signing(reader)(pin)),
    ),
  );
  await other.close();
  assert.equal(signed, ['done', 'done']);
});

test('pcscd is killed: NO_PCSC, and when it is back the card signs', async (context) => {
  const { bed, transport } = on(context);
  const card = await citizen();
  await bed.startCard({ kind: 'piv', contents: card.save(), pin });
  await until(() => bed.seesCard(0));
  const reader = readerOn(transport, { reader: named });
  const sign = signing(reader);
  assert.is(await told(sign(pin)), 'done');
  await bed.killService();
  assert.is(await told(sign(pin)), 'NO_PCSC');
  await bed.startService();
  // Without a PIN, until the transport has found the service again.
  await until(async () => (await told(reader.inspect())) === 'done');
  assert.is(await told(sign(pin)), 'done');
});

test.run();
