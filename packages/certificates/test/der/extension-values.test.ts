/** Names, distribution points and constraints in extensions: what PKITS has of them, and every shape that is none. */
import { readFileSync } from 'node:fs';
import { sharedData, suiteNeeding } from '@mandate/testing';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  inhibitAnyPolicyOf,
  nameConstraintsOf,
  policiesOf,
  policyConstraintsOf,
  policyMappingsOf,
} from '../../src/der/constraints.js';
import { distributionPointsOf } from '../../src/der/distribution-points.js';
import { encodeName } from '../../src/der/encode-certificate.js';
import { generalNamesOf } from '../../src/der/general-names.js';
import { type DerNode, readDer } from '../../src/der/reader.js';
import * as w from '../../src/der/writer.js';
import { uriOfPoint } from '../../src/general-name.js';
import { decoded, text } from '../support.js';

const limits = { maxBytes: 8192, maxDepth: 12, maxNodes: 1000 };

const nodeOf = (der: Uint8Array): DerNode => {
  const read = readDer(der, limits);
  if (read._tag === 'Left') throw new Error(read.left);
  return read.right;
};

const name = encodeName([{ type: '2.5.4.10', value: '測試' }]);
const uri = w.ia5Context(6, 'http://crl.test.invalid/1.crl');
const directory = w.context(4, name);
const seq = w.sequence;

// -------------------------------------------------------------------------------------
// general names
// -------------------------------------------------------------------------------------

const names = suite('general names (RFC 5280 4.2.1.6)');

const namesOf = (...parts: ReadonlyArray<Uint8Array>) => generalNamesOf(nodeOf(seq(...parts)));

names('each kind is read as what it is', () => {
  const all = namesOf(
    w.context(0, w.oid('1.2.3'), w.context(0, w.utf8('x'))),
    w.ia5Context(1, 'someone@test.invalid'),
    w.ia5Context(2, 'test.invalid'),
    w.context(3, w.nullValue),
    directory,
    w.context(5, w.nullValue),
    uri,
    w.contextPrimitive(7, Uint8Array.of(127, 0, 0, 1)),
    w.contextPrimitive(8, w.oid('2.16.886.101').subarray(2)),
  );
  assert.equal(
    all?.map(({ type }) => type),
    ['other', 'rfc822', 'dns', 'other', 'directory', 'other', 'uri', 'ip', 'registeredId'],
  );
  const last = all?.at(-1);
  assert.is(last?.type === 'registeredId' ? last.oid : '', '2.16.886.101');
});

const noNames: ReadonlyArray<readonly [what: string, ...parts: ReadonlyArray<Uint8Array>]> = [
  ['no name at all'],
  ['a tag that is no choice', w.context(9, w.nullValue)],
  ['a universal type', w.utf8('x')],
  [
    'text with a NUL: what follows it is hidden from others',
    w.ia5Context(2, 'good.invalid\u0000.evil.invalid'),
  ],
  ['text with a letter that is not ASCII', w.ia5Context(1, '王@test.invalid')],
  ['text with a line break', w.ia5Context(6, 'http://a\r\nb')],
  ['text under a constructed tag', w.context(6, w.utf8('http://a'))],
  ['an address of five octets', w.contextPrimitive(7, new Uint8Array(5))],
  ['an address of none', w.contextPrimitive(7, new Uint8Array(0))],
  ['a directory name that is tagged implicitly', w.element(0xa4, name.subarray(2))],
  ['two directory names in one', w.context(4, name, name)],
  ['a directory name that is none', w.context(4, w.sequence(w.nullValue))],
  ['an identifier that ends in the middle of an arc', w.contextPrimitive(8, Uint8Array.of(0x2a, 0x80))],
  ['an identifier of nothing', w.contextPrimitive(8, new Uint8Array(0))],
  ['a name that is right and one that is not', uri, w.context(9, w.nullValue)],
  ['more names than anyone needs', ...Array.from({ length: 257 }, () => w.ia5Context(2, 'a'))],
];
for (const [what, ...parts] of noNames) {
  names(`${what} is refused`, () => {
    assert.is(namesOf(...parts), undefined);
  });
}

names('and so is what is no sequence', () => {
  assert.is(generalNamesOf(nodeOf(w.setOf(uri))), undefined);
  assert.is(generalNamesOf(undefined), undefined);
});

names.run();

// -------------------------------------------------------------------------------------
// distribution points
// -------------------------------------------------------------------------------------

const points = suite('distribution points (RFC 5280 4.2.1.13)');

