import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { publishCatalogue } from '../../src/catalogue/decide.js';
import type { CatalogueEntry } from '../../src/catalogue/events.js';
import { newFunctions } from '../../src/catalogue/state.js';
import { gepiCatalogue, gepiCatalogueNext } from '../../src/policy/packs/index.js';
import { given, recorded } from '../../src/testing/index.js';
import { catalogue, menu } from '../register/fixtures.js';

type State = typeof catalogue.initial;

const entries = (...lines: ReadonlyArray<Partial<Record<keyof CatalogueEntry, string | null>>>) =>
  lines.map((line) => ({
    kind: 'function',
    parent: null,
    zh: '查詢',
    en: 'Query',
    ...line,
  })) as unknown as ReadonlyArray<CatalogueEntry>;

const publishing =
  (version: number, lines: ReadonlyArray<CatalogueEntry> = entries(...menu)) =>
  (state: State) =>
    publishCatalogue(state, { version, entries: lines });

// -------------------------------------------------------------------------------------
const versions = suite('versions of the function menu');

versions('GEPI-36: the first menu is version 1, and each further one the next', () => {
  given(catalogue, [])
    .when(publishing(1))
    .gives({ type: 'CataloguePublished', data: { version: 1, entries: entries(...menu) } })
    .when(publishing(2))
    .givesTypes('CataloguePublished');
});

versions('a published version is never published again, and none is left out', () => {
  given(catalogue, []).when(publishing(0)).refuses('VERSION_NOT_NEXT');
  given(catalogue, []).when(publishing(2)).refuses('VERSION_NOT_NEXT');
  given(catalogue, [])
    .when(publishing(1))
    .givesTypes('CataloguePublished')
    .when(publishing(1))
    .refuses('VERSION_NOT_NEXT');
});

versions('an earlier version stays as it was', () => {
  const { state } = given(catalogue, [])
    .when(publishing(1, entries(menu[3])))
    .givesTypes('CataloguePublished')
    .when(publishing(2))
    .givesTypes('CataloguePublished');
  assert.equal([...(state.versions.get(1)?.entries.keys() ?? [])], ['query']);
  assert.is(state.current?.version, 2);
  assert.is(state.versions.size, 2);
});

versions('X-6: what is new in a menu is told, for the managers to assign', () => {
  const { state } = given(catalogue, [])
    .when(publishing(1, gepiCatalogue))
    .givesTypes('CataloguePublished')
    .when(publishing(2, gepiCatalogueNext))
    .givesTypes('CataloguePublished');
  assert.equal(
    newFunctions(state, 1).map(({ code }) => code),
    ['premium-certificate'],
  );
  assert.equal(newFunctions(state, 2), []);
  assert.equal(newFunctions(catalogue.initial, 0), []);
  // Without a version to compare with, every function is new, and no group is.
  assert.equal(
    newFunctions(state, 0).map(({ kind }) => kind),
    gepiCatalogueNext.filter(({ kind }) => kind === 'function').map(() => 'function'),
  );
});

versions('events of other aggregates leave it as it is', () => {
  assert.is(
    given(catalogue, recorded([{ type: 'AgencySuspended', data: { reason: 'x' } }])).state,
    catalogue.initial,
  );
});

versions.run();

// -------------------------------------------------------------------------------------
const trees = suite('the tree of a menu');

const refused = (name: string, lines: ReadonlyArray<CatalogueEntry>) =>
  trees(`GEPI-36: ${name}`, () => {
    given(catalogue, []).when(publishing(1, lines)).refuses('CATALOGUE_INVALID');
  });

refused('a menu without a function is none', entries({ code: 'g', kind: 'group' }));
refused('an empty menu is none', []);
refused('a code stands once', entries({ code: 'a' }, { code: 'a' }));
refused('a group and a function do not share a code', entries({ code: 'a', kind: 'group' }, { code: 'a' }));
refused('a parent that nobody knows', entries({ code: 'a', parent: 'g' }));
refused('a function is nobody’s parent', entries({ code: 'a' }, { code: 'b', parent: 'a' }));
refused(
  'a group stands before what is in it',
  entries({ code: 'a', parent: 'g' }, { code: 'g', kind: 'group' }),
);
refused('nothing is its own parent', entries({ code: 'g', kind: 'group', parent: 'g' }, { code: 'a' }));

trees('GEPI-36: groups may stand in groups', () => {
  given(catalogue, [])
    .when(
      publishing(
        1,
        entries(
          { code: 'g', kind: 'group' },
          { code: 'h', kind: 'group', parent: 'g' },
          { code: 'a', parent: 'h' },
        ),
      ),
    )
    .givesTypes('CataloguePublished');
});

trees.run();
