import { gpkiAttributes, gpkiPolicies, subjectTypeOids } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  BusinessNumber,
  businessNumberRule,
  decodeValue,
  NationalId,
  ResidentNumber,
} from '../../src/values/index.js';
import { page, rows, section } from './page.js';

const markdown = page('gpki.md');
const attributes = rows(section(markdown, '3. Subject directory attributes') ?? '');
const identifiers = section(markdown, '9. Identifiers') ?? '';

const test = suite('docs/gpki.md');

test('the attributes that the code reads are on the page, and the other way round', () => {
  const named = attributes.map(([oid = '']) => oid).filter((oid) => oid.startsWith('2.16.'));
  assert.equal([...named].sort(), Object.values(gpkiAttributes).sort());
});

test('the subject types that the code knows are on the page, and the other way round', () => {
  const named = attributes
    .filter(([arc = '', , type = '']) => arc.startsWith('.') && type !== '`unknown`')
    .map(([arc = '', , type = '']) => `${type.replaceAll('`', '')} 2.16.886.1.100.3${arc}`);
  const known = Object.entries(subjectTypeOids).map(([type, oid]) => `${type} ${oid}`);
  assert.equal(named.sort(), known.sort());
});

test('the policies are those of the code', () => {
  const text = section(markdown, '5. Policies') ?? '';
  assert.ok(text.includes(`${gpkiPolicies.level1} to .4`));
  assert.equal(gpkiPolicies.level4, '2.16.886.101.0.3.4');
  assert.equal(gpkiPolicies.test, '2.16.886.101.0.3.0');
});

test('the letters of the page are those of the check digit: of ten last digits one is right, the one it computes', () => {
  const letters = [...identifiers.matchAll(/\b([A-Z])(\d{2})\b/g)];
  assert.is(letters.length, 26);
  for (const [, letter = '', value = ''] of letters) {
    const sum =
      Number(value[0]) +
      Number(value[1]) * 9 +
      1 * 8 +
      [2, 3, 4, 5, 6, 7, 8].reduce((s, d, i) => s + d * (7 - i), 0);
    const right = `${letter}12345678${(10 - (sum % 10)) % 10}`;
    for (let digit = 0; digit < 10; digit++) {
      const id = `${letter}12345678${digit}`;
      assert.is(E.isRight(decodeValue(NationalId, id)), id === right, id);
    }
  }
});

test('the examples of the page are right', () => {
  assert.ok(
    identifiers.includes('A123456789, AA00000009, 12345675 (by its seventh digit), 04595257, 82675132'),
  );
  assert.ok(E.isRight(decodeValue(NationalId, 'A123456789')));
  assert.ok(E.isRight(decodeValue(ResidentNumber, 'AA00000009')));
  const rule = (text: string): string => {
    const number = decodeValue(BusinessNumber, text);
    return E.isRight(number) ? businessNumberRule(number.right) : 'refused';
  };
  assert.equal(['12345675', '04595257', '82675132'].map(rule), ['by10', 'by10', 'by5']);
});

test.run();
