import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  decodeValue,
  Email,
  FunctionCode,
  lineOfText,
  PhoneExtension,
  PortalId,
  printPhone,
  TaiwanPhone,
  Uuid,
} from '../../src/values/index.js';
import { codeOf, digitString, right } from './support.js';

// -------------------------------------------------------------------------------------
// e-mail
// -------------------------------------------------------------------------------------

const emails = suite('e-mail');

emails('GEPI-28: an address is trimmed, narrow, and its domain in lower case; the local part stays', () => {
  assert.is(right(Email, ' Chen.Mei-Ling@Mail.Example.GOV.tw\n'), 'Chen.Mei-Ling@mail.example.gov.tw');
  assert.is(right(Email, 'ｃｈｅｎ＠ｅｘａｍｐｌｅ．ｔｗ'), 'chen@example.tw');
  assert.is(right(Email, "o'neil+tag_1@xn--fiqs8s.xn--kprw13d"), "o'neil+tag_1@xn--fiqs8s.xn--kprw13d");
});

emails('what mail servers do not take is refused', () => {
  const wrong = [
    'chen',
    '@example.tw',
    'chen@',
    'chen@localhost',
    'chen@example..tw',
    'chen@-example.tw',
    'chen@example-.tw',
    '.chen@example.tw',
    'chen.@example.tw',
    'a..b@example.tw',
    'a b@example.tw',
    'a@b@example.tw',
    '"a b"@example.tw',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'chen@example.tw\0',
    'a\r\nBcc: b@example.tw',
    '陳@example.tw',
    'chen@\u212aeelung.tw',
    `a@${'b'.repeat(64)}.tw`,
  ];
  for (const text of wrong) assert.is(codeOf(Email, text), 'EMAIL_FORMAT', JSON.stringify(text));
});

emails('RFC 5321 4.5.3.1: the local part has up to 64 octets, the whole up to 254', () => {
  const domain = `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(58)}.tw`;
  assert.is(right(Email, `${'a'.repeat(64)}@${domain}`).length, 254);
  assert.is(codeOf(Email, `${'a'.repeat(64)}@b${domain}`), 'EMAIL_LENGTH');
  assert.is(codeOf(Email, `${'a'.repeat(65)}@example.tw`), 'EMAIL_LENGTH');
  assert.is(codeOf(Email, `${'a.'.repeat(1_000_000)}@example.tw`), 'EMAIL_LENGTH');
});

emails('every address of fast-check that fits the limits is its own normal form after one decoding', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (text) => {
      const email = right(Email, text);
      assert.is(right(Email, email), email);
      assert.ok(Email.is(email));
      assert.is(email.slice(0, email.lastIndexOf('@')), text.slice(0, text.lastIndexOf('@')));
    }),
  );
});

emails.run();

// -------------------------------------------------------------------------------------
// telephone
// -------------------------------------------------------------------------------------

const phones = suite('telephone');

phones('GEPI-8, GEPI-9, GEPI-27: the numbers of the manual are taken however they are written', () => {
  const numbers: ReadonlyArray<readonly [string, string, string]> = [
    ['02-2192-7111', '0221927111', '02-2192-7111'],
    ['(02)27013411', '0227013411', '02-2701-3411'],
    ['０２－２７０１－３４１１', '0227013411', '02-2701-3411'],
    ['0912-345-678', '0912345678', '0912-345-678'],
    ['0800-080-117', '0800080117', '0800-080-117'],
    ['0800-364-422', '0800364422', '0800-364-422'],
    ['412-1166', '4121166', '412-1166'],
    ['+886 2 2192 7111', '0221927111', '02-2192-7111'],
    ['+886(0)912345678', '0912345678', '0912-345-678'],
    ['(04)2293-7399', '0422937399', '04-2293-7399'],
    ['03–925–1000', '039251000', '03-925-1000'],
    ['037-123456', '037123456', '037-123-456'],
    ['049-2123456', '0492123456', '049-212-3456'],
    ['0836-22222', '083622222', '0836-22222'],
    ['070-1234-5678', '07012345678', '070-1234-5678'],
  ];
  for (const [typed, normal, printed] of numbers) {
    const phone = right(TaiwanPhone, typed);
    assert.is(phone, normal);
    assert.is(printPhone(phone), printed);
    assert.is(right(TaiwanPhone, printed), phone);
  }
});

phones('what cannot be dialled here is refused', () => {
  for (const wrong of [
    '21927111',
    '02-2192-711',
    '02-2192-71111',
    '09123456789',
    '1999',
    '+1 212 555 0100',
    '02-2192-711a',
    '02-2192-7111\0',
  ]) {
    assert.is(codeOf(TaiwanPhone, wrong), 'PHONE_FORMAT', wrong);
  }
});

