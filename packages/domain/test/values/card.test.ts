import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  CardNumber,
  CertificateSerial,
  Oid,
  oidArcs,
  oidEquals,
  oidStartsWith,
  serialEquals,
  TypedCertificateSerial,
  toPrinted,
} from '../../src/values/index.js';
import { codeOf, digitString, letter, right, typedLike } from './support.js';

// -------------------------------------------------------------------------------------
// certificate serial
// -------------------------------------------------------------------------------------

const serials = suite('certificate serial');

const digits31 = '6EB0123456789ABCDEF0123456789AB';
const printed34 = `00F${digits31}`;
const printed32 = '67FE1C0123456789ABCDEF0123456789';

serials('DOC-12: 34 digits with 00 in front and 32 digits are one integer', () => {
  const long = right(TypedCertificateSerial, printed34);
  const short = right(TypedCertificateSerial, `F${digits31}`);
  assert.is(long, `F${digits31}`);
  assert.ok(serialEquals(long, short));
  assert.not(serialEquals(long, right(TypedCertificateSerial, printed32)));
});

serials('DOC-12: an odd number of digits, such as 35, is refused', () => {
  for (const wrong of [
    `0${printed34}`,
    printed34.slice(1),
    printed32.slice(1),
    printed32.slice(2),
    `${printed34}00`,
  ]) {
    assert.is(codeOf(TypedCertificateSerial, wrong), 'CERTIFICATE_SERIAL_LENGTH', String(wrong.length));
  }
});

serials('GEPI-35: spaces, colons, either case, full width and the mark that Windows copies are taken', () => {
  const octets = printed34.match(/../g) ?? [];
  const typed = [
    octets.join(' '),
    octets.join(':').toLowerCase(),
    `\u200e${octets.join(' ').toLowerCase()}\r\n`,
    printed34.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  ];
  for (const text of typed) assert.is(right(TypedCertificateSerial, text), `F${digits31}`);
});

serials('GEPI-35: what is no serial is told from a serial of the wrong length', () => {
  assert.is(codeOf(TypedCertificateSerial, `${printed32.slice(1)}G`), 'CERTIFICATE_SERIAL_CHARACTERS');
  assert.is(codeOf(TypedCertificateSerial, `0x${printed32}`), 'CERTIFICATE_SERIAL_CHARACTERS');
  assert.is(codeOf(TypedCertificateSerial, `-${printed32}`), 'CERTIFICATE_SERIAL_CHARACTERS');
  assert.is(codeOf(TypedCertificateSerial, ' : '), 'REQUIRED');
  assert.is(codeOf(TypedCertificateSerial, undefined), 'REQUIRED');
  assert.is(codeOf(TypedCertificateSerial, 42), 'WRONG_TYPE');
  assert.is(codeOf(TypedCertificateSerial, ' '.repeat(1_000_000)), 'CERTIFICATE_SERIAL_LENGTH');
});

serials('a serial of more than 128 bits is not typed, and none is zero', () => {
  assert.is(codeOf(TypedCertificateSerial, `01${printed32}`), 'CERTIFICATE_SERIAL_RANGE');
  assert.is(codeOf(TypedCertificateSerial, '0'.repeat(32)), 'CERTIFICATE_SERIAL_RANGE');
  assert.is(codeOf(CertificateSerial, '0'), 'CERTIFICATE_SERIAL_FORMAT');
});

serials('X-2: the stored form has one spelling and is decoded as it is, leading zeros gone', () => {
  assert.is(right(CertificateSerial, 'ABC'), 'ABC');
  assert.is(right(CertificateSerial, 'F'.repeat(40)), 'F'.repeat(40));
  for (const wrong of ['0ABC', 'abc', 'AB C', 'F'.repeat(41), 'ABC\n', 'G']) {
    assert.is(codeOf(CertificateSerial, wrong), 'CERTIFICATE_SERIAL_FORMAT', wrong);
  }
});

const integer = fc.bigInt({ min: 1n, max: 2n ** 128n - 1n });

