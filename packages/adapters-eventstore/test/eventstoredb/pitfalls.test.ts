import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { EventStore, RecordedEvent } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { event, events, idsOf } from '../../src/conformance/event-store/harness.js';
import {
  type EventStoreDbOptions,
  eventStoreDb,
  eventStoreDbEvidenceStore,
  type StoreNotice,
} from '../../src/eventstoredb/index.js';
import type { WireServer } from '../../src/testing/wire-server/index.js';
import { sized, stream } from '../support/events.js';
import { left, right } from '../support/right.js';
import { withServer } from './support/harness.js';

// What the client and the protocol hold ready for the unwary, by the numbers of the list that the adapter was built by.

const opened = async (
  server: WireServer,
  run: (store: Awaited<ReturnType<typeof open>>) => Promise<void>,
  options: Partial<EventStoreDbOptions> = {},
): Promise<void> => {
  const store = await open(server, options);
  try {
    await run(store);
  } finally {
    await store.close();
  }
};

const open = (server: WireServer, options: Partial<EventStoreDbOptions> = {}) =>
  right(eventStoreDb({ connectionString: server.url, ...options }));

const whole = async (store: EventStore): Promise<ReadonlyArray<string>> =>
  idsOf((await right(store.readAll('start', 10_000))).events);

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const pitfalls = suite('pitfalls of EventStoreDB and its client');

pitfalls('1: a conflict tells the revision, whatever the client is set to do with failed appends', () =>
  withServer(async (server) => {
    for (const [n, throwing] of [true, false].entries()) {
      const connectionString = `${server.url}&throwOnAppendFailure=${throwing}`;
      await opened(
        server,
        async (store) => {
          await right(store.append(stream(`s${n}`), 'no-stream', events(`s${n}`, 5)));
          const answer = await right(store.append(stream(`s${n}`), 1, [event(`late ${n}`)]));
          assert.equal(answer, { _tag: 'Conflict', actual: 4 });
        },
        { connectionString },
      );
    }
  }),
);

pitfalls('2: a fault says what was called and what came', () =>
  withServer(async (server) => {
    await opened(
      server,
      async (store) => {
        server.faults.order('append', { _tag: 'NotReady' }, { times: 100 });
        const { code, detail } = await left(store.append(stream('a'), 'no-stream', [event('a')]));
        assert.is(code, 'STORE_UNAVAILABLE');
        assert.match(detail, /append to agency-test\.a.*Server Is Not Ready.*may be tried again/);
        server.door.refuse(true);
        server.door.cut();
        const read = await left(store.readStream(stream('a'), 0, 1));
        assert.is(read.code, 'STORE_UNAVAILABLE');
        assert.match(read.detail, /read agency-test\.a: .+/);
      },
      { patienceMilliseconds: 300 },
    );
  }),
);

pitfalls('3: the broken connection of one store fails no append of another', () =>
  withServer((mine) =>
    withServer(async (other) => {
      await opened(mine, (store) =>
        opened(other, async (beside) => {
          other.faults.order('append', { _tag: 'Delay', milliseconds: 300 });
          mine.faults.order('append', { _tag: 'Cut' });
          const waiting = right(beside.append(stream('b'), 'no-stream', [event('b')]));
          await until(() => other.faults.calls('append') === 1);
          await right(store.append(stream('a'), 'no-stream', [event('a')]));
          assert.is((await waiting)._tag, 'Appended');
          assert.is(other.faults.calls('append'), 1, 'it was answered the first time');
          assert.is(mine.faults.calls('append'), 2);
        }),
      );
    }),
  ),
);

pitfalls('4: a second copy of the generated messages in the process is noticed before anything is sent', () =>
  withServer(async (server) => {
    const path = ['proto', 'event_store', 'client', 'streams'];
    const home = path.reduce<object>((found, name) => Reflect.get(found, name), globalThis);
    const own: unknown = Reflect.get(home, 'ReadReq');
    Reflect.set(home, 'ReadReq', () => {});
    try {
      const fault = await left(eventStoreDb({ connectionString: server.url }));
      assert.match(fault.detail, /second copy/);
    } finally {
      Reflect.set(home, 'ReadReq', own);
    }
    await opened(server, async () => {});
  }),
);

