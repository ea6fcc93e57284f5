import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { decodeCertificate } from '@mandate/certificates';
import { type CardFault, cardFault, singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { verifyOnce } from '../../src/drivers/verify.js';
import { transportFault } from '../../src/index.js';
import { knownTries } from '../../src/reader/known-tries.js';
import { signedByCard } from '../../src/reader/sign.js';
import {
  gppkiCard,
  nhiCard,
  pivCard,
  pivGuid,
  t7sCard,
  type VirtualCard,
} from '../../src/virtual-card/index.js';
import { readersWith } from './far.js';
import {
  challenge,
  citizen,
  faultOf,
  keys,
  pin,
  readerOn,
  rightOf,
  sharedPki,
  signing,
  told,
  verified,
  wrongPin,
} from './support.js';

const holder = {
  cardNumber: '000012345678',
  name: '王小明',
  nationalId: 'A123456789',
  birthDate: '0791231',
  sex: 'M',
  issuedOn: '1130105',
} as const;

/** Both kinds that sign here, on the same card of the test PKI. */
const signingCards = async () => {
  const card = await citizen();
  const issuers = [(await sharedPki()).authority('MOICA G3').certificate];
  return [
    { name: 'T7S', make: () => t7sCard({ card, pin, issuers }), number: card.cardNumber, card },
    {
      name: 'PIV',
      make: () => pivCard({ card, pin }),
      number: Buffer.from(pivGuid(card.cardNumber)).toString('hex').toUpperCase(),
      card,
    },
  ] as const;
};

const in1 = (card: VirtualCard) => readersWith([card]);

const shows = suite('what a card shows without a PIN');

shows("GEPI-34: certificates and card number of a T7S and of a PIV card, the CAs' left out", async () => {
  for (const { name, make, number, card } of await signingCards()) {
    const { cardNumber, certificates } = await rightOf(readerOn(in1(make())).read());
    assert.is(cardNumber, number, name);
    const hex = certificates.map((der) => Buffer.from(der).toString('hex')).sort();
    const expected = [card.certificate, card.encryptionCertificate];
    assert.equal(hex, expected.map((der) => Buffer.from(der).toString('hex')).sort(), name);
  }
});

shows('a T7S card says its model', async () => {
  const [{ make }] = await signingCards();
  const { kind, model } = await rightOf(readerOn(in1(make())).inspect());
  assert.equal([kind, model], ['T7S', 'T7S']);
});

shows('a GPPKI card: certificates and card number; it does not sign here', async () => {
  const card = await citizen();
  const reader = readerOn(in1(gppkiCard({ card })));
  const { kind, cardNumber, certificates } = await rightOf(reader.inspect());
  assert.equal([kind, cardNumber, certificates.length], ['GPPKI', card.cardNumber, 2]);
  assert.is(await told(signing(reader)(pin)), 'SIGNING_UNSUPPORTED');
});

shows('an NHI card: basic data with a Big5 name and ROC dates, no certificate, no signature', async () => {
  const reader = readerOn(in1(nhiCard(holder)));
  const { kind, cardNumber, certificates, holder: read } = await rightOf(reader.inspect());
  assert.equal([kind, cardNumber, certificates], ['NHI', '000012345678', []]);
  assert.equal(read, {
    cardNumber: '000012345678',
    name: '王小明',
    nationalId: 'A123456789',
    birthDate: '1990-12-31',
    sex: 'M',
    issuedOn: '2024-01-05',
  });
  assert.equal(Object.keys(await rightOf(reader.read())).sort(), ['cardNumber', 'certificates', 'signs']);
  assert.is(await told(signing(reader)(pin)), 'SIGNING_UNSUPPORTED');
});

shows('an unknown card gives its ATR', async () => {
  const unknown: VirtualCard = {
    ...nhiCard(holder),
    atr: Uint8Array.of(0x3b, 0x02, 0x14, 0x50),
    process: () => Uint8Array.of(0x6d, 0x00),
  };
  const { code, detail } = await faultOf(readerOn(in1(unknown)).read());
  assert.is(code, 'CARD_UNKNOWN');
  assert.match(detail ?? '', 'ATR 3b021450');
  assert.match(detail ?? '', 'docs/cards.md');
});

shows('a card with a known ATR is first asked as what it probably is', async () => {
  const sent: string[] = [];
  const card = t7sCard({ card: await citizen(), pin });
  const spied: VirtualCard = {
    ...card,
    process: (command) => {
      sent.push(Buffer.from(command).toString('hex'));
      return card.process(command);
    },
  };
  await rightOf(readerOn(in1(spied)).read());
  assert.is(sent[0], '80a40000023f00');
});

shows(
  'an ATR decides nothing alone: a card with the ATR of another is known by what it answers',
  async () => {
    const [t7s, piv] = await signingCards();
    const swapped = { ...piv.make(), atr: t7s.make().atr };
    assert.is((await rightOf(readerOn(in1(swapped)).inspect())).kind, 'PIV');
    const other = { ...t7s.make(), atr: Uint8Array.of(0x3b, 0x00) };
    assert.is((await rightOf(readerOn(in1(other)).inspect())).kind, 'T7S');
  },
);

shows('no reader, an empty reader, and a reader that is not there are told apart', async () => {
  assert.is(await told(readerOn(readersWith([])).read()), 'NO_READER');
  assert.is(await told(readerOn(readersWith([undefined])).read()), 'NO_CARD');
  assert.is(await told(readerOn(readersWith([nhiCard(holder)]), { reader: 'X' }).read()), 'NO_READER');
});

shows('the reader that is named is asked, else the first that has a card', async () => {
  const [, piv] = await signingCards();
  const transport = readersWith([undefined, nhiCard(holder), piv.make()]);
  assert.is((await rightOf(readerOn(transport).inspect())).kind, 'NHI');
  const named = readerOn(transport, { reader: 'Virtual PCD 00 02' });
  assert.is((await rightOf(named.inspect())).kind, 'PIV');
});

shows('a card that does not sign with what is set up says so when it is read', async () => {
  const card = await citizen();
  const t7s = () => t7sCard({ card, pin });
  const short = { pinTransportKey: new Uint8Array(8) };
  for (const [made, set, expected] of [
    [t7s(), keys, undefined],
    [t7s(), {}, false],
    [t7s(), short, false],
    [gppkiCard({ card }), keys, false],
    [nhiCard(holder), keys, false],
    [pivCard({ card, pin }), {}, undefined],
  ] as const) {
    const reader = readerOn(in1(made), { keys: set });
    assert.is((await rightOf(reader.read())).signs, expected);
    if (expected === false) assert.is(await told(signing(reader)(pin)), 'SIGNING_UNSUPPORTED');
  }
});

shows.run();

const signs = suite('signing with a card');

signs('what a T7S and a PIV card sign is what the register accepts', async () => {
  for (const { name, make, number, card } of await signingCards()) {
    const signingTime = new Date('2026-03-02T00:59:00Z');
    const options = { withCardNumber: true, signingTime, nonce: 'Q2hhbGxlbmdl' };
    const { facts, attributes } = await verified(await rightOf(signing(readerOn(in1(make())))(pin, options)));
    assert.is(facts.serial, card.serial, name);
    assert.is(facts.use, 'sign');
    assert.equal(attributes, {
      signingTime: signingTime.toISOString(),
      nonce: 'Q2hhbGxlbmdl',
      cardNumber: number,
    });
  }
});

signs(
  'a reader that has signed before signs with the card that is in it now, and says what this one says',
  async () => {
    const [t7s, piv] = await signingCards();
    const other = await citizen();
    const others = { make: () => t7sCard({ card: other, pin }), number: other.cardNumber, card: other };
    const name = 'Virtual PCD 00 00';
    const transport = in1(t7s.make());
    const reader = readerOn(transport);
    // The same card again; the same certificates on a card of another number; other certificates; and back.
    for (const [turn, now] of [t7s, t7s, piv, others, others, t7s].entries()) {
      transport.readers.pull(name);
      transport.readers.insert(name, now.make());
      const options = { withCardNumber: true, nonce: `nonce ${turn}` };
      const { facts, attributes } = await verified(await rightOf(signing(reader)(pin, options)));
      assert.is(facts.serial, now.card.serial, String(turn));
      assert.equal(attributes, { cardNumber: now.number, nonce: `nonce ${turn}` });
    }
  },
);

signs('a PIN of six digits will do', async () => {
  const card = await citizen();
  for (const make of [t7sCard, pivCard]) {
    const reader = readerOn(in1(make({ card, pin: '135790' })));
    assert.is((await verified(await rightOf(signing(reader)('135790')))).facts.serial, card.serial);
  }
});

signs('a bare signature holds over the content itself', async () => {
  for (const { make, number } of await signingCards()) {
    const signed = await rightOf(readerOn(in1(make())).signRaw(challenge, singleUsePin(pin)));
    const certificate = await decodeCertificate(signed.certificate)();
    if (E.isLeft(certificate)) throw new Error('no certificate');
    const { der } = certificate.right.publicKeyInfo;
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    assert.ok(verify('sha256', challenge, key, signed.signature));
    assert.is(signed.cardNumber, number);
  }
});

signs(
  'a bare signature over what could be signed attributes is refused, and the card is not asked',
  async () => {
    const card = t7sCard({ card: await citizen(), pin });
    const reader = readerOn(in1(card));
    const attributes = ['', '3115301306092a864886f70d010903', '318030800609', '3182001530820011060a'];
    for (const content of attributes.map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))) {
      assert.is(await told(reader.signRaw(content, singleUsePin(wrongPin))), 'SIGNING_UNSUPPORTED');
    }
    assert.is(card.triesLeft(), 3);
    const text = new TextEncoder().encode('1234567890: a text that begins with the octet of a SET');
    assert.is(await told(reader.signRaw(text, singleUsePin(pin))), 'done');
  },
);

