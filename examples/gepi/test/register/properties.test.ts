import { randomUUID } from 'node:crypto';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import {
  type AgencyStreamState,
  activeClerks,
  createChainCheck,
  createRegisterCodec,
  evolveAgencyStream,
  initialAgencyStream,
} from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { clerkBySerial, confirmed, give, issuePair, registerAgency } from '../support/counter.js';
import { byStaff, type Office, openOffice, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const codec = createRegisterCodec(nodeSha256);

// -------------------------------------------------------------------------------------
// what is done
// -------------------------------------------------------------------------------------

const persons = [people.wang, people.chen, people.huang];
const functions = ['premium-edit', 'premium-send', 'benefit-query', 'premium', 'no-such'];

interface Step {
  readonly what: 'add' | 'change' | 'revoke' | 'suspend' | 'reopen';
  readonly person: number;
  readonly serial: number;
  readonly permissions: ReadonlyArray<string>;
  readonly clerkAt: number;
  /** Which of the programs on the stores is asked: with a cache, without, or one that starts now. */
  readonly program: number;
  /** Given this often in all, under one id; the first time perhaps as a dry run. */
  readonly times: number;
  readonly dryFirst: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('add', 'add', 'add', 'change', 'change', 'revoke', 'suspend', 'reopen', 'reopen'),
  person: fc.nat({ max: 2 }),
  serial: fc.nat({ max: 3 }),
  permissions: fc.oneof(
    { weight: 3, arbitrary: fc.subarray(functions.slice(0, 3), { minLength: 1 }) },
    { weight: 1, arbitrary: fc.subarray(functions) },
  ),
  clerkAt: fc.nat({ max: 3 }),
  program: fc.nat({ max: 2 }),
  times: fc.constantFrom(1, 1, 2, 3),
  dryFirst: fc.boolean(),
});

// -------------------------------------------------------------------------------------
// the register
// -------------------------------------------------------------------------------------

const foldAll = async ({ settings }: Office): Promise<AgencyStreamState> => {
  const check = createChainCheck(nodeSha256);
  let state = initialAgencyStream;
  for (const recorded of right(await settings.store.readAll('start', 10_000)()).events) {
    const decoded = codec.decode(recorded);
    assert.ok(decoded._tag === 'Event');
    assert.is(check(recorded, decoded.event.meta.chain.previous), undefined);
    if (recorded.stream.startsWith('agency-')) state = evolveAgencyStream(state, decoded.event);
  }
  return state;
};

/** Ids of clerks, also of those whose entry ended. */
const everAuthorised = async ({ settings }: Office): Promise<ReadonlyArray<string>> =>
  right(await settings.store.readAll('start', 10_000)()).events.flatMap((recorded) => {
    const decoded = codec.decode(recorded);
    return decoded._tag === 'Event' && decoded.event.type === 'ClerkAuthorized'
      ? [decoded.event.data.clerk]
      : [];
  });

const open = async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const session = await confirmed(office.register, 'delegation', pair);
  const uncached = office.reopened({ cacheSize: 0 });
  const programOf = (index: number): Office => [office, uncached][index] ?? office.reopened();
  const count = async () => right(await office.settings.store.readAll('start', 10_000)()).events.length;

  const perform = async (done: Step) => {
    const { register } = programOf(done.program);
    const person = persons[done.person] ?? people.wang;
    const known = await everAuthorised(office);
    const clerk = clerkBySerial(person, String(done.serial).padStart(32, '5'));
    const about = { clerkId: known[done.clerkAt % Math.max(1, known.length)] ?? randomUUID() };
    const commandId = randomUUID();
    const command = {
      add: { type: 'AuthorizeClerk', clerk, permissions: done.permissions },
      change: { type: 'ChangeClerk', ...about, clerk, permissions: done.permissions },
      revoke: { type: 'RevokeClerk', ...about, confirmed: true },
      suspend: { type: 'SuspendAgency', agencyCode: cityOffice.code, reason: 'x' },
      reopen: { type: 'ReopenAgency', agencyCode: cityOffice.code, reason: 'x' },
    }[done.what];
    const ofStaff = done.what === 'suspend' || done.what === 'reopen';
    const ask = () =>
      ofStaff
        ? byStaff(programOf(done.program), { ...command, commandId })
        : give(register, session, { ...command, commandId });
    const dry = () =>
      register.execute(
        ofStaff
          ? { ...command, commandId }
          : { ...command, commandId, agencyCode: cityOffice.code, confirmation: session.confirmation.id },
        { dryRun: true, ...(ofStaff ? { staff: 'ops-1' } : {}) },
      )();
    return { ask, dry };
  };
  return { office, uncached, session, count, perform };
};

