import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fromHex, toHex } from '../../src/bytes.js';
import { type DerLimits, readDer } from '../../src/der/reader.js';
import { oidOf, smallIntegerOf, textOf, timeOf } from '../../src/der/values.js';
import * as w from '../../src/der/writer.js';
import { text } from '../support.js';

const limits: DerLimits = { maxBytes: 65_536, maxDepth: 16, maxNodes: 1_000 };

const octets = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);

/** What the gate says of these octets: `ok`, or its reason. */
const gate = (hex: string, change: Partial<DerLimits> = {}): string => {
  const read = readDer(octets(hex), { ...limits, ...change });
  return read._tag === 'Right' ? 'ok' : read.left;
};

const nodeOf = (der: Uint8Array) => {
  const read = readDer(der, limits);
  if (read._tag === 'Left') throw new Error(read.left);
  return read.right;
};

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

const rules = suite('the strict gate');

const refused: ReadonlyArray<readonly [rule: string, hex: string, reason: RegExp]> = [
  ['an empty input', '', /truncated header/],
  ['a lone identifier octet', '30', /truncated header/],
  ['an indefinite length', '3080020100 0000', /indefinite length/],
  ['end-of-contents octets', '30020000', /end-of-contents/],
  ['octets after the structure', '020100 00', /1 octets after/],
  ['a length in more octets than needed', '028101 00', /length not minimal/],
  ['a length with a leading zero', `0282008000${'00'.repeat(127)}`, /length not minimal/],
  ['a length of five octets', '02850000000001 00', /length of 5 octets/],
  ['a length of four gigabytes', '0284ffffffff00', /past the end/],
  ['a length whose octets are missing', '3082', /truncated length/],
  ['a child that runs past its parent', '3003020200', /past the end/],
  ['a high tag number', '1f8101 00', /high tag number/],
  ['a constructed octet string', '2403040100', /constructed form/],
  ['a primitive sequence', '1000', /primitive sequence/],
  ['a boolean of another value than 00 and FF', '010101', /boolean not canonical/],
  ['a boolean of two octets', '0102ffff', /boolean not canonical/],
  ['an empty integer', '0200', /empty integer/],
  ['an integer padded with 00', '02020001', /integer not minimal/],
  ['an integer padded with FF', '0202ff80', /integer not minimal/],
  ['an empty bit string', '0300', /empty bit string/],
  ['a bit string with nine unused bits', '03020900', /impossible padding/],
  ['a bit string with unused bits and no octet', '030101', /impossible padding/],
  ['a bit string whose unused bits are set', '03020101', /padding not zero/],
  ['a null with content', '050100', /null with content/],
  ['an empty object identifier', '0600', /cut short/],
  ['an object identifier that ends in mid-arc', '06012a'.replace('2a', '80'), /cut short/],
  ['an object identifier arc with a leading zero', '06032a8001', /arc not minimal/],
  ['an object identifier of 65 octets', `0641${'2a'.repeat(65)}`, /too long/],
  ['a UTF8String that is not UTF-8', '0c02c328', /not UTF-8/],
  ['a UTF8String with a surrogate', '0c03eda080', /not UTF-8/],
  ['a UTF8String with a character written too long', '0c02c080', /not UTF-8/],
  ['a PrintableString with an asterisk', '13012a', /no PrintableString/],
  ['a PrintableString with a letter that is not ASCII', '1301e9', /no PrintableString/],
  ['a NumericString with a letter', '120141', /no NumericString/],
  ['an IA5String of eight bits', '160180', /no IA5String/],
  ['a VisibleString with a control character', '1a0100', /no VisibleString/],
  ['a BMPString of odd length', '1e0100', /odd length/],
  ['a BMPString with a surrogate', '1e02d83d', /surrogate/],
  ['a set whose members are not in order (X.690 11.6)', '3106020102020101', /not in order/],
  ['a set whose shorter member comes second', '310702020100020101', /not in order/],
];

for (const [rule, hex, reason] of refused) {
  rules(`refuses ${rule}`, () => {
    assert.match(gate(hex.replace(/\s/g, '')), reason);
  });
}

rules('accepts the canonical form of each type', () => {
  for (const hex of [
    '0101ff',
    '010100',
    '0201 7f',
    '0202 0080',
    '030207 80',
    '0500',
    '06012a',
    '3000',
    '3100',
    '3106 020101 020101',
    '3107 020102 02020100',
    '130b 412d7a2027282b2c2f3a3f',
    '1203 302039',
    '1602 007f',
    '1a02 207e',
    '1e04 884c653f',
    '1401 e9',
  ]) {
    assert.is(gate(hex), 'ok', hex);
  }
});

rules('refuses more octets, levels and elements than allowed, before it does the work', () => {
  assert.match(gate('020100', { maxBytes: 2 }), /at most 2/);
  assert.match(gate('3003020100', { maxDepth: 1 }), /deeper than 1/);
  assert.match(gate('3006020100020100', { maxNodes: 2 }), /more than 2 elements/);
});