signs(
  'what is signed is what was given when it was asked for, whatever becomes of the octets since',
  async () => {
    const given: ReadonlyArray<readonly [string, () => Uint8Array]> = [
      // A Buffer's slice is a view, not a copy.
      ['Buffer', () => Buffer.from(challenge)],
      ['Uint8Array', () => Uint8Array.from(challenge)],
      [
        'shared',
        () => new Uint8Array(new SharedArrayBuffer(challenge.length)).map((_, at) => challenge[at] ?? 0),
      ],
    ];
    for (const { make } of await signingCards()) {
      for (const [name, octets] of given) {
        const card = make();
        let content = octets();
        const spied: VirtualCard = {
          ...card,
          process: (command) => {
            content.fill(0x31);
            return card.process(command);
          },
        };
        const reader = readerOn(in1(spied));
        const raw = await rightOf(reader.signRaw(content, singleUsePin(pin)));
        const { publicKey } = new X509Certificate(raw.certificate);
        assert.ok(verify('sha256', challenge, publicKey, raw.signature), name);
        content = octets();
        await verified(await rightOf(reader.sign(content, singleUsePin(pin))));
      }
    }
  },
);

signs(
  'a T7S card without its transport key set up does not sign, and no PIN is tried or consumed',
  async () => {
    const card = t7sCard({ card: await citizen(), pin });
    for (const given of [{}, { pinTransportKey: new Uint8Array(8) }]) {
      const kept = singleUsePin(pin);
      const reader = readerOn(in1(card), { keys: given });
      assert.is(await told(reader.sign(challenge, kept)), 'SIGNING_UNSUPPORTED');
      assert.is(kept.consume(), pin);
    }
    assert.is(card.triesLeft(), 3);
  },
);

