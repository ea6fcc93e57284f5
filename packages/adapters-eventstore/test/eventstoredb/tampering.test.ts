import { EventStoreDBClient } from '@eventstore/db-client';
import type { StreamName } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { event, events } from '../../src/conformance/event-store/harness.js';
import {
  type EventStoreDbEventStore,
  eventStoreDb,
  eventStoreDbEvidenceStore,
  type StoreNotice,
} from '../../src/eventstoredb/index.js';
import type { WireServer } from '../../src/testing/wire-server/index.js';
import { stream } from '../support/events.js';
import { left, right } from '../support/right.js';
import { withServer } from './support/harness.js';

// What an operator, or whoever has the operator's password, can do to a stream with the server's own means.

interface Scene {
  readonly server: WireServer;
  readonly store: EventStoreDbEventStore;
  readonly operator: EventStoreDBClient;
  readonly notices: ReadonlyArray<StoreNotice>;
  /** Follows until `count` notices of tampering have come. */
  readonly watch: (count: number) => Promise<void>;
}

const scene = (run: (scene: Scene) => Promise<void>, namespace = ''): Promise<void> =>
  withServer(async (server) => {
    const notices: Array<StoreNotice> = [];
    const abort = new AbortController();
    const operator = EventStoreDBClient.connectionString(server.url);
    const store = await right(
      eventStoreDb({
        connectionString: server.url,
        namespace,
        notice: (notice) => notices.push(notice),
      }),
    );
    const watch = async (count: number): Promise<void> => {
      const following = (async () => {
        for await (const item of store.follow('start', abort.signal)) {
          if (item._tag === 'Fault') throw new Error(item.fault.detail);
        }
      })();
      while (notices.filter(({ _tag }) => _tag === 'Tampering').length < count) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      abort.abort();
      await following;
    };
    try {
      await right(store.append(stream('a'), 'no-stream', events('a', 5)));
      await right(store.append(stream('b'), 'no-stream', events('b', 2)));
      await right(store.verify());
      await run({ server, store, operator, notices, watch });
    } finally {
      abort.abort();
      await store.close();
      await operator.dispose();
    }
  });

const corrupt = async (store: EventStoreDbEventStore, of: StreamName, said: RegExp): Promise<void> => {
  const fault = await left(store.readStream(of, 0, 10));
  assert.is(fault.code, 'STORE_CORRUPT');
  assert.match(fault.detail, said);
};

const tampering = suite('tampering with the means of the server');

tampering('a stream that was deleted softly is STORE_CORRUPT and not a new one, and is told at once', () =>
  scene(async ({ store, operator, watch, notices, server }) => {
    await operator.deleteStream(stream('a'));
    await corrupt(store, stream('a'), /deleted/);
    assert.is((await left(store.verify())).code, 'STORE_CORRUPT');
    const append = await left(store.append(stream('a'), 'no-stream', [event('again')]));
    assert.is(append.code, 'STORE_CORRUPT');
    await right(store.readStream(stream('b'), 0, 10));
    await watch(1);
    const [notice] = notices;
    assert.is(notice?._tag === 'Tampering' && notice.stream, stream('a'));
    server.store.scavenge();
    await corrupt(store, stream('a'), /no events 0 to 4/);
    assert.match((await left(store.verify())).detail, /no events 0 to 4/);
  }),
);

tampering(
  'a tombstone is STORE_CORRUPT wherever its stream is read or appended to, and is told at once',
  () =>
    scene(async ({ store, operator, watch, notices }) => {
      await operator.tombstoneStream(stream('a'));
      await corrupt(store, stream('a'), /tombstone/);
      assert.is((await left(store.append(stream('a'), 4, [event('more')]))).code, 'STORE_CORRUPT');
      assert.is((await left(store.verify())).code, 'STORE_CORRUPT');
      await watch(1);
      assert.match(notices[0]?._tag === 'Tampering' ? notices[0].detail : '', /for ever/);
    }),
);

for (const [what, remove] of [
  ['a tombstone', 'tombstoneStream'],
  ['a soft deletion', 'deleteStream'],
] as const) {
  tampering(`${what} that was scavenged leaves no event of its stream, and is told all the same`, () =>
    scene(async ({ store, operator, server, notices }) => {
      assert.equal(await right(store.tampered()), []);
      await operator[remove](stream('a'));
      server.store.scavenge();
      // The last event of a stream that was deleted softly stays; somebody with the disk may take it, too.
      server.store.log.remove((record) => record.stream === stream('a') && !record.type.startsWith('$'));
      assert.equal(
        server.store.log.stream(stream('a')).filter(({ type }) => !type.startsWith('$')),
        [],
      );
      assert.match((await left(store.verify())).detail, /agency-test\.a.*(?:tombstone|deleted)/);
      assert.equal(
        (await right(store.tampered())).map((each) => each.stream),
        [stream('a')],
      );
      assert.equal(notices, [], 'who asks is answered, and nobody else');
      assert.is((await right(store.readAll('start', 10))).events.length, 2);
      assert.equal(
        notices.map((notice) => notice._tag === 'Tampering' && notice.stream),
        [stream('a')],
        'who reads what is left is told',
      );
    }),
  );
}

