import { createHash } from 'node:crypto';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Organisation } from '../../src/agency/organisation.js';
import { CatalogueEntry } from '../../src/catalogue/events.js';
import { PersonMeans, SeenCredential, TypedCredential } from '../../src/credential/credential.js';
import { registerEvents } from '../../src/events/table.js';
import type { KeyVault, Pseudonym } from '../../src/ports/index.js';
import { chainStart } from '../../src/register/chain.js';
import { createRegisterCodec } from '../../src/register/codec.js';
import { t } from '../../src/schema.js';
import { page, rows, section } from './page.js';

const markdown = page('events.md');

// -------------------------------------------------------------------------------------
// what the page says
// -------------------------------------------------------------------------------------

const headings = [...markdown.matchAll(/^### `(\w+)` · schema (\d+)$/gm)].map(([, type = '', schema]) => ({
  type,
  schema: Number(schema),
}));

/** First cells of the tables under a heading: `name`, or `name` with the word sealed behind it. */
const named = (heading: string): ReadonlyArray<string> =>
  rows(section(markdown, heading) ?? '')
    .map(([first = '']) => first)
    .map((cell) => (cell.endsWith(' sealed') ? `sealed ${cell.slice(1, -8)}` : cell.slice(1, -1)));

// -------------------------------------------------------------------------------------
// what the code says
// -------------------------------------------------------------------------------------

type Props = Readonly<Record<string, t.Mixed>>;

const propsOf = (codec: t.Mixed): Props | undefined => {
  if (codec instanceof t.ExactType) return propsOf(codec.type);
  if (codec instanceof t.IntersectionType) return Object.assign({}, ...codec.types.map(propsOf));
  if (codec instanceof t.PartialType) return codec.props;
  return codec instanceof t.InterfaceType ? codec.props : undefined;
};

const parts = (codec: t.Mixed): ReadonlyArray<t.Mixed> => {
  if (codec instanceof t.UnionType) return codec.types;
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.RefinementType) return [codec.type];
  return [];
};

/** Every record inside a codec, at any depth. */
const recordsIn = (codec: t.Mixed): ReadonlyArray<Props> => {
  const props = propsOf(codec);
  if (props !== undefined) return [props, ...Object.values(props).flatMap(recordsIn)];
  return parts(codec).flatMap(recordsIn);
};

const leaves = (codec: t.Mixed, path: string): ReadonlyArray<string> => {
  const props = propsOf(codec);
  return props === undefined
    ? [path]
    : Object.entries(props).flatMap(([name, field]) => leaves(field, path === '' ? name : `${path}.${name}`));
};

const keysOf = (codec: t.Mixed): ReadonlyArray<string> => Object.keys(propsOf(codec) ?? {});
const sorted = (names: Iterable<string>): ReadonlyArray<string> => [...names].sort();

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

const types = suite('docs/events.md: types and fields');

types(
  'every event type has a section with its schema version, and no section is of a type that is not',
  () => {
    assert.equal(
      sorted(headings.map(({ type, schema }) => `${type} ${schema}`)),
      sorted(Object.entries(registerEvents).map(([type, { schema }]) => `${type} ${schema}`)),
    );
  },
);

for (const [type, definition] of Object.entries(registerEvents)) {
  types(`${type}: the page names every field, and what of it is sealed`, () => {
    const sealed = definition.sealed === undefined ? [] : leaves(definition.sealed, '');
    assert.equal(sorted(named(`\`${type}\` · schema ${definition.schema}`)), [
      ...sorted([...keysOf(definition.data), ...sealed.map((path) => `sealed ${path}`)]),
    ]);
  });
}

types('every record inside the clear data is one of the shapes that the page shows', () => {
  const credentials = [SeenCredential, TypedCredential, ...PersonMeans.types];
  const shapes = [...credentials, CatalogueEntry, ...Organisation.types].map((codec) => keysOf(codec).join());
  const inside = Object.values(registerEvents).flatMap(({ data }) =>
    Object.values(propsOf(data) ?? {}).flatMap(recordsIn),
  );
  assert.ok(inside.length > 0);
  for (const record of inside) assert.ok(shapes.includes(Object.keys(record).join()));
});

types('the shapes that events share are there with their fields', () => {
  const credential = new Set([
    ...keysOf(TypedCredential),
    ...keysOf(SeenCredential),
    ...PersonMeans.types.flatMap((codec) => keysOf(codec)),
  ]);
  assert.equal(sorted(named('`Credential`')), sorted(credential));
  assert.equal(
    sorted(named('`Organisation`')),
    sorted(new Set(Organisation.types.flatMap((codec) => keysOf(codec)))),
  );
  assert.equal(sorted(named('`CatalogueEntry`')), sorted(keysOf(CatalogueEntry)));
});

types.run();

// -------------------------------------------------------------------------------------
// envelope
// -------------------------------------------------------------------------------------

const envelope = suite('docs/events.md: the envelope');

const pretendVault: KeyVault = {
  pseudonym: () => TE.right('0'.repeat(64) as Pseudonym),
  seal: () => TE.right('v1.sealed'),
  open: () => TE.right(undefined),
  keyOf: () => TE.right(undefined),
  retiredKeysOf: () => TE.right([]),
  retire: () => TE.right(false),
  forget: () => TE.right(false),
};

envelope('the page names the keys of a body in the order in which they are written', async () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const stream = 'agency-example.EX001';
  const encoded = await createRegisterCodec(sha256).encode(
    {
      stream,
      revision: 0,
      previous: chainStart(stream).hash,
      recordedAt: '2026-03-02T01:00:00.000Z',
      actor: { kind: 'system' },
      commandId: '11111111-1111-4111-8111-111111111111',
      commandDigest: 'a'.repeat(64),
      causationId: null,
      evidence: [],
      confirmation: null,
    },
    [
      {
        type: 'ClerkDetailsChanged',
        data: { clerk: '22222222-2222-4222-8222-222222222222', person: 'b'.repeat(64) },
        personal: { nationalId: 'A123456789', name: '王小明' },
        subject: 'b'.repeat(64),
      },
    ],
    pretendVault,
  );
  assert.ok(E.isRight(encoded));
  const [event] = encoded.right;
  assert.equal(named('Envelope'), Object.keys(JSON.parse(event?.body ?? '{}')));
});

envelope.run();