signs('a T7S card never sees a PIN in clear, whatever it answers to the first', async () => {
  const seen: string[] = [];
  const card = t7sCard({ card: await citizen(), pin });
  const spied: VirtualCard = {
    ...card,
    process: (command) => {
      seen.push(Buffer.from(command).toString('hex'));
      return card.process(command);
    },
  };
  await readerOn(in1(spied), { keys: { pinTransportKey: new Uint8Array(16).fill(7) } }).sign(
    challenge,
    singleUsePin(pin),
  )();
  const verifies = seen.filter((hex) => hex.slice(2, 4) === '20');
  assert.is(verifies.length, 1);
  assert.match(verifies[0] ?? '', /^8c20000120[0-9a-f]{64}$/);
  assert.not.match(seen.join(), Buffer.from(pin).toString('hex'));
});

signs('no empty VERIFY is ever sent', async () => {
  for (const { make } of await signingCards()) {
    const seen: number[] = [];
    const card = make();
    const spied: VirtualCard = {
      ...card,
      process: (command) => {
        if (command[1] === 0x20) seen.push(command.length);
        return card.process(command);
      },
    };
    const reader = readerOn(in1(spied));
    await rightOf(reader.read());
    await told(signing(reader)(wrongPin));
    await rightOf(signing(reader)(pin));
    assert.is(seen.length, 2);
    assert.ok(seen.every((length) => length > 5));
  }
});

signs('two at once: one signs, the other is told that the card is busy', async () => {
  for (const { make } of await signingCards()) {
    const sign = signing(readerOn(in1(make())));
    const answers = await Promise.all([told(sign(pin)), told(sign(pin))]);
    assert.equal(answers.sort(), ['CARD_BUSY', 'done']);
  }
});