const point = (...fields: ReadonlyArray<Uint8Array>) => distributionPointsOf(nodeOf(seq(seq(...fields))));
const fullName = w.context(0, w.context(0, uri));
const relative = w.context(0, w.context(1, seq(w.oid('2.5.4.3'), w.utf8('CRL1'))));
const reasons = (...octets: ReadonlyArray<number>) => w.contextPrimitive(1, Uint8Array.from(octets));
const crlIssuer = w.context(2, directory);

points('an address, a relative name, reasons, and another issuer are read', () => {
  assert.equal(point(fullName)?.map(uriOfPoint), [['http://crl.test.invalid/1.crl']]);
  assert.equal(point(relative)?.[0]?.name?.relativeName, [{ type: '2.5.4.3', value: 'CRL1' }]);
  assert.equal([...(point(fullName, reasons(6, 0x40))?.[0]?.reasons ?? [])], ['keyCompromise']);
  assert.equal(
    [...(point(fullName, reasons(7, 0x01, 0x80))?.[0]?.reasons ?? [])],
    ['privilegeWithdrawn', 'aACompromise'],
  );
  assert.is(point(crlIssuer)?.[0]?.crlIssuer?.[0]?.type, 'directory');
  const whole = point(relative, reasons(1, 0x06), crlIssuer)?.[0];
  assert.equal(Object.keys(whole ?? {}), ['name', 'reasons', 'crlIssuer']);
});

const noPoints: ReadonlyArray<readonly [what: string, ...fields: ReadonlyArray<Uint8Array>]> = [
  ['a point of nothing'],
  ['a point of reasons alone', reasons(6, 0x40)],
  ['a name that is neither full nor relative', w.context(0, w.context(2, uri))],
  ['a name that is both', w.context(0, w.context(0, uri), w.context(1, seq(w.oid('2.5.4.3'), w.utf8('a'))))],
  ['a full name of none', w.context(0, w.context(0))],
  ['a relative name of none', w.context(0, w.context(1))],
  ['a name that is tagged implicitly', w.context(0, uri)],
  ['reasons without a bit', fullName, reasons(0)],
  ['reasons that are no bits at all', fullName, reasons()],
  ['reasons that name none', fullName, reasons(7, 0x80)],
  ['reasons that end in a zero', fullName, reasons(0, 0x40)],
  ['reasons whose unused bits are set', fullName, reasons(7, 0xc1)],
  ['reasons with nine unused bits', fullName, reasons(9, 0x40)],
  ['fields in another order', crlIssuer, fullName],
  ['a field twice', fullName, fullName],
  ['a field that nobody knows', fullName, w.context(3, w.nullValue)],
  ['an issuer of none', fullName, w.context(2)],
];
for (const [what, ...fields] of noPoints) {
  points(`${what} is refused`, () => {
    assert.is(point(...fields), undefined);
  });
}

points('no point, too many, and what is no sequence are refused', () => {
  assert.is(distributionPointsOf(nodeOf(seq())), undefined);
  assert.is(distributionPointsOf(nodeOf(w.setOf(seq(fullName)))), undefined);
  assert.is(distributionPointsOf(nodeOf(seq(w.setOf(fullName)))), undefined);
  const many = Array.from({ length: 33 }, () => seq(fullName));
  assert.is(distributionPointsOf(nodeOf(seq(...many))), undefined);
});

points.run();

// -------------------------------------------------------------------------------------
// policies and names below a CA
// -------------------------------------------------------------------------------------

const constraints = suite('policies and constraints (RFC 5280 4.2.1.4, .5, .10, .11, .14)');

const pair = seq(w.oid('1.2.3'), w.oid('1.2.4'));
const dns = w.ia5Context(2, 'test.invalid');