phones('GEPI-28: an extension has its own field', () => {
  for (const text of [
    '02-2701-3411#5312',
    '(02)27013411 分機 5312',
    '02-27013411轉5312',
    '0227013411 ext 5312',
  ]) {
    assert.is(codeOf(TaiwanPhone, text), 'PHONE_HAS_EXTENSION', text);
  }
  assert.is(right(PhoneExtension, '５３１２'), '5312');
  assert.is(right(PhoneExtension, '分機 5312'), '5312');
  assert.is(right(PhoneExtension, '#0'), '0');
  for (const wrong of ['1234567', '53-12', 'abc', '5312#']) {
    assert.is(codeOf(PhoneExtension, wrong), 'PHONE_EXTENSION_FORMAT', wrong);
  }
});

phones('GEPI-27: a number is printed with its extension', () => {
  const phone = right(TaiwanPhone, '(02)27013411');
  assert.is(printPhone(phone, right(PhoneExtension, '5312')), '02-2701-3411 分機5312');
});

phones('a printed number is read back as the same number', () => {
  const number = fc.oneof(
    digitString(8).map((rest) => `02${rest}`),
    fc
      .tuple(fc.constantFrom('03', '04', '05', '06', '07', '08'), fc.oneof(digitString(7), digitString(8)))
      .map((p) => p.join('')),
    digitString(8).map((rest) => `09${rest}`),
    digitString(8).map((rest) => `070${rest}`),
    digitString(4).map((rest) => `412${rest}`),
  );
  fc.assert(
    fc.property(number, (text) => {
      const phone = right(TaiwanPhone, text);
      assert.is(phone, text);
      assert.is(right(TaiwanPhone, printPhone(phone)), phone);
    }),
  );
});

phones.run();

// -------------------------------------------------------------------------------------
// identifiers and free text
// -------------------------------------------------------------------------------------

const identifiers = suite('identifiers');

identifiers('a UUID is taken in either case and kept in lower case', () => {
  assert.is(right(Uuid, '0190A6E2-7B1C-7D3E-8F40-123456789ABC'), '0190a6e2-7b1c-7d3e-8f40-123456789abc');
  for (const wrong of [
    '00000000-0000-0000-0000-000000000000',
    '0190a6e27b1c7d3e8f40123456789abc',
    '{0190a6e2-7b1c-7d3e-8f40-123456789abc}',
    '0190a6e2-7b1c-9d3e-8f40-123456789abc',
  ]) {
    assert.is(codeOf(Uuid, wrong), 'UUID_FORMAT', wrong);
  }
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      assert.is(right(Uuid, uuid.toUpperCase()), uuid);
    }),
  );
});

identifiers('codes of functions and portals are taken exactly as they are', () => {
  for (const code of ['premium-filing', 'a', '0', 'constructor', 'x'.repeat(64)])
    assert.is(right(FunctionCode, code), code);
  for (const wrong of ['-a', 'Premium', ' a', 'a_b', 'a.b', 'x'.repeat(65), '__proto__']) {
    assert.is(codeOf(FunctionCode, wrong), 'FUNCTION_CODE_FORMAT', wrong);
  }
  assert.is(right(PortalId, 'gepi'), 'gepi');
  for (const wrong of ['GEPI', 'ge-pi', 'ge.pi', 'x'.repeat(17)])
    assert.is(codeOf(PortalId, wrong), 'PORTAL_ID_FORMAT', wrong);
});

identifiers(
  'a line of plain letters is right or wrong as any other: no space around it, none too long',
  () => {
    const line = lineOfText(5);
    const plain = fc.string({ unit: fc.constantFrom(' ', '!', 'a', 'Z', '~', '\u007f', '\t'), maxLength: 8 });
    fc.assert(
      fc.property(plain, (text) => {
        const trimmed = text.trim();
        const isRight = trimmed.length > 0 && trimmed.length <= 5 && /^[ -~]*$/.test(trimmed);
        assert.is(decodeValue(line, text)._tag === 'Right', isRight);
        assert.is(line.is(text), isRight && trimmed === text);
      }),
    );
  },
);

identifiers('a line of text is one line, within its length', () => {
  const line = lineOfText(5);
  assert.is(right(line, ' 調職 '), '調職');
  assert.is(right(line, '𠮷'.repeat(5)), '𠮷'.repeat(5));
  assert.is(codeOf(line, '𠮷'.repeat(6)), 'TEXT_LENGTH');
  assert.is(codeOf(line, 'x'.repeat(1_000_000)), 'TEXT_LENGTH');
  assert.is(codeOf(line, 'a\nb'), 'TEXT_CHARACTERS');
  assert.is(codeOf(line, 'a\u202eb'), 'TEXT_CHARACTERS');
  assert.is(codeOf(line, '  '), 'REQUIRED');
});

identifiers.run();