signs('a card whose key is not the one of its certificate signs nothing that is handed out', async () => {
  const [card, other] = [await citizen(), await citizen()];
  const saved = { record: card.save().record, key: other.save().key };
  assert.is.not(card.save().key.privateKey, saved.key.privateKey);
  assert.is(await told(signing(readerOn(in1(pivCard({ card: saved, pin }))))(pin)), 'CARD_FAULT');
  // A T7S card shows its public keys: this one has none of the certificate.
  const reader = readerOn(in1(t7sCard({ card: saved, pin })));
  assert.is(await told(signing(reader)(pin)), 'SIGNING_UNSUPPORTED');
});

signs('a bare signature that does not hold is not handed out either', async () => {
  const [card, other] = [await citizen(), await citizen()];
  const saved = { record: card.save().record, key: other.save().key };
  const reader = readerOn(in1(pivCard({ card: saved, pin })));
  assert.is(await told(reader.signRaw(challenge, singleUsePin(pin))), 'CARD_FAULT');
});

signs.run();

const pins = suite('the life of a PIN');

pins(
  'GEPI-17, GEPI-19: two left, one left, the last try only with a yes, locked, also for the right one',
  async () => {
    for (const { make } of await signingCards()) {
      const sign = signing(readerOn(in1(make())));
      assert.is(await told(sign(wrongPin)), 'PIN_WRONG 2');
      assert.is(await told(sign(wrongPin)), 'PIN_WRONG 1');
      assert.is(await told(sign(pin)), 'PIN_LAST_TRY 1');
      assert.is(await told(sign(wrongPin, { allowLastTry: true })), 'PIN_LOCKED 0');
      assert.is(await told(sign(pin)), 'PIN_LOCKED 0');
      assert.is(await told(sign(pin, { allowLastTry: true })), 'PIN_LOCKED 0');
    }
  },
);

pins('63C0 is a lock, as 6983 is: no try is left', async () => {
  for (const hex of ['63c0', '6983']) {
    for (const { make } of await signingCards()) {
      const card = make();
      const spied: VirtualCard = {
        ...card,
        process: (command) =>
          command[1] === 0x20 ? Uint8Array.from(Buffer.from(hex, 'hex')) : card.process(command),
      };
      const sign = signing(readerOn(in1(spied)));
      assert.is(await told(sign(wrongPin)), 'PIN_LOCKED 0', hex);
    }
  }
});

pins('the last try is not made without a yes, and its PIN is not consumed', async () => {
  for (const { make } of await signingCards()) {
    const card = make();
    const reader = readerOn(in1(card));
    await told(signing(reader)(wrongPin));
    await told(signing(reader)(wrongPin));
    const kept = singleUsePin(pin);
    assert.is(await told(reader.sign(challenge, kept)), 'PIN_LAST_TRY 1');
    assert.is(card.triesLeft(), 1);
    assert.is(
      (await verified(await rightOf(reader.sign(challenge, kept, { allowLastTry: true })))).path.length,
      3,
    );
    assert.is(card.triesLeft(), 3);
  }
});

pins('a card that says so is locked, also to a reader that has never seen it', async () => {
  for (const { make } of await signingCards()) {
    const card = make();
    const transport = in1(card);
    const sign = signing(readerOn(transport));
    await told(sign(wrongPin));
    await told(sign(wrongPin));
    await told(sign(wrongPin, { allowLastTry: true }));
    assert.is(await told(signing(readerOn(transport))(pin)), 'PIN_LOCKED 0');
  }
});

pins(
  'what a card said is known to every reader of the transport, in whichever slot the card is now',
  async () => {
    for (const { make } of await signingCards()) {
      const card = make();
      const transport = readersWith([card, undefined]);
      const sign = signing(readerOn(transport));
      await told(sign(wrongPin));
      await told(sign(wrongPin));
      assert.is(await told(signing(readerOn(transport))(wrongPin)), 'PIN_LAST_TRY 1');
      transport.readers.pull('Virtual PCD 00 00');
      transport.readers.insert('Virtual PCD 00 01', card);
      const other = readerOn(transport, { keys, reader: 'Virtual PCD 00 01' });
      assert.is(await told(signing(other)(wrongPin)), 'PIN_LAST_TRY 1');
      assert.is(card.triesLeft(), 1);
    }
  },
);

pins('a card that fell silent in VERIFY twice is not asked a third time without a yes', async () => {
  for (const { make } of await signingCards()) {
    const card = make();
    const transport = in1(card);
    const sign = signing(readerOn(transport));
    for (let time = 0; time < 2; time += 1) {
      transport.readers.misbehave('Virtual PCD 00 00', { type: 'pull', during: 'verify' });
      assert.is(await told(sign(wrongPin)), 'CARD_REMOVED');
      transport.readers.insert('Virtual PCD 00 00', card);
    }
    assert.is(card.triesLeft(), 1);
    // Counted here, and not said by the card.
    assert.is(await told(sign(wrongPin)), 'PIN_LAST_TRY');
    assert.is(card.triesLeft(), 1);
    assert.is(await told(sign(wrongPin, { allowLastTry: true })), 'PIN_LOCKED 0');
  }
});

