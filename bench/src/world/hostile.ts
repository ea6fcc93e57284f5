/** What a stranger could send to keep a register busy: each as large as it is let in, and each costly in its own way. */
import { createPublicKey, randomBytes } from 'node:crypto';
import {
  makeCertificate,
  makeKey,
  makeSignedData,
  type Signer,
  type SignOptions,
  type TestKey,
} from '@mandate/certificates/test-pki';
import {
  filled,
  integer,
  join,
  longOid,
  nested,
  nothing,
  oid,
  sequence,
  set,
  text,
  tlv,
} from '../lib/der.js';

type Octets = Uint8Array<ArrayBuffer>;

export interface HostileInput {
  readonly name: string;
  readonly kind: 'certificate' | 'answer';
  readonly octets: Uint8Array;
}

/** What a request may carry. */
const limit = 65_536;
/** What is read of a certificate. */
const certificateLimit = 16_384;

export const hostileChallenge = new TextEncoder().encode('{"nonce":"0"}');

const commonName = oid(0x55, 4, 3);
const attributeOf = (value: Uint8Array): Octets => set(sequence(commonName, value));
const shortName = (value: string): Octets => sequence(attributeOf(text(value)));
const marks = (characters: number): string =>
  `a${'\u0300'.repeat((characters - 1) >> 1)}${'\u0316'.repeat((characters - 1) >> 1)}`;
const nameOfMarks = (bytes: number): Octets => sequence(...filled(bytes, attributeOf(text(marks(511)))));

const extensionId = (last: number): string => `2.5.29.${last}`;
const extension = (last: number, value: Uint8Array) => ({ oid: extensionId(last), critical: false, value });
const numbers = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i);
const mail = (i: number): Octets => tlv(0x81, new TextEncoder().encode(`a${i}@b.test.invalid`));
const place = (i: number): Octets => tlv(0x86, new TextEncoder().encode(`http://a.test.invalid/${i}`));

/** An RSA key that nobody has the other half of, with an exponent as slow as is accepted. */
const slowKey = (bits: number): Octets => {
  const modulus = randomBytes(bits / 8);
  modulus[0] = 0xff;
  modulus[modulus.length - 1] = 0xff;
  const n = modulus.toString('base64url');
  const e = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).toString('base64url');
  const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  return Uint8Array.from(key.export({ type: 'spki', format: 'der' }));
};

interface Shape {
  readonly serial?: number;
  readonly subject?: Uint8Array;
  readonly issuer?: Uint8Array;
  readonly publicKey?: Uint8Array;
  readonly signer?: TestKey;
  readonly extensions?: ReadonlyArray<ReturnType<typeof extension>>;
}

/** Makes certificates of any shape under one name and one key. */
const certificates =
  (own: TestKey) =>
  (shape: Shape): Promise<Octets> =>
    makeCertificate({
      serial: Uint8Array.of(1 + (shape.serial ?? 0)),
      issuer: shape.issuer ?? shortName('N'),
      subject: shape.subject ?? shortName('N'),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      publicKey: shape.publicKey ?? own.publicKey,
      extensions: shape.extensions ?? [],
      signer: shape.signer ?? own,
    });

const hostileCertificates = async (key: TestKey): Promise<ReadonlyArray<HostileInput>> => {
  const make = certificates(key);
  const room = 14_500;
  const policies = sequence(...numbers(64).map((i) => sequence(longOid(i))));
  const mappings = sequence(...numbers(58).map((i) => sequence(longOid(i), longOid(i + 1))));
  const names = (count: number) => sequence(...numbers(count).map(mail));
  const directory = tlv(0xa4, shortName(marks(511)));
  const shapes: Readonly<Record<string, Shape>> = {
    'a name of combining marks': { subject: nameOfMarks(room) },
    'a name of many parts': {
      subject: sequence(...numbers(470).map(() => attributeOf(text('x'.repeat(18))))),
    },
    'one part of many attributes': {
      subject: sequence(set(...numbers(640).map(() => sequence(commonName, text('x'.repeat(10)))))),
    },
    'a name of one long value': { subject: shortName('x'.repeat(512)), issuer: nameOfMarks(room) },
    'a name of long identifiers': {
      subject: sequence(...numbers(180).map((i) => set(sequence(longOid(i), text('x'))))),
    },
    'policies and their mappings': { extensions: [extension(32, policies), extension(33, mappings)] },
    'purposes with long identifiers': {
      extensions: [extension(37, sequence(...numbers(64).map(longOid)))],
    },
    'alternative names': { extensions: [extension(17, names(256))] },
    'alternative names of combining marks': {
      extensions: [extension(17, sequence(...filled(8_000, directory)))],
    },
    'subtrees of names': {
      extensions: [
        extension(30, sequence(tlv(0xa0, ...numbers(250).map((i) => sequence(mail(i)))))),
        extension(17, names(200)),
      ],
    },
    'distribution points': {
      extensions: [
        extension(
          31,
          sequence(...numbers(30).map(() => sequence(tlv(0xa0, tlv(0xa0, ...numbers(10).map(place)))))),
        ),
      ],
    },
    'directory attributes': {
      extensions: [extension(9, sequence(...numbers(110).map((i) => sequence(longOid(i), set(text('x'))))))],
    },
    'a key of 8,192 bits': { publicKey: slowKey(8192) },
  };
  const made: HostileInput[] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    made.push({ name, kind: 'certificate', octets: await make(shape) });
  }
  const raw = (name: string, octets: Uint8Array): HostileInput => ({ name, kind: 'certificate', octets });
  return [
    ...made,
    raw('nesting', nested(certificateLimit)),
    raw('nesting, 64 kB', nested(limit)),
    raw('many elements', sequence(...filled(certificateLimit - 8, nothing))),
    raw('one long integer', sequence(integer(new Uint8Array(certificateLimit - 16).fill(0x55)))),
    raw('one long text', sequence(text('測'.repeat((certificateLimit - 16) / 3)))),
    raw('one long identifier', sequence(tlv(0x06, new Uint8Array(certificateLimit - 16).fill(0x55)))),
    raw('a length of 4 GiB', Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)),
  ];
};

