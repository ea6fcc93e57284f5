import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exactOf } from '../../src/events/exact.js';
import { registerEvents } from '../../src/events/table.js';
import { t } from '../../src/schema.js';
import { Instant, Uuid } from '../../src/values/index.js';

type AnyCodec = t.Mixed;

const uuid = '6f0b9a1e-2d4c-5e8f-9a3b-7c1d0e2f4a5b';

// -------------------------------------------------------------------------------------
// examples
// -------------------------------------------------------------------------------------

const examples = suite('exact values');

const point = t.strict({ id: Uuid, at: t.union([Instant, t.null]) });
const exact = exactOf(point);

examples('what decodes to itself is exact', () => {
  assert.is(exact({ id: uuid, at: null }), true);
  assert.is(exact({ at: '2026-03-02T02:00:00.000Z', id: uuid }), true);
});

examples('a field too many, one too few, or another kind of value is not', () => {
  assert.is(exact({ id: uuid, at: null, more: 1 }), false);
  assert.is(exact({ id: uuid }), false);
  assert.is(exact({ id: uuid, other: null }), false);
  for (const other of [undefined, null, 'text', 1, [uuid, null]]) assert.is(exact(other), false);
});

examples('what decodes to another value is not: it must be decoded', () => {
  const typed = { id: uuid.toUpperCase(), at: null };
  assert.ok(E.isRight(point.decode(typed)));
  assert.is(exact(typed), false);
});

examples('names that every object inherits count as missing', () => {
  const named = exactOf(t.strict({ constructor: t.string, id: t.string }));
  assert.is(named({ id: 'a', more: 'b' }), false);
  assert.is(named({ id: 'a', constructor: 'b' }), true);
});

examples('a member of a union counts only where no member before it can accept the value', () => {
  const wide = t.strict({ kind: t.literal('a') });
  const narrow = t.strict({ kind: t.literal('a'), more: t.string });
  const both = t.union([wide, narrow]);
  const value = { kind: 'a', more: 'b' };
  assert.equal(both.decode(value), E.right({ kind: 'a' }));
  assert.is(exactOf(both)(value), false);
});

examples('a codec of io-ts whose decoding is not known here is never exact', () => {
  assert.is(exactOf(t.partial({ a: t.string }))({}), false);
  assert.is(exactOf(t.exact(t.partial({ a: t.string })))({}), false);
  assert.is(exactOf(t.type({ a: t.string }))({ a: 'b' }), false);
});

examples.run();

// -------------------------------------------------------------------------------------
// every event
// -------------------------------------------------------------------------------------

const properties = suite('exact values of every event');

const hex64 = 'a3f5c1d2e4b60718293a4b5c6d7e8f90a3f5c1d2e4b60718293a4b5c6d7e8f90';

/** Values in normal form, and texts that are none or become another. */
const normal: ReadonlyArray<string> = [
  uuid,
  hex64,
  '2026-03-02T02:00:00.000Z',
  '2.16.886.101.90003.20001',
  '04595257',
  '10001',
  'premium-edit',
  '5A1234567890ABCDEF1234567890ABCD',
  '2026-03-02',
];
const oddities: ReadonlyArray<unknown> = [
  '',
  ' 10001 ',
  uuid.toUpperCase(),
  '2026-03-02T10:00:00+08:00',
  '１０００１',
  null,
  0,
  1.5,
  true,
  [],
  {},
];

const anything = fc.constantFrom(...normal, ...oddities);

/** Right values of a codec; with `odd`, some odd ones among them and some fields too many. */
const valuesOf = (codec: AnyCodec, odd: fc.Arbitrary<unknown> | undefined): fc.Arbitrary<unknown> => {
  const part = (inner: AnyCodec) => valuesOf(inner, odd);
  if (codec instanceof t.ExactType) return part(codec.type);
  if (codec instanceof t.InterfaceType) {
    const props = Object.entries(codec.props as Readonly<Record<string, AnyCodec>>);
    const fields = fc.record(Object.fromEntries(props.map(([name, prop]) => [name, part(prop)])));
    if (odd === undefined) return fields;
    const more = fc.record({ more: odd });
    return fc.oneof(
      { weight: 20, arbitrary: fields },
      { weight: 1, arbitrary: fc.tuple(fields, more).map(([a, b]) => ({ ...a, ...b })) },
    );
  }
  if (codec instanceof t.ReadonlyArrayType) return fc.array(part(codec.type), { maxLength: 3 });
  if (codec instanceof t.RefinementType) {
    const base = part(codec.type);
    return odd === undefined ? base.filter((value) => codec.is(value)) : base;
  }
  if (codec instanceof t.UnionType) {
    return fc.oneof(...(codec.types as ReadonlyArray<AnyCodec>).map(part));
  }
  if (codec instanceof t.KeyofType) return fc.constantFrom(...Object.keys(codec.keys));
  if (codec instanceof t.LiteralType) return fc.constant(codec.value);
  if (codec instanceof t.NullType) return fc.constant(null);
  if (codec instanceof t.BooleanType) return fc.boolean();
  if (codec instanceof t.NumberType) return fc.integer({ min: 1, max: 9 });
  const right = normal.filter((text) => codec.is(text));
  const rights = fc.constantFrom(...right);
  return odd === undefined
    ? rights
    : fc.oneof({ weight: 30, arbitrary: rights }, { weight: 1, arbitrary: odd });
};

const definitions = Object.entries(registerEvents) as ReadonlyArray<
  readonly [string, { readonly data: AnyCodec }]
>;

for (const [type, { data }] of definitions) {
  const isExact = exactOf(data);

  properties(`${type}: what is exact decodes to itself`, () => {
    fc.assert(
      fc.property(fc.oneof(valuesOf(data, anything), anything), (value) => {
        if (isExact(value)) assert.equal(data.decode(value), E.right(value));
      }),
    );
  });

  properties(`${type}: a right value is exact, so that nothing stored is copied for nothing`, () => {
    fc.assert(
      fc.property(valuesOf(data, undefined), (value) => {
        assert.equal(data.decode(value), E.right(value));
        assert.is(isExact(value), true);
      }),
    );
  });
}

properties.run();