pins('GEPI-17: each answer to a VERIFY is what it is, and none is followed by another VERIFY', async () => {
  const answers: ReadonlyArray<readonly [string, string]> = [
    ['63c2', 'PIN_WRONG 2'],
    ['63c1', 'PIN_WRONG 1'],
    ['63cf', 'PIN_WRONG 15'],
    // Wrong, and the card does not say how many tries are left.
    ['6300', 'PIN_WRONG'],
    ['63c0', 'PIN_LOCKED 0'],
    ['6983', 'PIN_LOCKED 0'],
    ['6984', 'CARD_FAULT'],
    ['6c08', 'CARD_FAULT'],
    ['6282', 'CARD_FAULT'],
    ['6a80', 'CARD_FAULT'],
    ['6101', 'CARD_FAULT'],
  ];
  for (const { make } of await signingCards()) {
    for (const [sw, expected] of answers) {
      const card = make();
      let verifies = 0;
      const says: VirtualCard = {
        ...card,
        process: (command) => {
          if (command[1] !== 0x20) return card.process(command);
          verifies += 1;
          return Uint8Array.from(Buffer.from(sw, 'hex'));
        },
      };
      assert.is(await told(signing(readerOn(in1(says)))(pin)), expected, sw);
      assert.is(verifies, 1, sw);
    }
  }
});

pins('a right PIN gives all tries back', async () => {
  for (const { make } of await signingCards()) {
    const sign = signing(readerOn(in1(make())));
    await told(sign(wrongPin));
    assert.is(await told(sign(pin)), 'done');
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 2');
  }
});

pins('a locked card that was taken out is asked again: it may have been unlocked', async () => {
  const card = await citizen();
  const transport = in1(t7sCard({ card, pin }));
  const reader = readerOn(transport);
  await rightOf(reader.watch(() => undefined));
  const sign = signing(reader);
  await told(sign(wrongPin));
  await told(sign(wrongPin));
  assert.is(await told(sign(wrongPin, { allowLastTry: true })), 'PIN_LOCKED 0');
  transport.readers.insert('Virtual PCD 00 00', t7sCard({ card, pin }));
  assert.is(await told(sign(pin)), 'done');
});

/** Locks the card of a reader, as three wrong PINs do. */
const lock = async (reader: ReturnType<typeof readerOn>): Promise<void> => {
  const sign = signing(reader);
  await told(sign(wrongPin));
  await told(sign(wrongPin));
  assert.is(await told(sign(wrongPin, { allowLastTry: true })), 'PIN_LOCKED 0');
};

pins('a locked card that was seen to be gone is asked again, also where nobody watches', async () => {
  const [name, other] = ['Virtual PCD 00 00', 'Virtual PCD 00 01'];
  for (const { make } of await signingCards()) {
    for (const seen of [
      (reader: ReturnType<typeof readerOn>) => reader.read(),
      (reader: ReturnType<typeof readerOn>) => signing(reader)(pin),
      (reader: ReturnType<typeof readerOn>) => reader.readers(),
    ]) {
      const transport = readersWith([make(), undefined]);
      const reader = readerOn(transport, { keys, reader: name });
      await lock(reader);
      transport.readers.pull(name);
      await told(seen(reader));
      transport.readers.insert(name, make());
      assert.is(await told(signing(reader)(pin)), 'done');
    }
    // Nobody looked while it was out: it lies in another reader, so it was.
    const transport = readersWith([make(), undefined]);
    await lock(readerOn(transport, { keys, reader: name }));
    transport.readers.pull(name);
    transport.readers.insert(other, make());
    assert.is(await told(signing(readerOn(transport, { keys, reader: other }))(pin)), 'done');
  }
});

pins('a locked card that stays where it is is not asked, however often others are looked for', async () => {
  const [name, other] = ['Virtual PCD 00 00', 'Virtual PCD 00 01'];
  for (const { make } of await signingCards()) {
    let verifies = 0;
    const card = make();
    const counted: VirtualCard = {
      ...card,
      process: (command) => {
        if (command[1] === 0x20) verifies += 1;
        return card.process(command);
      },
    };
    const transport = readersWith([counted, undefined]);
    const reader = readerOn(transport, { keys, reader: name });
    await lock(reader);
    const before = verifies;
    assert.is(await told(readerOn(transport, { keys, reader: other }).read()), 'NO_CARD');
    await rightOf(reader.readers());
    assert.is(await told(signing(reader)(pin)), 'PIN_LOCKED 0');
    assert.is(await told(signing(readerOn(transport))(pin)), 'PIN_LOCKED 0');
    assert.is(verifies, before);
  }
});

