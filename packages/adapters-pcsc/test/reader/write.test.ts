/** A new certificate on a card (MOICA-14). */
import type { TestCard } from '@mandate/certificates/test-pki';
import { type CardFault, singleUsePin } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CardKeys } from '../../src/index.js';
import {
  gppkiCard,
  nhiCard,
  type PivOptions,
  pivCard,
  t7sCard,
  testManagementKey,
  type VirtualCard,
} from '../../src/virtual-card/index.js';
import { readersWith } from './far.js';
import {
  citizen,
  faultOf,
  pin,
  keys as pinKeys,
  readerOn,
  rightOf,
  sharedPki,
  signing,
  told,
  verified,
  wrongPin,
} from './support.js';

const keys: CardKeys = { ...pinKeys, management: { algorithm: 'AES', key: testManagementKey } };
const name = 'Virtual PCD 00 00';

interface Scene {
  readonly card: TestCard;
  /** The same card, renewed. */
  readonly next: TestCard;
  readonly virtual: VirtualCard;
  readonly transport: ReturnType<typeof readersWith>;
  readonly reader: ReturnType<typeof readerOn>;
  readonly write: (digits?: string) => TaskEither<CardFault, Uint8Array>;
}

const sceneOf = async (
  make: (options: PivOptions) => VirtualCard,
  change: { readonly options?: Partial<PivOptions>; readonly keys?: CardKeys } = {},
): Promise<Scene> => {
  const card = await citizen();
  const next = await (await sharedPki()).renew(card);
  const virtual = make({ card, pin, ...change.options });
  const transport = readersWith([virtual]);
  const reader = readerOn(transport, { keys: change.keys ?? keys });
  const what = { certificate: next.certificate, replaces: card.certificate };
  return {
    card,
    next,
    virtual,
    transport,
    reader,
    write: (digits = pin) => reader.write(what, singleUsePin(digits)),
  };
};

/** The first certificate that the card shows. */
const shown = async ({ reader }: Scene): Promise<Uint8Array | undefined> =>
  (await rightOf(reader.read())).certificates[0];

// -------------------------------------------------------------------------------------
const writing = suite('展期新憑證寫入IC卡');

writing('MOICA-14: the new certificate is written, read back, and signs from then on', async () => {
  const scene = await sceneOf(pivCard);
  await rightOf(scene.reader.mayWrite());
  assert.equal(await rightOf(scene.write()), scene.next.certificate);
  assert.equal(await shown(scene), scene.next.certificate);
  const signed = await rightOf(signing(scene.reader)(pin));
  assert.is((await verified(signed)).facts.serial, scene.next.serial);
});

writing('MOICA-16: the card number is what it was', async () => {
  const scene = await sceneOf(pivCard);
  const before = (await rightOf(scene.reader.read())).cardNumber;
  await rightOf(scene.write());
  assert.is((await rightOf(scene.reader.read())).cardNumber, before);
});

writing('the certificate for encryption stays', async () => {
  const scene = await sceneOf(pivCard);
  await rightOf(scene.write());
  const { certificates } = await rightOf(scene.reader.read());
  assert.equal(certificates, [scene.next.certificate, scene.card.encryptionCertificate]);
});

writing('MOICA-13: a wrong PIN costs a try and writes nothing; the third locks', async () => {
  const scene = await sceneOf(pivCard);
  assert.is(await told(scene.write(wrongPin)), 'PIN_WRONG 2');
  assert.is(await told(scene.write(wrongPin)), 'PIN_WRONG 1');
  assert.is(await told(scene.write()), 'PIN_LAST_TRY 1');
  const last = scene.reader.write(
    { certificate: scene.next.certificate, replaces: scene.card.certificate },
    singleUsePin(wrongPin),
    { allowLastTry: true },
  );
  assert.is(await told(last), 'PIN_LOCKED 0');
  assert.equal(await shown(scene), scene.card.certificate);
});

writing('another card is not written, and its PIN is not tried', async () => {
  const scene = await sceneOf(pivCard);
  const other = await citizen();
  const what = { certificate: scene.next.certificate, replaces: other.certificate };
  assert.is(await told(scene.reader.write(what, singleUsePin(pin))), 'CARD_REMOVED');
  assert.is(scene.virtual.triesLeft(), 3);
  assert.equal(await shown(scene), scene.card.certificate);
});

writing.run();

// -------------------------------------------------------------------------------------
const unsupported = suite('cards that are not written here');

