import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Flag, oneOf, VersionNumber } from '../../src/register/input.js';
import { t } from '../../src/schema.js';
import {
  AgencyCode,
  BusinessNumber,
  CardNumber,
  CertificateSerial,
  decodeValue,
  Email,
  FunctionCode,
  Instant,
  list,
  literal,
  NationalId,
  Oid,
  PersonalId,
  PhoneExtension,
  ResidentNumber,
  RocDate,
  shapeOf,
  strict,
  TaiwanPhone,
  TypedCertificateSerial,
  tagged,
  Uuid,
} from '../../src/values/index.js';
import { nationalId, residentNumber, typedLike } from './support.js';

const examples = suite('shapes: by example');

examples('each way of making a codec of the house says what it takes', () => {
  const name = literal('a');
  const member = strict({ kind: name }, { count: VersionNumber });
  assert.equal(shapeOf(name), { kind: 'literal', text: 'a' });
  assert.equal(shapeOf(member), {
    kind: 'object',
    required: { kind: name },
    optional: { count: VersionNumber },
  });
  assert.equal(shapeOf(tagged('kind', { a: member })), {
    kind: 'tagged',
    tag: 'kind',
    members: { a: member },
  });
  assert.equal(shapeOf(list(Uuid, { least: 1, most: 3 })), { kind: 'list', entry: Uuid, least: 1, most: 3 });
  assert.equal(shapeOf(oneOf('x', 'y')), { kind: 'words', words: ['x', 'y'] });
  assert.equal(shapeOf(VersionNumber), { kind: 'integer', least: 1, most: 999_999_999 });
  assert.equal(shapeOf(Flag), { kind: 'flag' });
  assert.equal(shapeOf(TypedCertificateSerial), { kind: 'text', longest: 128 });
});

examples('a codec of io-ts has no shape of its own', () => {
  assert.is(shapeOf(t.string), undefined);
  assert.is(shapeOf(t.strict({ a: t.string })), undefined);
});

examples('the bounds of a number are those of its codec', () => {
  const shape = shapeOf(VersionNumber);
  if (shape?.kind !== 'integer') throw new Error('no integer');
  assert.ok(VersionNumber.is(shape.least) && VersionNumber.is(shape.most));
  assert.not(VersionNumber.is(shape.least - 1) || VersionNumber.is(shape.most + 1));
});

examples.run();

const properties = suite('shapes: properties');

const values: ReadonlyArray<readonly [t.Mixed, fc.Arbitrary<string>]> = [
  [NationalId, nationalId],
  [PersonalId, fc.oneof(nationalId, residentNumber)],
  [ResidentNumber, residentNumber],
  ...[AgencyCode, BusinessNumber, CardNumber, CertificateSerial, FunctionCode, Instant, Oid].map(
    (codec) => [codec, fc.string()] as const,
  ),
  ...[PhoneExtension, RocDate, TaiwanPhone, Uuid, Email].map((codec) => [codec, fc.string()] as const),
];

for (const [codec, usual] of values) {
  properties(`whatever ${codec.name} makes of a text is within its shape`, () => {
    const shape = shapeOf(codec);
    if (shape?.kind !== 'text') throw new Error('no text');
    const { pattern, longest } = shape;
    const like = pattern === undefined ? usual : fc.oneof(usual, fc.stringMatching(pattern));
    fc.assert(
      fc.property(like.chain(typedLike), (text) => {
        const decoded = decodeValue(codec, text);
        if (decoded._tag === 'Left') return;
        assert.ok(pattern?.test(decoded.right) ?? true);
        assert.ok(decoded.right.length >= 1 && decoded.right.length <= longest);
        assert.ok(text.length <= longest);
      }),
    );
  });
}

properties('a pattern has no flag that JSON Schema does not know', () => {
  for (const [codec] of values) {
    const shape = shapeOf(codec);
    if (shape?.kind === 'text') assert.match(shape.pattern?.flags ?? '', /^u?$/);
  }
});

properties.run();