pins('PIN_FORMAT: what the card cannot take is not sent, and no try is lost', async () => {
  for (const { name, make } of await signingCards()) {
    const card = make();
    const sign = signing(readerOn(in1(card)));
    const bad = ['', '12345', '123456789', '12345 78', '１２３４５６', '12345\n'];
    for (const digits of name === 'PIV' ? [...bad, '12345a'] : bad) {
      assert.is(await told(sign(digits)), 'PIN_FORMAT', JSON.stringify(digits));
    }
    assert.is(card.triesLeft(), 3);
  }
});

pins('GEPI-17: a card that is not the one that was seen is not shown its PIN', async () => {
  const seen = await citizen();
  for (const { make } of await signingCards()) {
    const card = make();
    const reader = readerOn(in1(card));
    const kept = singleUsePin(pin);
    for (const signer of [seen.certificate, new Uint8Array(0)]) {
      assert.is(await told(reader.sign(challenge, kept, { signer })), 'CARD_REMOVED');
      assert.is(await told(reader.signRaw(challenge, kept, { signer })), 'CARD_REMOVED');
    }
    assert.is(kept.consume(), pin);
    assert.is(card.triesLeft(), 3);
  }
});

pins(
  'GEPI-17: of a card that took the place of the one that signed last, one PIN costs one try, and the other none',
  async () => {
    const name = 'Virtual PCD 00 00';
    const [t7s, piv] = await signingCards();
    for (const [before, now] of [
      [t7s, piv],
      [piv, t7s],
      [t7s, { make: () => t7sCard({ card: t7s.card, cardNumber: 'TP09999999999999', pin }) }],
    ] as const) {
      const [first, second] = [before.make(), now.make()];
      let verifies = 0;
      const counted: VirtualCard = {
        ...second,
        process: (command) => {
          if (command[1] === 0x20) verifies += 1;
          return second.process(command);
        },
      };
      const transport = in1(first);
      const reader = readerOn(transport);
      await rightOf(signing(reader)(pin));
      transport.readers.pull(name);
      transport.readers.insert(name, counted);
      assert.is(await told(signing(reader)(wrongPin)), 'PIN_WRONG 2');
      assert.is(verifies, 1);
      assert.is(first.triesLeft(), 3);
    }
  },
);

pins('GEPI-17: the card that signed last has one VERIFY for one PIN, whatever comes of it', async () => {
  for (const { make } of await signingCards()) {
    const card = make();
    const sent: number[] = [];
    const counted: VirtualCard = {
      ...card,
      process: (command) => {
        if (command[1] === 0x20) sent.push(command.length);
        return card.process(command);
      },
    };
    const sign = signing(readerOn(in1(counted)));
    await rightOf(sign(pin));
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 2');
    assert.is(await told(sign('12345')), 'PIN_FORMAT');
    assert.is(await told(sign(wrongPin)), 'PIN_WRONG 1');
    assert.is(await told(sign(pin)), 'PIN_LAST_TRY 1');
    assert.is(await told(sign(pin, { allowLastTry: true })), 'done');
    assert.is(await told(sign(pin)), 'done');
    assert.is(sent.length, 5);
  }
});

pins('the card that was seen signs', async () => {
  for (const { make, card } of await signingCards()) {
    const reader = readerOn(in1(make()));
    assert.is(await told(signing(reader)(pin, { signer: card.certificate })), 'done');
    assert.is(await told(reader.signRaw(challenge, singleUsePin(pin), { signer: card.certificate })), 'done');
  }
});

pins('a card with one try left is known when it comes back, whatever was told of it meanwhile', async () => {
  const card = t7sCard({ card: await citizen(), pin });
  const transport = in1(card);
  const reader = readerOn(transport);
  await rightOf(reader.watch(() => undefined));
  await told(signing(reader)(wrongPin));
  await told(signing(reader)(wrongPin));
  transport.readers.pull('Virtual PCD 00 00');
  transport.readers.insert('Virtual PCD 00 00', card);
  assert.is(await told(signing(reader)(pin)), 'PIN_LAST_TRY 1');
});