rules('10,000 levels of nesting are refused, not followed', () => {
  let nested: Uint8Array = w.smallInteger(1);
  for (let level = 0; level < 10_000; level += 1) {
    if (nested.length > 60_000) break;
    nested = w.sequence(nested);
  }
  assert.match(gate(toHex(nested)), /nested deeper/);
});

rules.run();

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

const values = suite('values of DER elements');

values('an object identifier keeps arcs of any size apart', () => {
  for (const oid of ['2.16.886.1.100.2.51', '2.16.886.101.20003.20001', '0.9.2342', '1.3.14', '2.999.3']) {
    assert.is(oidOf(nodeOf(w.oid(oid))), oid);
  }
  const uuid = '2.25.329800735698586629295641978511506172918';
  assert.is(oidOf(nodeOf(w.oid(uuid))), uuid);
});

values('an object identifier of any arcs is read as it was written', () => {
  const arc = fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 2n ** 40n }));
  const root = fc.constantFrom(
    '0.0',
    '0.39',
    '1.0',
    '1.39',
    '2.0',
    '2.39',
    '2.40',
    '2.999',
    '2.268435375',
    '2.268435376',
  );
  fc.assert(
    fc.property(root, fc.array(arc, { maxLength: 6 }), (start, arcs) => {
      const oid = [start, ...arcs].join('.');
      assert.is(oidOf(nodeOf(w.oid(oid))), oid);
    }),
  );
});

values('a small integer is non-negative and has at most four octets', () => {
  assert.is(smallIntegerOf(nodeOf(w.smallInteger(65_537))), 65_537);
  assert.is(smallIntegerOf(nodeOf(octets('0201ff'))), undefined);
  assert.is(smallIntegerOf(nodeOf(octets('02050100000000'))), undefined);
  assert.is(smallIntegerOf(undefined), undefined);
});

values('texts of every string type are read, another type is not', () => {
  assert.is(textOf(nodeOf(w.utf8('行政院'))), '行政院');
  assert.is(textOf(nodeOf(w.printable('TW'))), 'TW');
  assert.is(textOf(nodeOf(octets('1e04884c653f'))), '行政');
  assert.is(textOf(nodeOf(octets('0201 01'))), undefined);
});

values('a mark at the beginning of a UTF-8 text is a character of it', () => {
  assert.is.not(textOf(nodeOf(w.utf8('\ufeffTW'))), 'TW');
});

values('times have seconds and Z, and days that exist (RFC 5280 4.1.2.5)', () => {
  const at = (tag: number, value: string) => timeOf(nodeOf(w.element(tag, text(value))));
  assert.is(at(0x17, '240123155959Z'), Date.UTC(2024, 0, 23, 15, 59, 59));
  assert.is(at(0x17, '500101000000Z'), Date.UTC(1950, 0, 1));
  assert.is(at(0x17, '490101000000Z'), Date.UTC(2049, 0, 1));
  assert.is(at(0x18, '20500101000000Z'), Date.UTC(2050, 0, 1));
  for (const [tag, value] of [
    [0x17, '2401231559Z'],
    [0x17, '240123155959+0800'],
    [0x17, '240231000000Z'],
    [0x17, '240101240000Z'],
    [0x18, '20240101000000.5Z'],
    [0x0c, '240123155959Z'],
  ] as const) {
    assert.is(at(tag, value), undefined, value);
  }
});

values.run();

// -------------------------------------------------------------------------------------
// properties and faults
// -------------------------------------------------------------------------------------

const properties = suite('the strict gate, for any input');

properties('garbage never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (garbage) => {
      const read = readDer(garbage, limits);
      assert.ok(read._tag === 'Left' || read.right.end === garbage.length);
    }),
    { numRuns: 500 },
  );
});

properties('what the writer writes passes, and any part cut off does not', () => {
  const leaf = fc.oneof(
    fc.uint8Array({ maxLength: 20 }).map((content) => w.octetString(content)),
    fc.bigInt({ min: 0n, max: 2n ** 64n }).map((n) => w.oid(`2.25.${n}`)),
    fc.string().map((value) => w.utf8(value)),
    fc.nat().map((n) => w.smallInteger(n)),
  );
  const tree = fc.array(fc.array(leaf, { maxLength: 5 }), { maxLength: 5 });
  fc.assert(
    fc.property(tree, fc.nat(), (parts, cut) => {
      const der = w.sequence(...parts.map((part) => w.setOf(...part)));
      assert.is(readDer(der, limits)._tag, 'Right');
      assert.is(readDer(der.subarray(0, cut % der.length), limits)._tag, 'Left');
    }),
  );
});

properties('hexadecimal goes there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => assert.equal(fromHex(toHex(bytes)), new Uint8Array(bytes))),
  );
  assert.is(fromHex('0'), undefined);
  assert.is(fromHex('zz'), undefined);
});

properties.run();
