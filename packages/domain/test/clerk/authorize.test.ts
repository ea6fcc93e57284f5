import { suite } from 'uvu';
import { authorizeClerk, type ClerkEntry, revokeClerk } from '../../src/clerk/decide.js';
import type { NewEvent } from '../../src/events/table.js';
import { given, recorded } from '../../src/testing/index.js';
import {
  catalogue,
  cataloguePublished,
  clerks,
  entry,
  menu,
  people,
  policy,
  seen,
  typed,
  uuid,
} from '../register/fixtures.js';

const menuOne = given(catalogue, recorded([cataloguePublished()])).state;

const authorized = (id: string, from: ClerkEntry, version = 1): NewEvent => ({
  type: 'ClerkAuthorized',
  data: {
    clerk: id,
    person: from.person,
    credential: from.credential,
    identityProof: from.identityProof,
    permissions: from.permissions,
    catalogueVersion: version,
  },
  personal: from.details,
  subject: from.person,
});

const after = (...events: ReadonlyArray<NewEvent>) => given(clerks, recorded(events));
const adding =
  (from: ClerkEntry, id = uuid(1)) =>
  (state: ReturnType<typeof after>['state']) =>
    authorizeClerk(state, policy, menuOne, id, from);

const chen = entry({
  person: people.chen,
  details: { nationalId: 'F131104093', name: '陳手打' },
  credential: typed(30),
  identityProof: 'typed',
});

// -------------------------------------------------------------------------------------
const adds = suite('adding a clerk');

adds('GEPI-33: a clerk is authorised with card, identity and ticked functions', () => {
  after()
    .when(adding(entry()))
    .gives(authorized(uuid(1), entry()));
});

adds('GEPI-35: a serial typed by hand stays typed by hand', () => {
  after()
    .when(adding(chen))
    .gives(authorized(uuid(1), chen));
});

adds('GEPI-30: any number of clerks', () => {
  after()
    .when(adding(entry()))
    .gives(authorized(uuid(1), entry()))
    .when(adding(chen, uuid(2)))
    .gives(authorized(uuid(2), chen));
});

adds('ticked functions are recorded once and in order', () => {
  const twice = entry({ permissions: ['query', 'premium-edit', 'query'] });
  after()
    .when(adding(twice))
    .gives(authorized(uuid(1), { ...twice, permissions: ['premium-edit', 'query'] }));
});

adds('no two clerks of an agency share a person', () => {
  after(authorized(uuid(1), entry()))
    .when(adding(entry({ credential: seen('MOICA', 21) }), uuid(2)))
    .refuses('CLERK_ALREADY_AUTHORIZED');
});

adds('no two clerks of an agency share a certificate, however it became known', () => {
  after(authorized(uuid(1), entry()))
    .when(adding({ ...chen, credential: typed(20) }, uuid(2)))
    .refuses('CERTIFICATE_IN_USE');
});

adds('GEPI-42: who was deleted can be added again, as a new entry with the same card', () => {
  after(authorized(uuid(1), entry()), { type: 'ClerkRevoked', data: { clerk: uuid(1), cause: 'deleted' } })
    .when(adding(entry(), uuid(2)))
    .gives(authorized(uuid(2), entry()));
});

adds(
  'GEPI-15: clerks of an agency that was deregistered are nobody’s obstacle after it registers again',
  () => {
    after(authorized(uuid(1), entry()), { type: 'AgencyDeregistered', data: { reason: 'merged' } })
      .when((state) => revokeClerk(state, uuid(1), true))
      .refuses('CLERK_NOT_FOUND')
      .when(adding(entry(), uuid(2)))
      .gives(authorized(uuid(2), entry()));
  },
);

adds.run();

// -------------------------------------------------------------------------------------
const ticks = suite('the function menu of a clerk');

ticks('GEPI-33: at least one function is ticked', () => {
  after()
    .when(adding(entry({ permissions: [] })))
    .refuses('PERMISSION_REQUIRED');
});

ticks('GEPI-36: a group cannot be granted', () => {
  after()
    .when(adding(entry({ permissions: ['premium-edit', 'premium'] })))
    .refuses('PERMISSION_IS_GROUP');
});

ticks('GEPI-36: what the menu does not hold cannot be granted, not even a word of the language', () => {
  for (const code of ['premium-certificate', 'constructor', 'toString']) {
    after()
      .when(adding(entry({ permissions: [code] })))
      .refuses('PERMISSION_UNKNOWN');
  }
});

ticks('X-6: a function of a later menu can be granted from then on, and the grant names that menu', () => {
  const later = {
    code: 'premium-certificate',
    kind: 'function',
    parent: 'premium',
    zh: '繳費證明',
    en: 'Proofs',
  };
  const menuTwo = given(
    catalogue,
    recorded([cataloguePublished(), cataloguePublished(2, [...menu, later])]),
  ).state;
  const wants = entry({ permissions: ['premium-certificate'] });
  after()
    .when((state) => authorizeClerk(state, policy, menuTwo, uuid(1), wants))
    .gives(authorized(uuid(1), wants, 2));
});

ticks('X-6: a function that has left the menu is given to nobody', () => {
  const menuTwo = given(
    catalogue,
    recorded([cataloguePublished(), cataloguePublished(2, menu.slice(0, 2))]),
  ).state;
  after()
    .when((state) => authorizeClerk(state, policy, menuTwo, uuid(1), entry({ permissions: ['query'] })))
    .refuses('PERMISSION_UNKNOWN');
});

ticks('without a published menu nothing can be granted', () => {
  after()
    .when((state) => authorizeClerk(state, policy, catalogue.initial, uuid(1), entry()))
    .refuses('CATALOGUE_MISSING');
});

ticks.run();

// -------------------------------------------------------------------------------------
const deletes = suite('deleting a clerk');

deletes('GEPI-40: only the second question deletes', () => {
  after(authorized(uuid(1), entry()))
    .when((state) => revokeClerk(state, uuid(1), false))
    .refuses('DELETION_NOT_CONFIRMED')
    .when((state) => revokeClerk(state, uuid(1), true))
    .gives({ type: 'ClerkRevoked', data: { clerk: uuid(1), cause: 'deleted' } })
    .when((state) => revokeClerk(state, uuid(1), true))
    .refuses('CLERK_NOT_FOUND');
});

deletes('a clerk who never was cannot be deleted', () => {
  after()
    .when((state) => revokeClerk(state, uuid(1), true))
    .refuses('CLERK_NOT_FOUND');
});

deletes.run();