// -------------------------------------------------------------------------------------
const properties = suite('any commands, given to any of several programs, any number of times');

properties(
  'leave one history, which every program sees alike; what is refused or dry leaves nothing',
  async () => {
    let carriedOut = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }), async (steps) => {
        const { office, uncached, session, count, perform } = await open();
        for (const done of steps) {
          const { ask, dry } = await perform(done);
          const before = await count();
          const would = done.dryFirst ? await dry() : undefined;
          assert.is(await count(), before, 'a dry run appended');
          const answer = await ask();
          const after = await count();
          assert.is(after - before, answer._tag === 'Right' ? answer.right.events.length : 0);
          if (would !== undefined) {
            assert.is(would._tag, answer._tag, 'the dry run promised something else');
            if (would._tag === 'Right' && answer._tag === 'Right') {
              assert.equal(
                would.right.events.map(({ type, data }) => [type, data]),
                answer.right.events.map(({ type, data }) => [type, data]),
              );
            }
          }
          for (let again = 1; again < done.times; again++) {
            const repeated = await ask();
            if (answer._tag === 'Right') assert.equal(right(repeated).events, answer.right.events);
            assert.is(await count(), after, 'a repetition appended');
          }
          if (answer._tag === 'Right') carriedOut += 1;
        }
        const replayed = await foldAll(office);
        const lists = [];
        for (const program of [office, uncached, office.reopened()]) {
          const list = await program.register.clerkList(session.confirmation.id)();
          lists.push(list._tag === 'Right' ? list.right.clerks : list.left.code);
        }
        for (const list of lists) assert.equal(list, lists[0]);
        const [list] = lists;
        const active = activeClerks(replayed.clerks);
        if (replayed.agency.status === 'suspended') assert.is(list, 'AGENCY_SUSPENDED');
        else {
          assert.ok(Array.isArray(list));
          assert.equal(
            list.map(({ id, permissions }) => [id, permissions]),
            active.map(({ id, permissions }) => [id, [...permissions].sort()]),
          );
        }
      }),
      { numRuns: 40 },
    );
    assert.ok(carriedOut > 40, `only ${carriedOut} commands were carried out`);
  },
);

properties(
  'given all at once, they leave a history in which each is carried out once or not at all',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12, size: 'max' }), async (steps) => {
        const { office, session, count, perform } = await open();
        const before = await count();
        const asked = [];
        for (const done of steps) asked.push({ done, ...(await perform(done)) });
        const answers = await Promise.all(
          asked.flatMap(({ ask, done }, index) =>
            Array.from({ length: done.times }, async () => ({ index, answer: await ask() })),
          ),
        );
        const events = new Map<number, number>();
        for (const { index, answer } of answers) {
          if (answer._tag === 'Right') events.set(index, answer.right.events.length);
        }
        const appended = [...events.values()].reduce((total, one) => total + one, 0);
        assert.is((await count()) - before, appended);
        const replayed = await foldAll(office);
        const active = activeClerks(replayed.clerks);
        assert.is(new Set(active.map(({ person }) => person)).size, active.length);
        assert.is(new Set(active.map(({ credential }) => credential.serial)).size, active.length);
        assert.ok(session.confirmation.complete);
      }),
      { numRuns: 40 },
    );
  },
);

properties.run();