pins('what was not asked of a card costs it no try in the memory', () => {
  const tries = knownTries().inReader('A');
  for (let time = 0; time < 5; time += 1) {
    tries.told('a', cardFault('SIGNING_UNSUPPORTED'));
    tries.told('a', cardFault('PIN_FORMAT'));
  }
  assert.is(tries.refusal('a', false), undefined);
  for (let time = 0; time < 5; time += 1) tries.told('a', cardFault('TIMEOUT'));
  assert.is(tries.refusal('a', false)?.code, 'PIN_LAST_TRY');
  assert.is(tries.refusal('a', true), undefined);
});

pins(
  'GEPI-17: the octets of a PIN are overwritten when the card has answered, whatever it answered',
  async () => {
    const ready = await decodeCertificate((await citizen()).certificate)();
    if (E.isLeft(ready)) throw new Error('no certificate');
    for (const answer of [E.right(undefined), E.left(cardFault('PIN_WRONG'))]) {
      const seen: Uint8Array[] = [];
      let atVerify = '';
      const verified = async (octets: Uint8Array) => {
        seen.push(octets);
        atVerify = Buffer.from(octets).toString();
        return answer;
      };
      const prove = (octets: Uint8Array) => ({
        verified: verified(octets),
        signature: Promise.resolve(E.left(cardFault('CARD_FAULT'))),
      });
      const form = { min: 6, max: 8, digitsOnly: true };
      const key = { der: ready.right.der, modulus: new Uint8Array(256) };
      const prepared = Promise.resolve(E.right(undefined));
      const unproved = { cardNumber: undefined, proof: undefined };
      const card = { certificate: ready.right, ...unproved, form, key, prepared, prove };
      await signedByCard(card, challenge, singleUsePin(pin), knownTries().inReader('A'), false);
      assert.is(atVerify, pin);
      assert.ok(seen[0]?.every((octet) => octet === 0));
    }
    const data = Uint8Array.from(Buffer.from(pin));
    const broken = async () => E.left(transportFault('TRANSPORT', ''));
    const session = { atr: new Uint8Array(0), transmit: () => broken, end: async () => undefined };
    await verifyOnce(session, { cla: 0, ins: 0x20, p1: 0, p2: 0x80, data });
    assert.ok(data.every((octet) => octet === 0));
  },
);

pins('a PIN that was used is not used again', async () => {
  for (const { make } of await signingCards()) {
    const card = make();
    const reader = readerOn(in1(card));
    const once = singleUsePin(wrongPin);
    assert.is(await told(reader.sign(challenge, once)), 'PIN_WRONG 2');
    assert.is(await told(reader.sign(challenge, once)), 'PIN_FORMAT');
    assert.is(card.triesLeft(), 2);
  }
});

pins('a verified PIN does not outlive its session', async () => {
  for (const { make } of await signingCards()) {
    let resets = 0;
    const card = make();
    const spied = {
      ...card,
      reset: () => {
        resets += 1;
        card.reset();
      },
    };
    const reader = readerOn(in1(spied));
    const before = resets;
    await rightOf(signing(reader)(pin));
    assert.is(resets, before + 1);
    await told(signing(reader)(wrongPin));
    assert.is(resets, before + 2);
  }
});

pins('nothing that is told of a fault has the PIN in it', async () => {
  for (const { make } of await signingCards()) {
    const faults: CardFault[] = [];
    const sign = signing(readerOn(in1(make())));
    for (const digits of [wrongPin, '1111222', '11112222x', wrongPin])
      faults.push(await faultOf(sign(digits)));
    assert.not.match(JSON.stringify(faults), /1111222|31313131/);
  }
});

pins.run();

const trouble = suite('trouble on the way');

trouble('a card that answers each command late is given up: TIMEOUT, and it is let go', async () => {
  for (const { make } of await signingCards()) {
    const transport = in1(make());
    const slow = { type: 'slow', during: 'any', milliseconds: 60 } as const;
    transport.readers.misbehave('Virtual PCD 00 00', slow);
    assert.is(await told(readerOn(transport, { keys, patience: 200 }).inspect()), 'TIMEOUT');
    transport.readers.behave('Virtual PCD 00 00');
    assert.is(await told(readerOn(transport).inspect()), 'done');
  }
});

trouble('pulled out during VERIFY and during signing: CARD_REMOVED, and the next card works', async () => {
  for (const { make } of await signingCards()) {
    for (const during of ['verify', 'sign', 'other'] as const) {
      const card = make();
      const transport = in1(card);
      const sign = signing(readerOn(transport));
      transport.readers.misbehave('Virtual PCD 00 00', { type: 'pull', during });
      assert.is(await told(sign(pin)), 'CARD_REMOVED');
      assert.is(await told(sign(pin)), 'NO_CARD');
      transport.readers.insert('Virtual PCD 00 00', card);
      assert.is(await told(sign(pin)), 'done');
    }
  }
});

