/** SignedData put together wrongly, field by field. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { concatBytes } from '../../src/bytes.js';
import { digest } from '../../src/crypto/digest.js';
import { attribute } from '../../src/der/encode-signed-data.js';
import * as w from '../../src/der/writer.js';
import { verifySignedData } from '../../src/index.js';
import { makeKey, type TestKey } from '../../src/test-pki/index.js';
import { makeSubscriberCertificate } from '../../src/test-pki/subscriber.js';
import { decoded, refusal, sharedPki, termsOf, text } from '../support.js';

const challenge = text('challenge');
const idData = w.oid('1.2.840.113549.1.7.1');
const sha256 = w.sequence(w.oid('2.16.840.1.101.3.4.2.1'), w.nullValue);
const rsa = w.sequence(w.oid('1.2.840.113549.1.1.1'), w.nullValue);

interface Parts {
  readonly version: Uint8Array;
  readonly digests: Uint8Array;
  readonly content: Uint8Array;
  readonly certificates: ReadonlyArray<Uint8Array>;
  readonly signers: ReadonlyArray<Uint8Array>;
  readonly after: ReadonlyArray<Uint8Array>;
}

interface SignerParts {
  readonly version: Uint8Array;
  readonly sid: Uint8Array;
  readonly digest: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly after: ReadonlyArray<Uint8Array>;
  readonly attributes: ReadonlyArray<Uint8Array>;
}

let made: Promise<{ readonly key: TestKey; readonly certificate: Uint8Array }> | undefined;

const holder = () => {
  made ??= (async () => {
    const key = await makeKey();
    const certificate = await makeSubscriberCertificate({
      authority: (await sharedPki()).authority('MOICA G3'),
      identity: { subjectType: 'citizen', name: '王小明', last4: '6789' },
      key,
      serial: Uint8Array.of(0x12, 0x34),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2031-01-01T15:59:59Z'),
      keyUsage: ['digitalSignature'],
      defects: {},
    });
    return { key, certificate };
  })();
  return made;
};

const signerInfo = async (change: Partial<SignerParts> = {}): Promise<Uint8Array> => {
  const { key, certificate } = await holder();
  const { issuer } = await decoded(certificate);
  const attributes = change.attributes ?? [
    attribute('1.2.840.113549.1.9.3', idData),
    attribute('1.2.840.113549.1.9.4', w.octetString(await digest('SHA-256', challenge))),
  ];
  const set = w.setOf(...attributes);
  const signature = await key.sign('SHA-256', set);
  set[0] = 0xa0;
  return w.sequence(
    change.version ?? w.smallInteger(1),
    change.sid ?? w.sequence(issuer.der, w.unsigned(Uint8Array.of(0x12, 0x34))),
    change.digest ?? sha256,
    set,
    change.algorithm ?? rsa,
    w.octetString(signature),
    ...(change.after ?? []),
  );
};

const signedData = async (change: Partial<Parts> = {}): Promise<Uint8Array> => {
  const { certificate } = await holder();
  return w.sequence(
    w.oid('1.2.840.113549.1.7.2'),
    w.context(
      0,
      w.sequence(
        change.version ?? w.smallInteger(1),
        change.digests ?? w.setOf(sha256),
        change.content ?? w.sequence(idData, w.context(0, w.octetString(challenge))),
        w.context(0, ...(change.certificates ?? [certificate])),
        w.element(0x31, ...(change.signers ?? [await signerInfo()])),
        ...(change.after ?? []),
      ),
    ),
  );
};

const verdict = async (cms: Uint8Array) =>
  refusal(verifySignedData({ cms, content: challenge, ...termsOf(await sharedPki()) }));

const structure = suite('the structure of SignedData');

structure('put together rightly it is accepted', async () => {
  assert.is(await verdict(await signedData()), 'accepted');
});

structure(
  'a signer named by its key identifier is accepted, with the versions that belong to it',
  async () => {
    const { certificate } = await holder();
    const { ski = '' } = await decoded(certificate);
    const identifier = Uint8Array.from(ski.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const sid = w.contextPrimitive(0, identifier);
    const signers = [await signerInfo({ sid, version: w.smallInteger(3) })];
    assert.is(await verdict(await signedData({ signers, version: w.smallInteger(3) })), 'accepted');
    assert.is(
      await verdict(await signedData({ signers, version: w.smallInteger(1) })),
      'SIGNED_DATA_MALFORMED',
    );
    // RFC 5652 5.3: a signer of version 3 named by issuer and serial number, or of version 1 by its key identifier.
    for (const wrong of [{ version: w.smallInteger(3) }, { sid, version: w.smallInteger(1) }]) {
      const message = await signedData({ signers: [await signerInfo(wrong)], version: w.smallInteger(3) });
      assert.is(await verdict(message), 'SIGNED_DATA_MALFORMED');
    }
    const unknown = [await signerInfo({ sid: w.contextPrimitive(0, text('x')), version: w.smallInteger(3) })];
    const missing = await signedData({ signers: unknown, version: w.smallInteger(3) });
    assert.is(await verdict(missing), 'SIGNER_CERTIFICATE_MISSING');
  },
);

structure('unsigned attributes are let pass and not read', async () => {
  const signers = [
    await signerInfo({ after: [w.context(1, w.sequence(w.oid('1.2.3'), w.setOf(w.nullValue)))] }),
  ];
  assert.is(await verdict(await signedData({ signers })), 'accepted');
});

structure('exactly one signer', async () => {
  const one = await signerInfo();
  assert.is(await verdict(await signedData({ signers: [] })), 'SIGNER_COUNT');
  assert.is(await verdict(await signedData({ signers: [one, one] })), 'SIGNER_COUNT');
});

const malformed: ReadonlyArray<readonly [string, () => Promise<Uint8Array>]> = [
  ['another version', () => signedData({ version: w.smallInteger(3) })],
  ['a version that is no integer', () => signedData({ version: w.nullValue })],
  ['digests that are no set', () => signedData({ digests: sha256 })],
  ['a digest that is no algorithm', () => signedData({ digests: w.setOf(w.nullValue) })],
  ['content that is no sequence', () => signedData({ content: idData })],
  [
    'content that is no octet string',
    () => signedData({ content: w.sequence(idData, w.context(0, w.nullValue)) }),
  ],
  [
    'content with a third field',
    () => signedData({ content: w.sequence(idData, w.context(0, w.octetString(challenge)), idData) }),
  ],
  ['revocation lists after the signers', () => signedData({ after: [w.context(1, w.nullValue)] })],
  ['a signer that is no sequence', () => signedData({ signers: [w.nullValue] })],
  [
    'a signer of another version',
    async () => signedData({ signers: [await signerInfo({ version: w.smallInteger(3) })] }),
  ],
  [
    'a signer named by nothing',
    async () => signedData({ signers: [await signerInfo({ sid: w.sequence() })] }),
  ],
  [
    'a signer with a negative serial',
    async () => {
      const { issuer } = await decoded((await holder()).certificate);
      const sid = w.sequence(issuer.der, Uint8Array.of(2, 1, 0x80));
      return signedData({ signers: [await signerInfo({ sid })] });
    },
  ],
  [
    'a signer without algorithm',
    async () => signedData({ signers: [await signerInfo({ algorithm: w.nullValue })] }),
  ],
  [
    'a signature that is no octet string',
    async () => signedData({ signers: [await signerInfo({ algorithm: concatBytes(rsa, w.nullValue) })] }),
  ],
  [
    'a field after the signature',
    async () => signedData({ signers: [await signerInfo({ after: [w.nullValue] })] }),
  ],
  [
    'another content type outside',
    async () => {
      const cms = await signedData();
      return w.sequence(idData, cms.subarray(4 + 11));
    },
  ],
];
for (const [what, make] of malformed) {
  structure(`${what} is refused`, async () => {
    assert.is(await verdict(await make()), 'SIGNED_DATA_MALFORMED');
  });
}

structure('the digest must be named the same in the message and by the signer', async () => {
  const sha512 = w.sequence(w.oid('2.16.840.1.101.3.4.2.3'), w.nullValue);
  for (const digests of [w.setOf(), w.setOf(sha512), w.setOf(sha256, sha512)]) {
    assert.is(await verdict(await signedData({ digests })), 'DIGEST_NOT_ACCEPTED');
  }
});

structure('a digest that is unknown, or has parameters, is refused', async () => {
  const md5 = w.sequence(w.oid('1.2.840.113549.2.5'), w.nullValue);
  const odd = w.sequence(w.oid('2.16.840.1.101.3.4.2.1'), w.smallInteger(1));
  for (const digest of [md5, odd]) {
    assert.is(
      await verdict(await signedData({ signers: [await signerInfo({ digest })] })),
      'DIGEST_NOT_ACCEPTED',
    );
  }
});

structure('a signature algorithm is exact: PSS, other parameters, another digest are refused', async () => {
  const algorithms: ReadonlyArray<Uint8Array> = [
    w.sequence(w.oid('1.2.840.113549.1.1.10'), w.sequence()),
    w.sequence(w.oid('1.2.840.113549.1.1.10')),
    w.sequence(w.oid('1.2.840.113549.1.1.1')),
    w.sequence(w.oid('1.2.840.113549.1.1.11')),
    w.sequence(w.oid('1.2.840.113549.1.1.11'), w.sequence()),
    w.sequence(w.oid('1.2.840.113549.1.1.13'), w.nullValue),
    w.sequence(w.oid('1.2.840.113549.1.1.5'), w.nullValue),
  ];
  for (const algorithm of algorithms) {
    assert.is(
      await verdict(await signedData({ signers: [await signerInfo({ algorithm })] })),
      'SIGNATURE_ALGORITHM_NOT_ACCEPTED',
    );
  }
});

structure('a digest without parameters is accepted (RFC 5754 2)', async () => {
  const plain = w.sequence(w.oid('2.16.840.1.101.3.4.2.1'));
  const signers = [await signerInfo({ digest: plain })];
  assert.is(await verdict(await signedData({ signers, digests: w.setOf(plain) })), 'accepted');
});

structure('content of another type than plain data is refused', async () => {
  const content = w.sequence(w.oid('1.2.840.113549.1.9.16.1.4'), w.context(0, w.octetString(challenge)));
  assert.is(
    await verdict(await signedData({ content, version: w.smallInteger(3) })),
    'CONTENT_TYPE_MISMATCH',
  );
});

structure('contentType and messageDigest must have exactly one value each', async () => {
  const type = attribute('1.2.840.113549.1.9.3', idData);
  const value = w.octetString(await digest('SHA-256', challenge));
  const two = attribute('1.2.840.113549.1.9.4', value, w.octetString(new Uint8Array(32)));
  const cases: ReadonlyArray<readonly [ReadonlyArray<Uint8Array>, string]> = [
    [[type, two], 'MESSAGE_DIGEST_MISMATCH'],
    [[type], 'MESSAGE_DIGEST_MISMATCH'],
    [[type, attribute('1.2.840.113549.1.9.4', w.nullValue)], 'MESSAGE_DIGEST_MISMATCH'],
    [[attribute('1.2.840.113549.1.9.4', value)], 'CONTENT_TYPE_MISMATCH'],
    [
      [attribute('1.2.840.113549.1.9.3', idData, idData), attribute('1.2.840.113549.1.9.4', value)],
      'CONTENT_TYPE_MISMATCH',
    ],
  ];
  for (const [attributes, code] of cases) {
    assert.is(await verdict(await signedData({ signers: [await signerInfo({ attributes })] })), code);
  }
});

structure.run();
