import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  last4,
  NationalId,
  PersonalId,
  PersonName,
  ResidentNumber,
  residentNumberForm,
} from '../../src/values/index.js';
import {
  codeOf,
  digitString,
  idWeights,
  letter,
  nationalId,
  residentNumber,
  right,
  typedLike,
} from './support.js';

// -------------------------------------------------------------------------------------
// national ID and resident number
// -------------------------------------------------------------------------------------

const ids = suite('national ID and resident number');

ids('GEPI-18: the published vectors are national IDs', () => {
  assert.is(right(NationalId, 'A123456789'), 'A123456789');
  assert.is(right(NationalId, 'Y123456788'), 'Y123456788');
});

ids('MOICA-4: the letter may be typed in either case, and in full width', () => {
  assert.is(right(NationalId, 'a123456789'), 'A123456789');
  assert.is(right(NationalId, ' Ａ１２３４５６７８９　'), 'A123456789');
});

ids('a resident number is known in its old and its new form', () => {
  const old = right(ResidentNumber, 'AA00000009');
  assert.is(residentNumberForm(old), 'old');
  assert.is(residentNumberForm(right(ResidentNumber, 'A800000014')), 'new');
});

ids('each wrong ID has the code of what is wrong with it', () => {
  assert.is(codeOf(NationalId, 'A123456788'), 'NATIONAL_ID_CHECKSUM');
  assert.is(codeOf(NationalId, 'A323456789'), 'NATIONAL_ID_FORMAT');
  assert.is(codeOf(NationalId, 'A12345678'), 'NATIONAL_ID_FORMAT');
  assert.is(codeOf(NationalId, 'A1234567890'), 'NATIONAL_ID_FORMAT');
  assert.is(codeOf(NationalId, 'A12345678\u00b9'), 'NATIONAL_ID_FORMAT');
  assert.is(codeOf(NationalId, 'A123456789\n\0'), 'NATIONAL_ID_FORMAT');
  assert.is(codeOf(NationalId, 'AA00000009'), 'NATIONAL_ID_FORMAT');
  assert.is(codeOf(ResidentNumber, 'A123456789'), 'RESIDENT_NUMBER_FORMAT');
  assert.is(codeOf(ResidentNumber, 'AA00000008'), 'RESIDENT_NUMBER_CHECKSUM');
  assert.is(codeOf(PersonalId, 'AA00000008'), 'PERSONAL_ID_CHECKSUM');
  assert.is(codeOf(PersonalId, 'A323456789'), 'PERSONAL_ID_FORMAT');
  assert.is(codeOf(PersonalId, '\u3000 '), 'REQUIRED');
});

ids('a dotless i is not taken for the letter I', () => {
  assert.is(codeOf(NationalId, '\u0131123456789'), 'NATIONAL_ID_FORMAT');
});

ids('GEPI-21, X-3: the last four characters are what a citizen certificate shows', () => {
  assert.is(last4(right(PersonalId, 'A123456789')), '6789');
  assert.is(last4(right(PersonalId, 'aa00000009')), '0009');
});

ids('any typing of a valid ID decodes to its normal form, and that to itself', () => {
  const typed = fc.oneof(nationalId, residentNumber).chain((id) => fc.tuple(fc.constant(id), typedLike(id)));
  fc.assert(
    fc.property(typed, ([id, text]) => {
      assert.is(right(PersonalId, text), id);
      assert.is(right(PersonalId, id), id);
      assert.ok(PersonalId.is(id));
      assert.is(NationalId.is(id), !ResidentNumber.is(id));
    }),
  );
});

