import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { createRegisterCodec, type EventStore, openEvent, type RecordedEvent } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { citizenCard } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkByCard,
  clerkIdOf,
  confirmed,
  give,
  issuePair,
  registerAgency,
  withoutId,
} from '../support/counter.js';
import { byStaff, type Office, openOffice, refusal, right, staff } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const codec = createRegisterCodec(nodeSha256);

const agencyCode = cityOffice.code;
const suspend = { type: 'SuspendAgency', agencyCode, reason: 'audit' };
const reopen = { type: 'ReopenAgency', agencyCode, reason: 'audit-over' };
const stream = `agency-gepi.${agencyCode}`;

/** A store whose streams read as `change` makes them. */
const reading = (
  store: EventStore,
  change: (events: ReadonlyArray<RecordedEvent>) => RecordedEvent[],
): EventStore => ({
  ...store,
  readStream: (name, from, limit) =>
    TE.map((page: { readonly events: ReadonlyArray<RecordedEvent>; readonly end: boolean }) => ({
      ...page,
      events: change(page.events),
    }))(store.readStream(name, from, limit)),
});

const changed =
  (at: number, change: (event: RecordedEvent) => RecordedEvent) => (events: ReadonlyArray<RecordedEvent>) =>
    events.map((event) => (event.revision === at ? change(event) : event));

/** A program that finds the agency's stream spoiled. */
const spoiled = async (change: (events: ReadonlyArray<RecordedEvent>) => RecordedEvent[]) => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  return office.reopened({ store: reading(office.settings.store, change) });
};

const told = async (office: Office): Promise<string> => {
  const answer = await byStaff(office, suspend);
  assert.is(refusal(answer), 'STORE_CORRUPT');
  return E.isLeft(answer) ? (answer.left.detail ?? '') : '';
};

// -------------------------------------------------------------------------------------
const chain = suite('a stored event that is not the one that was written');

chain('another body: the hash tells, and where', async () => {
  const office = await spoiled(
    changed(1, (event) => ({ ...event, body: event.body.replace(cityOffice.name, '別的機關') })),
  );
  assert.is(await told(office), `HashMismatch at ${stream}@1`);
});

chain('another body with a hash of its own: the next link tells', async () => {
  const office = await spoiled(
    changed(1, (event) => {
      const body = event.body.replace(cityOffice.name, '別的機關');
      return { ...event, body, hash: nodeSha256(body) };
    }),
  );
  assert.is(await told(office), `LinkBroken at ${stream}@2`);
});

chain('another hash', async () => {
  const office = await spoiled(changed(2, (event) => ({ ...event, hash: '0'.repeat(64) })));
  assert.is(await told(office), `HashMismatch at ${stream}@2`);
});

chain('an event that is missing', async () => {
  const office = await spoiled((events) => events.filter(({ revision }) => revision !== 1));
  assert.is(await told(office), `Gap at ${stream}@2`);
});

chain('the first event is missing', async () => {
  const office = await spoiled((events) => events.filter(({ revision }) => revision !== 0));
  assert.is(await told(office), `Gap at ${stream}@1`);
});

chain('two events that changed places', async () => {
  const office = await spoiled((events) =>
    events.map((event, index) => ({
      ...(events[index === 0 ? 1 : index === 1 ? 0 : index] ?? event),
      revision: index,
    })),
  );
  assert.match(await told(office), 'body belongs to another place in the store');
});

for (const [name, body] of [
  ['nothing', ''],
  ['no JSON', '{'],
  ['no envelope', '{}'],
  ['a list', '[]'],
] as const) {
  chain(`a body that is ${name}`, async () => {
    const office = await spoiled(changed(0, (event) => ({ ...event, body, hash: nodeSha256(body) })));
    assert.is(await told(office), `${stream}@0: body is not an event envelope`);
  });
}

chain('a whole stream that was written for another agency', async () => {
  const office = await spoiled((events) =>
    events.map((event) => ({ ...event, stream: 'agency-gepi.DM004' as never })),
  );
  assert.match(await told(office), 'body belongs to another place in the store');
});

chain('what is in memory is not asked again: only what is new is checked', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  let spoil = false;
  const program = office.reopened({
    store: reading(office.settings.store, (events) =>
      spoil ? events.map((event) => ({ ...event, body: '' })) : [...events],
    ),
  });
  right(await byStaff(program, suspend));
  spoil = true;
  right(await byStaff(program, reopen));
});

chain.run();

// -------------------------------------------------------------------------------------
const sealed = suite('a sealed part in another place');

sealed('does not open under another event or another stream', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const { store, vault } = office.settings;
  const events = right(await store.readAll('start', 100)()).events.map((recorded) => codec.decode(recorded));
  const appointed = events.find((one) => one._tag === 'Event' && one.event.type === 'ManagerAppointed');
  assert.ok(appointed?._tag === 'Event' && appointed.event.sealed !== undefined);
  const { event } = appointed;
  assert.ok(E.isRight(await openEvent(vault, event)));
  for (const aad of [
    event.sealed.aad.replace(agencyCode, 'DM004'),
    `${stream}/${crypto.randomUUID()}`,
    stream,
    '',
  ]) {
    const moved = { ...event, sealed: { ...event.sealed, aad } };
    assert.is(refusal(await openEvent(vault, moved)), 'STORE_CORRUPT');
  }
});

