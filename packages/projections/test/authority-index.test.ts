import { gepiPolicy } from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { authorityIndex, permissionHistories, permissionHistory } from '../src/index.js';
import { changing, sometimesDown } from './support/broken.js';
import { agency, appointed, authorized, clerkId, person, registered, revoked } from './support/events.js';
import { agencyCodes, functionCodes, live, steps } from './support/random.js';
import { runnerOf } from './support/runner.js';
import { left, makeWorld, minute, right, sha256, type World } from './support/world.js';

const test = suite('authority index');

const indexOf = ({ store }: Pick<World, 'store'>, extra = {}) =>
  authorityIndex({ store, sha256, policy: gepiPolicy, ...extra });

const home = agency('10001');

const stage = async () => {
  const world = makeWorld();
  await world.write(home, [registered('10001'), appointed('王管理')], { at: minute(1) });
  await world.write(home, [authorized('甲', ['pay'])], { at: minute(2) });
  return world;
};

const question = (at = minute(60)) => ({
  agency: '10001',
  function: 'pay',
  who: { person: person('甲') },
  at,
});

test('GEPI-2: who may act is answered from memory after catching up, with the event that granted it', async () => {
  const index = indexOf(await stage(), { batchSize: 1 });
  assert.is(index.may(question()).allowed, false);
  right(await index.catchUp()());
  const decision = index.may(question());
  assert.is(decision.allowed, true);
  assert.is(decision.reasons().grant?.event.type, 'ClerkAuthorized');
  assert.equal([index.status().applied, index.status().skipped], [3, 0]);
  assert.is(index.may(question(minute(1))).allowed, false);
});

test('GEPI-41: an index that follows knows of a deletion as soon as its position is reached', async () => {
  const world = await stage();
  const index = indexOf(world);
  const end = new AbortController();
  const running = index.run(end.signal)();
  right(await index.waitFor(right(await world.store.head()()) ?? '')());
  assert.is(index.may(question()).allowed, true);
  const position = await world.write(home, [revoked(clerkId('甲'))], { at: minute(30) });
  right(await index.waitFor(position)());
  assert.is(index.may(question()).allowed, false);
  assert.is(index.may(question(minute(29))).allowed, true);
  end.abort();
  right(await running);
});

test('waiting does the work where nobody follows, and gives up in time', async () => {
  const world = await stage();
  const index = indexOf(world);
  right(await index.waitFor(right(await world.store.head()()) ?? '')());
  assert.is(index.may(question()).allowed, true);
  const fault = left(await index.waitFor('9999999999999999', { timeoutMilliseconds: 30 })());
  assert.is(fault.code, 'WAIT_TIMEOUT');
});

test('a store that fails is asked again; unknown types are counted; what is corrupt stops it at its place', async () => {
  const world = await stage();
  await world.write(home, [{ type: 'AgencyDreamt', data: { reason: 'night' } }]);
  const last = await world.write(home, [authorized('乙', ['pay'])]);
  const { store } = sometimesDown(world.store, (reads) => reads === 2);
  const index = indexOf({ store }, { batchSize: 2 });
  assert.is(left(await index.catchUp()()).code, 'STORE_UNAVAILABLE');
  assert.is(right(await index.catchUp()()), last);
  assert.equal([index.status().applied, index.status().skipped], [4, 1]);

  const body = (event: { readonly body: string }) => event.body.replace('"pay"', '"join"');
  const forged = changing(world.store, (event) =>
    event.position === last ? { ...event, body: body(event) } : event,
  );
  const checked = indexOf({ store: forged });
  const fault = left(await checked.catchUp()());
  assert.equal([fault.code, fault.place?.revision], ['CHAIN_BROKEN', 4]);
  assert.is(left(await checked.waitFor(last)()).code, 'CHAIN_BROKEN');
  assert.is(left(await checked.run(new AbortController().signal)()).code, 'CHAIN_BROKEN');
  right(await indexOf({ store: forged }, { verifyChain: false }).catchUp()());
  const garbage = changing(world.store, (event) =>
    event.position === last ? { ...event, body: '{' } : event,
  );
  assert.is(left(await indexOf({ store: garbage }).catchUp()()).code, 'EVENT_CORRUPT');
});

test('the index and the permission history agree about every clerk, function and instant', async () => {
  await fc.assert(
    fc.asyncProperty(steps(60), fc.nat(), fc.option(fc.nat()), async (life, when, known) => {
      const world = makeWorld();
      await live(world, life);
      const index = indexOf(world, { batchSize: 7 });
      right(await index.catchUp()());
      const runner = await runnerOf(world, [permissionHistory]);
      right(await runner.catchUp()());
      const history = permissionHistories(runner.read, 'gepi');
      const some = (choice: number): string => minute((choice % (life.length + 4)) * 10);
      const at = some(when);
      const knownAt = known === null ? undefined : some(known);
      for (const code of agencyCodes) {
        const then = right(history.asOf(code, at, knownAt));
        const open = then.agency?.status === 'registered' && then.manager !== null;
        // Two entries of one person can be in force where one takes effect only later: the latest speaks for the person.
        const speaking = new Map(then.clerks.map((clerk) => [clerk.person, clerk]));
        for (const fn of functionCodes) {
          const expected = open
            ? [...speaking.values()].flatMap(({ clerk, permissions }) => {
                const held = permissions.find((each) => each.function === fn);
                return held === undefined ? [] : [[clerk, held.granted.eventId]];
              })
            : [];
          const holders = index
            .holders(code, fn, { at, knownAt })
            .map(({ clerk, reasons }) => [clerk, reasons().grant.event.id]);
          assert.equal(holders.sort(), expected.sort());
        }
      }
      await runner.close();
    }),
    { numRuns: 60 },
  );
});

test.run();