tampering(
  'the one event that a scavenge leaves of a stream is a gap, also where the deletion was taken back',
  () =>
    scene(async ({ store, operator, server }) => {
      await operator.deleteStream(stream('a'));
      server.store.scavenge();
      assert.is((await right(store.readAll('start', 10))).events.length, 3);
      assert.match((await left(store.verify())).detail, /no events 0 to 3/);
      await operator.setStreamMetadata(stream('a'), {});
      await corrupt(store, stream('a'), /no events 0 to 3/);
      assert.match((await left(store.verify())).detail, /no events 0 to 3/);
    }),
);

tampering('all streams that are gone are counted, and the first of them named', () =>
  scene(async ({ store, operator, server }) => {
    for (const name of ['c', 'd', 'e']) await right(store.append(stream(name), 'no-stream', [event(name)]));
    for (const name of ['a', 'c', 'd', 'e']) await operator.tombstoneStream(stream(name));
    server.store.scavenge();
    assert.match((await left(store.verify())).detail, /\.a: .*\.c: .*\.d: .*and 1 streams more/);
  }),
);

tampering('evidence that was deleted is told, too', () =>
  scene(async ({ store, operator, server }) => {
    const evidence = eventStoreDbEvidenceStore(store);
    await right(evidence.put('e1', 'person', 'sealed'));
    await right(store.verify());
    await operator.tombstoneStream('evidence-e1');
    server.store.scavenge();
    assert.match((await left(store.verify())).detail, /evidence-e1.*tombstone/);
    assert.is((await right(store.tampered())).length, 1);
  }),
);

tampering('a soft deletion that was taken back before anything was scavenged is past', () =>
  scene(async ({ store, operator }) => {
    await operator.deleteStream(stream('a'));
    assert.is((await right(store.tampered())).length, 1);
    await operator.setStreamMetadata(stream('a'), {});
    assert.equal(await right(store.tampered()), []);
    await right(store.verify());
  }),
);

for (const [what, metadata] of [
  ['$maxCount', { maxCount: 2 }],
  ['$tb', { truncateBefore: 3 }],
] as const) {
  tampering(
    `${what} hides events: reading from before them is STORE_CORRUPT, and a scavenge is seen by verify`,
    () =>
      scene(async ({ store, operator, watch, server }) => {
        await operator.setStreamMetadata(stream('a'), metadata);
        await corrupt(store, stream('a'), /no events 0 to 2/);
        assert.is((await right(store.readStream(stream('a'), 3, 10))).events.length, 2);
        assert.is((await right(store.readAll('start', 10))).events.length, 7);
        await watch(1);
        server.store.scavenge();
        assert.is((await right(store.readAll('start', 10))).events.length, 4);
        assert.match((await left(store.verify())).detail, /no events 0 to 2/);
      }),
  );
}

tampering('metadata that hides nothing, and other streams, are nobody’s business', () =>
  scene(async ({ store, operator, notices }) => {
    await operator.setStreamMetadata(stream('a'), { acl: { readRoles: ['$admins'] } });
    await operator.appendToStream('orders-1', []);
    await operator.setStreamMetadata('orders-1', { maxCount: 1 });
    let caughtUp = false;
    for await (const item of store.follow('start', new AbortController().signal)) {
      caughtUp = item._tag === 'CaughtUp';
      if (caughtUp) break;
    }
    assert.ok(caughtUp);
    assert.equal(notices, []);
    await right(store.verify());
  }),
);

tampering('in a namespace the register has its own streams, and those of another are none of its', () =>
  scene(async ({ server, store }) => {
    const other = await right(eventStoreDb({ connectionString: server.url, namespace: 'other.' }));
    assert.is(await right(other.head()), undefined);
    await right(other.append(stream('a'), 'no-stream', [event('its own')]));
    assert.is((await right(store.readAll('start', 10))).events.length, 7);
    const [only] = (await right(other.readAll('start', 10))).events;
    assert.is(only?.stream, stream('a'));
    await other.close();
  }, 'mandate.'),
);

tampering.run();
