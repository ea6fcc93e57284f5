import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { afterRenewal } from '../../../src/certificate/renewal/after.js';
import { gepiPolicy } from '../../../src/policy/packs/index.js';
import type { ForecastHolder } from '../../../src/renewal/lockout.js';
import type { Instant } from '../../../src/values/index.js';
import { people, seen, uuid } from '../../register/fixtures.js';
import { next, previous } from './support.js';

const renewed = {
  step: 'completed',
  person: people.wang,
  previous,
  next,
  since: '2017-03-01T03:00:00.000Z',
} as const;

const certificate = { ...previous, knownFrom: '2014-01-01T00:00:00.000Z' as Instant };

const clerk: ForecastHolder = {
  agencyCode: '10001',
  holder: 'clerk',
  clerk: uuid(3),
  person: people.wang,
  certificate,
};
const manager: ForecastHolder = { ...clerk, holder: 'manager', clerk: null };
const other = { ...gepiPolicy, portal: 'other' as typeof gepiPolicy.portal };

const test = suite('after a renewal');

test('MOICA-16, GEPI-42: who has the old serial on record is locked out, and is told which operations mend it', () => {
  const [todo, ...more] = afterRenewal(renewed, [{ policy: gepiPolicy, holders: [clerk] }]);
  assert.equal(more, []);
  const [lockout] = todo?.lockouts ?? [];
  assert.is(lockout?.cause, 'superseded');
  assert.is(lockout?.remedy, 'enterNew');
  assert.equal(lockout?.supersededBy, { ca: 'MOICA', serial: next.serial });
  assert.equal(
    lockout?.mending?.operations.map(({ purpose }) => purpose),
    ['delegation'],
  );
});

test('MOICA-16, GEPI-44: a manager who is a clerk stands there twice, and mends both', () => {
  const [todo] = afterRenewal(renewed, [{ policy: gepiPolicy, holders: [manager, clerk] }]);
  assert.equal(
    todo?.lockouts.map(({ who, mending }) => [who.holder, mending?.operations.map(({ purpose }) => purpose)]),
    [
      ['manager', ['replace-manager', 'delegation']],
      ['clerk', ['replace-manager', 'delegation']],
    ],
  );
});

test('MOICA-16: each portal by itself; one that does not have the old serial has nothing to do', () => {
  const holders: ReadonlyArray<ForecastHolder> = [
    { ...clerk, person: people.chen },
    { ...clerk, certificate: { ...certificate, serial: seen('MOICA', 77).serial } },
    { ...clerk, certificate: { ...certificate, serial: next.serial } },
    { ...clerk, certificate: null },
  ];
  const todo = afterRenewal(renewed, [
    { policy: gepiPolicy, holders },
    { policy: other, holders: [...holders, clerk] },
  ]);
  assert.equal(
    todo.map(({ policy, lockouts }) => [policy.portal, lockouts.length]),
    [['other', 1]],
  );
});

test('GEPI-35, GEPI-42: who is on record by a typed serial that no card has shown is locked out as well', () => {
  const typed = { ...clerk, certificate: null, ca: previous.ca, serial: previous.serial };
  const holders = [typed, { ...typed, serial: seen('MOICA', 77).serial }, { ...typed, person: people.chen }];
  const [todo] = afterRenewal(renewed, [{ policy: gepiPolicy, holders }]);
  assert.is(todo?.lockouts.length, 1);
  assert.is(todo?.lockouts[0]?.who.serial, previous.serial);
  assert.is(todo?.lockouts[0]?.remedy, 'enterNew');
});

test('MOICA-16: in a portal with a vault of its own, person and card go by other names', () => {
  const theirs = { ...clerk, person: people.chen, certificate: { ...certificate, card: 'c'.repeat(64) } };
  const there = { policy: other, holders: [theirs], person: people.chen };
  assert.equal(
    afterRenewal(renewed, [{ policy: gepiPolicy, holders: [theirs] }, there]).map(({ policy, lockouts }) => [
      policy.portal,
      lockouts[0]?.cause,
    ]),
    [['other', 'superseded']],
  );
});

test('MOICA-8: one that had expired before it was extended is mended all the same', () => {
  const since = '2018-01-01T00:00:00.000Z';
  const [todo] = afterRenewal({ ...renewed, since }, [{ policy: gepiPolicy, holders: [clerk] }]);
  assert.is(todo?.lockouts.length, 1);
});

test('before the card holds the new certificate the old one is of use', () => {
  for (const step of ['issued', 'writing', 'voided', 'referred'] as const) {
    assert.equal(afterRenewal({ ...renewed, step }, [{ policy: gepiPolicy, holders: [clerk] }]), []);
  }
});

test.run();
