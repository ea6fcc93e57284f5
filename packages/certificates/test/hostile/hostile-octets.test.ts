/**
 * Octets made to cost or to crash: each is refused by a code, and none throws. What they may cost is measured in `bench`;
 * here it is bounded by what the gate lets through.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { concatBytes, toHex } from '../../src/bytes.js';
import { sha256 } from '../../src/crypto/digest.js';
import { certificateLimits } from '../../src/der/certificate.js';
import { encodeName } from '../../src/der/encode-certificate.js';
import { readDer } from '../../src/der/reader.js';
import { signedDataLimits } from '../../src/der/signed-data.js';
import * as w from '../../src/der/writer.js';
import {
  decodeCertificate,
  decodeCrl,
  type Evidence,
  verifyEvidence,
  verifySignedData,
} from '../../src/index.js';
import { citizenProfile, flipped, refusal, sharedPki, termsOf, text, today } from '../support.js';

const challenge = text('challenge');

/** The refusals of everything that reads octets from outside. */
const verdicts = async (octets: Uint8Array): Promise<ReadonlyArray<string>> => [
  await refusal(decodeCertificate(octets)),
  await refusal(verifySignedData({ cms: octets, content: challenge, ...termsOf(await sharedPki()) })),
  await refusal(decodeCrl(octets)),
];

// -------------------------------------------------------------------------------------
// shapes
// -------------------------------------------------------------------------------------

const size = 65_536;
const filled = (...pattern: ReadonlyArray<number>): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => pattern[i % pattern.length] ?? 0);

/** Sequences in each other, 10,000 of them: 40 kB. */
const nested = (): Uint8Array => {
  const levels = 10_000;
  const headers: Uint8Array[] = [];
  let length = 0;
  for (let level = 0; level < levels; level += 1) {
    const header = w.sequence(new Uint8Array(length)).subarray(0, length < 128 ? 2 : length < 256 ? 3 : 4);
    headers.push(header.slice());
    length += header.length;
  }
  return concatBytes(...headers.reverse());
};

const repeated = (part: Uint8Array, times: number): Uint8Array =>
  concatBytes(...Array.from({ length: times }, () => part));
const longInteger = w.unsigned(new Uint8Array(size - 64).fill(0x7f));
const longOid = w.element(0x06, new Uint8Array(size - 64).fill(0xff), Uint8Array.of(1));

const shapes: ReadonlyArray<readonly [what: string, octets: Uint8Array]> = [
  ['nothing', new Uint8Array(0)],
  ['zeros', filled(0)],
  ['ones', filled(0xff)],
  ['headers of sequences', filled(0x30)],
  ['indefinite lengths in each other', filled(0x30, 0x80)],
  ['10,000 levels of nesting', nested()],
  ['a length of four gigabytes', Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0)],
  ['a length of 126 octets', Uint8Array.from([0x30, 0xfe, ...new Uint8Array(126).fill(0xff)])],
  ['lengths that all lie', filled(0x30, 0x83, 0xff, 0xff, 0xff)],
  ['32,000 elements', w.sequence(repeated(w.nullValue, 32_000))],
  ['16,000 integers', w.sequence(repeated(w.smallInteger(7), 16_000))],
  ['one integer of 64 kB', w.sequence(longInteger)],
  ['one object identifier of 64 kB', w.sequence(longOid)],
  [
    '1,000 object identifiers as long as the gate allows',
    w.sequence(repeated(w.element(6, new Uint8Array(63).fill(0xff), Uint8Array.of(1)), 980)),
  ],
  [
    'a set of 4,000 in the wrong order',
    w.sequence(w.element(0x31, ...Array.from({ length: 4_000 }, (_, i) => w.smallInteger(9_000 - i)))),
  ],
  ['a set of 16,000 alike', w.sequence(w.element(0x31, repeated(w.smallInteger(7), 16_000)))],
  ['64 kB of one text', w.sequence(w.utf8('授'.repeat(21_000)))],
  [
    '1 MB of names',
    w.sequence(
      encodeName(
        Array.from({ length: 20_000 }, (_, i) => ({
          type: '2.5.4.3',
          value: `a name that is longer than it looks, ${i}`,
        })),
      ),
    ),
  ],
];

const hostile = suite('hostile octets');