/**
 * Certificates that may all have issued each other: two that did, and seven whose keys are slow to say no. The
 * signatures have the length of those keys, or the answer would be a quick one.
 */
const crossed = async (
  key: TestKey,
): Promise<{ readonly card: Octets; readonly others: ReadonlyArray<Octets> }> => {
  const make = certificates(key);
  const [first, second] = [await makeKey(4096), await makeKey(4096)];
  const others = [
    ...numbers(7).map((i) => ({ serial: i + 10, publicKey: slowKey(4096), signer: first })),
    { serial: 1, publicKey: first.publicKey, signer: second },
    { serial: 2, publicKey: second.publicKey, signer: first },
  ];
  return {
    card: await make({ subject: shortName('C'), signer: first }),
    others: await Promise.all(others.map(make)),
  };
};

const hostileAnswers = async (key: TestKey): Promise<ReadonlyArray<HostileInput>> => {
  const make = certificates(key);
  const plain = await make({});
  const signer = (certificate: Uint8Array): Signer => ({
    key,
    certificate,
    issuer: shortName('N'),
    serial: Uint8Array.of(1),
    cardNumber: '0',
  });
  const sign = (options: SignOptions, certificate = plain): Promise<Octets> =>
    makeSignedData(signer(certificate), hostileChallenge, options);
  const attribute = (i: number, ...values: ReadonlyArray<Uint8Array>): Octets =>
    sequence(longOid(i), set(...values));
  const marked = await Promise.all(numbers(4).map((i) => make({ serial: i, subject: nameOfMarks(14_000) })));
  const parts = sequence(...numbers(180).map((i) => set(sequence(longOid(i), text('x')))));
  const named = await Promise.all(numbers(4).map((i) => make({ serial: i, subject: parts })));
  const policies = sequence(...numbers(64).map((i) => sequence(longOid(i))));
  const busy = await Promise.all(
    numbers(9).map((i) =>
      make({
        serial: i,
        extensions: [extension(32, policies), extension(17, sequence(...numbers(70).map(mail)))],
      }),
    ),
  );
  const { card, others } = await crossed(key);
  const frame = (...parts: ReadonlyArray<Uint8Array>): Octets =>
    sequence(
      oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2),
      tlv(0xa0, sequence(integer(Uint8Array.of(1)), ...parts)),
    );
  const data = sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1));
  const sha256 = sequence(oid(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1), nothing);
  const rsa = sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1), nothing);
  const someone = sequence(
    integer(Uint8Array.of(1)),
    sequence(sequence(), integer(Uint8Array.of(1))),
    sha256,
    rsa,
    tlv(0x04, new Uint8Array(1)),
  );
  const marksman = sequence(
    integer(Uint8Array.of(1)),
    sequence(shortName(marks(31_000)), integer(Uint8Array.of(1))),
    sha256,
    rsa,
    tlv(0x04, new Uint8Array(1)),
  );
  const own: Readonly<Record<string, Promise<Octets>>> = {
    'certificates that crossed each other': sign({ extraCertificates: others }, card),
    'certificates with names of combining marks': sign({ extraCertificates: marked.slice(1) }, marked[0]),
    'certificates with names of long identifiers': sign({ extraCertificates: named.slice(1) }, named[0]),
    'certificates with many names and policies': sign({ extraCertificates: busy.slice(1) }, busy[0]),
    'many attributes': sign({ extraAttributes: numbers(700).map((i) => attribute(i, nothing)) }),
    'an attribute of many values': sign({ extraAttributes: [attribute(0, ...filled(7000, nothing))] }),
    'a long nonce': sign({ nonce: new Uint8Array(60_000) }),
    'a certificate whose key has 8,192 bits': sign({}, await make({ publicKey: slowKey(8192) })),
  };
  const made: HostileInput[] = [];
  for (const [name, octets] of Object.entries(own)) made.push({ name, kind: 'answer', octets: await octets });
  const raw = (name: string, octets: Uint8Array): HostileInput => ({ name, kind: 'answer', octets });
  return [
    ...made,
    raw('nesting', nested(limit)),
    raw('many elements', sequence(...filled(limit - 8, nothing))),
    raw('many signers', frame(set(sha256), data, set(...filled(limit - 200, someone)))),
    raw('many digest algorithms', frame(set(...filled(limit - 200, sha256)), data, set(someone))),
    raw('a signer whose name is of combining marks', frame(set(sha256), data, set(marksman))),
    raw(
      'long parameters',
      frame(set(sequence(oid(0x2a, 3), tlv(0x04, new Uint8Array(limit - 200)))), data, set(someone)),
    ),
    raw('random octets', join(Uint8Array.of(0x30, 0x82, 0xff, 0xfc), Uint8Array.from(randomBytes(65_532)))),
  ];
};

/** The same for every run but for keys. */
export const hostileInputs = async (): Promise<ReadonlyArray<HostileInput>> => {
  const key = await makeKey();
  return [...(await hostileCertificates(key)), ...(await hostileAnswers(key))];
};