constraints('what is right is read', () => {
  const qualified = seq(w.oid('1.2.4'), seq(seq(w.oid('1.3.6.1.5.5.7.2.1'), w.printable('x'))));
  assert.equal(policiesOf(nodeOf(seq(seq(w.oid('1.2.3')), qualified))), ['1.2.3', '1.2.4']);
  assert.equal(policyMappingsOf(nodeOf(seq(pair))), [
    { issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' },
  ]);
  const both = seq(w.contextPrimitive(0, Uint8Array.of(0)), w.contextPrimitive(1, Uint8Array.of(0, 0x80)));
  assert.equal(policyConstraintsOf(nodeOf(both)), { requireExplicitPolicy: 0, inhibitPolicyMapping: 128 });
  assert.is(inhibitAnyPolicyOf(nodeOf(w.smallInteger(3))), 3);
  const subtrees = nameConstraintsOf(
    nodeOf(seq(w.context(0, seq(directory), seq(dns)), w.context(1, seq(uri)))),
  );
  assert.equal([subtrees?.permitted?.length, subtrees?.excluded?.length], [2, 1]);
});

type Reader = (node: DerNode) => unknown;

const number = (...octets: ReadonlyArray<number>) => w.contextPrimitive(0, Uint8Array.from(octets));
const wrong: ReadonlyArray<readonly [what: string, read: Reader, der: Uint8Array]> = [
  ['policies that are none', policiesOf, seq()],
  ['policies that are no sequence', policiesOf, w.setOf(seq(w.oid('1.2.3')))],
  ['a policy without its sequence', policiesOf, seq(w.oid('1.2.3'))],
  ['a policy without a name', policiesOf, seq(seq())],
  ['a policy of three parts', policiesOf, seq(seq(w.oid('1.2.3'), seq(w.nullValue), w.nullValue))],
  ['qualifiers that are no sequence', policiesOf, seq(seq(w.oid('1.2.3'), w.nullValue))],
  ['more than 64 policies', policiesOf, seq(...Array.from({ length: 65 }, (_, i) => seq(w.oid(`1.2.${i}`))))],
  ['mappings of none', policyMappingsOf, seq()],
  ['a mapping of one policy', policyMappingsOf, seq(seq(w.oid('1.2.3')))],
  ['a mapping of three policies', policyMappingsOf, seq(seq(w.oid('1.2.3'), w.oid('1.2.4'), w.oid('1.2.5')))],
  ['a mapping to no policy', policyMappingsOf, seq(seq(w.oid('1.2.3'), w.nullValue))],
  ['a mapping in a set', policyMappingsOf, seq(w.setOf(w.oid('1.2.3'), w.oid('1.2.4')))],
  ['policy constraints of nothing', policyConstraintsOf, seq()],
  ['policy constraints that are no sequence', policyConstraintsOf, w.smallInteger(1)],
  ['a number of no octet', policyConstraintsOf, seq(number())],
  ['a negative number', policyConstraintsOf, seq(number(0xff))],
  ['a number that is not minimal', policyConstraintsOf, seq(number(0, 1))],
  ['a number of five octets', policyConstraintsOf, seq(number(1, 0, 0, 0, 0))],
  [
    'policy constraints in another order',
    policyConstraintsOf,
    seq(w.contextPrimitive(1, Uint8Array.of(0)), number(0)),
  ],
  ['an unknown policy constraint', policyConstraintsOf, seq(w.contextPrimitive(2, Uint8Array.of(0)))],
  ['inhibitAnyPolicy that is no number', inhibitAnyPolicyOf, w.nullValue],
  ['a negative inhibitAnyPolicy', inhibitAnyPolicyOf, Uint8Array.of(2, 1, 0x80)],
  ['name constraints of nothing', nameConstraintsOf, seq()],
  ['name constraints that are no sequence', nameConstraintsOf, w.nullValue],
  ['subtrees of none', nameConstraintsOf, seq(w.context(0))],
  ['a subtree without its sequence', nameConstraintsOf, seq(w.context(0, dns))],
  ['a minimum written out, which is its default', nameConstraintsOf, seq(w.context(0, seq(dns, number(0))))],
  [
    'a maximum, which the profile does not have',
    nameConstraintsOf,
    seq(w.context(0, seq(dns, w.contextPrimitive(1, Uint8Array.of(1))))),
  ],
  ['a subtree that is no name', nameConstraintsOf, seq(w.context(0, seq(w.nullValue)))],
  ['excluded before permitted', nameConstraintsOf, seq(w.context(1, seq(dns)), w.context(0, seq(dns)))],
  [
    'more than 256 subtrees',
    nameConstraintsOf,
    seq(w.context(0, ...Array.from({ length: 257 }, () => seq(w.ia5Context(2, 'a'))))),
  ],
];
for (const [what, read, der] of wrong) {
  constraints(`${what}: refused`, () => {
    assert.is(read(nodeOf(der)), undefined);
  });
}

constraints.run();

// -------------------------------------------------------------------------------------
// any octets
// -------------------------------------------------------------------------------------

const anything = suite('extension values, for any octets');

const readers: ReadonlyArray<Reader> = [
  generalNamesOf,
  distributionPointsOf,
  policiesOf,
  policyMappingsOf,
  policyConstraintsOf,
  inhibitAnyPolicyOf,
  nameConstraintsOf,
];

const leaf = fc
  .tuple(
    fc.constantFrom(0x02, 0x06, 0x0c, 0x80, 0x81, 0x82, 0x86, 0x87, 0x88),
    fc.uint8Array({ maxLength: 5 }),
  )
  .map(([tag, content]) => w.element(tag, content));
const { tree } = fc.letrec<{ tree: Uint8Array }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0xa1, 0xa2, 0xa4), fc.array(tie('tree'), { maxLength: 4 }))
      .map(([tag, parts]) => w.element(tag, ...parts)),
  ),
}));

