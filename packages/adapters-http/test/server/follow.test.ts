import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change, ChangeSource } from '../../src/server/changes.js';
import { endedBy, followChanges } from '../../src/server/session/follow.js';
import type { SessionRecord } from '../../src/server/session/record.js';
import type { Sessions } from '../../src/server/session/sessions.js';
import { until } from '../support.js';

const test = suite('sessions that what was committed has ended');

type Role = SessionRecord['cards'][number]['role'];

const session = (agencyCode: string, ...cards: ReadonlyArray<readonly [Role, string]>) =>
  ({
    agencyCode,
    cards: cards.map(([role, serial]) => ({ role, ca: role === 'agency' ? 'GCA' : 'MOICA', serial })),
  }) as unknown as SessionRecord;

const change = (type: string, data: object, agencyCode: string | null = 'EX001'): Change => ({
  ...{ position: '1', type, agencyCode },
  event: { type, data } as unknown as NonNullable<Change['event']>,
});

const replaced = (holder: Role, serial: string) =>
  change('CertificateReplaced', { holder, previous: { ca: holder === 'agency' ? 'GCA' : 'MOICA', serial } });

const ends = (one: Change, of: SessionRecord): boolean => endedBy(one)?.(of) === true;

const manager = session('EX001', ['agency', 'A1'], ['manager', 'B1']);
const clerk = session('EX001', ['clerk', 'C1']);

test('a certificate that was replaced ends the sessions that it opened, and no other', () => {
  assert.ok(ends(replaced('agency', 'A1'), manager));
  assert.ok(ends(replaced('manager', 'B1'), manager));
  assert.ok(ends(replaced('clerk', 'C1'), clerk));
  assert.not(ends(replaced('agency', 'A0'), manager));
  assert.not(ends(replaced('agency', 'A1'), session('EX002', ['agency', 'A1'])));
  assert.not(ends(replaced('agency', 'A1'), clerk));
});

test('GEPI-43: a manager who is a clerk too goes on when only the clerk’s entry is changed', () => {
  assert.not(ends(replaced('clerk', 'B1'), manager));
  assert.ok(ends(replaced('clerk', 'B1'), session('EX001', ['clerk', 'B1'])));
});

test('a revoked clerk is signed out; a closed agency as a whole', () => {
  assert.ok(ends(change('ClerkRevoked', { clerk: 'x' }), clerk));
  assert.not(ends(change('ClerkRevoked', { clerk: 'x' }), manager));
  for (const type of ['AgencySuspended', 'AgencyDeregistered']) {
    assert.ok(ends(change(type, {}), manager));
    assert.not(ends(change(type, {}), session('EX002')));
  }
});

test('what is no agency’s, unknown, or takes nothing away ends nothing', () => {
  assert.is(endedBy(change('CataloguePublished', {}, null)), undefined);
  assert.is(endedBy(change('ClerkAuthorized', {})), undefined);
  assert.is(endedBy({ ...change('AgencySuspended', {}), event: undefined }), undefined);
});

test('a source that ends is asked again from where it was, until nobody listens', async () => {
  const asked: Array<string | undefined> = [];
  const source: ChangeSource = {
    after: async function* (position) {
      asked.push(position);
      if (asked.length === 1) yield [{ ...change('AgencySuspended', {}), position: '7' }];
    },
  };
  let ended = 0;
  const sessions = {
    endWhere: () => async () => {
      ended += 1;
      return E.right(0);
    },
  } as unknown as Sessions;
  const stop = new AbortController();
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const following = followChanges(source, sessions, silent, stop.signal);
  await until(() => asked.length === 2);
  stop.abort();
  await following;
  assert.equal(asked, [undefined, '7']);
  assert.is(ended, 1);
});

test.run();
