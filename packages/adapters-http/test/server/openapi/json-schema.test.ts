import {
  registerSchema,
  type SchemaObject,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/draft-2020-12';
import {
  AgencyCode,
  Applicant,
  Base64,
  BusinessNumber,
  CardNumber,
  CertificateSerial,
  Command,
  Credential,
  cardCommands,
  decodeValue,
  Email,
  Flag,
  FunctionCode,
  gepiPolicy,
  Hex64,
  Instant,
  list,
  literal,
  NationalId,
  Oid,
  Organisation,
  oneOf,
  PersonalId,
  PersonName,
  PhoneExtension,
  PortalPolicy,
  ReasonCode,
  ResidentNumber,
  RocDate,
  registerEvents,
  ShortText,
  shapeOf,
  staffCommands,
  strict,
  TaiwanPhone,
  t,
  tagged,
  Uuid,
  VersionNumber,
} from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { collectSchemas, type JsonSchema } from '../../../src/server/openapi/json-schema.js';
import { like } from './like.js';

// -------------------------------------------------------------------------------------
// support
// -------------------------------------------------------------------------------------

let count = 0;

/** Asks an independent validator (JSON Schema 2020-12). */
const validatorOf = async (codec: t.Mixed): Promise<(u: unknown) => boolean> => {
  const schemas = collectSchemas('#/$defs/');
  const schema = schemas.of(codec, 'test');
  assert.equal(schemas.faults(), []);
  assert.ok(schema !== false);
  const uri = `https://schemas.example/${count++}`;
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...schema,
    $defs: schemas.components(),
  };
  registerSchema(whole as unknown as SchemaObject, uri);
  const ask = await validate(uri);
  unregisterSchema(uri);
  return (u) => ask(u as Parameters<typeof ask>[0]).valid;
};

const schemaOf = (codec: t.Mixed): JsonSchema => {
  const schemas = collectSchemas();
  const schema = schemas.of(codec, 'test');
  assert.equal(schemas.faults(), []);
  return schema;
};

// -------------------------------------------------------------------------------------
// examples
// -------------------------------------------------------------------------------------

const examples = suite('schemas of codecs: by example');

examples('a text of the domain: its bounds and its normal form, as a component', () => {
  const schemas = collectSchemas();
  assert.equal(schemas.of(AgencyCode, 'x'), { $ref: '#/components/schemas/AgencyCode' });
  assert.equal(schemas.of(AgencyCode, 'y'), { $ref: '#/components/schemas/AgencyCode' });
  assert.equal(schemas.components(), {
    AgencyCode: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[0-9A-Z]{5}$' },
  });
});

examples('a strict object takes no other field, and says which are needed', () => {
  assert.equal(schemaOf(strict({ a: Flag }, { b: list(Flag, { least: 1, most: 2 }) })), {
    type: 'object',
    properties: {
      a: { $ref: '#/components/schemas/Flag' },
      b: { type: 'array', items: { $ref: '#/components/schemas/Flag' }, minItems: 1, maxItems: 2 },
    },
    required: ['a'],
    additionalProperties: false,
  });
});

examples('words, literals, nothing, integers, dictionaries', () => {
  assert.equal(schemaOf(oneOf('x', 'y')), { type: 'string', enum: ['x', 'y'] });
  assert.equal(schemaOf(t.keyof({ x: null, y: null })), { type: 'string', enum: ['x', 'y'] });
  assert.equal(schemaOf(t.union([t.literal('x'), t.literal(1)])), { enum: ['x', 1] });
  assert.equal(schemaOf(t.union([t.string, t.null])), { anyOf: [{ type: 'string' }, { type: 'null' }] });
  assert.equal(schemaOf(t.Int), { type: 'integer' });
  assert.equal(schemaOf(t.record(t.string, t.boolean)), {
    type: 'object',
    additionalProperties: { type: 'boolean' },
  });
  assert.equal(schemaOf(t.record(t.keyof({ a: null }), t.boolean)), {
    type: 'object',
    properties: { a: { type: 'boolean' } },
    required: ['a'],
  });
  assert.equal(schemaOf(t.intersection([t.type({ a: t.string }), t.partial({ b: t.string })])), {
    allOf: [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      { type: 'object', properties: { b: { type: 'string' } } },
    ],
  });
});

examples('objects told apart by a tag: one of them, with the way to each where each has a name', () => {
  const a = strict({ kind: literal('a') }, {}, 'KindA');
  const b = strict({ kind: literal('b'), n: VersionNumber }, {}, 'KindB');
  assert.equal(schemaOf(tagged('kind', { a, b })), {
    oneOf: [{ $ref: '#/components/schemas/KindA' }, { $ref: '#/components/schemas/KindB' }],
    discriminator: {
      propertyName: 'kind',
      mapping: { a: '#/components/schemas/KindA', b: '#/components/schemas/KindB' },
    },
  });
});

interface Tree {
  readonly leaves: ReadonlyArray<Tree>;
}

examples('a codec that holds itself leads back to its component', async () => {
  const Tree: t.Type<Tree, unknown, unknown> = t.recursion('Tree', () =>
    t.type({ leaves: t.readonlyArray(Tree) }),
  );
  const valid = await validatorOf(Tree);
  assert.ok(valid({ leaves: [{ leaves: [] }] }));
  assert.not(valid({ leaves: [{ leaves: [1] }] }));
});