for (const [what, octets] of shapes) {
  hostile(`${what}: refused wherever octets are read`, async () => {
    const codes = await verdicts(octets);
    for (const code of codes) assert.match(code, /_(MALFORMED|TOO_LARGE)$/);
  });
}

hostile('the gate stops at its number of elements, however many there are', () => {
  for (const limits of [certificateLimits, signedDataLimits]) {
    const many = w.sequence(repeated(w.nullValue, limits.maxNodes));
    const read = readDer(many, { ...limits, maxBytes: size });
    assert.is(read._tag === 'Left' ? read.left : '', `more than ${limits.maxNodes} elements`);
    const fewer = readDer(w.sequence(repeated(w.nullValue, limits.maxNodes - 1)), {
      ...limits,
      maxBytes: size,
    });
    assert.is(fewer._tag, 'Right');
  }
});

// -------------------------------------------------------------------------------------
// real structures with too much of something
// -------------------------------------------------------------------------------------

const algorithm = w.sequence(w.oid('1.2.840.113549.1.1.11'), w.nullValue);
const plainName = encodeName([{ type: '2.5.4.10', value: '測試' }]);
const key = w.sequence(
  w.sequence(w.oid('1.2.840.113549.1.1.1'), w.nullValue),
  w.bitString(w.sequence(w.unsigned(new Uint8Array(256).fill(0xff)), w.smallInteger(65_537))),
);
const time = (value: string) => w.element(0x17, text(value));

const certificate = (subject: Uint8Array, ...extensions: ReadonlyArray<Uint8Array>): Uint8Array =>
  w.sequence(
    w.sequence(
      w.context(0, w.smallInteger(2)),
      w.smallInteger(1),
      algorithm,
      plainName,
      w.sequence(time('260101000000Z'), time('270101155959Z')),
      subject,
      key,
      ...(extensions.length === 0 ? [] : [w.context(3, w.sequence(...extensions))]),
    ),
    algorithm,
    w.bitString(new Uint8Array(256)),
  );

const extension = (oid: string, value: Uint8Array) => w.sequence(w.oid(oid), w.octetString(value));
const many = (length: number, make: (index: number) => Uint8Array): ReadonlyArray<Uint8Array> =>
  Array.from({ length }, (_, index) => make(index));
const dns = (index: number) => w.ia5Context(2, `host${index}.test.invalid`);

const crowded: ReadonlyArray<readonly [what: string, der: Uint8Array]> = [
  [
    '600 relative names',
    certificate(encodeName(Array.from({ length: 600 }, (_, i) => ({ type: '2.5.4.3', value: `${i}` })))),
  ],
  [
    'one relative name of 500 attributes',
    certificate(w.sequence(w.setOf(...many(500, (i) => w.sequence(w.oid('2.5.4.3'), w.utf8(`${i}`)))))),
  ],
  ['a name of 15 kB', certificate(encodeName([{ type: '2.5.4.3', value: '授'.repeat(5_000) }]))],
  ['400 extensions', certificate(plainName, ...many(400, (i) => extension(`1.2.${i}`, w.nullValue)))],
  ['300 alternative names', certificate(plainName, extension('2.5.29.17', w.sequence(...many(300, dns))))],
  [
    '200 policies',
    certificate(
      plainName,
      extension('2.5.29.32', w.sequence(...many(200, (i) => w.sequence(w.oid(`1.2.${i}`))))),
    ),
  ],
  [
    '200 mappings',
    certificate(
      plainName,
      extension(
        '2.5.29.33',
        w.sequence(...many(200, (i) => w.sequence(w.oid(`1.2.${i}`), w.oid(`1.3.${i}`)))),
      ),
    ),
  ],
  [
    '300 permitted names',
    certificate(
      plainName,
      extension('2.5.29.30', w.sequence(w.context(0, ...many(300, (i) => w.sequence(dns(i)))))),
    ),
  ],
  [
    '100 distribution points',
    certificate(
      plainName,
      extension(
        '2.5.29.31',
        w.sequence(...many(100, () => w.sequence(w.context(0, w.context(0, w.ia5Context(6, 'http://a')))))),
      ),
    ),
  ],
  [
    '100 purposes',
    certificate(plainName, extension('2.5.29.37', w.sequence(...many(100, (i) => w.oid(`1.2.${i}`))))),
  ],
  [
    'an extension of 12 kB',
    certificate(
      plainName,
      extension('2.5.29.17', w.sequence(...many(250, () => w.ia5Context(2, 'a'.repeat(40))))),
    ),
  ],
];

