import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { couldBeSignedAttributes } from '../../src/index.js';
import { standardAttributes } from '../../src/signed-data/build-attributes.js';

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

const could = suite('what a bare signature must not be made over');

could('RFC 5652 5.4: the signed attributes of an answer, in whatever spelling of lengths', async () => {
  const inside = Buffer.concat(await standardAttributes(Uint8Array.of(1), { nonce: 'n' })).toString('hex');
  const length = (inside.length / 2).toString(16).padStart(2, '0');
  const spellings = [
    `81${length}`,
    `8200${length}`,
    `84000000${length}`,
    '80',
    `fe${'00'.repeat(125)}${length}`,
  ];
  for (const spelling of spellings)
    assert.ok(couldBeSignedAttributes(octets(`31${spelling}${inside}`)), spelling);
});

could('no text, with or without a digit 1 before it', () => {
  for (const text of ['1', '1234567890', '100 元', '1\n2\t3\r\n', '1I0王小明', ''])
    assert.not(couldBeSignedAttributes(new TextEncoder().encode(text)), text);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const printable = text.replaceAll('\u0006', '');
      assert.not(couldBeSignedAttributes(new TextEncoder().encode(`1${printable}`)));
    }),
  );
});

could.run();