trouble('pulled out during a wrong VERIFY: a try is taken for lost', async () => {
  const card = t7sCard({ card: await citizen(), pin });
  const transport = in1(card);
  const sign = signing(readerOn(transport));
  assert.is(await told(sign(wrongPin)), 'PIN_WRONG 2');
  transport.readers.misbehave('Virtual PCD 00 00', { type: 'pull', during: 'verify' });
  assert.is(await told(sign(wrongPin)), 'CARD_REMOVED');
  transport.readers.insert('Virtual PCD 00 00', card);
  assert.is(await told(sign(pin)), 'PIN_LAST_TRY');
  assert.is(card.triesLeft(), 1);
});

trouble('a card that hangs is told as TIMEOUT', async () => {
  for (const { make } of await signingCards()) {
    const transport = in1(make());
    transport.readers.misbehave('Virtual PCD 00 00', { type: 'hang', during: 'sign' });
    assert.is(await told(signing(readerOn(transport))(pin)), 'TIMEOUT');
  }
});

trouble('an answer that is cut short, or garbage, signs nothing', async () => {
  for (const { make } of await signingCards()) {
    for (const octets of [0, 1, 2, 3, 100, 129]) {
      const card = make();
      // Every answer with data in it, from the first of signing on.
      let isSigning = false;
      const cut: VirtualCard = {
        ...card,
        process: (command) => {
          isSigning ||= card.purposeOf(command) === 'sign';
          const answer = card.process(command);
          return isSigning && answer.length > 2 ? answer.subarray(0, octets) : answer;
        },
      };
      const code = await told(signing(readerOn(in1(cut)))(pin));
      assert.ok(['CARD_FAULT', 'CARD_REMOVED'].includes(code), `${octets}: ${code}`);
    }
    for (const octets of [2, 130, 258]) {
      const transport = in1(make());
      transport.readers.misbehave('Virtual PCD 00 00', { type: 'garbage', during: 'sign', octets });
      assert.is(await told(signing(readerOn(transport))(pin)), 'CARD_FAULT');
    }
  }
});

trouble('6Cxx or 61xx to a VERIFY makes no second try of it', async () => {
  for (const hex of ['6c08', '6110']) {
    for (const { make } of await signingCards()) {
      let verifies = 0;
      const card = make();
      const spied: VirtualCard = {
        ...card,
        process: (command) => {
          if (command[1] !== 0x20) return card.process(command);
          verifies += 1;
          return Uint8Array.from(Buffer.from(hex, 'hex'));
        },
      };
      assert.is(await told(signing(readerOn(in1(spied)))(pin)), 'CARD_FAULT');
      assert.is(verifies, 1);
    }
  }
});

trouble('another program that resets the card, and one that holds it', async () => {
  const [{ make }] = await signingCards();
  const transport = in1(make());
  const held = await transport.readers.transport().connect('Virtual PCD 00 00')();
  assert.is(await told(readerOn(transport).read()), 'CARD_BUSY');
  if (E.isRight(held)) await held.right.end();
  assert.is(await told(readerOn(transport).read()), 'done');
});

trouble('no service is NO_PCSC, and it comes back', async () => {
  const [{ make }] = await signingCards();
  const transport = in1(make());
  const reader = readerOn(transport, { keys });
  transport.readers.stopService();
  assert.is(await told(reader.read()), 'NO_PCSC');
  assert.is(await told(reader.readers()), 'NO_PCSC');
  transport.readers.startService();
  assert.is(await told(signing(reader)(pin)), 'done');
});

trouble('a transport that throws is a fault, without what it threw', async () => {
  const transport = in1(nhiCard(holder));
  const broken = {
    ...transport,
    connect: () => () => {
      throw new Error('secret');
    },
    work: () => () => {
      throw new Error('secret');
    },
  };
  const fault = await faultOf(readerOn(broken).read());
  assert.is(fault.code, 'CARD_FAULT');
  assert.not.match(JSON.stringify(fault), 'secret');
});

trouble('watch tells the present state first, then every change', async () => {
  const transport = in1(nhiCard(holder));
  const events: string[] = [];
  const watched = await rightOf(readerOn(transport).watch(({ type }) => events.push(type)));
  transport.readers.pull('Virtual PCD 00 00');
  await watched.close();
  transport.readers.insert('Virtual PCD 00 00', nhiCard(holder));
  assert.equal(events, ['reader-added', 'card-inserted', 'card-removed']);
});

trouble.run();
