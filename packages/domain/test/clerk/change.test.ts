import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { authorizeClerk, type ClerkEntry, changeClerk } from '../../src/clerk/decide.js';
import { isSeen } from '../../src/credential/credential.js';
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
const menuTwo = given(
  catalogue,
  recorded([
    cataloguePublished(),
    cataloguePublished(
      2,
      menu.filter(({ code }) => code !== 'premium-edit'),
    ),
  ]),
).state;

const wang = entry();
const withWang = given(clerks, [])
  .when((state) => authorizeClerk(state, policy, menuOne, uuid(1), wang))
  .givesTypes('ClerkAuthorized');

const saving =
  (next: ClerkEntry, current: ClerkEntry['details'] | undefined = wang.details, menuNow = menuOne) =>
  (state: (typeof withWang)['state']) =>
    changeClerk(state, policy, menuNow, uuid(1), () => uuid(2), next, current);

const replaced = (next: ClerkEntry['credential'], cause: 'renewal' | 'reissue' | 'unknown'): NewEvent => ({
  type: 'CertificateReplaced',
  data: {
    holder: 'clerk',
    clerk: uuid(1),
    previous: wang.credential,
    next,
    identityProof: isSeen(next) ? 'last4' : 'typed',
    cause,
    organisation: null,
    review: null,
  },
});

const permissions = (granted: string[], revoked: string[], catalogueVersion = 1): NewEvent => ({
  type: 'ClerkPermissionsChanged',
  data: { clerk: uuid(1), granted, revoked, catalogueVersion },
});

// -------------------------------------------------------------------------------------
const saves = suite('one save of the edit screen');

saves('GEPI-39: a save that changes certificate and permissions is two events, in that order', () => {
  const next = entry({ credential: seen('MOICA', 21), permissions: ['query'] });
  const done = withWang
    .when(saving(next))
    .gives(replaced(next.credential, 'reissue'), permissions(['query'], ['premium-edit']));
  const clerk = done.state.get(uuid(1));
  assert.equal([...(clerk?.permissions ?? [])], ['query']);
  assert.equal(clerk?.credential, next.credential);
});

saves(
  'GEPI-42: the edited serial of a renewed card keeps the entry; the card number tells the renewal',
  () => {
    const next = entry({ credential: seen('MOICA', 21, { card: 20, proof: 'read' }) });
    withWang.when(saving(next)).gives(replaced(next.credential, 'renewal'));
  },
);

saves('GEPI-35: a next serial typed by hand replaces too, for a reason that nobody knows', () => {
  const next = entry({ credential: typed(21), identityProof: 'typed' });
  withWang.when(saving(next)).gives(replaced(next.credential, 'unknown'));
});

saves('GEPI-21: a replaced certificate says how well it is shown to be the clerk’s', () => {
  const next = (number: number, identityProof: ClerkEntry['identityProof']) =>
    entry({ credential: identityProof === 'typed' ? typed(number) : seen('MOICA', number), identityProof });
  const full = withWang.when(saving(next(21, 'full'))).givesTypes('CertificateReplaced');
  assert.is(full.state.get(uuid(1))?.identityProof, 'full');
  const byHand = full.when(saving(next(22, 'typed'))).givesTypes('CertificateReplaced');
  assert.is(byHand.state.get(uuid(1))?.identityProof, 'typed');
});

saves('GEPI-38: what stays stays: permissions are told as what came and what went', () => {
  withWang
    .when(saving(entry({ permissions: ['premium-edit', 'premium-send', 'query'] })))
    .gives(permissions(['premium-send', 'query'], []))
    .when(saving(entry({ permissions: ['query'] })))
    .gives(permissions([], ['premium-edit', 'premium-send']));
});

saves('only the name changed: one event, which is personal', () => {
  const details = { ...wang.details, name: '王曉明' };
  withWang.when(saving(entry({ details }))).gives({
    type: 'ClerkDetailsChanged',
    data: { clerk: uuid(1), person: people.wang },
    personal: details,
    subject: people.wang,
  });
});

saves('where the old name can no longer be read, the typed one is recorded', () => {
  given(clerks, withWang.events)
    .when((state) => changeClerk(state, policy, menuOne, uuid(1), () => uuid(2), entry(), undefined))
    .givesTypes('ClerkDetailsChanged');
});

