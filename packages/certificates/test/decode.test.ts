import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  basicConstraintsExtension,
  encodeName,
  keyUsageExtension,
  subjectKeyExtension,
} from '../src/der/encode-certificate.js';
import * as w from '../src/der/writer.js';
import { certificateCache, decodeCertificate, type Extension, extensionOids } from '../src/index.js';
import { type CertificateSpec, makeCertificate, makeKey, type TestKey } from '../src/test-pki/index.js';
import { accepted, flipped, indexOfOctets, refusal, sharedPki, text } from './support.js';

let key: TestKey | undefined;

const name = encodeName([
  { type: '2.5.4.6', value: 'TW' },
  { type: '2.5.4.10', value: '測試' },
]);

const make = async (change: Partial<CertificateSpec> = {}): Promise<Uint8Array> => {
  key ??= await makeKey();
  return makeCertificate({
    serial: Uint8Array.of(1),
    issuer: name,
    subject: name,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T15:59:59Z'),
    publicKey: key.publicKey,
    extensions: [],
    signer: key,
    ...change,
  });
};

const withExtension = (oid: string, value: Uint8Array, critical = false): Promise<Uint8Array> =>
  make({ extensions: [{ oid, critical, value }] });

/** Reads the parts of a certificate and puts it together again with one replaced. */
const withTbs = async (edit: (tbs: Uint8Array) => Uint8Array): Promise<Uint8Array> => {
  const certificate = await accepted(decodeCertificate(await make()));
  const algorithm = w.sequence(w.oid('1.2.840.113549.1.1.11'), w.nullValue);
  return w.sequence(edit(certificate.tbs), algorithm, w.bitString(certificate.signature));
};

const malformed = 'CERTIFICATE_MALFORMED';

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

const rules = suite('decodeCertificate');

rules('reads a certificate into a record of its own', async () => {
  const der = await make({ serial: Uint8Array.of(0x00, 0x8a, 0x01) });
  const certificate = await accepted(decodeCertificate(der));
  assert.is(certificate.version, 3);
  assert.is(certificate.serialNumber, '8A01');
  assert.is(certificate.issuer.text, 'C=TW,O=測試');
  assert.is(certificate.notBefore, Date.parse('2026-01-01T00:00:00Z'));
  assert.is(certificate.notAfter, Date.parse('2027-01-01T15:59:59Z'));
  assert.equal(certificate.publicKeyInfo.key, { type: 'rsa', bits: 2048, exponent: 65_537 });
  assert.equal(certificate.policies, []);
  assert.is(certificate.keyUsage, undefined);
  assert.match(certificate.fingerprint, /^[0-9a-f]{64}$/);
});

rules('the record does not change when the octets it was read from do', async () => {
  const der = await make();
  const certificate = await accepted(decodeCertificate(der));
  const before = certificate.tbs.slice();
  der.fill(0);
  assert.equal(certificate.tbs, before);
});

rules('nothing of a record can be changed, down to the sets in its extensions', async () => {
  const extensions = [keyUsageExtension(['digitalSignature']), basicConstraintsExtension(true, 1)];
  const certificate = await accepted(decodeCertificate(await make({ extensions })));
  const parts: unknown[] = [certificate];
  for (const part of parts) {
    if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) continue;
    assert.ok(Object.isFrozen(part), JSON.stringify(part));
    parts.push(...Object.values(part));
  }
  assert.ok(parts.length > 40);
  const usage = certificate.keyUsage as Set<string>;
  assert.throws(() => usage.add('keyCertSign'), /cannot be changed/);
  assert.throws(() => usage.clear(), /cannot be changed/);
  assert.equal([...usage], ['digitalSignature']);
});

rules('X-2: a serial has one normal form, whether its octets are 16 or 17', async () => {
  const low = Uint8Array.from([0x4a, ...new Uint8Array(15).fill(1)]);
  const high = Uint8Array.from([0xca, ...new Uint8Array(15).fill(1)]);
  for (const serial of [low, high]) {
    const { serialNumber } = await accepted(decodeCertificate(await make({ serial })));
    assert.is(serialNumber.length, 32);
    assert.match(serialNumber, /^[4C]A(01){15}$/);
  }
});