sealed.run();

// -------------------------------------------------------------------------------------
const clocks = suite('a clock that steps back');

const times = async ({ settings }: Office): Promise<ReadonlyArray<string>> =>
  right(await settings.store.readAll('start', 100)())
    .events.filter((event) => event.stream === stream)
    .map((event) => {
      const decoded = codec.decode(event);
      return decoded._tag === 'Event' ? decoded.event.meta.recordedAt : '';
    });

clocks('by a little never makes what is recorded in a stream go back', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  office.clock.set('2026-03-02T01:59:56.000Z');
  right(await byStaff(office, suspend));
  right(await byStaff(office.reopened(), reopen));
  office.clock.set('2026-03-02T03:00:00.000Z');
  right(await byStaff(office, suspend));
  assert.equal(await times(office), [
    '2026-03-02T02:00:01.000Z',
    '2026-03-02T02:00:01.000Z',
    '2026-03-02T02:00:01.000Z',
    '2026-03-02T02:00:01.000Z',
    '2026-03-02T02:00:01.000Z',
    '2026-03-02T03:00:00.000Z',
  ]);
});

clocks('by more refuses every command that would leave an event, and says so', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  office.clock.set('2026-03-02T01:59:55.999Z');
  const before = await times(office);
  const answer = await byStaff(office, suspend);
  assert.is(refusal(answer), 'CLOCK_BEHIND');
  assert.match(
    E.isLeft(answer) ? (answer.left.detail ?? '') : '',
    /2026-03-02T01:59:55\.999Z.*2026-03-02T02:00:01\.000Z/,
  );
  const dry = await office.register.execute(
    { ...suspend, commandId: crypto.randomUUID() },
    { ...staff, dryRun: true },
  )();
  assert.is(refusal(dry), 'CLOCK_BEHIND');
  assert.equal(await times(office), before);
  office.clock.set('2026-03-02T02:00:01.000Z');
  right(await byStaff(office, suspend));
});

clocks('GEPI-40: after it was ahead never lets a deletion hold later than it was answered', async () => {
  const office = await openOffice(pki);
  const { register, clock } = office;
  await registerAgency(register, pair);
  const wang = await citizenCard(pki, people.wang);
  const added = await addClerk(register, pair, clerkByCard(people.wang, wang), ['premium-edit']);
  const day = 86_400_000;
  clock.advance(day);
  const shown = withoutId(wang, people.wang);
  const login = right(await showCards(register, 'login', agencyCode, [shown]));
  right(await give(register, login, { type: 'LogIn' }));
  clock.advance(-day + 60_000);
  const visit = await confirmed(register, 'delegation', pair);
  const revoke = { type: 'RevokeClerk', clerkId: clerkIdOf(added), confirmed: true };
  assert.is(refusal(await give(register, visit, revoke)), 'CLOCK_BEHIND');
  // Who has decided to go on all the same: the gate obeys at once.
  const tolerant = office.reopened({ clockToleranceMilliseconds: day });
  right(await give(tolerant.register, visit, revoke));
  assert.is(refusal(await showCards(register, 'login', agencyCode, [shown])), 'NOT_AUTHORIZED');
});

clocks('answers a retry wherever it stands', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const command = { ...suspend, commandId: crypto.randomUUID() };
  right(await byStaff(office, command));
  office.clock.set('2026-03-01T02:00:00.000Z');
  assert.ok(right(await byStaff(office, command)).idempotent);
});

clocks('lets no challenge and no confirmation live longer than their minutes', async () => {
  const office = await openOffice(pki);
  const { register, clock } = office;
  await registerAgency(register, pair);
  clock.advance(3_600_000);
  const visit = await confirmed(register, 'delegation', pair);
  const challenge = right(await register.issueChallenge({ purpose: 'query-oid', agencyCode })());
  clock.advance(-60_000);
  right(await register.clerkList(visit.confirmation.id)());
  clock.advance(-1);
  assert.is(refusal(await register.clerkList(visit.confirmation.id)()), 'CONFIRMATION_EXPIRED');
  const cms = await pair.agencyCard.card.sign(new TextEncoder().encode(challenge.text));
  const answer = { nonce: challenge.nonce, cms: Buffer.from(cms).toString('base64') };
  assert.is(refusal(await register.confirmCard(answer)()), 'CHALLENGE_EXPIRED');
});

clocks('all events of one command bear one time', async () => {
  let at = Date.parse('2026-03-02T02:00:00.000Z');
  const office = await openOffice(pki, { clock: { now: () => at++ } });
  await registerAgency(office.register, pair);
  assert.is(new Set(await times(office)).size, 1);
});

clocks.run();