serials('every 128-bit integer is read back from how it is printed, in both lengths', () => {
  fc.assert(
    fc.property(integer, (n) => {
      const serial = right(CertificateSerial, n.toString(16).toUpperCase());
      const printed = toPrinted(serial);
      assert.is(printed.length, 32);
      assert.is(BigInt(`0x${printed}`), n);
      assert.is(right(TypedCertificateSerial, printed), serial);
      assert.is(right(TypedCertificateSerial, `00${printed}`), serial);
      assert.ok(TypedCertificateSerial.is(serial));
    }),
  );
});

serials('a longer serial is printed in whole octets', () => {
  assert.is(toPrinted(right(CertificateSerial, 'F'.repeat(33))), `0${'F'.repeat(33)}`);
  assert.is(toPrinted(right(CertificateSerial, 'F'.repeat(40))), 'F'.repeat(40));
});

serials.run();

// -------------------------------------------------------------------------------------
// card number
// -------------------------------------------------------------------------------------

const cards = suite('card number');

cards('MOICA-5, X-2: a card number is two letters and fourteen digits', () => {
  assert.is(right(CardNumber, 'tp12 3456-7890 1234'), 'TP12345678901234');
  for (const wrong of ['T123456789012345', 'TP1234567890123', 'TP123456789012345', '1234567890123456']) {
    assert.is(codeOf(CardNumber, wrong), 'CARD_NUMBER_FORMAT', wrong);
  }
});

cards('any typing decodes to the normal form', () => {
  const number = fc.tuple(letter, letter, digitString(14)).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      number.chain((card) => fc.tuple(fc.constant(card), typedLike(card))),
      ([card, typed]) => {
        assert.is(right(CardNumber, typed), card);
        assert.is(right(CardNumber, card), card);
      },
    ),
  );
});

cards.run();

// -------------------------------------------------------------------------------------
// oid
// -------------------------------------------------------------------------------------

const oids = suite('oid');

oids('GEPI-23: OIDs are compared by arcs, not by text', () => {
  const yuan = right(Oid, '2.16.886.101.20003');
  assert.ok(oidEquals(yuan, right(Oid, ' ２.16.886.101.20003 ')));
  assert.ok(oidStartsWith(right(Oid, '2.16.886.101.20003.20001'), yuan));
  assert.ok(oidStartsWith(yuan, yuan));
  assert.not(oidStartsWith(yuan, right(Oid, '2.16.886.101.2000')));
  assert.not(oidStartsWith(yuan, right(Oid, '2.16.886.101.20003.20001')));
  assert.equal(oidArcs(yuan), ['2', '16', '886', '101', '20003']);
});

oids('X.660: the first arc is 0 to 2, the second below 40 under 0 and 1, no arc has a leading zero', () => {
  for (const good of ['0.0', '1.39', '2.999', '2.25.329800735698586629295641978511506172918']) {
    assert.is(right(Oid, good), good);
  }
  for (const wrong of [
    '2',
    '3.1',
    '1.40',
    '2.016.886',
    '2..16',
    '2.16.',
    '.2.16',
    '2.16.-1',
    'OID.2.16',
    `2.${'1'.repeat(300)}`,
  ]) {
    assert.is(codeOf(Oid, wrong), 'OID_FORMAT', wrong);
  }
});

oids('a prefix is a prefix of the list of arcs, and nothing else is', () => {
  const arc = fc.constantFrom('0', '1', '2', '10', '20', '200', '2000', '20003');
  const tail = fc.array(arc, { maxLength: 4 });
  fc.assert(
    fc.property(tail, tail, (a, b) => {
      const oid = right(Oid, ['2', '16', ...a].join('.'));
      const prefix = right(Oid, ['2', '16', ...b].join('.'));
      assert.is(oidStartsWith(oid, prefix), b.every((x, i) => a[i] === x) && b.length <= a.length);
      assert.is(oidEquals(oid, prefix), JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});

oids.run();