pitfalls(
  '5: a subscription that loses its connection comes back by itself, and misses and repeats nothing',
  () =>
    withServer(async (server) => {
      const notices: Array<StoreNotice> = [];
      await opened(
        server,
        async (store) => {
          for (let n = 0; n < 30; n += 1) {
            await right(
              store.append(stream(`s${n % 3}`), n < 3 ? 'no-stream' : Math.floor(n / 3) - 1, [event(`${n}`)]),
            );
          }
          server.faults.order('subscribe', { _tag: 'CutAfterEvents', events: 7 });
          server.faults.order('subscribe', { _tag: 'CutAfterEvents', events: 11 });
          server.faults.order('subscribe', { _tag: 'NotReady' });
          const seen: Array<RecordedEvent> = [];
          let caughtUp = 0;
          for await (const item of store.follow('start', new AbortController().signal)) {
            if (item._tag === 'Fault') throw new Error(item.fault.detail);
            if (item._tag === 'Events') seen.push(...item.events);
            else {
              caughtUp += 1;
              if (caughtUp === 2) break;
              assert.is(seen.length, 30, 'caught up is told when everything is seen');
              // It is waiting for more when the sockets go; what comes then is seen once it is back.
              server.door.cut();
              await right(store.append(stream('s0'), 9, [event('live')]));
            }
          }
          const all = await whole(store);
          assert.equal(idsOf(seen), all.slice(0, seen.length));
          assert.is(seen.length, 31);
          assert.ok(notices.filter(({ _tag }) => _tag === 'Reconnecting').length >= 4);
        },
        { notice: (notice) => notices.push(notice) },
      );
    }),
);

pitfalls('5: a read that is cut in the middle is made again, and gives every event once', () =>
  withServer((server) =>
    opened(server, async (store) => {
      await right(store.append(stream('a'), 'no-stream', events('a', 20)));
      for (const read of [
        () => store.readStream(stream('a'), 0, 100)(),
        () => store.readAll('start', 100)(),
      ]) {
        const before = server.faults.calls('read');
        server.faults.order('read', { _tag: 'CutAfterEvents', events: 7 });
        const page = await read();
        assert.ok(page._tag === 'Right');
        assert.equal(idsOf(page.right.events), idsOf(events('a', 20)));
        assert.is(server.faults.calls('read') - before, 2);
      }
    }),
  ),
);

pitfalls(
  '5: what goes wrong with a read that was given up, or a subscription that was left, ends no process',
  () =>
    withServer(async (server) => {
      const uncaught: Array<unknown> = [];
      const onUncaught = (error: unknown): void => void uncaught.push(error);
      process.on('uncaughtException', onUncaught);
      await opened(
        server,
        async (store) => {
          await right(store.append(stream('a'), 'no-stream', events('a', 3)));
          for await (const item of store.subscribeAll('start', new AbortController().signal)) {
            assert.is(item._tag, 'Events');
            break;
          }
          // Nothing comes, so the call is given up; its own end follows when nobody waits for it any more.
          server.faults.order('read', { _tag: 'Silence' });
          assert.is((await right(store.readStream(stream('a'), 0, 10))).events.length, 3);
          server.door.cut();
          assert.is((await right(store.readAll('start', 10))).events.length, 3);
        },
        { deadlineMilliseconds: 300 },
      );
      process.off('uncaughtException', onUncaught);
      assert.equal(uncaught, []);
    }),
);

const foreign = (data: string, metadata: string) => ({
  id: '00000000-0000-4000-8000-000000000001',
  type: 'AgencyRegistered',
  contentType: 'application/json',
  data: Buffer.from(data, 'latin1'),
  metadata: Buffer.from(metadata),
});

for (const [what, data, metadata, said] of [
  ['a body that is no JSON text', '{"broken', '{"id":"i","hash":"h"}', /event 0 of .* no JSON text/],
  ['a body that is no UTF-8', '"\xff"', '{"id":"i","hash":"h"}', /event 0 of .* no JSON text/],
  ['an event of another program', '{"fine":true}', '{"author":"another"}', /event 0 of .* another program/],
  ['an event without metadata', '{"fine":true}', '', /event 0 of .* another program/],
] as const) {
  pitfalls(`6: ${what} is STORE_CORRUPT wherever it is read`, () =>
    withServer(async (server) => {
      server.store.append(stream('a'), 'no-stream', [foreign(data, metadata)]);
      await opened(server, async (store) => {
        for (const fault of [
          await left(store.readStream(stream('a'), 0, 10)),
          await left(store.readAll('start', 10)),
          await left(store.verify()),
        ]) {
          assert.is(fault.code, 'STORE_CORRUPT');
          assert.match(fault.detail, said);
        }
        for await (const item of store.subscribeAll('start', new AbortController().signal)) {
          assert.is(item._tag === 'Fault' && item.fault.code, 'STORE_CORRUPT');
        }
      });
    }),
  );
}

