/**
 * Values of about the kind that a codec takes: mostly right, some with something wrong in them.
 *
 * @packageDocumentation
 */
import { shapeOf, t } from '@mandate/domain';
import fc from 'fast-check';

type Fields = Readonly<Record<string, t.Mixed>>;

/** Texts whose last digit is a check digit: one of ten is right, so a table of right ones stands beside the pattern. */
const examples: Readonly<Record<string, ReadonlyArray<string>>> = {
  NationalId: ['A123456789', 'A223456781'],
  ResidentNumber: ['A800000014', 'AC01234567'],
  PersonalId: ['A123456789', 'a223456781 '],
  BusinessNumber: ['04595257', '10458575'],
  Email: ['lin@office.example', 'Lin.Shi-fan@OFFICE.example'],
  PersonName: ['林示範', 'Ana María'],
  Instant: ['2026-03-02T10:00:00+08:00', '2026-02-29T10:00:00Z'],
  RocDate: ['2026-03-02', '1150302', '民國115年3月2日'],
  Oid: ['2.16.886.101.90003.20001'],
};

const objectLike = (required: Fields, optional: Fields): fc.Arbitrary<unknown> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries({ ...required, ...optional }).map(([name, codec]) => [name, like(codec)]),
      ),
      { requiredKeys: Object.keys(required) },
    )
    .chain((value) =>
      fc.oneof(
        { weight: 8, arbitrary: fc.constant<unknown>(value) },
        { weight: 1, arbitrary: fc.constant<unknown>({ ...value, unasked: 1 }) },
        {
          weight: 1,
          arbitrary: fc.subarray(Object.entries(value)).map((fields) => Object.fromEntries(fields)),
        },
      ),
    );

const ofShape = (codec: t.Mixed): fc.Arbitrary<unknown> | undefined => {
  const shape = shapeOf(codec);
  switch (shape?.kind) {
    case undefined:
      return undefined;
    case 'text': {
      const known = examples[codec.name];
      const right = shape.pattern === undefined ? fc.string() : fc.stringMatching(shape.pattern);
      return fc.oneof(
        { weight: 8, arbitrary: known === undefined ? right : fc.oneof(right, fc.constantFrom(...known)) },
        { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
      );
    }
    case 'literal':
      return fc.constant(shape.text);
    case 'words':
      return fc.constantFrom(...shape.words);
    case 'integer':
      return fc.oneof(fc.integer({ min: shape.least, max: shape.most }), fc.constantFrom(0, -1, 1.5, 1e12));
    case 'flag':
      return fc.boolean();
    case 'object':
      return objectLike(shape.required, shape.optional);
    case 'tagged':
      return fc.oneof(...Object.values(shape.members).map(like));
    case 'list':
      return fc.array(like(shape.entry), { maxLength: Math.min(shape.most + 1, 4) });
    case 'bag':
      return fc.dictionary(fc.string(), fc.jsonValue());
  }
};

const leaves = new Map<string, fc.Arbitrary<unknown>>([
  ['StringType', fc.string()],
  ['NumberType', fc.double()],
  ['BooleanType', fc.boolean()],
  ['NullType', fc.constant(null)],
]);

export const like = (codec: t.Mixed): fc.Arbitrary<unknown> => {
  const shape = ofShape(codec);
  if (shape !== undefined) return shape;
  if (codec instanceof t.UnionType) return fc.oneof(...codec.types.map(like));
  if (codec instanceof t.ExactType) return like(codec.type);
  if (codec instanceof t.InterfaceType) return objectLike(codec.props, {});
  if (codec instanceof t.PartialType) return objectLike({}, codec.props);
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType) {
    return fc.array(like(codec.type), { maxLength: 3 });
  }
  if (codec instanceof t.LiteralType) return fc.constant(codec.value);
  if (codec instanceof t.KeyofType) return fc.constantFrom(...Object.keys(codec.keys));
  if (codec instanceof t.DictionaryType) return fc.dictionary(fc.string(), like(codec.codomain));
  if (codec instanceof t.RefinementType) return fc.integer();
  return ('_tag' in codec ? leaves.get(String(codec._tag)) : undefined) ?? fc.jsonValue();
};
