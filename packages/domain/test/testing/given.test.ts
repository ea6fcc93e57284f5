import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { reopenAgency, suspendAgency } from '../../src/agency/decide.js';
import type { NewEvent } from '../../src/events/table.js';
import { given, recorded } from '../../src/testing/index.js';
import { agency, agencyRegistered, hex64, managerAppointed, uuid } from '../register/fixtures.js';

const suspended: NewEvent = { type: 'AgencySuspended', data: { reason: 'audit' } };
const registered = given(agency, recorded([agencyRegistered()]));
const suspending = () => registered.when((state) => suspendAgency(state, 'audit'));

const kit = suite('given, when, then');

kit('a rule that holds goes on from the state after it', () => {
  const after = suspending()
    .gives(suspended)
    .when((state) => reopenAgency(state, 'over'))
    .givesTypes('AgencyReopened');
  assert.is(after.state.status, 'registered');
  assert.equal(
    after.events.map(({ meta }) => meta.revision),
    [0, 1, 2],
  );
  assert.is(new Set(after.events.map(({ meta }) => meta.id)).size, 3);
});

kit('other events, other types or a refusal where none was expected throw, and say what came', () => {
  assert.throws(
    () => suspending().gives({ type: 'AgencySuspended', data: { reason: 'other' } }),
    /expected the events .*other.*\nbut got the events .*audit/s,
  );
  assert.throws(() => suspending().gives(), /expected the events \[\]/);
  assert.throws(() => suspending().givesTypes('AgencyReopened'), /events of the types AgencyReopened/);
  assert.throws(
    () =>
      suspending()
        .gives(suspended)
        .when((state) => suspendAgency(state, 'x'))
        .gives(suspended),
    /but got the refusal AGENCY_SUSPENDED/,
  );
});

kit('another refusal, or none, throws', () => {
  assert.throws(() => suspending().refuses('AGENCY_SUSPENDED'), /expected the refusal AGENCY_SUSPENDED/);
  const again = suspending().gives(suspended);
  assert.throws(
    () => again.when((state) => suspendAgency(state, 'x')).refuses('AGENCY_DEREGISTERED'),
    /expected the refusal AGENCY_DEREGISTERED\nbut got the refusal AGENCY_SUSPENDED/,
  );
  assert.is(again.when((state) => suspendAgency(state, 'x')).refuses('AGENCY_SUSPENDED').state, again.state);
});

kit('nothing of it is taken for a promise', async () => {
  const outcome = suspending();
  assert.not('then' in outcome);
  assert.is(await outcome, outcome);
  assert.ok(E.isRight(outcome.answer));
});

kit.run();

const records = suite('recorded events');

records('bear what a test sets, and something plausible for the rest', () => {
  const [first, second] = recorded([agencyRegistered(), managerAppointed()], {
    stream: 'agency-gepi.10002',
    revision: 4,
    recordedAt: '2026-05-01T00:00:00.000Z',
    commandId: uuid(1),
    causationId: uuid(2),
    confirmation: hex64(3),
    actor: { kind: 'staff', account: 'ops-1' },
  });
  assert.ok(first && second);
  assert.is(first.meta.stream, 'agency-gepi.10002');
  assert.equal([first.meta.revision, second.meta.revision], [4, 5]);
  assert.is(first.meta.causationId, uuid(2));
  assert.is(second.meta.causationId, first.meta.id);
  assert.is(second.meta.chain.previous, first.meta.chain.hash);
  assert.is(first.meta.effectiveAt, '2026-05-01T00:00:00.000Z');
  assert.ok(first.meta.position < second.meta.position);
});

records('personal data are there to be read, with whose and where', () => {
  const [event] = recorded([managerAppointed()]);
  assert.ok(event?.type === 'ManagerAppointed');
  assert.is(JSON.parse(event.sealed.text).nationalId, 'A223456781');
  assert.is(event.sealed.aad, `${event.meta.stream}/${event.meta.id}`);
});

records('an event that holds from another instant does so', () => {
  const [event] = recorded([{ ...suspended, effectiveAt: '2026-06-01T00:00:00.000Z' }]);
  assert.is(event?.meta.effectiveAt, '2026-06-01T00:00:00.000Z');
});

records.run();
