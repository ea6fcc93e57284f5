import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tlv } from '../../src/apdu/tlv.js';
import { wrappedPin } from '../../src/drivers/t7s-pin.js';
import {
  t7sCard,
  testPinTransportKey,
  type VirtualCard,
  virtualTransport,
} from '../../src/virtual-card/index.js';
import { pinBuffer, unwrappedPin } from '../../src/virtual-card/t7s-pin.js';
import { citizen, pin, readerOn, rightOf, signing, told, verified } from '../reader/support.js';

const card = await citizen();
const plain = () => t7sCard({ card, pin });

const answer = (octets: Uint8Array, sw: string): Uint8Array =>
  Uint8Array.from([...octets, ...Buffer.from(sw, 'hex')]);

/** The card with another content of a file, or without the file. */
const withFile = (card: VirtualCard, fid: string, content: Uint8Array | undefined): VirtualCard => {
  let selected = '';
  return {
    ...card,
    process: (command) => {
      const [, ins = 0, high = 0, low = 0] = command;
      if (ins === 0xa4) {
        selected = Buffer.from(command.subarray(5, 7)).toString('hex').toUpperCase();
        if (selected === fid && content === undefined) return answer(new Uint8Array(0), '6a82');
      }
      if (ins !== 0xb0 || selected !== fid || content === undefined) return card.process(command);
      const at = high * 256 + low;
      if (at >= content.length) return answer(new Uint8Array(0), '6b00');
      const piece = content.subarray(at, at + (command[4] ?? 0));
      return piece.length < (command[4] ?? 0)
        ? answer(new Uint8Array(0), `6c${piece.length.toString(16).padStart(2, '0')}`)
        : answer(piece, '9000');
    },
  };
};

const signer = async (given: VirtualCard): Promise<string> => {
  const signed = await rightOf(signing(readerOn(virtualTransport([given])))(pin));
  return (await verified(signed)).facts.serial;
};

const t7s = suite('T7S');

t7s('without a CDF the usual places are looked at', async () => {
  assert.is(await signer(withFile(plain(), '4104', undefined)), card.serial);
  assert.is(await signer(withFile(plain(), '4104', new Uint8Array(300).fill(0xff))), card.serial);
});

t7s('without a PrKDF the key is found by its public half', async () => {
  assert.is(await signer(withFile(plain(), '4100', undefined)), card.serial);
});

t7s('a PrKDF that names another key for the certificate misleads nobody', async () => {
  // SIGN → 05, KEYX → 01: the wrong way round.
  const entry = (id: string, reference: number) => {
    const attributes = Buffer.from(
      `0404${Buffer.from(id).toString('hex')}0201${reference.toString(16).padStart(2, '0')}`,
      'hex',
    );
    const inside = Buffer.concat([
      Buffer.from('3000', 'hex'),
      Buffer.from([0x30, attributes.length]),
      attributes,
    ]);
    return Buffer.concat([Buffer.from([0x30, inside.length]), inside]);
  };
  const prkdf = Buffer.concat([entry('SIGN', 5), entry('KEYX', 1), Buffer.alloc(64, 0xff)]);
  assert.is(await signer(withFile(plain(), '4100', new Uint8Array(prkdf))), card.serial);
});

t7s('a card number or version that is no text is left out', async () => {
  const strange = withFile(withFile(plain(), '0903', undefined), '0905', Uint8Array.of(1, 2, 3));
  const read = await rightOf(readerOn(virtualTransport([strange])).inspect());
  assert.equal([read.cardNumber, read.model, read.certificates.length], [undefined, undefined, 2]);
});

t7s('a card in a reader of protocol T=0 gives its answers by 61xx', async () => {
  const inner = plain();
  let waiting = new Uint8Array(0);
  const t0: VirtualCard = {
    ...inner,
    process: (command) => {
      if (command[1] === 0xc0) {
        const given = answer(waiting.subarray(0, command[4]), '9000');
        waiting = new Uint8Array(0);
        return given;
      }
      const whole = inner.process(command);
      if (command[1] !== 0xea || whole.length <= 2) return whole;
      waiting = whole.slice(0, -2);
      return answer(new Uint8Array(0), `61${waiting.length.toString(16)}`);
    },
  };
  assert.is(await signer(t0), card.serial);
});

t7s('the PIN travels under 3DES with its MAC, as the card unwraps it', () => {
  for (const digits of ['123456', '1234567', '12345678']) {
    const wrapped = wrappedPin(testPinTransportKey, randomBytes(8), new TextEncoder().encode(digits));
    assert.is(wrapped?.length, 32);
    assert.equal(unwrappedPin(testPinTransportKey, wrapped ?? new Uint8Array(0)), pinBuffer(digits));
  }
});

t7s(
  'another transport key than the card has: nothing is signed, and the code says that it is the card',
  async () => {
    const inner = plain();
    const reader = readerOn(virtualTransport([inner]), { keys: { pinTransportKey: randomBytes(16) } });
    assert.is(await told(signing(reader)(pin)), 'CARD_FAULT');
  },
);

t7s('a certificate that is cut short on the card is passed over, not handed on', async () => {
  const whole = card.certificate;
  const file = new Uint8Array(0x700 + 900).fill(0xff);
  file.set(whole);
  // The second is longer by its own word than what is left of the file.
  file.set(card.encryptionCertificate.subarray(0, 900), 0x700);
  assert.ok(card.encryptionCertificate.length > 900);
  const { certificates } = await rightOf(
    readerOn(virtualTransport([withFile(plain(), '08F2', file)])).inspect(),
  );
  assert.equal(
    certificates.map((der) => der.length),
    [whole.length],
  );
});

/** How many records of public keys were asked for, and the card that answers them through `change`. */
const withRecords = (given: VirtualCard, change: (record: Uint8Array) => Uint8Array) => {
  let asked = 0;
  const changed: VirtualCard = {
    ...given,
    process: (command) => {
      const answered = given.process(command);
      if (command[1] !== 0xb2) return answered;
      asked += 1;
      return change(answered);
    },
  };
  return { card: changed, asked: () => asked };
};

t7s('a record that says it is another is not the key that was asked for', async () => {
  const other = withRecords(plain(), (record) => record.with(0, (record[0] ?? 0) + 1));
  assert.is(await told(signing(readerOn(virtualTransport([other.card])))(pin)), 'SIGNING_UNSUPPORTED');
});

t7s('keys that a PrKDF names without end are tried no more than eight', async () => {
  const entry = (reference: number) =>
    tlv(0x30, tlv(0x30), tlv(0x30, tlv(0x04, Uint8Array.of(reference)), tlv(0x02, Uint8Array.of(reference))));
  const many = Array.from({ length: 14 }, (_, at) => [...entry(0x20 + at)]).flat();
  const prkdf = Uint8Array.from([...many, ...new Array(20).fill(0xff)]);
  const wrong = withRecords(withFile(plain(), '4100', prkdf), (record) => record);
  assert.is(await told(signing(readerOn(virtualTransport([wrong.card])))(pin)), 'SIGNING_UNSUPPORTED');
  assert.ok(wrong.asked() > 0 && wrong.asked() <= 16, `${wrong.asked()} records`);
});

t7s.run();
