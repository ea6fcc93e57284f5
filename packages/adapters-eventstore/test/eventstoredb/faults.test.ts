import { setTimeout as pause } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { event, events, idsOf } from '../../src/conformance/event-store/harness.js';
import { eventStoreDb } from '../../src/eventstoredb/index.js';
import type { Fault } from '../../src/testing/wire-server/index.js';
import { freshFile } from '../support/directory.js';
import { stream } from '../support/events.js';
import { left, right } from '../support/right.js';
import { withServer } from './support/harness.js';
import { serverProcess } from './support/server-process.js';
import { startFollower, startWriters } from './support/writers.js';

// What was acknowledged is counted, and compared with what is stored.

/** More for a longer run: `MANDATE_KILLS=200`. */
const kills = Number(process.env['MANDATE_KILLS'] ?? 4);
const cuts = 200;

const faults = suite('faults: acknowledged against stored');

faults(`${cuts} faults of the connection, most of them in the middle of an append: lost 0, twice 0`, () =>
  withServer(async (server) => {
    const store = await right(
      eventStoreDb({ connectionString: server.url, deadlineMilliseconds: 400, patienceMilliseconds: 20_000 }),
    );
    const kinds: ReadonlyArray<Fault> = [
      { _tag: 'Cut' },
      { _tag: 'CutAfterCommit' },
      { _tag: 'EndBatchStream', stored: true },
      { _tag: 'EndBatchStream', stored: false },
      { _tag: 'NotReady' },
      { _tag: 'Delay', milliseconds: 30 },
    ];
    const follower = startFollower(store);
    const writers = startWriters(store, 6);
    for (let n = 0; n < cuts; n += 1) {
      const kind = kinds[n % kinds.length];
      const before = server.faults.calls('append');
      if (n % 10 === 9) server.door.cut();
      else if (n % 50 === 48) server.faults.order('append', { _tag: 'Silence' });
      else if (kind !== undefined)
        server.faults.order('append', kind, { skip: Math.floor(Math.random() * 4) });
      // The next one comes when the writers are at work again.
      const target = before + 1 + Math.floor(Math.random() * 6);
      while (server.faults.calls('append') < target) await pause(1);
    }
    server.faults.clear();
    await writers.stop();
    const all = await writers.check(store);
    assert.ok(writers.acknowledged() > cuts / 10);
    assert.equal(await follower.upTo(all.length), idsOf(all));
    await right(store.verify());
    await store.close();
  }),
);

faults(
  `${kills} times kill -9 of the server at a random moment, once before and once after a commit: lost 0, twice 0`,
  async () => {
    const server = serverProcess(freshFile('events.jsonl'));
    await server.start();
    const store = await right(eventStoreDb({ connectionString: server.url(), patienceMilliseconds: 60_000 }));
    const follower = startFollower(store);
    const writers = startWriters(store, 6);
    const moreThan = async (batches: number): Promise<void> => {
      const wanted = writers.acknowledged() + batches;
      while (writers.acknowledged() < wanted) await pause(2);
    };
    for (let kill = 0; kill < kills; kill += 1) {
      await moreThan(5 + Math.floor(Math.random() * 40));
      if (kill === 0 || kill === 1) {
        const when = kill === 0 ? 'before commit' : 'after commit';
        await server.order({ order: ['append', { _tag: 'Kill', when }, { skip: 3 }] });
        await server.gone();
      } else {
        await pause(Math.random() * 30);
        await server.kill();
      }
      await server.start();
    }
    await moreThan(20);
    await writers.stop();
    const all = await writers.check(store);
    assert.equal(await follower.upTo(all.length), idsOf(all));
    await store.close();
    // And from a process that saw nothing of it.
    await server.kill();
    await server.start();
    const fresh = await right(eventStoreDb({ connectionString: server.url() }));
    await writers.check(fresh);
    await right(fresh.verify());
    await fresh.close();
    await server.kill();
  },
);

faults('a slow socket is waited for', () =>
  withServer(async (server) => {
    const store = await right(eventStoreDb({ connectionString: server.url }));
    server.door.slow(15);
    for (let n = 0; n < 5; n += 1) {
      await right(store.append(stream('a'), n === 0 ? 'no-stream' : n - 1, [event(`${n}`)]));
    }
    assert.is((await right(store.readAll('start', 10))).events.length, 5);
    assert.is(server.faults.calls('append'), 5, 'nothing was sent twice');
    await store.close();
  }),
);

faults(
  'a socket that is open at this end alone: appends and reads end, and are made good when it is mended',
  () =>
    withServer(async (server) => {
      const store = await right(
        eventStoreDb({ connectionString: server.url, deadlineMilliseconds: 150, patienceMilliseconds: 700 }),
      );
      await right(store.append(stream('a'), 'no-stream', [event('0')]));
      server.door.stall();
      const answers = await Promise.all([
        left(store.append(stream('a'), 0, events('1', 2))),
        left(store.readStream(stream('a'), 0, 10)),
        left(store.head()),
      ]);
      assert.equal(
        answers.map(({ code }) => code),
        ['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE', 'STORE_UNAVAILABLE'],
      );
      // What was held back arrives now, late, beside what its caller sends again.
      server.door.resume();
      let answer = await store.append(stream('a'), 0, events('1', 2))();
      while (answer._tag === 'Left') answer = await store.append(stream('a'), 0, events('1', 2))();
      assert.is(answer.right._tag, 'Appended');
      const found = await right(store.readStream(stream('a'), 0, 10));
      assert.equal(idsOf(found.events), idsOf([event('0'), ...events('1', 2)]));
      await store.close();
    }),
);

faults('a socket that falls silent in the middle of an append, whose other end has it: stored once', () =>
  withServer(async (server) => {
    const store = await right(
      eventStoreDb({ connectionString: server.url, deadlineMilliseconds: 300, patienceMilliseconds: 20_000 }),
    );
    await right(store.append(stream('a'), 'no-stream', [event('0')]));
    server.faults.order('append', { _tag: 'Delay', milliseconds: 50 });
    const append = right(store.append(stream('a'), 0, events('1', 2)));
    while (server.faults.calls('append') < 2) await pause(1);
    server.door.stall();
    while (server.store.log.stream(stream('a')).length < 3) await pause(1);
    server.door.resume();
    server.door.cut();
    const answer = await append;
    assert.is(answer._tag === 'Appended' && answer.idempotent, false);
    assert.is((await right(store.readStream(stream('a'), 0, 10))).events.length, 3);
    await store.close();
  }),
);

faults('a subscription on a socket that was cut while nothing came sees what comes after', () =>
  withServer(async (server) => {
    const store = await right(eventStoreDb({ connectionString: server.url }));
    const follower = startFollower(store);
    for (let n = 0; n < 10; n += 1) {
      await right(store.append(stream('a'), n === 0 ? 'no-stream' : n - 1, [event(`${n}`)]));
      server.door.cut();
    }
    assert.equal(
      await follower.upTo(10),
      Array.from({ length: 10 }, (_, n) => event(`${n}`).id),
    );
    await store.close();
  }),
);

faults.run();