pitfalls('6: a body that is no JSON text is refused when it is appended', () =>
  withServer((server) =>
    opened(server, async (store) => {
      const fault = await left(store.append(stream('a'), 'no-stream', [event('a', '{"broken')]));
      assert.is(fault.code, 'BATCH_INVALID');
    }),
  ),
);

pitfalls('7: events of the server itself, and of others, are passed over', () =>
  withServer(async (server) => {
    await opened(server, async (store) => {
      const ids: Array<string> = [];
      for (let n = 0; n < 100; n += 1) {
        server.store.append('orders-1', 'any', [foreign('{}', '')]);
        await right(store.append(stream(`s${n}`), 'no-stream', [event(`${n}`)]));
        ids.push(event(`${n}`).id);
      }
      const types = new Set(server.store.log.all().map(({ type }) => type));
      assert.ok(types.has('$statsCollected'));
      assert.equal(await whole(store), ids);
      const seen: Array<string> = [];
      for await (const item of store.subscribeAll('start', new AbortController().signal)) {
        if (item._tag === 'Events') seen.push(...idsOf(item.events));
        if (seen.length >= ids.length) break;
      }
      assert.equal(seen, ids);
    });
  }),
);

pitfalls('8: a batch above the largest append is refused whole, one just below is stored whole', () =>
  withServer((server) =>
    opened(server, async (store) => {
      const batch = (size: number) => [sized('x', size), sized('y', size)];
      const fault = await left(store.append(stream('a'), 'no-stream', batch(600_000)));
      assert.is(fault.code, 'BATCH_INVALID');
      assert.is(server.faults.calls('append'), 0, 'nothing was sent');
      assert.equal(await whole(store), []);
      await right(store.append(stream('a'), 'no-stream', batch(520_000)));
      assert.is((await whole(store)).length, 2);
    }),
  ),
);

pitfalls('8: a server that is set to take less says so, and nothing is stored', () =>
  withServer(
    (server) =>
      opened(server, async (store) => {
        const fault = await left(store.append(stream('a'), 'no-stream', [sized('x', 20_000)]));
        assert.is(fault.code, 'BATCH_INVALID');
        assert.equal(await whole(store), []);
      }),
    { maxAppendSize: 10_000 },
  ),
);

pitfalls('8: evidence of any size goes in parts that each are an append, and comes back whole', () =>
  withServer(
    async (server) => {
      const largestAppend = 20_000;
      const sealed = '授權"\u0001😀'.repeat(8_000);
      const hash = 'e'.repeat(64);
      // A put that ends in the middle leaves nothing to be read, and the next one completes it.
      await opened(
        server,
        async (hasty) => {
          server.faults.order('append', { _tag: 'Silence' }, { skip: 5, times: 100 });
          const put = eventStoreDbEvidenceStore(hasty, { largestAppend }).put(hash, 'person', sealed);
          assert.is((await left(put)).code, 'STORE_UNAVAILABLE');
          server.faults.clear();
        },
        { largestAppend, deadlineMilliseconds: 150, patienceMilliseconds: 400 },
      );
      await opened(
        server,
        async (store) => {
          const evidence = eventStoreDbEvidenceStore(store, { largestAppend });
          assert.is(await right(evidence.get(hash)), undefined);
          await Promise.all([
            right(evidence.put(hash, 'person', sealed)),
            right(evidence.put(hash, 'person', `${sealed} sealed otherwise`)),
          ]);
          const found = await right(evidence.get(hash));
          assert.is(found?.subject, 'person');
          assert.ok(found?.sealed === sealed || found?.sealed === `${sealed} sealed otherwise`);
          await right(evidence.put(hash, 'person', 'later'));
          assert.equal(await right(evidence.get(hash)), found);
          assert.equal(await whole(store), [], 'evidence is no event of the register');
        },
        { largestAppend },
      );
    },
    { maxAppendSize: 20_000 },
  ),
);

