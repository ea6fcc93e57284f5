import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Caller } from '../../src/server/caller.js';
import { namesIn } from '../../src/server/names.js';
import type { App } from '../../src/server/services.js';

const names = suite('names behind pseudonyms');

const known = new Map([
  ['p-1', '林示範'],
  ['p-2', null],
]);

const app = {
  reads: {
    people: {
      find: (person: string) =>
        E.right(
          known.has(person) ? { person, name: known.get(person) ?? null, nationalId: null } : undefined,
        ),
    },
  },
} as unknown as App;
const auditor = { kind: 'staff', roles: ['auditor'] } as unknown as Caller;
const reviewer = { kind: 'staff', roles: ['reviewer'] } as unknown as Caller;

const answer = {
  items: [{ person: 'p-3' }, { actor: { person: 'p-2' } }, { person: 'p-1' }, { person: null }],
};

names('a name that was deleted is null; of somebody who was never on a list nothing is said', () => {
  assert.equal(
    namesIn(app, auditor, answer),
    E.right([
      { person: 'p-2', name: null },
      { person: 'p-1', name: '林示範' },
    ]),
  );
});

names('whoever may not see names is told of nobody', () => {
  assert.equal(namesIn(app, reviewer, answer), E.right([]));
});

names.run();
