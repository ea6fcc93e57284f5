/**
 * JSON Schema (2020-12, which OpenAPI 3.1 takes as it is) of codecs: of io-ts's own by their `_tag`, of the house's by
 * their shape. A schema describes what a codec encodes to, so for a text its normal form; what a person may type beside
 * that is put into this form when it is decoded.
 *
 * @packageDocumentation
 */
import { type Shape, shapeOf, t } from '@mandate/domain';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [name: string]: Json };

/** A schema. `false` takes nothing: it stands where a codec could not be expressed, beside a {@link SchemaFault}. */
export type JsonSchema = false | { readonly [keyword: string]: Json };

/** A mistake of whoever wrote the codec, found when the document is built. */
export interface SchemaFault {
  readonly _tag: 'SchemaFault';
  /** `NOT_EXPRESSIBLE`: no schema says what it takes. `NAME_TAKEN`: two codecs that differ have one name. */
  readonly code: 'NOT_EXPRESSIBLE' | 'NAME_TAKEN';
  /** Where: what was asked for, and the fields below. */
  readonly path: string;
  readonly detail: string;
}

/** Schemas of one document. Codecs with a name of their own become components, told once and referred to. */
export interface Schemas {
  /** `where` is for faults: the route, say. */
  readonly of: (codec: t.Mixed, where: string) => JsonSchema;
  /** By name, sorted. */
  readonly components: () => Readonly<Record<string, JsonSchema>>;
  readonly faults: () => ReadonlyArray<SchemaFault>;
}

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

const ownName = /^[A-Z][A-Za-z0-9]{0,63}$/;

/** Names that a codec has when it was given none. */
const givenToAll: ReadonlySet<string> = new Set([
  'Strict',
  'Tagged',
  'List',
  'LineOfText',
  'Int',
  'UnknownRecord',
]);

const nameOf = (codec: t.Mixed): string | undefined =>
  ownName.test(codec.name) && !givenToAll.has(codec.name) ? codec.name : undefined;

// -------------------------------------------------------------------------------------
// leaves
// -------------------------------------------------------------------------------------

type TextShape = Extract<Shape, { readonly kind: 'text' }>;

const textSchema = ({ longest, pattern, format }: TextShape): JsonSchema => ({
  type: 'string',
  minLength: 1,
  maxLength: longest,
  ...(pattern === undefined ? {} : { pattern: pattern.source }),
  ...(format === 'byte' ? { contentEncoding: 'base64' } : format === undefined ? {} : { format }),
});

const enumeration = (values: ReadonlyArray<string | number | boolean>): JsonSchema => ({
  ...(values.every((value) => typeof value === 'string') ? { type: 'string' } : {}),
  enum: values,
});

const nothing: JsonSchema = { type: 'null' };

const leaf = (codec: t.Mixed): JsonSchema | undefined => {
  if (codec instanceof t.StringType) return { type: 'string' };
  if (codec instanceof t.NumberType) return { type: 'number' };
  if (codec instanceof t.BooleanType) return { type: 'boolean' };
  if (codec instanceof t.NullType) return nothing;
  if (codec instanceof t.LiteralType) {
    const value: string | number | boolean = codec.value;
    return { const: value };
  }
  if (codec instanceof t.KeyofType) return enumeration(Object.keys(codec.keys));
  if (codec instanceof t.AnyDictionaryType) return { type: 'object' };
  if (codec instanceof t.RefinementType && codec.name === 'Int' && codec.type instanceof t.NumberType) {
    return { type: 'integer' };
  }
  return undefined;
};

// -------------------------------------------------------------------------------------
// schemas
// -------------------------------------------------------------------------------------

type Of = (codec: t.Mixed, path: string) => JsonSchema;
type Fields = Readonly<Record<string, t.Mixed>>;

const properties = (fields: Fields, path: string, of: Of): { readonly [name: string]: Json } =>
  Object.fromEntries(Object.entries(fields).map(([name, codec]) => [name, of(codec, `${path}.${name}`)]));

const object = (required: Fields, optional: Fields, path: string, of: Of): { readonly [k: string]: Json } => {
  const needed = Object.keys(required);
  return {
    type: 'object',
    properties: properties({ ...required, ...optional }, path, of),
    ...(needed.length === 0 ? {} : { required: needed }),
  };
};

const refOf = (schema: JsonSchema): string | undefined =>
  schema !== false && typeof schema['$ref'] === 'string' ? schema['$ref'] : undefined;

const tagged = (
  { tag, members }: Extract<Shape, { readonly kind: 'tagged' }>,
  path: string,
  of: Of,
): JsonSchema => {
  const found = Object.entries(members).map(
    ([name, member]) => [name, of(member, `${path}(${name})`)] as const,
  );
  const mapping = found.flatMap(([name, schema]) => {
    const ref = refOf(schema);
    return ref === undefined ? [] : [[name, ref] as const];
  });
  return {
    oneOf: found.map(([, schema]) => schema),
    // A discriminator of OpenAPI leads to components alone.
    ...(mapping.length === found.length
      ? { discriminator: { propertyName: tag, mapping: Object.fromEntries(mapping) } }
      : {}),
  };
};