anything('garbage and trees of the right tags never throw', () => {
  let passed = 0;
  const holds = (octets: Uint8Array): void => {
    const read = readDer(octets, limits);
    if (read._tag === 'Left') return;
    passed += 1;
    for (const reader of readers) reader(read.right);
  };
  fc.assert(fc.property(tree, holds), { numRuns: 2_000 });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), holds), { numRuns: 500 });
  assert.ok(passed > 300, 'the property speaks of something');
});

anything('text of a name has no octet that another program would read otherwise', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (octets) => {
      const [found] = namesOf(w.contextPrimitive(2, octets)) ?? [];
      const plain = octets.every((octet) => octet >= 0x20 && octet < 0x7f);
      assert.is(found !== undefined, plain);
      if (found?.type === 'dns') assert.equal(text(found.value), new Uint8Array(octets));
    }),
  );
});

anything.run();

// -------------------------------------------------------------------------------------
// PKITS
// -------------------------------------------------------------------------------------

const real = suiteNeeding('extension values of PKITS', {
  available: sharedData('pkits') !== undefined,
  reason: 'no PKITS in ../shared/data',
  remedy: 'put pkits (NIST PKITS 1.0.1) into ../shared/data',
});

const certificateOf = (file: string) =>
  decoded(new Uint8Array(readFileSync(sharedData('pkits', 'certs', `${file}.crt`) ?? '')));

real('4.13: subtrees of directory names, mail, hosts and addresses', async () => {
  const dn1 = await certificateOf('nameConstraintsDN1CACert');
  assert.equal(
    dn1.nameConstraints?.permitted?.map(({ type }) => type),
    ['directory'],
  );
  const dn3 = await certificateOf('nameConstraintsDN3CACert');
  assert.equal(
    dn3.nameConstraints?.excluded?.map(({ type }) => type),
    ['directory'],
  );
  const mail = await certificateOf('nameConstraintsRFC822CA1Cert');
  assert.equal(mail.nameConstraints, { permitted: [{ type: 'rfc822', value: '.testcertificates.gov' }] });
  const host = await certificateOf('nameConstraintsDNS1CACert');
  assert.equal(host.nameConstraints, { permitted: [{ type: 'dns', value: 'testcertificates.gov' }] });
  const place = await certificateOf('nameConstraintsURI2CACert');
  assert.equal(place.nameConstraints, { excluded: [{ type: 'uri', value: 'invalidcertificates.gov' }] });
});

real('4.9 to 4.12: numbers of certificates that may follow, and mappings', async () => {
  const explicit = await certificateOf('requireExplicitPolicy5CACert');
  assert.equal(explicit.policyConstraints, { requireExplicitPolicy: 5 });
  const mapping = await certificateOf('inhibitPolicyMapping0CACert');
  assert.is(mapping.policyConstraints?.inhibitPolicyMapping, 0);
  assert.is((await certificateOf('inhibitAnyPolicy1CACert')).inhibitAnyPolicy, 1);
  const mapped = await certificateOf('Mapping1to2CACert');
  assert.equal(
    mapped.policyMappings.map(({ issuerDomainPolicy, subjectDomainPolicy }) =>
      [issuerDomainPolicy, subjectDomainPolicy].map((oid) => oid.split('.').at(-1)),
    ),
    [['1', '2']],
  );
});

real('4.14: points by relative name, with reasons, and of another issuer', async () => {
  const relativePoint = await certificateOf('ValiddistributionPointTest4EE');
  assert.is(relativePoint.crlPoints[0]?.name?.relativeName?.length, 1);
  const someReasons = await certificateOf('ValidonlySomeReasonsTest19EE');
  assert.ok(someReasons.crlPoints.some((one) => (one.reasons?.size ?? 0) > 0));
  const indirect = await certificateOf('ValidcRLIssuerTest28EE');
  assert.is(indirect.crlPoints[0]?.crlIssuer?.[0]?.type, 'directory');
});

real.run();