const serialCases: ReadonlyArray<readonly [string, Uint8Array]> = [
  ['zero', Uint8Array.of(2, 1, 0)],
  ['negative', Uint8Array.of(2, 1, 0x80)],
  ['of 21 octets', w.unsigned(new Uint8Array(21).fill(1))],
];
for (const [what, encoded] of serialCases) {
  rules(`a serial number that is ${what} is refused (RFC 5280 4.1.2.2)`, async () => {
    const der = await withTbs((tbs) => {
      // version [0] is five octets after the header of TBSCertificate, the serial follows.
      const content = tbs.subarray(4);
      return w.sequence(content.subarray(0, 5), encoded, content.subarray(8));
    });
    assert.is(await refusal(decodeCertificate(der)), malformed);
  });
}

rules('a serial number of 20 octets is accepted', async () => {
  assert.is(
    await refusal(decodeCertificate(await make({ serial: new Uint8Array(20).fill(0x11) }))),
    'accepted',
  );
});

rules('the signature algorithm inside must be the one outside', async () => {
  const certificate = await accepted(decodeCertificate(await make()));
  const other = w.sequence(w.oid('1.2.840.113549.1.1.12'), w.nullValue);
  const der = w.sequence(certificate.tbs, other, w.bitString(certificate.signature));
  assert.is(await refusal(decodeCertificate(der)), malformed);
});

rules('octets after the certificate are refused', async () => {
  const der = await make();
  assert.is(await refusal(decodeCertificate(Uint8Array.from([...der, 0]))), malformed);
});

rules('what is too large is not even looked at', async () => {
  assert.is(await refusal(decodeCertificate(new Uint8Array(16_385))), 'CERTIFICATE_TOO_LARGE');
});

rules('what is no octets is refused', async () => {
  assert.is(await refusal(decodeCertificate('MII' as unknown as Uint8Array)), malformed);
});

rules('an extension may stand only once', async () => {
  const extensions = [subjectKeyExtension(Uint8Array.of(1)), subjectKeyExtension(Uint8Array.of(2))];
  assert.is(await refusal(decodeCertificate(await make({ extensions }))), malformed);
});

rules('`critical` is written only when it is true (X.690 11.5)', async () => {
  const extension = w.sequence(w.oid('2.5.29.14'), w.boolean(false), w.octetString(w.octetString(text('k'))));
  const der = await withTbs((tbs) => w.sequence(tbs.subarray(4), w.context(3, w.sequence(extension))));
  assert.is(await refusal(decodeCertificate(der)), malformed);
});

const brokenExtensions: ReadonlyArray<readonly [string, string, Uint8Array]> = [
  ['a key usage with no bit', extensionOids.keyUsage, w.bitString(new Uint8Array(0))],
  ['a key usage that is no bit string', extensionOids.keyUsage, w.smallInteger(1)],
  [
    'basic constraints with CA written as false',
    extensionOids.basicConstraints,
    w.sequence(w.boolean(false)),
  ],
  ['a path length without CA', extensionOids.basicConstraints, w.sequence(w.smallInteger(1))],
  [
    'a negative path length',
    extensionOids.basicConstraints,
    w.sequence(w.boolean(true), Uint8Array.of(2, 1, 0xff)),
  ],
  [
    'basic constraints with a third field',
    extensionOids.basicConstraints,
    w.sequence(w.boolean(true), w.smallInteger(1), w.smallInteger(1)),
  ],
  [
    'basic constraints of two integers',
    extensionOids.basicConstraints,
    w.sequence(w.smallInteger(1), w.smallInteger(1)),
  ],
  ['basic constraints that are no sequence', extensionOids.basicConstraints, w.smallInteger(1)],
  ['a subject key that is no octet string', extensionOids.subjectKeyIdentifier, w.smallInteger(1)],
  ['an authority key that is no sequence', extensionOids.authorityKeyIdentifier, w.smallInteger(1)],
  ['policies that are no sequence', extensionOids.certificatePolicies, w.smallInteger(1)],
  [
    'one policy twice',
    extensionOids.certificatePolicies,
    w.sequence(w.sequence(w.oid('2.16.886.101.0.3.3')), w.sequence(w.oid('2.16.886.101.0.3.3'))),
  ],
  ['purposes that are no sequence', extensionOids.extKeyUsage, w.smallInteger(1)],
  ['directory attributes that are no sequence', extensionOids.subjectDirectoryAttributes, w.smallInteger(1)],
  [
    'a directory attribute without a type',
    extensionOids.subjectDirectoryAttributes,
    w.sequence(w.sequence(w.setOf())),
  ],
  ['a value with octets after it', extensionOids.subjectKeyIdentifier, Uint8Array.of(4, 1, 1, 0)],
];
for (const [what, oid, value] of brokenExtensions) {
  rules(`${what} is refused`, async () => {
    assert.is(await refusal(decodeCertificate(await withExtension(oid, value))), malformed);
  });
}

