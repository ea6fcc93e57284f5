import { activeClerks, createRegisterCodec, evolveAgencyStream, initialAgencyStream } from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  applyDiff,
  builtIn,
  certificates,
  clerkLists,
  isActiveIn,
  permissionHistories,
  registrationHistories,
  reviews,
} from '../src/index.js';
import { agency, person } from './support/events.js';
import { agencyCodes, live, names, steps } from './support/random.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { makeWorld, minute, right, sha256, streamName, type World } from './support/world.js';

const test = suite('properties');

const codec = createRegisterCodec(sha256);

/** The aggregates' own state of an agency. */
const aggregateOf = async (world: World, code: string) => {
  const page = right(await world.store.readStream(streamName(agency(code)), 0, 10_000)());
  let state = initialAgencyStream;
  for (const recorded of page.events) {
    const decoded = codec.decode(recorded);
    if (decoded._tag === 'Event') state = evolveAgencyStream(state, decoded.event);
  }
  return state;
};

test('a replay gives the same rows to the byte as following did: any batches, any stops, also after forgetting', async () => {
  await fc.assert(
    fc.asyncProperty(steps(), steps(), fc.integer({ min: 1, max: 7 }), async (before, after, batchSize) => {
      const world = makeWorld();
      const runner = await runnerOf(world, builtIn, { batchSize });
      await live(world, before);
      right(await runner.catchUp()());
      for (const [index] of after.entries()) {
        await live(
          makeWorld(world),
          after.slice(index, index + 1).map((step) => ({ ...step, agency: 0, kind: 1 })),
        );
        right(await runner.catchUp()());
      }
      const digests = digestsOf(runner, builtIn);
      assert.equal(await replayDigests(world, builtIn), digests);
      assert.equal(await replayDigests(world, builtIn, { batchSize: 1, verifyChain: false }), digests);
      for (const projection of builtIn) right(await runner.rebuild(projection)());
      assert.equal(digestsOf(runner, builtIn), digests);
      await runner.close();
    }),
    { numRuns: 25 },
  );
});

test('following a life step by step gives what a replay gives', async () => {
  await fc.assert(
    fc.asyncProperty(steps(), async (life) => {
      const world = makeWorld();
      const runner = await runnerOf(world, builtIn, { batchSize: 2 });
      const followed: World = {
        ...world,
        write: async (...command) => {
          const position = await world.write(...command);
          right(await runner.catchUp()());
          return position;
        },
        forget: async (...command) => {
          await world.forget(...command);
          right(await runner.catchUp()());
        },
      };
      await live(followed, life);
      right(await runner.catchUp()());
      assert.equal(digestsOf(runner, builtIn), await replayDigests(world, builtIn));
      await runner.close();
    }),
    { numRuns: 25 },
  );
});

test('GEPI-32: the lists agree with the aggregates', async () => {
  await fc.assert(
    fc.asyncProperty(steps(60), async (life) => {
      const world = makeWorld();
      const runner = await runnerOf(world, builtIn);
      await live(world, life);
      right(await runner.catchUp()());
      const active = new Set<string>();
      for (const code of agencyCodes) {
        const state = await aggregateOf(world, code);
        const list = right(clerkLists(runner.read, 'gepi').ofAgency(code));
        const expected = activeClerks(state.clerks);
        assert.is(list?.agencyStatus ?? 'unregistered', state.agency.status);
        const { agency } = state;
        assert.is(list?.opensAt ?? undefined, agency.status === 'unregistered' ? undefined : agency.opensAt);
        assert.equal(
          (list?.rows ?? []).map(({ clerk, person: who, credential, identityProof, permissions }) => [
            clerk,
            who,
            credential,
            identityProof,
            permissions,
          ]),
          expected.map((clerk) => [
            clerk.id,
            clerk.person,
            clerk.credential,
            clerk.identityProof,
            [...clerk.permissions].sort(),
          ]),
        );
        const current = right(certificates(runner.read, 'gepi').ofAgency(code))
          .filter(({ status }) => status === 'current')
          .map(({ ca, serial }) => `${ca}:${serial}`);
        const onRecord = [
          ...(state.agency.status === 'unregistered' || state.agency.status === 'deregistered'
            ? []
            : [state.agency.credential]),
          ...(state.manager === undefined ? [] : [state.manager.credential]),
          ...expected.map(({ credential }) => credential),
        ].map(({ ca, serial }) => `${ca}:${serial}`);
        assert.equal(current.sort(), onRecord.sort());
        const queue = right(await reviews(runner.read, 'gepi', world.vault).list({ agencyCode: code })());
        assert.equal(
          queue.map(({ review, status }) => [review, status]),
          state.reviews.map(({ id, status }) => [id, status]),
        );
        const pending = right(registrationHistories(runner.read, 'gepi').ofAgency(code))?.items.filter(
          ({ status }) => status !== 'completed',
        );
        assert.equal(
          (pending ?? []).map(({ review, status }) => [review, status]),
          state.reviews.map(({ id, status }) => [id, status]),
        );
        for (const clerk of expected) active.add(clerk.person);
        if (state.manager !== undefined) active.add(state.manager.person);
      }
      for (const name of names) {
        const answer = await isActiveIn(runner, world.store)(person(name))();
        assert.is(right(answer), active.has(person(name)));
      }
      await runner.close();
    }),
    { numRuns: 40 },
  );
});