for (const [what, der] of crowded) {
  hostile(`a certificate with ${what} is answered, and proves nothing`, async () => {
    const pki = await sharedPki();
    const code = await refusal(decodeCertificate(der));
    assert.ok(['accepted', 'CERTIFICATE_MALFORMED', 'CERTIFICATE_TOO_LARGE'].includes(code), code);
    const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
    const cms = await card.sign(challenge, { extraCertificates: [der] });
    const verdict = await refusal(verifySignedData({ cms, content: challenge, ...termsOf(pki) }));
    // Beside a card that is right it is let pass where it can be read: it is material, and no more.
    assert.ok(['accepted', 'CERTIFICATE_MALFORMED', 'SIGNED_DATA_MALFORMED'].includes(verdict), verdict);
    assert.is(verdict === 'accepted', code === 'accepted');
  });
}

hostile.run();

// -------------------------------------------------------------------------------------
// any octets
// -------------------------------------------------------------------------------------

const anything = suite('hostile octets, of any kind');

anything('garbage is refused and never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 4_000 }), async (garbage) => {
      for (const code of await verdicts(garbage)) assert.is.not(code, 'accepted');
    }),
    { numRuns: 150 },
  );
});

anything('evidence of which any part is garbage is refused and never throws', async () => {
  const pki = await sharedPki();
  const { anchors } = pki.trustInput;
  const { certificate } = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const path = [certificate, pki.authority('MOICA G3').certificate, pki.authority('GRCA G2').certificate];
  const issuer = { ca: 'MOICA', generation: 'G3' } as const;
  const part = fc.constantFrom('cms', 'path', 'crl', 'ocsp', 'certificate');
  await fc.assert(
    fc.asyncProperty(part, fc.uint8Array({ maxLength: 400 }), async (where, garbage) => {
      const kind = where === 'crl' || where === 'ocsp' ? where : 'certificate';
      const proof = { kind, fingerprint: toHex(await sha256(garbage)), der: garbage } as const;
      const said = { status: 'good', source: 'test', proofs: [proof] } as const;
      const evidence: Evidence = {
        ...(where === 'cms' ? { answer: { cms: garbage, content: challenge } } : {}),
        path: where === 'path' ? [garbage, ...path.slice(1)] : path,
        revocation: [said, said],
        at: today,
        profile: citizenProfile,
        issuer,
      };
      const report = await verifyEvidence(evidence, { anchors, cache: pki.trust.cache })();
      assert.is.not(report.indication, 'passed');
    }),
    { numRuns: 200 },
  );
});

anything('a real answer with a stretch of it overwritten, doubled or cut is never a yes', async () => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const cms = await card.sign(challenge);
  const stretch = fc.tuple(
    fc.nat(cms.length - 1),
    fc.integer({ min: 1, max: 64 }),
    fc.constantFrom('zero', 'double', 'cut'),
  );
  await fc.assert(
    fc.asyncProperty(stretch, async ([from, length, how]) => {
      const to = Math.min(from + length, cms.length);
      const middle = cms.subarray(from, to);
      const put =
        how === 'zero' ? new Uint8Array(middle.length) : how === 'double' ? concatBytes(middle, middle) : [];
      const changed = Uint8Array.from([...cms.subarray(0, from), ...put, ...cms.subarray(to)]);
      fc.pre(changed.length !== cms.length || changed.some((octet, i) => octet !== cms[i]));
      const request = { cms: changed, content: challenge, ...termsOf(pki) };
      assert.is.not(await refusal(verifySignedData(request)), 'accepted');
    }),
    { numRuns: 300 },
  );
});

anything('lengths inside a real certificate that are changed never throw', async () => {
  const pki = await sharedPki();
  const { certificate: der } = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const read = readDer(der, certificateLimits);
  assert.ok(read._tag === 'Right');
  const headers: number[] = [];
  const nodes = [read.right];
  for (const node of nodes) {
    headers.push(node.start + 1);
    nodes.push(...node.children);
  }
  assert.ok(headers.length > 50);
  for (const at of headers) {
    for (const mask of [0x01, 0x7f, 0x80, 0x84, 0xff]) {
      const code = await refusal(decodeCertificate(flipped(der, at, mask)));
      assert.is(code, 'CERTIFICATE_MALFORMED');
    }
  }
});

anything.run();
