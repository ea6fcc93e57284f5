import { type CardFault, type CardReader, cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AgentSlots } from '../../src/agent/index.js';
import { memoryDrawer } from '../../src/testing/index.js';
import { type Answered, askFor, fromWindow, openScene, pin, portal, reader, type Scene } from './scene.js';

interface Hindered extends Scene {
  /** From now on the first reader is read with this fault, until there is none. */
  readonly hinder: (code: CardFault['code'] | undefined) => void;
  /** Readers that were read, in order. */
  readonly read: string[];
}

const hindered = suite<Hindered>('a card that something stands before');

hindered.before.each(async (context) => {
  const drawer = memoryDrawer(reader, 'Reader B');
  let code: CardFault['code'] | undefined;
  const read: string[] = [];
  const hinderedReader = (slotDescription: string, before: CardReader): CardReader => ({
    ...before,
    read: () => async () => {
      read.push(slotDescription);
      return code !== undefined && slotDescription === reader ? E.left(cardFault(code)) : before.read()();
    },
  });
  const slots: AgentSlots = {
    list: () => async () => {
      const listed = await drawer.slots.list()();
      if (E.isLeft(listed)) return listed;
      return E.right(
        listed.right.map((slot) => ({ ...slot, reader: hinderedReader(slot.slotDescription, slot.reader) })),
      );
    },
  };
  const scene = await openScene({ slots });
  drawer.insert(reader, { card: scene.card, pin });
  const hinder = (now: typeof code): void => {
    code = now;
  };
  Object.assign(context, { ...scene, drawer, hinder, read });
});
hindered.after.each(({ agent }) => agent.close());

const givePin = ({ agent }: Scene, asked: Answered): Promise<Answered> =>
  fromWindow(agent, '/agent/pin', { ask: asked.json.ask, pin, slotDescription: reader });

/** As components write codes. */
const codes: ReadonlyArray<readonly [CardFault['code'], number]> = [
  ['CARD_BUSY', 0x76100005],
  ['TIMEOUT', 0x7600000d],
  ['CARD_FAULT', 0x7610000b],
  ['CARD_UNKNOWN', 0x83000100 | 0],
  ['NO_CARD', 0x76000006],
];

hindered(
  'what stands before a card is told as what it is, and only a strange card as strange',
  async (scene) => {
    for (const [fault, retCode] of codes) {
      scene.hinder(fault);
      const { json } = await askFor(scene.agent, 'a');
      assert.equal([fault, json.func, json.ret_code], [fault, 'sign', retCode]);
      const info = (await fromWindow(scene.agent, '/pkcs11info', { askingOrigin: portal })).json;
      const isEmpty = fault === 'NO_CARD';
      assert.equal(info.slots[0], {
        slotDescription: reader,
        token: isEmpty ? null : 'unknown token',
        ...(isEmpty ? {} : { ret_code: retCode, last_error: 0 }),
      });
    }
  },
);

hindered(
  'a card that may be behind it is not told as another one',
  async ({ agent, drawer, pki, hinder }) => {
    const other = await pki.issueCitizen({ name: '陳大文', last4: '4321' });
    drawer.insert('Reader B', { card: other, pin });
    hinder('CARD_BUSY');
    assert.is((await askFor(agent, 'a', { cardid: 'TP00000000000000' })).json.ret_code, 0x76100005);
    hinder(undefined);
    assert.is((await askFor(agent, 'a', { cardid: 'TP00000000000000' })).json.ret_code, 0x82000116 | 0);
  },
);

hindered(
  'a card that another program takes is waited for: the window stays, and no PIN is used',
  async (scene) => {
    for (const [fault, words] of [
      ['CARD_BUSY', '其他程式'],
      ['TIMEOUT', '未在時限內回應'],
      ['CARD_FAULT', '回應異常'],
    ] as const) {
      scene.hinder(undefined);
      const asked = await askFor(scene.agent, 'a');
      scene.hinder(fault);
      const again = await givePin(scene, asked);
      assert.is(again.json.func, 'askPin', fault);
      assert.match(again.json.notice.text.zh, words);
      assert.is(again.json.notice.lastTry, false);
      assert.is(scene.drawer.pinsSeen(), 0);
      scene.hinder(undefined);
      await fromWindow(scene.agent, '/agent/cancel', { ask: again.json.ask });
    }
    const asked = await askFor(scene.agent, 'a');
    scene.hinder('CARD_BUSY');
    const again = await givePin(scene, asked);
    scene.hinder(undefined);
    assert.is((await givePin(scene, again)).json.ret_code, 0);
  },
);

hindered('where a reader is named no other is looked into', async ({ agent, read }) => {
  read.length = 0;
  assert.is((await askFor(agent, 'a', { slotDescription: reader })).json.func, 'askPin');
  assert.equal(read, [reader]);
  assert.is((await askFor(agent, 'a', { slotDescription: 'Reader Z' })).json.ret_code, 0x76100004);
  assert.equal(read, [reader]);
});

hindered.run();