test('as-of at the end of all times is what the aggregates hold, where nothing takes effect later', async () => {
  await fc.assert(
    fc.asyncProperty(steps(60), async (life) => {
      const world = makeWorld();
      const runner = await runnerOf(world, builtIn);
      await live(
        world,
        life.map((step) => ({ ...step, b: step.b % 6 })),
      );
      right(await runner.catchUp()());
      for (const code of agencyCodes) {
        const state = await aggregateOf(world, code);
        const now = right(permissionHistories(runner.read, 'gepi').asOf(code, minute(life.length * 10)));
        assert.is(now.manager?.person, state.manager?.person);
        assert.equal(now.manager?.credential, state.manager?.credential);
        assert.is(now.agency?.status ?? 'unregistered', state.agency.status);
        assert.equal(
          now.clerks.map(({ clerk, credential, permissions }) => [
            clerk,
            credential,
            permissions.map((each) => each.function),
          ]),
          activeClerks(state.clerks).map(({ id, credential, permissions }) => [
            id,
            credential,
            [...permissions].sort(),
          ]),
        );
      }
      await runner.close();
    }),
    { numRuns: 40 },
  );
});

test('the difference of two instants leads from the one to the other', async () => {
  await fc.assert(
    fc.asyncProperty(steps(60), fc.nat(), fc.nat(), fc.option(fc.nat()), async (life, a, b, known) => {
      const world = makeWorld();
      const runner = await runnerOf(world, builtIn);
      await live(world, life);
      right(await runner.catchUp()());
      const history = permissionHistories(runner.read, 'gepi');
      const some = (choice: number): string => minute((choice % (life.length + 4)) * 10);
      const knownAt = known === null ? undefined : some(known);
      for (const code of agencyCodes) {
        const from = right(history.asOf(code, some(a), knownAt));
        const to = right(history.asOf(code, some(b), knownAt));
        assert.equal(applyDiff(from, right(history.diff(code, some(a), some(b), knownAt))), to);
      }
      await runner.close();
    }),
    { numRuns: 60 },
  );
});

test('what is held has a granting event that names it, what was lost also an ending one', async () => {
  await fc.assert(
    fc.asyncProperty(steps(60), fc.nat(), async (life, when) => {
      const world = makeWorld();
      const runner = await runnerOf(world, builtIn);
      await live(world, life);
      right(await runner.catchUp()());
      const history = permissionHistories(runner.read, 'gepi');
      const at = minute((when % (life.length + 4)) * 10);
      for (const code of agencyCodes) {
        const then = right(history.asOf(code, at));
        const entries = new Set(
          right(history.list(code)).flatMap(({ clerk }) => (clerk === null ? [] : [clerk])),
        );
        for (const clerk of entries) {
          const held = then.clerks.find((entry) => entry.clerk === clerk)?.permissions ?? [];
          for (const fn of ['pay', 'join', 'leave', 'report']) {
            const blame = right(history.blame(code, clerk, fn, { at }));
            const permission = held.find((each) => each.function === fn);
            assert.is(blame !== undefined && blame.ended === null, permission !== undefined);
            if (permission !== undefined) assert.equal(blame?.granted.event, permission.granted);
          }
        }
      }
      await runner.close();
    }),
    { numRuns: 30 },
  );
});

test.run();