for (const stored of [false, true]) {
  pitfalls(
    `9: an append whose batch stream ends without its answer (${stored ? '' : 'not '}stored) is sent again`,
    () =>
      withServer((server) =>
        opened(server, async (store) => {
          server.faults.order('append', { _tag: 'EndBatchStream', stored });
          const answer = await right(store.append(stream('a'), 'no-stream', events('a', 3)));
          assert.is(answer._tag === 'Appended' && answer.idempotent, false);
          assert.equal(await whole(store), idsOf(events('a', 3)));
        }),
      ),
  );
}

pitfalls('9: an append that is never answered is sent again after its deadline, on another connection', () =>
  withServer((server) =>
    opened(
      server,
      async (store) => {
        server.faults.order('append', { _tag: 'Silence' });
        await right(store.append(stream('a'), 'no-stream', [event('a')]));
        assert.is(server.faults.calls('append'), 2);
        assert.is((await whole(store)).length, 1);
      },
      { deadlineMilliseconds: 200 },
    ),
  ),
);

pitfalls('9: a program that closes its store comes to its end', () =>
  withServer(async (server) => {
    const program = `
      import { eventStoreDb } from '@mandate/adapters-eventstore/eventstoredb';
      const store = await eventStoreDb({ connectionString: '${server.url}' })();
      if (store._tag === 'Left') throw new Error(store.left.detail);
      const abort = new AbortController();
      const next = store.right.subscribeAll('start', abort.signal)[Symbol.asyncIterator]().next();
      await store.right.close();
      console.log((await next).value.fault.code);`;
    const child = spawn(
      process.execPath,
      ['--conditions=mandate-source', '--import', 'tsx', '--input-type=module', '-e', program],
      { cwd: new URL('../..', import.meta.url), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    child.stdout.on('data', (octets) => {
      said += String(octets);
    });
    const [code] = await once(child, 'close');
    assert.is(code, 0);
    assert.is(said, 'STORE_CLOSED\n');
  }),
);

pitfalls(
  '10: an append that was cut off after it was stored is stored once, and its caller is told that it wrote',
  () =>
    withServer((server) =>
      opened(server, async (store) => {
        server.faults.order('append', { _tag: 'CutAfterCommit' });
        const answer = await right(store.append(stream('a'), 'no-stream', events('a', 3)));
        assert.is(answer._tag === 'Appended' && answer.idempotent, false);
        assert.equal(await whole(store), idsOf(events('a', 3)));
        const again = await right(store.append(stream('a'), 'no-stream', events('a', 3)));
        assert.equal(again, { ...answer, idempotent: true });
      }),
    ),
);

pitfalls('10: another command under the same id, given to another process, is never told that it wrote', () =>
  withServer((server) =>
    opened(server, (store) =>
      opened(server, async (another) => {
        const first = event('same', '{"grant":"A"}');
        const second = { ...event('same', '{"grant":"B"}'), hash: 'b' };
        const answers = await Promise.all([
          right(store.append(stream('a'), 'no-stream', [first])),
          right(another.append(stream('a'), 'no-stream', [second])),
        ]);
        const { events: found } = await right(store.readStream(stream('a'), 0, 10));
        assert.is(found.length, 1);
        const written = found[0]?.body === first.body ? 0 : 1;
        for (const [index, answer] of answers.entries()) {
          assert.is(answer._tag === 'Appended' && answer.idempotent, index !== written);
        }
      }),
    ),
  ),
);

pitfalls('a limit: an id that another process stored in another stream is not noticed', () =>
  withServer((server) =>
    opened(server, (store) =>
      opened(server, async (another) => {
        await right(store.append(stream('a'), 'no-stream', [event('id')]));
        assert.is((await left(store.append(stream('b'), 'no-stream', [event('id')]))).code, 'EVENT_ID_TAKEN');
        assert.is((await right(another.append(stream('b'), 'no-stream', [event('id')])))._tag, 'Appended');
      }),
    ),
  ),
);

pitfalls('positions of another store are refused', () =>
  withServer((server) =>
    opened(server, async (store) => {
      const odd = { after: '0000000000000137' } as unknown as { readonly after: RecordedEvent['position'] };
      assert.is((await left(store.readAll(odd, 1))).code, 'BATCH_INVALID');
      for await (const item of store.subscribeAll(odd, new AbortController().signal)) {
        assert.is(item._tag === 'Fault' && item.fault.code, 'BATCH_INVALID');
      }
    }),
  ),
);

pitfalls.run();
