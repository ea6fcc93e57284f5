import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nameNormal, nameText } from '../src/name.js';

const names = suite('distinguished names');

const rdn = (type: string, value: string) => [{ type, value }];

names('text is in the order of the certificate, with short names where there are', () => {
  const text = nameText([rdn('2.5.4.6', 'TW'), rdn('2.5.4.10', '行政院'), rdn('1.2.3', 'x')]);
  assert.is(text, 'C=TW,O=行政院,1.2.3=x');
});

names('a value cannot pretend to be another part of the name (RFC 4514 2.4)', () => {
  assert.is(nameText([rdn('2.5.4.10', 'a,OU=b+c')]), 'O=a\\,OU\\=b\\+c');
  assert.is(nameText([rdn('2.5.4.10', ' #x ')]), 'O=\\ #x\\ ');
  assert.is(nameText([rdn('2.5.4.10', 'a\nb')]), 'O=a\\0ab');
});

names('two names are one when they differ in case, spaces and order of a set only (RFC 5280 7.1)', () => {
  const a = [
    [
      { type: '2.5.4.3', value: 'One  Two' },
      { type: '2.5.4.10', value: 'x' },
    ],
  ];
  const b = [
    [
      { type: '2.5.4.10', value: 'X' },
      { type: '2.5.4.3', value: ' one two ' },
    ],
  ];
  assert.is(nameNormal(a), nameNormal(b));
  assert.is.not(
    nameNormal([rdn('2.5.4.3', 'a'), rdn('2.5.4.10', 'b')]),
    nameNormal([rdn('2.5.4.10', 'b'), rdn('2.5.4.3', 'a')]),
  );
});

names(
  'what nobody sees makes no other name, and neither does case, wherever it stands (RFC 4518 2.2)',
  () => {
    const normal = (value: string) => nameNormal([rdn('2.5.4.10', value)]);
    const unseen = [
      '\u00ad',
      '\u200b',
      '\u200d',
      '\u202e',
      '\u2060',
      '\ufe0f',
      '\ufeff',
      '\u0007',
      '\u{e0041}',
    ];
    for (const mark of unseen) {
      assert.is(normal(`內政${mark}部`), normal('內政部'), mark.codePointAt(0)?.toString(16));
      assert.is(normal(`cafe${mark}\u0301`), normal('café'), 'it parts no letter from its accent');
    }
    assert.is(normal('ΟΔΟΣ Α'), normal('οδος α'));
    assert.is(normal('ΟΔΟΣΑ'), normal('οδοςα'));
    assert.is(normal('STRASSE'), normal('straße'));
    assert.is(normal('ＭＯＩＣＡ'), normal('moica'));
    assert.is(normal('a\u0085b'), normal('A\u3000B'));
    assert.is.not(normal('內政部'), normal('內 政部'));
  },
);

names('a value of no string type is another than the text that spells it', () => {
  const encoded = [[{ type: '2.5.4.10', value: '#020105', encoded: true as const }]];
  const spelt = [rdn('2.5.4.10', '#020105')];
  assert.is.not(nameNormal(encoded), nameNormal(spelt));
  assert.is(nameText(encoded), 'O=#020105');
  assert.is(nameText(spelt), 'O=\\#020105');
});

names('names with different values never have one text or one normal form', () => {
  const value = fc.string({
    minLength: 1,
    unit: fc.constantFrom('a', 'b', ',', '=', '+', '\\', '"', '#', '1'),
  });
  const pair = fc.array(value, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(pair, pair, (left, right) => {
      fc.pre(JSON.stringify(left) !== JSON.stringify(right));
      const make = (values: ReadonlyArray<string>) => values.map((v) => rdn('2.5.4.10', v));
      assert.is.not(nameText(make(left)), nameText(make(right)));
      assert.is.not(nameNormal(make(left)), nameNormal(make(right)));
    }),
  );
});

names.run();