for (const [kind, make] of [
  ['T7S', t7sCard],
  ['GPPKI', gppkiCard],
  [
    'NHI',
    () =>
      nhiCard({
        cardNumber: '000000000001',
        name: '王小明',
        nationalId: 'A123456789',
        birthDate: '0690229',
        sex: 'M',
        issuedOn: '1060101',
      }),
  ],
] as const) {
  unsupported(
    `${kind}: its commands for writing are not public; it is told nothing, and no PIN is tried`,
    async () => {
      const scene = await sceneOf(make);
      const fault = await faultOf(scene.reader.mayWrite());
      assert.is(fault.code, 'WRITE_UNSUPPORTED');
      assert.match(fault.detail ?? '', /not public/);
      assert.is(await told(scene.write()), 'WRITE_UNSUPPORTED');
      assert.is(scene.virtual.triesLeft() ?? 3, 3);
    },
  );
}

unsupported('without the key of the administrator a PIV card is not written either', async () => {
  const scene = await sceneOf(pivCard, { keys: pinKeys });
  assert.is(await told(scene.reader.mayWrite()), 'WRITE_UNSUPPORTED');
  assert.is(await told(scene.write()), 'WRITE_UNSUPPORTED');
  assert.is(scene.virtual.triesLeft(), 3);
});

unsupported('a card that does not know the administrator is unchanged, and says so', async () => {
  const others: ReadonlyArray<CardKeys['management']> = [
    { algorithm: 'AES', key: new Uint8Array(24) },
    { algorithm: 'AES', key: new Uint8Array(16) },
    { algorithm: '3DES', key: testManagementKey },
    { algorithm: 'AES', key: new Uint8Array(7) },
  ];
  for (const management of others) {
    if (management === undefined) continue;
    const scene = await sceneOf(pivCard, { keys: { ...pinKeys, management } });
    const code = await told(scene.write());
    assert.ok(code === 'WRITE_UNSUPPORTED' || code === 'CARD_REMOVED', code);
    assert.equal(await shown(scene), scene.card.certificate);
  }
});

unsupported.run();

// -------------------------------------------------------------------------------------
const broken = suite('a write that breaks off');

broken('MOICA-9: pulled out while it is written: what it holds is not known until it is read', async () => {
  const scene = await sceneOf(pivCard);
  scene.transport.readers.misbehave(name, { type: 'pull', during: 'write' });
  assert.is(await told(scene.write()), 'WRITE_UNCONFIRMED');
  scene.transport.readers.insert(name, scene.virtual);
  assert.equal(await shown(scene), scene.card.certificate);
  assert.equal(await rightOf(scene.write()), scene.next.certificate);
});

broken('a card that holds neither is written again, into the places for signing', async () => {
  const scene = await sceneOf(pivCard, { options: { tearing: true } });
  scene.transport.readers.misbehave(name, { type: 'pull', during: 'write' });
  assert.is(await told(scene.write()), 'WRITE_UNCONFIRMED');
  scene.transport.readers.insert(name, scene.virtual);
  // One place was being written, the other one still has the old certificate.
  assert.equal(await shown(scene), scene.card.certificate);
  assert.equal(await rightOf(scene.write()), scene.next.certificate);
});

broken('whatever a card answers to a write, its change is unconfirmed', async () => {
  for (const mischief of [
    { type: 'answer', hex: '6A84' },
    { type: 'answer', hex: '6982' },
    { type: 'garbage', octets: 40 },
    { type: 'truncate', octets: 1 },
  ] as const) {
    const scene = await sceneOf(pivCard);
    scene.transport.readers.misbehave(name, { ...mischief, during: 'write' });
    assert.is(await told(scene.write()), 'WRITE_UNCONFIRMED', JSON.stringify(mischief));
  }
});

broken('before a card was told to change, a fault is what it is', async () => {
  const scene = await sceneOf(pivCard);
  scene.transport.readers.misbehave(name, { type: 'pull', during: 'verify' });
  assert.is(await told(scene.write()), 'CARD_REMOVED');
  scene.transport.readers.insert(name, scene.virtual);
  assert.equal(await shown(scene), scene.card.certificate);
});

broken('a card that says yes and keeps the old certificate is found out by reading', async () => {
  const scene = await sceneOf((options) => {
    const inner = pivCard(options);
    return {
      ...inner,
      process: (command) => (command[1] === 0xdb ? Uint8Array.of(0x90, 0x00) : inner.process(command)),
    };
  });
  assert.equal(await rightOf(scene.write()), scene.card.certificate);
});

broken('a card that has nothing after a write tells so by no octets', async () => {
  const scene = await sceneOf((options) => {
    const inner = pivCard(options);
    let isWritten = false;
    return {
      ...inner,
      process: (command) => {
        if (command[1] === 0xdb) {
          isWritten = true;
          return Uint8Array.of(0x90, 0x00);
        }
        return command[1] === 0xcb && isWritten ? Uint8Array.of(0x6a, 0x82) : inner.process(command);
      },
    };
  });
  assert.is((await rightOf(scene.write())).length, 0);
});

broken.run();