rules('values that are read: purposes, revocation addresses, an empty basic constraints', async () => {
  const extensions: ReadonlyArray<Extension> = [
    {
      oid: extensionOids.extKeyUsage,
      critical: false,
      value: w.sequence(w.oid('1.3.6.1.5.5.7.3.2')),
    },
    basicConstraintsExtension(false),
    { oid: extensionOids.authorityKeyIdentifier, critical: false, value: w.sequence() },
  ];
  const certificate = await accepted(decodeCertificate(await make({ extensions })));
  assert.equal(certificate.extKeyUsage, ['1.3.6.1.5.5.7.3.2']);
  assert.equal(certificate.basicConstraints, { ca: false });
  assert.is(certificate.aki, undefined);
});

rules('an address of a responder that cannot be read leaves none: it is advice', async () => {
  const access = await withExtension(extensionOids.authorityInfoAccess, w.smallInteger(1));
  assert.equal((await accepted(decodeCertificate(access))).ocspUris, []);
});

rules('distribution points that cannot be read are refused: they say what a list speaks of', async () => {
  const der = await withExtension(extensionOids.crlDistributionPoints, w.smallInteger(1));
  assert.is(await refusal(decodeCertificate(der)), malformed);
});

rules('a value with more parts than any certificate has costs nothing and is refused', async () => {
  const policies = w.sequence(...Array.from({ length: 100 }, (_, i) => w.sequence(w.oid(`1.2.${i}`))));
  const refusedPolicies = await withExtension(extensionOids.certificatePolicies, policies);
  assert.is(await refusal(decodeCertificate(refusedPolicies)), malformed);
  const point = w.sequence(w.context(0, w.context(0, w.ia5Context(6, 'http://crl.test.invalid'))));
  const many = w.sequence(...Array.from({ length: 100 }, () => point));
  const refusedPoints = await withExtension(extensionOids.crlDistributionPoints, many);
  assert.is(await refusal(decodeCertificate(refusedPoints)), malformed);
});

rules('a version 1 certificate is read, and has no extensions', async () => {
  const der = await withTbs((tbs) => w.sequence(tbs.subarray(4 + 5)));
  const certificate = await accepted(decodeCertificate(der));
  assert.is(certificate.version, 1);
  assert.equal(certificate.extensions, []);
});

const versionCases: ReadonlyArray<readonly [string, (tbs: Uint8Array) => Uint8Array]> = [
  ['version 1 written out', (tbs) => w.sequence(w.context(0, w.smallInteger(0)), tbs.subarray(9))],
  ['version 4', (tbs) => w.sequence(w.context(0, w.smallInteger(3)), tbs.subarray(9))],
  [
    'extensions in version 2',
    (tbs) => w.sequence(w.context(0, w.smallInteger(1)), tbs.subarray(9), extensionField),
  ],
  ['an empty list of extensions', (tbs) => w.sequence(tbs.subarray(4), w.context(3, w.sequence()))],
  ['extensions twice', (tbs) => w.sequence(tbs.subarray(4), extensionField, extensionField)],
  ['an unknown field at the end', (tbs) => w.sequence(tbs.subarray(4), w.context(4, w.nullValue))],
  [
    'a unique identifier in version 1',
    (tbs) => w.sequence(tbs.subarray(9), w.contextPrimitive(1, text('x'))),
  ],
  [
    'an extension that is no sequence',
    (tbs) => w.sequence(tbs.subarray(4), w.context(3, w.sequence(w.nullValue))),
  ],
  [
    'an extension whose value is no octet string',
    (tbs) => w.sequence(tbs.subarray(4), w.context(3, w.sequence(w.sequence(w.oid('1.2'), w.nullValue)))),
  ],
  ['no fields at all', () => w.sequence()],
];
const extensionField = w.context(3, w.sequence(w.sequence(w.oid('1.2.3'), w.octetString(text('x')))));
for (const [what, edit] of versionCases) {
  rules(`${what} is refused`, async () => {
    assert.is(await refusal(decodeCertificate(await withTbs(edit))), malformed);
  });
}

