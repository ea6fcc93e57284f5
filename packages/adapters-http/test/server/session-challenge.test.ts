import type { CardConfirmed, IssuedChallenge } from '@mandate/domain';
import { gepiPolicyFor, registerErrors } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  beginsAgain,
  endsSession,
  goesOn,
  withCard,
  withChallenge,
} from '../../src/server/session/challenge.js';
import type { SessionRecord } from '../../src/server/session/record.js';

const test = suite('what challenges and cards make of a session');

const now = Date.parse('2026-03-02T02:00:00Z');
const minutes = (count: number): number => now + count * 60_000;

const begun: SessionRecord = {
  ...{ key: 'k', version: '1', portal: 'gepi', csrf: 'c', browser: 'b', purpose: 'delegation' },
  ...{ agencyCode: 'EX001', confirmation: null, complete: false, reviewNeeded: false, next: null },
  ...{ cards: [], pending: [], createdAt: now, lastUsedAt: now, expiresAt: minutes(5) },
};
const underWay: SessionRecord = { ...begun, confirmation: 'one', expiresAt: minutes(20) };

const issued = (nonce: string, expires: number, more: object = {}): IssuedChallenge =>
  ({
    ...{ nonce, text: '', expiresAt: new Date(expires).toISOString() },
    ...{ step: { role: 'manager', card: 'registered' }, ...more },
  }) as unknown as IssuedChallenge;

const confirmed = (id: string, cards: number, more: object = {}): CardConfirmed =>
  ({
    confirmation: {
      ...{ id, purpose: 'delegation', agencyCode: 'EX001', complete: cards === 2 },
      expiresAt: new Date(minutes(30)).toISOString(),
      cards: Array.from({ length: cards }, () => ({
        role: 'agency',
        credential: { ca: 'GCA', serial: '1', notBefore: '', notAfter: '' },
        shown: { displayName: '', nationalId: null, subjectSerialNumber: null },
      })),
    },
    ...more,
  }) as unknown as CardConfirmed;

const policy = gepiPolicyFor('https://gepi.example');

test('a challenge is kept until its time is over, the last eight of them', () => {
  const kept = {
    ...begun,
    pending: [
      { nonce: 'over', expiresAt: now },
      { nonce: 'on', expiresAt: now + 1 },
    ],
  };
  assert.equal(
    withChallenge(kept, issued('new', minutes(5)), now).pending.map(({ nonce }) => nonce),
    ['on', 'new'],
  );
  let many = begun;
  for (let at = 0; at < 20; at++) many = withChallenge(many, issued(`n${at}`, minutes(5)), now);
  assert.equal(
    many.pending.map(({ nonce }) => nonce),
    ['n12', 'n13', 'n14', 'n15', 'n16', 'n17', 'n18', 'n19'],
  );
});

test('before the first card a session lasts as long as its latest challenge; afterwards no challenge makes it longer', () => {
  assert.is(withChallenge(begun, issued('n', minutes(7)), now).expiresAt, minutes(7));
  assert.is(withChallenge(underWay, issued('n', minutes(60)), now).expiresAt, minutes(20));
  assert.is(withChallenge(underWay, issued('n', minutes(6)), now).expiresAt, minutes(20));
});

test('a challenge for a card says which comes next; one for a command does not', () => {
  assert.equal(withChallenge(begun, issued('n', minutes(5)), now).next, {
    role: 'manager',
    card: 'registered',
  });
  assert.is(withChallenge(underWay, issued('n', minutes(5), { command: {} }), now).next, null);
});

test('a card of another confirmation, or one that is there already, changes nothing', () => {
  assert.is(withCard(underWay, confirmed('two', 1), policy), undefined);
  const [card] = withCard(begun, confirmed('one', 1), policy)?.cards ?? [];
  if (card === undefined) throw new Error('no card');
  const withOne = { ...underWay, cards: [card] };
  assert.is(withCard(withOne, confirmed('one', 1), policy), undefined);
  assert.is(withCard({ ...withOne, cards: [card, card] }, confirmed('one', 1), policy), undefined);
  const complete = withCard(withOne, confirmed('one', 2), policy);
  assert.equal(
    [complete?.complete, complete?.confirmation, complete?.cards.length, complete?.expiresAt],
    [true, 'one', 2, minutes(30)],
  );
  assert.is(withCard(begun, confirmed('one', 1, { reviewNeeded: {} }), policy)?.reviewNeeded, true);
});

test('what was begun goes on for its own purpose and agency, until it is complete or to be reviewed', () => {
  const wish = { purpose: 'delegation', agencyCode: 'EX001' };
  assert.ok(goesOn(underWay, wish));
  assert.ok(goesOn(underWay, { purpose: 'delegation' }));
  for (const [session, other] of [
    [undefined, wish],
    [begun, wish],
    [underWay, { ...wish, restart: true }],
    [underWay, { ...wish, purpose: 'query-oid' }],
    [underWay, { ...wish, agencyCode: 'EX002' }],
    [{ ...underWay, complete: true }, wish],
    [{ ...underWay, reviewNeeded: true }, wish],
  ] as const) {
    assert.not(goesOn(session, other));
  }
  assert.ok(beginsAgain(begun, wish));
  assert.not(beginsAgain(underWay, wish));
  assert.not(beginsAgain(undefined, wish));
  assert.not(beginsAgain(begun, { purpose: 'delegation' }));
  assert.not(beginsAgain(begun, { ...wish, purpose: 'query-oid' }));
  assert.not(beginsAgain(begun, { ...wish, agencyCode: 'EX002' }));
});

test('X-4: these refusals end a session, and no other', () => {
  assert.equal(Object.keys(registerErrors).filter(endsSession).sort(), [
    'AGENCY_CERTIFICATE_NOT_REGISTERED',
    'AGENCY_DEREGISTERED',
    'AGENCY_SUSPENDED',
    'CERTIFICATE_EXPIRED',
    'CERTIFICATE_ON_HOLD',
    'CERTIFICATE_REVOKED',
    'CONFIRMATION_EXPIRED',
    'CONFIRMATION_UNKNOWN',
    'ISSUER_REVOKED',
    'MANAGER_CERTIFICATE_NOT_REGISTERED',
    'MANAGER_PERSON_DIFFERS',
  ]);
});

test.run();
