import type { StoreFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change, ChangeSource } from '../../src/server/changes.js';
import type { Logger } from '../../src/server/services.js';
import { endedBy, followChanges } from '../../src/server/session/follow.js';
import type { SessionRecord } from '../../src/server/session/record.js';
import type { Sessions } from '../../src/server/session/sessions.js';
import { until } from '../support.js';

const test = suite('sessions that what was committed has ended');

type Role = SessionRecord['cards'][number]['role'];

const session = (
  agencyCode: string,
  ...cards: ReadonlyArray<readonly [role: Role, serial: string, card?: 'next']>
) =>
  ({
    agencyCode,
    cards: cards.map(([role, serial, card = 'registered']) => ({
      ...{ role, card, serial },
      ca: role === 'agency' ? 'GCA' : 'MOICA',
    })),
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

test('GEPI-49: when another person becomes the manager, whoever was it before is signed out, and nobody else', () => {
  const appointed = (serial: string, agencyCode = 'EX001') =>
    change('ManagerAppointed', { credential: { ca: 'MOICA', serial } }, agencyCode);
  assert.ok(ends(appointed('B2'), manager));
  // The next manager's own session, the one in which the card was shown as the next, clerks, and other agencies.
  assert.not(ends(appointed('B1'), manager));
  assert.not(ends(appointed('B2'), session('EX001', ['agency', 'A1'], ['manager', 'B3', 'next'])));
  assert.not(ends(appointed('B2'), clerk));
  assert.not(ends(appointed('B2'), session('EX001', ['agency', 'A1'])));
  assert.not(ends(appointed('B2', 'EX002'), manager));
  // Serials are unique within a CA alone.
  const sameDigits = change('ManagerAppointed', { credential: { ca: 'GCA', serial: 'B1' } });
  assert.ok(ends(sameDigits, manager));
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

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Follows a source that is asked so often; where it was asked from, and how often sessions were ended. */
const followed = async (
  source: ChangeSource,
  times: number,
  endWhere: () => E.Either<{ readonly code: string }, number> = () => E.right(0),
  logger: Logger = silent,
) => {
  const asked: Array<string | undefined> = [];
  let ended = 0;
  const sessions = {
    endWhere: () => async () => {
      ended += 1;
      return endWhere();
    },
  } as unknown as Sessions;
  const stop = new AbortController();
  const noting: ChangeSource = {
    ...source,
    after: (position, signal) => {
      asked.push(position);
      return source.after(position, signal);
    },
  };
  const following = followChanges(noting, sessions, logger, stop.signal);
  await until(() => asked.length === times);
  stop.abort();
  await following;
  return { asked, ended };
};

const at = (position: string): Change => ({ ...change('AgencySuspended', {}), position });
const nothing: AsyncIterable<ReadonlyArray<Change>> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

test('a source that ends is asked again from where it was, until nobody listens', async () => {
  let times = 0;
  const after: ChangeSource['after'] = async function* () {
    times += 1;
    if (times === 1) yield [at('7')];
  };
  const { asked, ended } = await followed({ after }, 2);
  assert.equal(asked, [undefined, '7']);
  assert.is(ended, 1);
});

test('what is committed while a source is gone before its first change is not missed', async () => {
  const heads = [E.right('5'), E.right('9')];
  const head = () => async () => heads.shift() ?? E.right('9');
  const { asked } = await followed({ after: () => nothing, head }, 2);
  assert.equal(asked, ['5', '5']);
  const empty = await followed({ after: () => nothing, head: () => async () => E.right(undefined) }, 2);
  assert.equal(empty.asked, ['start', 'start']);
});

test('a store that does not tell where it is is asked again before anything is followed', async () => {
  const fault: StoreFault = { _tag: 'StoreFault', code: 'STORE_UNAVAILABLE', detail: 'gone' };
  const heads: E.Either<StoreFault, string>[] = [E.left(fault), E.right('5')];
  const head = () => async () => heads.shift() ?? E.right('9');
  assert.equal((await followed({ after: () => nothing, head }, 1)).asked, ['5']);
});

test('sessions that could not be ended are ended when that is possible again', async () => {
  const after: ChangeSource['after'] = async function* (position) {
    if (position === undefined) yield [{ ...at('6'), event: undefined }, at('7'), at('8')];
    if (position === '6') yield [at('7'), at('8')];
  };
  const answers: E.Either<{ readonly code: string }, number>[] = [E.left({ code: 'UNAVAILABLE' })];
  const { asked, ended } = await followed({ after }, 3, () => answers.shift() ?? E.right(1));
  assert.equal(asked, [undefined, '6', '8']);
  assert.is(ended, 3);
});

test('a source that throws harms nobody, and is asked again', async () => {
  const told: unknown[] = [];
  let times = 0;
  const after: ChangeSource['after'] = () => {
    times += 1;
    if (times === 1) throw new RangeError('of A123456789');
    return (async function* () {
      yield [];
      throw 'A123456789';
    })();
  };
  const logger = { ...silent, error: (record: unknown) => told.push(record) };
  assert.equal((await followed({ after }, 3, undefined, logger)).asked, [undefined, undefined, undefined]);
  assert.equal(told.slice(0, 2), [
    { message: 'changes are not followed', detail: 'RangeError' },
    { message: 'changes are not followed', detail: 'string' },
  ]);
});

test.run();