examples('what cannot be expressed is a fault with its place, and no schema that takes everything', () => {
  const odd = new t.Type<string, string, unknown>('Odd', t.string.is, t.string.validate, t.identity);
  const even = t.refinement(t.number, (n) => n % 2 === 0, 'Even');
  const nameless: t.Mixed = t.recursion('a tree', () => t.array(nameless));
  const untold: ReadonlyArray<t.Mixed> = [odd, even, t.unknown, t.any, t.undefined, nameless];
  for (const codec of untold) {
    const schemas = collectSchemas();
    schemas.of(strict({ field: list(codec, { most: 1 }) }), 'POST /x');
    assert.equal(
      schemas.faults().map(({ code, path }) => [code, path]),
      [['NOT_EXPRESSIBLE', 'POST /x.field[]']],
      codec.name,
    );
    const alone = collectSchemas();
    const schema = alone.of(codec, 'x');
    assert.ok(schema === false || Object.values(alone.components()).includes(false), codec.name);
  }
});

examples('two codecs that differ may not have one name; the same twice may', () => {
  const schemas = collectSchemas();
  schemas.of(strict({ a: Flag }, {}, 'Same'), 'x');
  schemas.of(strict({ a: Flag }, {}, 'Same'), 'y');
  assert.equal(schemas.faults(), []);
  schemas.of(strict({ b: Flag }, {}, 'Same'), 'z');
  assert.equal(
    schemas.faults().map(({ code, path }) => [code, path]),
    [['NAME_TAKEN', 'z']],
  );
});

examples('a policy pack is what its schema says', async () => {
  const valid = await validatorOf(PortalPolicy);
  assert.ok(valid(PortalPolicy.encode(gepiPolicy)));
  assert.not(valid({ ...gepiPolicy, sessionMinutes: 'many' }));
});

examples('every command and every event can be told', () => {
  const codecs: ReadonlyArray<readonly [string, t.Mixed]> = [
    ...Object.entries(cardCommands),
    ...Object.entries(staffCommands),
    ...Object.entries(registerEvents).map(([type, { data }]) => [type, data] as const),
  ];
  const schemas = collectSchemas();
  for (const [name, codec] of codecs) schemas.of(codec, name);
  assert.equal(schemas.faults(), []);
});

examples.run();

// -------------------------------------------------------------------------------------
// properties
// -------------------------------------------------------------------------------------

const properties = suite('schemas of codecs: properties');

const codecs: ReadonlyArray<readonly [string, t.Mixed]> = [
  ...[
    AgencyCode,
    Base64,
    BusinessNumber,
    CardNumber,
    CertificateSerial,
    Email,
    Flag,
    FunctionCode,
    Hex64,
    Instant,
    NationalId,
    Oid,
    PersonalId,
    PersonName,
    PhoneExtension,
    ReasonCode,
    ResidentNumber,
    RocDate,
    ShortText,
    TaiwanPhone,
    Uuid,
    VersionNumber,
  ].map((codec): readonly [string, t.Mixed] => [codec.name, codec]),
  ['Organisation', Organisation],
  ['Credential', Credential],
  ['Applicant', Applicant],
  ['Command', Command],
  ['a list', list(t.union([Flag, t.null]), { least: 1, most: 3 })],
  ['words', oneOf('a', 'constructor', '__proto__')],
  ['a union of io-ts', t.union([t.strict({ a: t.string }), t.readonlyArray(t.Int), t.null])],
  ['a dictionary', t.record(t.string, t.boolean)],
];

for (const [name, codec] of codecs) {
  properties(`${name}: whatever the codec makes of an input and writes is what the schema says`, async () => {
    const valid = await validatorOf(codec);
    let seen = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: like(codec) }, fc.jsonValue()), (input) => {
        const decoded = decodeValue(codec, input);
        if (E.isLeft(decoded)) return;
        seen++;
        const written: unknown = JSON.parse(JSON.stringify(codec.encode(decoded.right)));
        assert.ok(valid(written), JSON.stringify(written));
      }),
    );
    assert.ok(seen > 0, 'no input was right');
  });

  properties(`${name}: what the schema refuses is not its normal form`, async () => {
    const valid = await validatorOf(codec);
    fc.assert(
      fc.property(fc.oneof(like(codec), fc.jsonValue()), (input) => {
        const json: unknown = JSON.parse(JSON.stringify(input));
        if (!valid(json)) assert.not(codec.is(json) && shapeOf(codec) !== undefined, JSON.stringify(json));
      }),
    );
  });
}

/** Those of which the schema says everything. */
const told: ReadonlyArray<readonly [string, t.Mixed]> = [
  ...[
    AgencyCode,
    CardNumber,
    CertificateSerial,
    Flag,
    FunctionCode,
    Hex64,
    PhoneExtension,
    ReasonCode,
    VersionNumber,
  ].map((codec): readonly [string, t.Mixed] => [codec.name, codec]),
  ['an object', strict({ a: Flag, b: oneOf('x', 'y') }, { c: list(Uuid, { least: 1, most: 2 }) })],
  [
    'tagged objects',
    tagged('k', { a: strict({ k: literal('a') }), b: strict({ k: literal('b'), n: VersionNumber }) }),
  ],
];

for (const [name, codec] of told) {
  properties(
    `${name}: what the schema takes the codec takes, and what it refuses is no normal form`,
    async () => {
      const valid = await validatorOf(codec);
      fc.assert(
        fc.property(fc.oneof(like(codec), fc.jsonValue()), (input) => {
          const json: unknown = JSON.parse(JSON.stringify(input));
          assert.is(valid(json), codec.is(json), JSON.stringify(json));
        }),
      );
    },
  );
}

properties.run();
