import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tlv } from '../../src/apdu/tlv.js';
import { pivCard, type VirtualCard, virtualTransport } from '../../src/virtual-card/index.js';
import { citizen, pin, readerOn, rightOf, signing, told, verified } from '../reader/support.js';

const card = await citizen();

/** The card with other data objects: `undefined` for one that it does not have. */
const withObjects = (objects: Readonly<Record<string, Uint8Array | undefined>>): VirtualCard => {
  const inner = pivCard({ card, pin });
  return {
    ...inner,
    process: (command) => {
      const tag = Buffer.from(command.subarray(7, 10)).toString('hex').toUpperCase();
      if (command[1] !== 0xcb || !Object.hasOwn(objects, tag)) return inner.process(command);
      const object = objects[tag];
      return object === undefined
        ? Uint8Array.of(0x6a, 0x82)
        : Uint8Array.from([...tlv(0x53, object), 0x90, 0x00]);
    },
  };
};

const read = (given: VirtualCard) => rightOf(readerOn(virtualTransport([given])).read());
const nothing = { '5FC10A': undefined, '5FC105': undefined, '5FC10B': undefined };

const piv = suite('PIV (NIST SP 800-73-4)');

piv('a compressed certificate is read, and what it holds can be signed with', async () => {
  const compressed = tlv(0x70, gzipSync(card.certificate));
  const info = tlv(0x71, Uint8Array.of(1));
  const both = new Uint8Array([...compressed, ...info]);
  const given = withObjects({ ...nothing, '5FC10A': both });
  assert.equal((await read(given)).certificates, [card.certificate]);
  const signed = await rightOf(signing(readerOn(virtualTransport([given])))(pin));
  assert.is((await verified(signed)).facts.serial, card.serial);
});

piv(
  'octets that become too many when they are decompressed, or that are not compressed, are no certificate',
  async () => {
    const info = tlv(0x71, Uint8Array.of(1));
    for (const octets of [gzipSync(new Uint8Array(1_000_000)), Uint8Array.of(1, 2, 3), new Uint8Array(0)]) {
      const object = new Uint8Array([...tlv(0x70, octets), ...info]);
      assert.equal((await read(withObjects({ ...nothing, '5FC10A': object }))).certificates, []);
    }
  },
);

piv('a certificate in the slot of authentication alone signs with that key', async () => {
  const given = withObjects({ '5FC10A': undefined });
  const signed = await rightOf(signing(readerOn(virtualTransport([given])))(pin));
  assert.is((await verified(signed)).facts.serial, card.serial);
});

piv('a card without a certificate for signing is asked for no PIN', async () => {
  const given = withObjects({ '5FC10A': undefined, '5FC105': undefined });
  assert.is(await told(signing(readerOn(virtualTransport([given])))(pin)), 'SIGNING_UNSUPPORTED');
  assert.is(given.triesLeft(), 3);
});

piv('no card number where there is no CHUID, or an empty GUID', async () => {
  assert.is((await read(withObjects({ '5FC102': undefined }))).cardNumber, undefined);
  const zero = tlv(0x34, new Uint8Array(16));
  assert.is((await read(withObjects({ '5FC102': zero }))).cardNumber, undefined);
});

piv.run();