// The weights 8, 6, 5, 4 and 2 share a factor with ten, so the rule itself cannot find every wrong digit.
ids('one changed digit is refused whenever it changes the sum modulo ten', () => {
  fc.assert(
    fc.property(
      nationalId,
      fc.integer({ min: 2, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (id, place, by) => {
        const before = Number(id.charAt(place));
        const after = (before + by) % 10;
        const changed = `${id.slice(0, place)}${after}${id.slice(place + 1)}`;
        const found = ((after - before) * (idWeights[place - 1] ?? 0)) % 10 !== 0;
        assert.is(codeOf(NationalId, changed), found ? 'NATIONAL_ID_CHECKSUM' : 'accepted');
      },
    ),
  );
});

ids('a wrong check digit is always refused, and so is a wrong digit of sex', () => {
  fc.assert(
    fc.property(nationalId, fc.integer({ min: 1, max: 9 }), (id, by) => {
      assert.not(NationalId.is(id.slice(0, 9) + ((Number(id.charAt(9)) + by) % 10)));
      assert.not(NationalId.is(id.charAt(0) + (id.charAt(1) === '1' ? '2' : '1') + id.slice(2)));
    }),
  );
});

ids('of ten check digits exactly one is right', () => {
  fc.assert(
    fc.property(
      letter,
      fc.constantFrom('1', '2', '8', '9', 'A', 'D'),
      digitString(7),
      (first, second, digits) => {
        const right = [...'0123456789'].filter((check) => PersonalId.is(first + second + digits + check));
        assert.is(right.length, 1);
      },
    ),
  );
});

ids.run();

// -------------------------------------------------------------------------------------
// name
// -------------------------------------------------------------------------------------

const names = suite('name of a person');

names('GEPI-28: names of every script of the country are taken as they are', () => {
  for (const name of ['陳小美', '歐陽靖', 'Chen Mei-Ling', '瓦歷斯・諾幹', 'Nguyễn Thị Hoa', '〇']) {
    assert.is(right(PersonName, name), name.normalize('NFC'));
  }
});

names('rare characters are kept: surrogate pairs, extensions, private areas, variation selectors', () => {
  for (const name of ['𠮷田', '林\u{2B740}', '王\u{31350}', '張\u{E001}', '李\u{F0001}', '葛\u{E0100}城']) {
    assert.is(right(PersonName, name), name);
  }
});

names('composed and decomposed spellings are one name, and so are kinds of spaces', () => {
  assert.is(right(PersonName, 'Jose\u0301'), 'Jos\u00e9');
  assert.is(right(PersonName, '\u3000陳\u3000\u00a0美 \n'), '陳 美');
});

names('nothing invisible, no control character, nothing damaged', () => {
  const wrong = [
    '陳\0美',
    '陳\n美',
    '\u202e陳美',
    '陳\u200b美',
    '陳\ud800',
    '\udc00陳',
    '陳\ufffd',
    '陳\u2028美',
    '\u3164',
    '陳\u00ad美',
    '陳\ufdd0',
  ];
  for (const name of wrong)
    assert.is(codeOf(PersonName, name), 'PERSON_NAME_CHARACTERS', JSON.stringify(name));
});

names('a name has a letter, and at most 50 characters, however many units each takes', () => {
  assert.is(codeOf(PersonName, '...'), 'PERSON_NAME_CHARACTERS');
  assert.is(codeOf(PersonName, ' '), 'REQUIRED');
  assert.is(right(PersonName, '𠮷'.repeat(50)).length, 100);
  assert.is(codeOf(PersonName, '𠮷'.repeat(51)), 'PERSON_NAME_LENGTH');
  assert.is(codeOf(PersonName, '陳'.repeat(51)), 'PERSON_NAME_LENGTH');
  assert.is(codeOf(PersonName, '陳'.repeat(100_000)), 'PERSON_NAME_LENGTH');
});

names('what is accepted is its own normal form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      if (codeOf(PersonName, text) !== 'accepted') return;
      const name = right(PersonName, text);
      assert.ok(PersonName.is(name));
      assert.is(right(PersonName, name), name);
      assert.is(name, name.normalize('NFC').trim());
    }),
    { numRuns: 500 },
  );
});

names.run();
