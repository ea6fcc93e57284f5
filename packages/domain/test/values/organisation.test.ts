import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { t } from '../../src/schema.js';
import {
  AgencyCode,
  BusinessNumber,
  businessNumberRule,
  GeneralAgencyCode,
  LabourNumber,
  NhiUnitCode,
} from '../../src/values/index.js';
import { codeOf, digitString, letter, right, typedLike } from './support.js';

// -------------------------------------------------------------------------------------
// business number
// -------------------------------------------------------------------------------------

const business = suite('unified business number');

business('the published vectors pass, and tell by which rule', () => {
  assert.is(businessNumberRule(right(BusinessNumber, '04595257')), 'by10');
  assert.is(
    businessNumberRule(right(BusinessNumber, '12345675')),
    'by10',
    'sum 39, by the rule for a 7 in 7th place',
  );
  assert.is(businessNumberRule(right(BusinessNumber, '82675132')), 'by5', 'sum 35, only by the rule of 2023');
});

business('the rule for a 7 in seventh place holds for the rule of 2023 too', () => {
  // 0,0,0,0,0,0 + 28 (2 + 8) + 4 = 14; one more is 15.
  assert.is(businessNumberRule(right(BusinessNumber, '00000074')), 'by5');
});

business('wrong numbers have the code of what is wrong', () => {
  assert.is(codeOf(BusinessNumber, '12345677'), 'BUSINESS_NUMBER_CHECKSUM');
  assert.is(codeOf(BusinessNumber, '1234567'), 'BUSINESS_NUMBER_FORMAT');
  assert.is(codeOf(BusinessNumber, '1234567A'), 'BUSINESS_NUMBER_FORMAT');
  assert.is(codeOf(BusinessNumber, 12345675), 'WRONG_TYPE');
});

/** The rule in the words of the authority, on texts. */
const sums = (digits: string): ReadonlyArray<number> => {
  const products = [...'12121241'].map((weight, i) => String(Number(weight) * Number(digits.charAt(i))));
  const sum = [...products.join('')].reduce((total, digit) => total + Number(digit), 0);
  return digits.charAt(6) === '7' ? [sum, sum + 1] : [sum];
};

business('a number is accepted when a sum is divisible by five, and named by10 when one is by ten', () => {
  fc.assert(
    fc.property(digitString(8), (digits) => {
      const code = codeOf(BusinessNumber, digits);
      assert.is(code, sums(digits).some((sum) => sum % 5 === 0) ? 'accepted' : 'BUSINESS_NUMBER_CHECKSUM');
      if (code !== 'accepted') return;
      const rule = businessNumberRule(right(BusinessNumber, digits));
      assert.is(rule, sums(digits).some((sum) => sum % 10 === 0) ? 'by10' : 'by5');
    }),
    { numRuns: 1000 },
  );
});

business.run();

// -------------------------------------------------------------------------------------
// codes without a check
// -------------------------------------------------------------------------------------

const codes = suite('codes of agencies and units');

const alphanumeric = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.oneof(letter, digitString(1)), minLength: length, maxLength: length });

codes(
  'GEPI-3, GEPI-16: an agency code has five characters, and nothing that a stream name could not hold',
  () => {
    assert.is(right(AgencyCode, ' １０００a '), '1000A');
    for (const wrong of ['1000', '100001', '10.01', '10-01', '1000é', '10 01', '100\n1', '１０００中']) {
      assert.is(codeOf(AgencyCode, wrong), 'AGENCY_CODE_FORMAT', wrong);
    }
  },
);

codes('a general agency code has ten characters, the last a letter', () => {
  for (const code of ['301000000A', '300000000A', 'A00000000A', '315000000H', '305720000S']) {
    assert.is(right(GeneralAgencyCode, code), code);
  }
  assert.is(codeOf(GeneralAgencyCode, '3010000000'), 'GENERAL_AGENCY_CODE_FORMAT');
  assert.is(codeOf(GeneralAgencyCode, '3.76.44.97.22'), 'GENERAL_AGENCY_CODE_FORMAT');
});

codes('NHI-22: a labour insurance number is eight digits and a letter, nine characters', () => {
  assert.is(right(LabourNumber, '12345678a'), '12345678A');
  assert.is(codeOf(LabourNumber, '123456789'), 'LABOUR_NUMBER_FORMAT');
  assert.is(codeOf(LabourNumber, '1234567A'), 'LABOUR_NUMBER_FORMAT');
});

codes('an NHI unit code has nine digits', () => {
  assert.is(right(NhiUnitCode, '110000123'), '110000123');
  assert.is(codeOf(NhiUnitCode, '11000012'), 'NHI_UNIT_CODE_FORMAT');
  assert.is(codeOf(NhiUnitCode, '11000012A'), 'NHI_UNIT_CODE_FORMAT');
});

codes('any typing of a code decodes to its normal form, and that to itself', () => {
  const cases: ReadonlyArray<readonly [t.Mixed, fc.Arbitrary<string>]> = [
    [AgencyCode, alphanumeric(5)],
    [GeneralAgencyCode, fc.tuple(alphanumeric(9), letter).map((parts) => parts.join(''))],
    [LabourNumber, fc.tuple(digitString(8), letter).map((parts) => parts.join(''))],
    [NhiUnitCode, digitString(9)],
  ];
  for (const [codec, normal] of cases) {
    fc.assert(
      fc.property(
        normal.chain((code) => fc.tuple(fc.constant(code), typedLike(code))),
        ([code, typed]) => {
          assert.is(right(codec, typed), code);
          assert.is(right(codec, code), code);
          assert.ok(codec.is(code));
        },
      ),
    );
  }
});

codes.run();
