import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { t } from '../../src/schema.js';
import * as values from '../../src/values/index.js';
import { decodeValue, isValueErrorCode, valueErrors } from '../../src/values/index.js';

const codecs: ReadonlyArray<t.Mixed> = [
  values.AgencyCode,
  values.BusinessNumber,
  values.CardNumber,
  values.CertificateSerial,
  values.TypedCertificateSerial,
  values.Email,
  values.FunctionCode,
  values.GeneralAgencyCode,
  values.Instant,
  values.LabourNumber,
  values.NationalId,
  values.NhiUnitCode,
  values.Oid,
  values.PersonalId,
  values.PersonName,
  values.PhoneExtension,
  values.PortalId,
  values.ResidentNumber,
  values.RocDate,
  values.RocDateTime,
  values.TaiwanPhone,
  values.Uuid,
  values.lineOfText(40),
];

// -------------------------------------------------------------------------------------
// table
// -------------------------------------------------------------------------------------

const table = suite('table of value errors');

table('each code has a text for an official, without English words, and one in English', () => {
  for (const [code, { zh, en }] of Object.entries(valueErrors)) {
    assert.match(code, /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    assert.match(zh, /^[\u4e00-\u9fff].*。$/, code);
    assert.not.match(zh, /[A-Za-z]{2}/, code);
    assert.match(en, /^[\x20-\x7e\u4e00-\u9fff]+\.$/, code);
  }
});

table('only the codes of the table are codes', () => {
  assert.ok(isValueErrorCode('REQUIRED'));
  for (const other of ['', 'required', 'toString', '__proto__', 'constructor'])
    assert.not(isValueErrorCode(other));
});

table.run();

// -------------------------------------------------------------------------------------
// every value
// -------------------------------------------------------------------------------------

const every = suite('every value');

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFabcdef:.-/年月日民國前@+#(\0\u202e\u3000０Ａ') }),
);

every('anything either fails with codes of the table or gives a normal form, and never throws', () => {
  fc.assert(
    fc.property(hostile, (input) => {
      for (const codec of codecs) {
        const decoded = codec.decode(input);
        if (decoded._tag === 'Left') {
          for (const error of decoded.left) assert.ok(isValueErrorCode(error.message ?? ''), codec.name);
        } else assert.ok(codec.is(decoded.right), codec.name);
      }
    }),
    { numRuns: 2000 },
  );
});

every('a missing value is REQUIRED, a blank one too, another type is WRONG_TYPE', () => {
  for (const codec of codecs) {
    for (const missing of [undefined, null, '', ' ', '\u3000\t']) {
      // Stored and machine-made forms are not blank by a slip of a hand, but are told the same way.
      assert.equal(
        decodeValue(codec, missing),
        { _tag: 'Left', left: [{ path: '', code: 'REQUIRED' }] },
        codec.name,
      );
    }
    for (const other of [0, true, [], {}, ['A123456789'], Object('A123456789'), 10n, Symbol.iterator]) {
      assert.equal(
        decodeValue(codec, other),
        { _tag: 'Left', left: [{ path: '', code: 'WRONG_TYPE' }] },
        codec.name,
      );
    }
  }
});

every('an enormous text is refused by its length alone', () => {
  const texts = ['9', 'A', ' ', 'a.', '1.', ':', '\u3000', '民', '\ud83d', '-'].map((unit) =>
    unit.repeat(5_000_000),
  );
  for (const codec of codecs) {
    for (const text of texts) assert.is(decodeValue(codec, text)._tag, 'Left', codec.name);
  }
});

every('NUL gets into nothing', () => {
  const good = [
    'A123456789',
    '12345675',
    'TP12345678901234',
    '2.16.886',
    '1060208',
    '0221927111',
    '陳小美',
    'gepi',
    'a@b.tw',
  ];
  for (const codec of codecs) {
    for (const text of good.flatMap((g) => [`\0${g}`, `${g}\0`, `${g.slice(0, 2)}\0${g.slice(2)}`])) {
      assert.is(decodeValue(codec, text)._tag, 'Left', `${codec.name} ${JSON.stringify(text)}`);
    }
  }
});

every.run();
