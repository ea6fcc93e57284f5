/**
 * Certificates that are wrong in one place, class by class: those that known decoders let pass (trailing octets, BER,
 * explicit defaults, things twice) and those that any must refuse. Each stands beside the good one that it was made from.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeName } from '../../src/der/encode-certificate.js';
import * as w from '../../src/der/writer.js';
import { decodeCertificate } from '../../src/index.js';
import { codeOf, text } from '../support.js';

// -------------------------------------------------------------------------------------
// a certificate in parts
// -------------------------------------------------------------------------------------

interface Parts {
  readonly version: ReadonlyArray<Uint8Array>;
  readonly serial: Uint8Array;
  readonly inner: Uint8Array;
  readonly issuer: Uint8Array;
  readonly validity: Uint8Array;
  readonly subject: Uint8Array;
  readonly key: Uint8Array;
  /** Everything after the public key. */
  readonly rest: ReadonlyArray<Uint8Array>;
  readonly outer: Uint8Array;
  readonly signature: Uint8Array;
  /** After the signature, inside the certificate. */
  readonly after: ReadonlyArray<Uint8Array>;
}

const algorithm = w.sequence(w.oid('1.2.840.113549.1.1.11'), w.nullValue);
const name = encodeName([{ type: '2.5.4.10', value: '測試' }]);
const utc = (value: string) => w.element(0x17, text(value));
const generalized = (value: string) => w.element(0x18, text(value));
const rsaKey = w.sequence(
  w.sequence(w.oid('1.2.840.113549.1.1.1'), w.nullValue),
  w.bitString(w.sequence(w.unsigned(new Uint8Array(256).fill(0xff)), w.smallInteger(65_537))),
);
const extension = (oid: string, value: Uint8Array, ...critical: ReadonlyArray<Uint8Array>) =>
  w.sequence(w.oid(oid), ...critical, w.octetString(value));
const extensions = (...list: ReadonlyArray<Uint8Array>) => w.context(3, w.sequence(...list));
const keyUsage = (...value: ReadonlyArray<number>) => extension('2.5.29.15', Uint8Array.from(value));
const constraints = (...parts: ReadonlyArray<Uint8Array>) => extension('2.5.29.19', w.sequence(...parts));
const yes = w.boolean(true);

const good: Parts = {
  version: [w.context(0, w.smallInteger(2))],
  serial: w.smallInteger(1),
  inner: algorithm,
  issuer: name,
  validity: w.sequence(utc('260101000000Z'), utc('270101155959Z')),
  subject: name,
  key: rsaKey,
  rest: [extensions(keyUsage(3, 2, 7, 0x80))],
  outer: algorithm,
  signature: w.bitString(new Uint8Array(256)),
  after: [],
};

const certificate = (change: Partial<Parts> = {}): Uint8Array => {
  const p = { ...good, ...change };
  const tbs = w.sequence(...p.version, p.serial, p.inner, p.issuer, p.validity, p.subject, p.key, ...p.rest);
  return w.sequence(tbs, p.outer, p.signature, ...p.after);
};

const verdict = async (der: Uint8Array): Promise<string> => codeOf(await decodeCertificate(der)());

// -------------------------------------------------------------------------------------
// wrong
// -------------------------------------------------------------------------------------

