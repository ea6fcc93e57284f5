import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cookieWith, tokenOf } from '../../src/server/session/cookie.js';
import { memorySessionStore } from '../../src/server/session/memory-store.js';
import type { SessionRecord } from '../../src/server/session/record.js';
import { handClock, right } from '../support.js';

const test = suite('where sessions are kept');

const clock = handClock();

const record = (key: string, more: Partial<SessionRecord> = {}): SessionRecord => ({
  ...{
    key,
    version: '1',
    portal: 'gepi',
    csrf: 'c',
    browser: 'b',
    purpose: 'delegation',
    agencyCode: 'EX001',
  },
  ...{ confirmation: null, complete: false, reviewNeeded: false, next: null, cards: [], pending: [] },
  ...{ createdAt: clock.now(), lastUsedAt: clock.now(), expiresAt: clock.now() + 60_000 },
  ...more,
});

const card: SessionRecord['cards'][number] = {
  ...{ role: 'agency', card: 'registered', ca: 'GCA', serial: '1', displayName: '示範市政府人事處' },
  ...{ nationalId: null, subjectSerialNumber: null, notBefore: '', notAfter: '' },
};

test('a change counts where nobody was quicker, and a new key leaves the old one without a door', async () => {
  const store = memorySessionStore({ clock });
  const first = record('a');
  assert.is(right(await store.replace(undefined, first)()), true);
  assert.is(right(await store.replace(undefined, record('a'))()), false);
  const second = record('b', { version: '2' });
  assert.is(right(await store.replace(first, second)()), true);
  assert.is(right(await store.get('a')()), undefined);
  assert.is(right(await store.replace(first, record('c'))()), false);
  assert.is(right(await store.replace(record('b', { version: '1' }), record('c'))()), false);
  assert.equal(right(await store.get('b')()), second);
  right(await store.remove('b')());
  assert.is(store.count(), 0);
});

test('a flood of beginnings pushes out beginnings, and signs nobody out', async () => {
  const store = memorySessionStore({ clock, most: 10 });
  const opened = record('opened', { cards: [card] });
  right(await store.replace(undefined, opened)());
  for (let at = 0; at < 1_000; at++) right(await store.replace(undefined, record(`flood ${at}`))());
  assert.is(store.count(), 11);
  assert.equal(right(await store.get('opened')()), opened);
  assert.is(right(await store.get('flood 989')()), undefined);
  assert.ok(right(await store.get('flood 990')()));
});

test('of too many with cards the one that was not used for longest goes, and what is over goes first', async () => {
  const store = memorySessionStore({ clock, most: 2 });
  const [a, b] = [record('a', { cards: [card] }), record('b', { cards: [card] })];
  right(await store.replace(undefined, a)());
  right(await store.replace(undefined, b)());
  right(await store.replace(a, { ...a, version: '2' })());
  right(await store.replace(undefined, record('c', { cards: [card] }))());
  assert.is(right(await store.get('b')()), undefined);
  assert.ok(right(await store.get('a')()));

  const short = memorySessionStore({ clock });
  right(await short.replace(undefined, record('over', { expiresAt: clock.now() }))());
  right(await short.replace(undefined, record('next'))());
  assert.is(short.count(), 1);
});

test('what is over is not kept until somebody else begins', async () => {
  const time = handClock();
  const expiresAt = time.now() + 60_000;
  for (const cards of [[], [card]]) {
    const store = memorySessionStore({ clock: time });
    right(await store.replace(undefined, record('over', { cards, expiresAt }))());
    assert.is(store.count(), 1);
    const found: SessionRecord[] = [];
    const look = store.removeWhere((one) => {
      found.push(one);
      return false;
    });
    time.set(expiresAt);
    right(await store.get('another')());
    right(await look());
    assert.equal(found, []);
    assert.is(store.count(), 0);
    time.set(expiresAt - 60_000);
  }
});

test('those that match go, and are told', async () => {
  const store = memorySessionStore({ clock });
  for (const key of ['a', 'b']) right(await store.replace(undefined, record(key, { cards: [card] }))());
  right(await store.replace(undefined, record('c', { agencyCode: 'EX002' }))());
  const gone = right(await store.removeWhere(({ agencyCode }) => agencyCode === 'EX001')());
  assert.equal(
    gone.map(({ key }) => key),
    ['a', 'b'],
  );
  assert.is(store.count(), 1);
});

test('a token is 43 letters of base64url under the cookie’s very name, and there is one', () => {
  const asked = (cookie: string) =>
    tokenOf(new Request('https://gepi.example', { headers: { cookie } }), '__Host-mandate');
  const good = 'A'.repeat(42).concat('_');
  assert.is(asked(`__Host-mandate=${good}`), good);
  assert.is(asked(`other=1;   __Host-mandate=${good} ; more=2`), good);
  for (const cookie of [
    '',
    '__Host-mandate=',
    `__host-mandate=${good}`,
    `__Host-mandate2=${good}`,
    `x__Host-mandate=${good}`,
    `__Host-mandate=${good}A`,
    `__Host-mandate="${good}"`,
    `__Host-mandate=${good}; __Host-mandate=${good}`,
  ]) {
    assert.is(asked(cookie), undefined, cookie);
  }
  assert.match(cookieWith('__Host-mandate', good), good);
});

test('no header makes reading a token fail, or find one that is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...' ;=,"_-AZaz09\\%'.split('')) }), (cookie) => {
      const request = new Request('https://gepi.example', {
        headers: { cookie: `__Host-mandate=${cookie}` },
      });
      const token = tokenOf(request, '__Host-mandate');
      assert.ok(token === undefined || /^[A-Za-z0-9_-]{43}$/.test(token));
    }),
  );
});

test.run();