const shapeSchema = (shape: Shape, path: string, of: Of): JsonSchema => {
  switch (shape.kind) {
    case 'text':
      return textSchema(shape);
    case 'literal':
      return { type: 'string', const: shape.text };
    case 'words':
      return enumeration(shape.words);
    case 'integer':
      return { type: 'integer', minimum: shape.least, maximum: shape.most };
    case 'flag':
      return { type: 'boolean' };
    case 'object':
      return {
        ...object(shape.required, shape.optional, path, of),
        ...(shape.open === true ? {} : { additionalProperties: false }),
      };
    case 'tagged':
      return tagged(shape, path, of);
    case 'list':
      return {
        type: 'array',
        items: of(shape.entry, `${path}[]`),
        ...(shape.least === 0 ? {} : { minItems: shape.least }),
        maxItems: shape.most,
      };
    case 'bag':
      return { type: 'object' };
  }
};

const valuesOf = (types: ReadonlyArray<t.Mixed>): ReadonlyArray<string | number | boolean> | undefined => {
  const values = types.flatMap((type) => (type instanceof t.LiteralType ? [type.value] : []));
  return values.length === types.length ? values : undefined;
};

const union = (types: ReadonlyArray<t.Mixed>, path: string, of: Of): JsonSchema => {
  const values = valuesOf(types);
  if (values !== undefined) return enumeration(values);
  return { anyOf: types.map((type, index) => of(type, `${path}(${index + 1})`)) };
};

const record = (domain: t.Mixed, codomain: t.Mixed, path: string, of: Of): JsonSchema | undefined => {
  // Of a domain of names, io-ts asks for every name.
  if (domain instanceof t.KeyofType) {
    const names = Object.keys(domain.keys);
    return object(Object.fromEntries(names.map((name) => [name, codomain])), {}, path, of);
  }
  const values = of(codomain, `${path}.*`);
  if (domain instanceof t.StringType) return { type: 'object', additionalProperties: values };
  return shapeOf(domain)?.kind === 'text'
    ? { type: 'object', propertyNames: of(domain, `${path}.*`), additionalProperties: values }
    : undefined;
};

const composed = (codec: t.Mixed, path: string, of: Of): JsonSchema | undefined => {
  if (codec instanceof t.ArrayType || codec instanceof t.ReadonlyArrayType) {
    return { type: 'array', items: of(codec.type, `${path}[]`) };
  }
  if (codec instanceof t.ExactType || codec instanceof t.ReadonlyType) return of(codec.type, path);
  if (codec instanceof t.InterfaceType) return object(codec.props, {}, path, of);
  if (codec instanceof t.PartialType) return object({}, codec.props, path, of);
  if (codec instanceof t.IntersectionType) {
    return { allOf: codec.types.map((type: t.Mixed, index: number) => of(type, `${path}(${index + 1})`)) };
  }
  if (codec instanceof t.UnionType) return union(codec.types, path, of);
  if (codec instanceof t.DictionaryType) return record(codec.domain, codec.codomain, path, of);
  return undefined;
};

/** Collects the schemas of one document; `refs` is what stands before a component's name. */
export const collectSchemas = (refs = '#/components/schemas/'): Schemas => {
  const faults: SchemaFault[] = [];
  const components = new Map<string, { codec: t.Mixed; schema: JsonSchema }>();

  const fail = (code: SchemaFault['code'], path: string, detail: string): false => {
    faults.push({ _tag: 'SchemaFault', code, path, detail });
    return false;
  };

  const plain: Of = (codec, path) => {
    // io-ts gives what is inside the same name. One without a name of its own would be told for ever.
    if (codec instanceof t.RecursiveType && nameOf(codec) !== undefined) return plain(codec.type, path);
    const shape = shapeOf(codec);
    const schema =
      shape === undefined ? (leaf(codec) ?? composed(codec, path, of)) : shapeSchema(shape, path, of);
    return schema ?? fail('NOT_EXPRESSIBLE', path, `no schema says what ${codec.name} takes`);
  };

  const of: Of = (codec, path) => {
    const name = nameOf(codec);
    if (name === undefined) return plain(codec, path);
    const known = components.get(name);
    const ref = { $ref: `${refs}${name}` };
    if (known === undefined) {
      // Before its parts are looked at: one of them may lead back here.
      const entry = { codec, schema: ref as JsonSchema };
      components.set(name, entry);
      entry.schema = plain(codec, path);
    } else if (known.codec !== codec && JSON.stringify(known.schema) !== JSON.stringify(plain(codec, path))) {
      fail('NAME_TAKEN', path, `another codec is called ${name}`);
    }
    return ref;
  };

  return {
    of,
    components: () =>
      Object.fromEntries(
        [...components].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { schema }]) => [name, schema]),
      ),
    faults: () => faults,
  };
};
