import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Organisation, sameOrganisationOrNone } from '../../src/agency/organisation.js';
import { oidParting, reviewDifferences } from '../../src/review/differences.js';
import { decodeValue, Oid } from '../../src/values/index.js';

const organisation = (kind: Organisation['kind'], value: string): Organisation => {
  const decoded = decodeValue(Organisation, { kind, value });
  if (E.isLeft(decoded)) throw new Error(JSON.stringify(decoded.left));
  return decoded.right;
};
const oid = (value: string): Oid => {
  const decoded = decodeValue(Oid, value);
  if (E.isLeft(decoded)) throw new Error(value);
  return decoded.right;
};

const test = suite('what a reviewer sees');

const interior = organisation('oid', '2.16.886.101.20003.20001');

test('GEPI-23: of two OIDs the arcs where they part, which are no prefixes of texts', () => {
  const [only, ...others] = reviewDifferences({
    expected: interior,
    presented: organisation('oid', '2.16.886.101.2000.20001'),
  });
  assert.equal(others, []);
  assert.equal(only, {
    field: 'oid',
    expected: '2.16.886.101.20003.20001',
    found: '2.16.886.101.2000.20001',
    parting: {
      shared: ['2', '16', '886', '101'],
      expected: ['20003', '20001'],
      found: ['2000', '20001'],
    },
    masked: false,
  });
});

test('GEPI-23: a unit under the organisation on record parts from it with nothing left on that side', () => {
  const parting = oidParting(oid('2.16.886.101.20003.20001'), oid('2.16.886.101.20003.20001.7'));
  assert.equal([parting.expected, parting.found], [[], ['7']]);
});

test('X-3: business numbers are compared as numbers of eight digits', () => {
  const [only] = reviewDifferences({
    expected: organisation('businessNumber', '04595257'),
    presented: organisation('businessNumber', '12345675'),
  });
  assert.equal(
    [only?.field, only?.expected, only?.found, only?.parting],
    ['businessNumber', '04595257', '12345675', null],
  );
});

test('X-3: an OID and a business number are two differences: one is missing, one is not expected', () => {
  const company = organisation('businessNumber', '82675132');
  assert.equal(
    reviewDifferences({ expected: interior, presented: company }).map(({ field, expected, found }) => [
      field,
      expected,
      found,
    ]),
    [
      ['oid', '2.16.886.101.20003.20001', null],
      ['businessNumber', null, '82675132'],
    ],
  );
});

test('what is the same, or is named on neither side, does not differ', () => {
  assert.equal(reviewDifferences({ expected: interior, presented: interior }), []);
  assert.equal(reviewDifferences({ expected: null, presented: null }), []);
});

test('a name that a caller has from both sides is compared as well, a person’s number in it masked', () => {
  const same = { expected: interior, presented: interior };
  const names = { expected: '海風市公所', found: '王小明診所A123456789' };
  assert.equal(reviewDifferences({ ...same, names }), [
    { field: 'name', expected: '海風市公所', found: '王小明診所******6789', parting: null, masked: true },
  ]);
  assert.equal(reviewDifferences({ ...same, names: { expected: 'é', found: 'e\u0301' } }), []);
});

const organisations: fc.Arbitrary<Organisation | null> = fc.oneof(
  fc
    .array(fc.constantFrom('1', '2', '20', '200'), { minLength: 1, maxLength: 5 })
    .map((rest) => organisation('oid', ['2', '16', ...rest].join('.'))),
  fc.constantFrom('12345675', '04595257', '82675132').map((value) => organisation('businessNumber', value)),
  fc.constant(null),
);

test('something differs exactly where the register says that it does not match', () => {
  fc.assert(
    fc.property(organisations, organisations, (expected, presented) => {
      const differences = reviewDifferences({ expected, presented });
      assert.is(differences.length === 0, sameOrganisationOrNone(expected, presented));
      for (const { parting, expected: a, found: b } of differences) {
        assert.not(a === b);
        if (parting === null) continue;
        assert.is([...parting.shared, ...parting.expected].join('.'), a);
        assert.is([...parting.shared, ...parting.found].join('.'), b);
        assert.not(parting.expected[0] === parting.found[0]);
      }
    }),
  );
});

test.run();