const wrong: ReadonlyArray<readonly [what: string, der: Uint8Array]> = [
  ['no sequence', w.setOf(algorithm)],
  ['an empty sequence', w.sequence()],
  ['a certificate without signature', w.sequence(w.sequence(), algorithm)],
  ['octets after the signature, inside', certificate({ after: [w.nullValue] })],
  ['a signature that is no bit string', certificate({ signature: w.octetString(new Uint8Array(256)) })],
  ['a signature of a broken octet', certificate({ signature: w.bitString(new Uint8Array(256), 1) })],
  ['a signature algorithm that is no sequence', certificate({ outer: w.nullValue, inner: w.nullValue })],
  ['a signature algorithm without name', certificate({ outer: w.sequence(), inner: w.sequence() })],
  ['a signature algorithm that is another outside', certificate({ outer: w.sequence(w.oid('1.2.3')) })],
  [
    'the same algorithm spelt otherwise outside',
    certificate({ outer: w.sequence(w.oid('1.2.840.113549.1.1.11')) }),
  ],

  ['version 1 written out', certificate({ version: [w.context(0, w.smallInteger(0))], rest: [] })],
  ['version 4', certificate({ version: [w.context(0, w.smallInteger(3))] })],
  [
    'a version of two numbers',
    certificate({ version: [w.context(0, w.smallInteger(2), w.smallInteger(2))] }),
  ],
  ['version 1 with extensions', certificate({ version: [] })],
  ['version 2 with extensions', certificate({ version: [w.context(0, w.smallInteger(1))] })],
  [
    'version 1 with a unique identifier',
    certificate({ version: [], rest: [w.contextPrimitive(1, Uint8Array.of(0, 1))] }),
  ],
  [
    'a unique identifier that is no bit string',
    certificate({ rest: [w.contextPrimitive(1, Uint8Array.of(9, 1))] }),
  ],
  [
    'unique identifiers in the wrong order',
    certificate({ rest: [w.contextPrimitive(2, Uint8Array.of(0)), w.contextPrimitive(1, Uint8Array.of(0))] }),
  ],

  ['a serial number of zero', certificate({ serial: w.smallInteger(0) })],
  ['a negative serial number', certificate({ serial: Uint8Array.of(2, 1, 0xff) })],
  ['a serial number that is not minimal', certificate({ serial: Uint8Array.of(2, 2, 0, 1) })],
  ['a serial number of 21 octets', certificate({ serial: w.unsigned(new Uint8Array(21).fill(1)) })],
  ['a serial number of 37 octets', certificate({ serial: w.unsigned(new Uint8Array(37).fill(1)) })],
  [
    'a serial number padded to 21 octets',
    certificate({ serial: w.element(2, new Uint8Array(1), new Uint8Array(20).fill(1)) }),
  ],
  ['a serial number that is none', certificate({ serial: w.nullValue })],

  ['an issuer without a name', certificate({ issuer: w.sequence() })],
  ['an issuer that is no sequence', certificate({ issuer: w.setOf() })],
  [
    'a PrintableString with other characters',
    certificate({ issuer: w.sequence(w.setOf(w.sequence(w.oid('2.5.4.3'), w.printable('a*b')))) }),
  ],
  ['a subject of an empty set', certificate({ subject: w.sequence(w.setOf()) })],
  [
    'a subject attribute of three parts',
    certificate({ subject: w.sequence(w.setOf(w.sequence(w.oid('2.5.4.3'), w.utf8('a'), w.utf8('b')))) }),
  ],
  ['a subject that is no sequence', certificate({ subject: w.utf8('CN=a') })],
  [
    'a subject whose set is not in order',
    certificate({
      subject: w.sequence(
        w.element(
          0x31,
          w.sequence(w.oid('2.5.4.10'), w.utf8('a')),
          w.sequence(w.oid('2.5.4.3'), w.utf8('a')),
        ),
      ),
    }),
  ],

  ['a validity of one time', certificate({ validity: w.sequence(utc('260101000000Z')) })],
  [
    'a validity of three times',
    certificate({ validity: w.sequence(utc('260101000000Z'), utc('260101000000Z'), utc('260101000000Z')) }),
  ],
  [
    'a validity without seconds',
    certificate({ validity: w.sequence(utc('2601010000Z'), utc('270101155959Z')) }),
  ],
  [
    'a validity in another zone',
    certificate({ validity: w.sequence(utc('260101000000+0800'), utc('270101155959Z')) }),
  ],
  [
    'a validity with fractions',
    certificate({ validity: w.sequence(utc('260101000000Z'), generalized('20500101000000.0Z')) }),
  ],
  [
    'a day that does not exist',
    certificate({ validity: w.sequence(utc('260231000000Z'), utc('270101155959Z')) }),
  ],

  [
    'a public key of three parts',
    certificate({ key: w.sequence(algorithm, w.bitString(new Uint8Array(1)), w.nullValue) }),
  ],
  ['a public key that is no bit string', certificate({ key: w.sequence(algorithm, w.nullValue) })],
  [
    'an RSA key with octets after it',
    certificate({
      key: w.sequence(
        w.sequence(w.oid('1.2.840.113549.1.1.1'), w.nullValue),
        w.bitString(Uint8Array.from([...w.sequence(w.smallInteger(3), w.smallInteger(3)), 0])),
      ),
    }),
  ],

  ['extensions that are an empty sequence', certificate({ rest: [extensions()] })],
  [
    'extensions that are no sequence',
    certificate({ rest: [w.context(3, w.setOf(keyUsage(3, 2, 7, 0x80)))] }),
  ],
  [
    'octets after the sequence of extensions',
    certificate({ rest: [w.context(3, w.sequence(keyUsage(3, 2, 7, 0x80)), w.nullValue)] }),
  ],
  ['a field after the extensions', certificate({ rest: [...good.rest, w.nullValue] })],
  [
    'one extension twice',
    certificate({ rest: [extensions(keyUsage(3, 2, 7, 0x80), keyUsage(3, 2, 7, 0x80))] }),
  ],
  [
    'an extension that is critical by another octet than FF',
    certificate({ rest: [extensions(extension('1.2.3', w.nullValue, Uint8Array.of(1, 1, 3)))] }),
  ],
  [
    'an extension that writes out that it is not critical',
    certificate({ rest: [extensions(extension('1.2.3', w.nullValue, w.boolean(false)))] }),
  ],
  [
    'an extension that is critical twice',
    certificate({ rest: [extensions(extension('1.2.3', w.nullValue, yes, yes))] }),
  ],
  ['an extension without value', certificate({ rest: [extensions(w.sequence(w.oid('1.2.3')))] })],

  ['a key usage without a bit', certificate({ rest: [extensions(keyUsage(3, 1, 0))] })],
  ['a key usage that ends in a zero', certificate({ rest: [extensions(keyUsage(3, 2, 0, 0x80))] })],
  [
    'a key usage of bits that nobody defined',
    certificate({ rest: [extensions(keyUsage(3, 3, 6, 0, 0x40))] }),
  ],
  ['a key usage with octets after it', certificate({ rest: [extensions(keyUsage(3, 2, 7, 0x80, 5, 0))] })],
  [
    'basic constraints that write out that it is no CA',
    certificate({ rest: [extensions(constraints(w.boolean(false)))] }),
  ],
  [
    'a negative path length',
    certificate({ rest: [extensions(constraints(yes, Uint8Array.of(2, 1, 0xff)))] }),
  ],
  [
    'a path length of five octets',
    certificate({ rest: [extensions(constraints(yes, Uint8Array.of(2, 5, 1, 0, 0, 0, 0)))] }),
  ],
  ['a path length of what is no CA', certificate({ rest: [extensions(constraints(w.smallInteger(1)))] })],
  [
    'basic constraints with a third field',
    certificate({ rest: [extensions(constraints(yes, w.smallInteger(1), w.nullValue))] }),
  ],
  [
    'basic constraints with octets after them',
    certificate({ rest: [extensions(extension('2.5.29.19', Uint8Array.of(0x30, 0, 5, 0)))] }),
  ],
  [
    'a policy with an empty list of qualifiers',
    certificate({
      rest: [extensions(extension('2.5.29.32', w.sequence(w.sequence(w.oid('1.2.3'), w.sequence()))))],
    }),
  ],
  [
    'no policy in the list of policies',
    certificate({ rest: [extensions(extension('2.5.29.32', w.sequence()))] }),
  ],
  [
    'one policy twice',
    certificate({
      rest: [
        extensions(
          extension('2.5.29.32', w.sequence(w.sequence(w.oid('1.2.3')), w.sequence(w.oid('1.2.3')))),
        ),
      ],
    }),
  ],
  ['an empty list of purposes', certificate({ rest: [extensions(extension('2.5.29.37', w.sequence()))] })],
  [
    'an authority key with a serial number but no issuer',
    certificate({
      rest: [extensions(extension('2.5.29.35', w.sequence(w.contextPrimitive(2, Uint8Array.of(1)))))],
    }),
  ],
  [
    'an authority key with a negative serial number',
    certificate({
      rest: [
        extensions(
          extension(
            '2.5.29.35',
            w.sequence(w.context(1, w.context(4, name)), w.contextPrimitive(2, Uint8Array.of(0xff))),
          ),
        ),
      ],
    }),
  ],
  [
    'an authority key with a serial number that is not minimal',
    certificate({
      rest: [
        extensions(
          extension(
            '2.5.29.35',
            w.sequence(w.context(1, w.context(4, name)), w.contextPrimitive(2, Uint8Array.of(0, 1))),
          ),
        ),
      ],
    }),
  ],
  [
    'an inhibitAnyPolicy that is negative',
    certificate({ rest: [extensions(extension('2.5.29.54', Uint8Array.of(2, 1, 0x80)))] }),
  ],
  [
    'a purpose that is no object identifier',
    certificate({ rest: [extensions(extension('2.5.29.37', w.sequence(w.nullValue)))] }),
  ],
];