rules('unique identifiers in version 2 are let pass', async () => {
  const der = await withTbs((tbs) =>
    w.sequence(w.context(0, w.smallInteger(1)), tbs.subarray(9), w.contextPrimitive(1, Uint8Array.of(0, 1))),
  );
  assert.is((await accepted(decodeCertificate(der))).version, 2);
});

rules('a name must have an issuer, sets and pairs', async () => {
  for (const issuer of [
    w.sequence(),
    w.sequence(w.sequence()),
    w.sequence(w.setOf()),
    w.sequence(w.setOf(w.sequence(w.oid('2.5.4.3')))),
    w.smallInteger(1),
  ]) {
    assert.is(await refusal(decodeCertificate(await make({ issuer }))), malformed);
  }
});

rules('validity must be two times', async () => {
  const der = await make();
  const time = text('260101000000Z');
  const at = indexOfOctets(der, time);
  assert.is(await refusal(decodeCertificate(flipped(der, at, 0x40))), malformed);
});

rules('public keys: RSA is measured, a curve is named, another kind is let pass', async () => {
  const curve = w.sequence(
    w.sequence(w.oid('1.2.840.10045.2.1'), w.oid('1.3.132.0.34')),
    w.bitString(new Uint8Array(97)),
  );
  const strange = w.sequence(
    w.sequence(w.oid('1.2.840.10045.2.1'), w.oid('1.3.132.0.10')),
    w.bitString(text('x')),
  );
  const explicit = w.sequence(w.sequence(w.oid('1.2.840.10045.2.1'), w.nullValue), w.bitString(text('x')));
  const other = w.sequence(w.sequence(w.oid('1.3.101.112')), w.bitString(new Uint8Array(32)));
  const keyOf = async (publicKey: Uint8Array) =>
    (await accepted(decodeCertificate(await make({ publicKey })))).publicKeyInfo.key;
  assert.equal(await keyOf(curve), { type: 'ec', curve: 'P-384' });
  assert.equal(await keyOf(strange), { type: 'other' });
  assert.equal(await keyOf(explicit), { type: 'other' });
  assert.equal(await keyOf(other), { type: 'other' });
});

rules('an RSA key of another structure is refused, an absurd exponent is not remembered', async () => {
  const rsa = (inner: Uint8Array) =>
    w.sequence(w.sequence(w.oid('1.2.840.113549.1.1.1'), w.nullValue), w.bitString(inner));
  const n = w.unsigned(new Uint8Array(256).fill(0xff));
  for (const inner of [
    w.nullValue,
    w.sequence(n),
    w.sequence(n, w.smallInteger(3), w.smallInteger(3)),
    w.sequence(Uint8Array.of(2, 1, 0x80), w.smallInteger(3)),
  ]) {
    assert.is(await refusal(decodeCertificate(await make({ publicKey: rsa(inner) }))), malformed);
  }
  const huge = rsa(w.sequence(n, w.unsigned(new Uint8Array(7).fill(0xff))));
  const certificate = await accepted(decodeCertificate(await make({ publicKey: huge })));
  assert.equal(certificate.publicKeyInfo.key, { type: 'rsa', bits: 2048 });
  assert.is(await refusal(decodeCertificate(await make({ publicKey: w.sequence() }))), malformed);
});

rules.run();

// -------------------------------------------------------------------------------------
// cache
// -------------------------------------------------------------------------------------

const caches = suite('certificateCache');

caches('the same octets are decoded once', async () => {
  const cache = certificateCache();
  const der = await make();
  const first = await accepted(decodeCertificate(der, cache));
  assert.is(await accepted(decodeCertificate(der.slice(), cache)), first);
  assert.is.not(await accepted(decodeCertificate(der)), first);
});

caches('a certificate is known by all its octets, whatever shares its end', async () => {
  const cache = certificateCache();
  const der = await make();
  assert.is(cache.certificateOf(der), undefined);
  const first = await accepted(decodeCertificate(der, cache));
  assert.is(cache.certificateOf(der), first);
  for (const position of [4, 40, der.length - 300]) {
    assert.is(cache.certificateOf(flipped(der, position, 1)), undefined, `octet ${position}`);
  }
  assert.is(cache.certificateOf(der.subarray(1)), undefined);
  assert.is(cache.certificateOf(new Uint8Array(0)), undefined);
});