saves('a save without a change is refused and says so', () => {
  withWang.when(saving(entry())).refuses('NOTHING_CHANGED');
  // The edit screen opens with the old serial: sent back, it is the same certificate, not one typed by hand.
  withWang.when(saving(entry({ credential: typed(20), identityProof: 'typed' }))).refuses('NOTHING_CHANGED');
});

saves('the order in which boxes were ticked is no change', () => {
  withWang
    .when(saving(entry({ permissions: ['query', 'premium-edit'] })))
    .givesTypes('ClerkPermissionsChanged')
    .when(saving(entry({ permissions: ['premium-edit', 'query', 'premium-edit'] })))
    .refuses('NOTHING_CHANGED');
});

saves.run();

// -------------------------------------------------------------------------------------
const persons = suite('another person in the same entry');

persons('another national ID ends the entry and begins a new one, with the same card if need be', () => {
  const chen = entry({ person: people.chen, details: { nationalId: 'F131104093', name: '陳手打' } });
  const done = withWang.when(saving(chen)).gives(
    { type: 'ClerkRevoked', data: { clerk: uuid(1), cause: 'personChanged' } },
    {
      type: 'ClerkAuthorized',
      data: {
        clerk: uuid(2),
        person: people.chen,
        credential: chen.credential,
        identityProof: 'last4',
        permissions: ['premium-edit'],
        catalogueVersion: 1,
      },
      personal: chen.details,
      subject: people.chen,
    },
  );
  assert.equal([...done.state.keys()], [uuid(2)]);
});

persons('another person does not inherit a function that has left the menu', () => {
  const chen = entry({ person: people.chen });
  withWang.when(saving(chen, wang.details, menuTwo)).refuses('PERMISSION_UNKNOWN');
});

persons('an entry cannot become a person or take a certificate that another clerk has', () => {
  const chen = entry({ person: people.chen, credential: typed(30), identityProof: 'typed' });
  const both = withWang
    .when((state) => authorizeClerk(state, policy, menuOne, uuid(3), chen))
    .givesTypes('ClerkAuthorized');
  both.when(saving(entry({ person: people.chen }))).refuses('CLERK_ALREADY_AUTHORIZED');
  both.when(saving(entry({ credential: seen('MOICA', 30) }))).refuses('CERTIFICATE_IN_USE');
});

persons('a clerk who was deleted, or never was, cannot be changed', () => {
  given(clerks, []).when(saving(entry())).refuses('CLERK_NOT_FOUND');
  given(clerks, [
    ...withWang.events,
    ...recorded([{ type: 'ClerkRevoked', data: { clerk: uuid(1), cause: 'deleted' } }], { revision: 1 }),
  ])
    .when(saving(entry({ permissions: ['query'] })))
    .refuses('CLERK_NOT_FOUND');
});

persons.run();

// -------------------------------------------------------------------------------------
const menus = suite('a save under a later menu');

menus('X-6: a function that left the menu may be kept by who holds it', () => {
  withWang
    .when(saving(entry({ permissions: ['premium-edit', 'query'] }), wang.details, menuTwo))
    .gives(permissions(['query'], [], 2));
});

menus('X-6: once given back, it cannot be had again', () => {
  withWang
    .when(saving(entry({ permissions: ['query'] }), wang.details, menuTwo))
    .gives(permissions(['query'], ['premium-edit'], 2))
    .when(saving(entry({ permissions: ['premium-edit', 'query'] }), wang.details, menuTwo))
    .refuses('PERMISSION_UNKNOWN');
});

menus('GEPI-38: the last function cannot be taken away; the clerk is deleted instead', () => {
  withWang.when(saving(entry({ permissions: [] }))).refuses('PERMISSION_REQUIRED');
});

menus('a group cannot be granted in a save either', () => {
  withWang.when(saving(entry({ permissions: ['premium'] }))).refuses('PERMISSION_IS_GROUP');
});

menus('without a published menu nothing can be saved', () => {
  withWang
    .when(saving(entry({ permissions: ['query'] }), wang.details, catalogue.initial))
    .refuses('CATALOGUE_MISSING');
});

menus.run();
