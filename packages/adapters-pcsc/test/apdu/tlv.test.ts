import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { octetsOf } from '../../src/apdu/octets.js';
import { elementValue, nestedValue, readTlvs, tlv } from '../../src/apdu/tlv.js';
import { hex } from './support.js';

const read = (text: string) => {
  const elements = readTlvs(octetsOf(text));
  return E.isLeft(elements)
    ? 'refused'
    : elements.right.map(({ tag, value }) => `${tag.toString(16)}=${hex(value)}`).join(' ');
};

const tlvs = suite('BER-TLV (ISO/IEC 7816-4 5.2.2)');

tlvs('tags of one to three octets, lengths of one to four', () => {
  assert.is(read('5301aa7f6102bbcc'), '53=aa 7f61=bbcc');
  assert.is(read('1f817f01aa'), '1f817f=aa');
  assert.is(read('538101aa'), '53=aa');
  assert.is(read('53820001aa'), '53=aa');
  assert.is(read('5383000001aa'), '53=aa');
});

tlvs('filler ends a file', () => {
  assert.is(read('5301aa000000'), '53=aa');
  assert.is(read('5301aaffff'), '53=aa');
  assert.is(read(''), '');
});

tlvs('a length that runs past the end, an indefinite one, a cut header: refused', () => {
  for (const text of [
    '5302aa',
    '53',
    '5380aa0000',
    '5384000000aa',
    '538400000001aa',
    '538201',
    '7f',
    '1f8181810100',
  ]) {
    assert.is(read(text), 'refused', text);
  }
});

tlvs('a bomb of elements is refused', () => {
  assert.is(read('5300'.repeat(1_001)), 'refused');
});

tlvs('values by a tag, and by a path of tags', () => {
  const octets = octetsOf('7c05820355667753010a');
  assert.is(hex(elementValue(octets, 0x53) ?? new Uint8Array(0)), '0a');
  assert.is(hex(nestedValue(octets, 0x7c, 0x82) ?? new Uint8Array(0)), '556677');
  assert.is(nestedValue(octets, 0x7c, 0x81), undefined);
  assert.is(nestedValue(octets, 0x53, 0x82), undefined);
});

tlvs('what is written is read again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0x53, 0x70, 0x7c, 0x7f61),
      fc.uint8Array({ maxLength: 2_000 }),
      (tag, value) => {
        const written = tlv(tag, value);
        assert.equal(elementValue(written, tag), value);
        const elements = readTlvs(written);
        assert.ok(E.isRight(elements) && elements.right.length === 1);
      },
    ),
  );
});

tlvs('any octets give a value, and nothing in it lies beyond them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(40), (octets, beyond) => {
      // The same octets with others before and behind them, as they lie in a larger buffer.
      const buffer = new Uint8Array(octets.length + 2 * beyond).fill(0x53);
      buffer.set(octets, beyond);
      const inside = buffer.subarray(beyond, beyond + octets.length);
      const [alone, within] = [readTlvs(octets), readTlvs(inside)];
      assert.is(alone._tag, within._tag);
      if (E.isRight(alone) && E.isRight(within)) {
        assert.equal(
          within.right.map(({ tag, value }) => [tag, hex(value)]),
          alone.right.map(({ tag, value }) => [tag, hex(value)]),
        );
        for (const { value } of within.right) {
          assert.ok(value.byteOffset + value.length <= beyond + octets.length);
        }
      }
    }),
  );
});

tlvs.run();