caches('a look-alike with the same end costs a decoding and no more', async () => {
  const cache = certificateCache();
  const real = await make();
  // Another octet in the signature: it can be read, and has the same end.
  const lookAlike = flipped(real, real.length - 100, 1);
  const fake = await accepted(decodeCertificate(lookAlike, cache));
  const record = await accepted(decodeCertificate(real, cache));
  assert.equal(record.der, real);
  assert.is.not(record.fingerprint, fake.fingerprint);
  assert.is(await accepted(decodeCertificate(real, cache)), record);
});

caches('it keeps no more than it was allowed', async () => {
  const cache = certificateCache({ maxEntries: 2 });
  const all: Uint8Array[] = [];
  for (const serial of [1, 2, 3]) all.push(await make({ serial: Uint8Array.of(serial) }));
  const records = [];
  for (const der of all) records.push(await accepted(decodeCertificate(der, cache)));
  assert.equal(
    records.map(({ fingerprint }) => cache.certificate(fingerprint) !== undefined),
    [false, true, true],
  );
});

caches('it keeps no more octets than it was allowed, however few certificates they are', async () => {
  const large = { oid: '1.2.3', critical: false, value: w.octetString(new Uint8Array(4_000)) };
  const all: Uint8Array[] = [];
  for (const serial of [1, 2, 3]) {
    all.push(await make({ serial: Uint8Array.of(serial), extensions: [large] }));
  }
  const cache = certificateCache({ maxBytes: 10_000 });
  const records = [];
  for (const der of all) records.push(await accepted(decodeCertificate(der, cache)));
  assert.equal(
    records.map(({ fingerprint }) => cache.certificate(fingerprint) !== undefined),
    [false, true, true],
  );
  const small = certificateCache({ maxBytes: 10 });
  const [first] = records;
  assert.ok(first);
  small.keepCertificate(first);
  assert.is(small.certificate(first.fingerprint), undefined);
});

caches('a record into whose octets somebody wrote is not handed out again', async () => {
  const cache = certificateCache();
  const der = await make();
  const first = await accepted(decodeCertificate(der, cache));
  first.publicKeyInfo.der[40] = (first.publicKeyInfo.der[40] ?? 0) ^ 1;
  const second = await accepted(decodeCertificate(der, cache));
  assert.is.not(second, first);
  assert.equal(second.der, new Uint8Array(der));
  assert.is(await accepted(decodeCertificate(der, cache)), second);
});

caches('an entry that is there stays, and none is kept when none is allowed', async () => {
  const cache = certificateCache({ maxEntries: 1 });
  cache.keepSignature('a', 'b', true);
  cache.keepSignature('a', 'b', false);
  assert.is(cache.signature('a', 'b'), true);
  const none = certificateCache({ maxEntries: 0 });
  none.keepSignature('a', 'b', true);
  none.keepCertificate(await accepted(decodeCertificate(await make())));
  assert.is(none.signature('a', 'b'), undefined);
});

caches.run();

// -------------------------------------------------------------------------------------
// faults
// -------------------------------------------------------------------------------------

const faults = suite('decodeCertificate, for any octets');

faults('garbage never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (garbage) => {
      assert.ok((await refusal(decodeCertificate(garbage))) !== 'accepted');
    }),
    { numRuns: 200 },
  );
});

faults('a certificate cut short is refused at every length', async () => {
  const pki = await sharedPki();
  const { certificate } = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  for (let length = 0; length < certificate.length; length += 7) {
    assert.is(await refusal(decodeCertificate(certificate.subarray(0, length))), malformed);
  }
});

faults('a certificate with one octet changed never throws', async () => {
  const pki = await sharedPki();
  const { certificate } = await pki.issueAgency({
    ca: 'GCA',
    name: '測試機關',
    organisationOid: '2.16.886.101.20003',
  });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(certificate.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (index, mask) => {
        const answer = await decodeCertificate(flipped(certificate, index, mask))();
        assert.ok(answer._tag === 'Right' || answer.left.code === malformed);
      },
    ),
    { numRuns: 300 },
  );
});

faults.run();