const malformed = suite('a certificate that is malformed');

for (const [what, der] of wrong) {
  malformed(`${what} is refused`, async () => {
    assert.is(await verdict(der), 'CERTIFICATE_MALFORMED');
  });
}

malformed('indefinite lengths (BER) are refused at the outside, inside, and in an extension', async () => {
  const der = certificate();
  const indefinite = Uint8Array.from([0x30, 0x80, ...der.subarray(4), 0, 0]);
  assert.is(await verdict(indefinite), 'CERTIFICATE_MALFORMED');
  assert.is(
    await verdict(certificate({ subject: Uint8Array.of(0x30, 0x80, 0, 0) })),
    'CERTIFICATE_MALFORMED',
  );
  const inside = extensions(extension('2.5.29.19', Uint8Array.of(0x30, 0x80, 0, 0)));
  assert.is(await verdict(certificate({ rest: [inside] })), 'CERTIFICATE_MALFORMED');
});

malformed.run();

// -------------------------------------------------------------------------------------
// unusual, and right
// -------------------------------------------------------------------------------------

const right: ReadonlyArray<readonly [what: string, der: Uint8Array]> = [
  ['the one that the others were made from', certificate()],
  ['version 1', certificate({ version: [], rest: [] })],
  [
    'version 2 with unique identifiers',
    certificate({
      version: [w.context(0, w.smallInteger(1))],
      rest: [w.contextPrimitive(1, Uint8Array.of(0, 1)), w.contextPrimitive(2, Uint8Array.of(0))],
    }),
  ],
  [
    'version 3 with everything',
    certificate({
      rest: [w.contextPrimitive(1, Uint8Array.of(0)), w.contextPrimitive(2, Uint8Array.of(0)), ...good.rest],
    }),
  ],
  ['version 3 with nothing', certificate({ rest: [] })],
  [
    'an extension that nobody knows, critical',
    certificate({ rest: [extensions(extension('1.2.3', text('what?'), yes))] }),
  ],
  [
    'a serial number of 20 octets with the highest bit set',
    certificate({ serial: w.unsigned(new Uint8Array(20).fill(0xff)) }),
  ],
  ['an empty subject', certificate({ subject: w.sequence() })],
  [
    'a set of two in order',
    certificate({
      subject: w.sequence(
        w.setOf(w.sequence(w.oid('2.5.4.10'), w.utf8('a')), w.sequence(w.oid('2.5.4.3'), w.utf8('a'))),
      ),
    }),
  ],
  [
    'a TeletexString, which certificates of before 2004 have',
    certificate({
      subject: w.sequence(w.setOf(w.sequence(w.oid('2.5.4.3'), w.element(0x14, Uint8Array.of(0xe9))))),
    }),
  ],
  [
    'a GeneralizedTime before 2050, which PKITS 4.2.4 asks for',
    certificate({ validity: w.sequence(generalized('20260101000000Z'), utc('270101155959Z')) }),
  ],
  ['a path length of zero', certificate({ rest: [extensions(constraints(yes, w.smallInteger(0)))] })],
  ['a path length of 256', certificate({ rest: [extensions(constraints(yes, w.smallInteger(256)))] })],
  ['a key usage of the ninth bit', certificate({ rest: [extensions(keyUsage(3, 3, 7, 0, 0x80))] })],
  [
    'an authority key by issuer and serial number',
    certificate({
      rest: [
        extensions(
          extension(
            '2.5.29.35',
            w.sequence(w.context(1, w.context(4, name)), w.contextPrimitive(2, Uint8Array.of(1))),
          ),
        ),
      ],
    }),
  ],
];

const unusual = suite('a certificate that is unusual');

for (const [what, der] of right) {
  unusual(`${what} is read`, async () => {
    assert.is(await verdict(der), 'accepted');
  });
}

unusual.run();
