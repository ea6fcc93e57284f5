import { appendFileSync, readFileSync } from 'node:fs';
import {
  ANY,
  type AppendExpectedRevision,
  BACKWARDS,
  END,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  startWireServer,
  type WireServer,
  type WireServerOptions,
} from '../../src/testing/wire-server/index.js';
import { freshFile } from '../support/directory.js';

// The plain client of the real product, as it comes: what it understands is the protocol.

type Client = EventStoreDBClient;

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const probe = (n: number) => jsonEvent({ id: uuid(n), type: 'Probed', data: { n } });
const probes = (from: number, count: number) => Array.from({ length: count }, (_, n) => probe(from + n));

/** The way an append goes over the wire. A call with credentials of its own goes by itself, all others share one call. */
const ways = [
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
  ['BatchAppend', {}],
] as const;

const connected = async (
  run: (client: Client, server: WireServer) => Promise<void>,
  options: WireServerOptions = {},
): Promise<void> => {
  const server = await startWireServer(options);
  const client = EventStoreDBClient.connectionString(server.url);
  try {
    await run(client, server);
  } finally {
    await client.dispose();
    await server.stop();
  }
};

const refusal = async (answer: Promise<unknown>): Promise<{ readonly type?: string } & Error> => {
  try {
    await answer;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('should have been refused');
};

const read = async (client: Client, stream: string, options = {}): Promise<ReadonlyArray<string>> => {
  const found: Array<string> = [];
  for await (const { event } of client.readStream(stream, options))
    found.push(`${event?.revision} ${event?.id}`);
  return found;
};

// -------------------------------------------------------------------------------------
// appends
// -------------------------------------------------------------------------------------

const appends = suite('wire-level test server: appends');

for (const [way, options] of ways) {
  const append = (client: Client, expectedRevision: AppendExpectedRevision, from: number, count: number) =>
    client.appendToStream('s', probes(from, count), { ...options, expectedRevision });
  const actual = async (answer: Promise<unknown>): Promise<unknown> => {
    const error = await refusal(answer);
    assert.instance(error, WrongExpectedVersionError);
    return error instanceof WrongExpectedVersionError ? error.actualVersion : undefined;
  };

  appends(`${way}: a wrong expected revision is refused with the right one`, () =>
    connected(async (client) => {
      assert.is(await actual(append(client, 5n, 0, 1)), 'no_stream');
      const first = await append(client, NO_STREAM, 0, 3);
      assert.is(first.nextExpectedRevision, 2n);
      assert.is(await actual(append(client, NO_STREAM, 10, 1)), 2n);
      assert.is(await actual(append(client, 1n, 10, 1)), 2n);
      assert.is(await actual(append(client, 3n, 10, 1)), 2n);
      assert.is((await append(client, 2n, 10, 1)).nextExpectedRevision, 3n);
      assert.equal(
        await read(client, 's'),
        [0, 1, 2, 10].map((n, revision) => `${revision} ${uuid(n)}`),
      );
    }),
  );

  appends(
    `${way}: the same ids right after an older revision are the same append, and answer as it did`,
    () =>
      connected(async (client) => {
        const first = await append(client, NO_STREAM, 0, 3);
        await append(client, 2n, 10, 2);
        assert.equal(await append(client, NO_STREAM, 0, 3), first);
        assert.is((await append(client, NO_STREAM, 0, 2)).nextExpectedRevision, 1n);
        assert.is(await actual(append(client, NO_STREAM, 1, 2)), 4n);
        assert.is(await actual(append(client, NO_STREAM, 0, 4)), 4n);
      }),
  );

  appends(`${way}: at the revision of the end nobody looks at ids`, () =>
    connected(async (client) => {
      await append(client, NO_STREAM, 0, 1);
      assert.is((await append(client, 0n, 0, 1)).nextExpectedRevision, 1n);
      assert.equal(await read(client, 's'), [`0 ${uuid(0)}`, `1 ${uuid(0)}`]);
    }),
  );

  appends(`${way}: without a revision ids are looked up among the last of the stream`, () =>
    connected(async (client) => {
      assert.instance(await refusal(append(client, STREAM_EXISTS, 0, 1)), WrongExpectedVersionError);
      await append(client, ANY, 0, 2);
      assert.is((await append(client, ANY, 0, 2)).nextExpectedRevision, 1n);
      assert.is((await append(client, STREAM_EXISTS, 0, 1)).nextExpectedRevision, 0n);
      assert.instance(await refusal(append(client, ANY, 1, 2)), WrongExpectedVersionError);
      assert.is((await append(client, ANY, 5, 1)).nextExpectedRevision, 2n);
    }),
  );

  appends(`${way}: more than the largest append is refused, and nothing of it stored`, () =>
    connected(
      async (client) => {
        const large = (n: number, size: number) =>
          jsonEvent({ id: uuid(n), type: 'Probed', data: { text: 'x'.repeat(size) } });
        const batch = [large(1, 600), large(2, 600)];
        const error = await refusal(
          client.appendToStream('s', batch, { ...options, expectedRevision: NO_STREAM }),
        );
        assert.is(error.type, 'maximum-append-size-exceeded');
        assert.is((await refusal(read(client, 's'))).type, 'stream-not-found');
        await client.appendToStream('s', large(1, 600), { ...options, expectedRevision: NO_STREAM });
      },
      { maxAppendSize: 1_000 },
    ),
  );

  appends(`${way}: a tombstone ends a stream for ever`, () =>
    connected(async (client) => {
      await append(client, NO_STREAM, 0, 2);
      await client.tombstoneStream('s');
      assert.is((await refusal(append(client, ANY, 5, 1))).type, 'stream-deleted');
      assert.is((await refusal(read(client, 's'))).type, 'stream-deleted');
    }),
  );

  appends(`${way}: a stream that was deleted softly reads as not found, and goes on with its revisions`, () =>
    connected(async (client) => {
      await append(client, NO_STREAM, 0, 3);
      await client.deleteStream('s', { expectedRevision: 2n });
      assert.is((await refusal(read(client, 's'))).type, 'stream-not-found');
      assert.is((await append(client, NO_STREAM, 10, 2)).nextExpectedRevision, 4n);
      assert.equal(await read(client, 's'), [`3 ${uuid(10)}`, `4 ${uuid(11)}`]);
    }),
  );
}

appends('a server without BatchAppend and ServerFeatures is served by Append', () =>
  connected(
    async (client) => {
      await client.appendToStream('s', probes(0, 2), { expectedRevision: NO_STREAM });
      assert.is((await read(client, 's')).length, 2);
    },
    { old: true },
  ),
);

appends('a batch in many chunks is one append', () =>
  connected(async (client) => {
    await client.appendToStream('s', probes(0, 200), { expectedRevision: NO_STREAM, batchAppendSize: 500 });
    assert.is((await read(client, 's')).length, 200);
  }),
);

appends.run();

// -------------------------------------------------------------------------------------
// reads
// -------------------------------------------------------------------------------------

const reads = suite('wire-level test server: reads');

reads('a stream is read forwards and backwards, from a revision, so many events', () =>
  connected(async (client) => {
    await client.appendToStream('s', probes(0, 6));
    const revisions = async (options: object): Promise<string> =>
      (await read(client, 's', options)).map((line) => line.split(' ')[0]).join('');
    assert.is(await revisions({}), '012345');
    assert.is(await revisions({ fromRevision: 2n }), '2345');
    assert.is(await revisions({ fromRevision: 2n, maxCount: 2 }), '23');
    assert.is(await revisions({ fromRevision: 9n }), '');
    assert.is(await revisions({ direction: BACKWARDS, fromRevision: END }), '543210');
    assert.is(await revisions({ direction: BACKWARDS, fromRevision: 3n, maxCount: 2 }), '32');
  }),
);

reads('over all streams positions are sparse, increase, and a read from one is inclusive', () =>
  connected(async (client) => {
    for (let n = 0; n < 100; n += 1) await client.appendToStream(`s${n % 3}`, probe(n));
    const positions: Array<bigint> = [];
    let system = 0;
    for await (const { event } of client.readAll()) {
      positions.push(event?.position.commit ?? 0n);
      if (event?.type.startsWith('$')) system += 1;
    }
    assert.ok(system > 0, 'the server writes events of its own between those of its clients');
    assert.is(positions.length, 100 + system);
    for (const [index, position] of positions.entries()) {
      assert.ok(index === 0 || position > (positions[index - 1] ?? 0n) + 1n);
    }
    const tenth = positions[10] ?? 0n;
    for await (const { event } of client.readAll({
      fromPosition: { commit: tenth, prepare: tenth },
      maxCount: 1,
    })) {
      assert.is(event?.position.commit, tenth);
    }
    for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 })) {
      assert.is(event?.position.commit, positions.at(-1));
    }
  }),
);

reads('$maxCount hides the older events of a stream at once, and a scavenge takes them away', () =>
  connected(async (client, server) => {
    await client.appendToStream('s', probes(0, 5));
    await client.setStreamMetadata('s', { maxCount: 2 });
    const all = async (): Promise<number> => {
      let found = 0;
      for await (const { event } of client.readAll()) if (event?.streamId === 's') found += 1;
      return found;
    };
    assert.equal(await read(client, 's'), [`3 ${uuid(3)}`, `4 ${uuid(4)}`]);
    assert.is(await all(), 5);
    server.store.scavenge();
    assert.is(await all(), 2);
    assert.is(
      (await client.appendToStream('s', probe(9), { expectedRevision: 4n })).nextExpectedRevision,
      5n,
    );
  }),
);

reads('a slow reader is not hurried', () =>
  connected(async (client) => {
    const text = 'x'.repeat(1_000);
    for (let n = 0; n < 5; n += 1) {
      const batch = Array.from({ length: 400 }, (_, k) =>
        jsonEvent({ type: 'Probed', data: { n, k, text } }),
      );
      await client.appendToStream('s', batch);
    }
    let seen = 0;
    for await (const { event } of client.readStream('s')) {
      assert.is(event?.revision, BigInt(seen));
      seen += 1;
      if (seen % 200 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.is(seen, 2_000);
  }),
);

reads.run();

// -------------------------------------------------------------------------------------
// subscriptions
// -------------------------------------------------------------------------------------

const subscriptions = suite('wire-level test server: subscriptions');

subscriptions(
  'catch up, say so, and go on; filtered by prefix, with checkpoints, exclusive of their position',
  () =>
    connected(async (client) => {
      for (let n = 0; n < 100; n += 1)
        await client.appendToStream(n % 10 === 0 ? 'agency-a' : 'other-b', probe(n));
      let checkpoints = 0;
      let caughtUpAt = -1;
      const seen: Array<string> = [];
      const filter = streamNameFilter({
        prefixes: ['agency-'],
        checkpointInterval: 1,
        checkpointReached: async () => {
          checkpoints += 1;
        },
      });
      const subscription = client.subscribeToAll({ filter });
      subscription.on('caughtUp', () => {
        caughtUpAt = seen.length;
        void client
          .appendToStream('other-b', probe(500))
          .then(() => client.appendToStream('agency-a', probe(501)));
      });
      let position: { readonly commit: bigint; readonly prepare: bigint } | undefined;
      for await (const { event } of subscription) {
        seen.push(event?.id ?? '');
        if (seen.length === 4) position = event?.position;
        if (event?.id === uuid(501)) break;
      }
      assert.is(caughtUpAt, 10);
      assert.is(seen.length, 11);
      assert.ok(checkpoints >= 3);
      const rest: Array<string> = [];
      for await (const { event } of client.subscribeToAll({ fromPosition: position ?? 'start', filter })) {
        rest.push(event?.id ?? '');
        if (event?.id === uuid(501)) break;
      }
      assert.equal(rest, seen.slice(4));
    }),
);

subscriptions('to one stream, and filtered by an expression of the type', () =>
  connected(async (client) => {
    await client.appendToStream('s', probes(0, 4));
    const revisions: Array<bigint | undefined> = [];
    for await (const { event } of client.subscribeToStream('s', { fromRevision: 1n })) {
      revisions.push(event?.revision);
      if (revisions.length === 2) break;
    }
    assert.equal(revisions, [2n, 3n]);
    const filter = { filterOn: 'eventType', regex: '^[^$].*', checkpointInterval: 1 } as const;
    let types = 0;
    for await (const { event } of client.subscribeToAll({ filter })) {
      assert.is(event?.type, 'Probed');
      types += 1;
      if (types === 4) break;
    }
  }),
);

subscriptions.run();

// -------------------------------------------------------------------------------------
// cluster, restart, faults
// -------------------------------------------------------------------------------------

const faults = suite('wire-level test server: cluster, restart, faults');

faults('a client finds the leader by gossip', async () => {
  const first = await startWireServer();
  const second = await startWireServer({ store: first.store });
  const members = [
    { address: '127.0.0.1', port: first.port, state: 'follower' },
    { address: '127.0.0.1', port: second.port, state: 'leader' },
  ] as const;
  for (const server of [first, second]) server.setCluster(members);
  const client = EventStoreDBClient.connectionString(
    `esdb://127.0.0.1:${first.port},127.0.0.1:${second.port}?tls=false`,
  );
  await client.appendToStream('s', probe(0), { requiresLeader: true });
  assert.is(first.faults.calls('append'), 0);
  assert.is(second.faults.calls('append'), 1);
  await client.dispose();
  const wrong = EventStoreDBClient.connectionString(first.url);
  const error = await refusal(
    wrong.appendToStream('s', probe(1), {
      requiresLeader: true,
      credentials: { username: 'a', password: 'b' },
    }),
  );
  assert.is(error.type, 'not-leader');
  await wrong.dispose();
  await Promise.all([first.stop(), second.stop()]);
});

faults('a restart keeps every acknowledged append, and no half line', async () => {
  const file = freshFile('events.jsonl');
  await connected(
    async (client) => {
      await client.appendToStream('s', probes(0, 3), { expectedRevision: NO_STREAM });
      await client.appendToStream('s', probes(3, 2), { expectedRevision: 2n });
    },
    { file },
  );
  appendFileSync(file, readFileSync(file).subarray(0, 40));
  await connected(
    async (client) => {
      assert.is((await read(client, 's')).length, 5);
      await client.appendToStream('s', probe(9), { expectedRevision: 4n });
    },
    { file },
  );
  await connected(
    async (client) => {
      assert.is((await read(client, 's')).length, 6);
    },
    { file },
  );
});

for (const [fault, stored] of [
  [{ _tag: 'Cut' }, 0],
  [{ _tag: 'CutAfterCommit' }, 1],
  [{ _tag: 'NotReady' }, 0],
] as const) {
  faults(`${fault._tag}: the client is told that it failed, and ${stored} of 1 is stored`, () =>
    connected(async (client, server) => {
      server.faults.order('append', fault);
      await refusal(client.appendToStream('s', probe(0), { expectedRevision: NO_STREAM }));
      assert.is(server.store.log.stream('s').length, stored);
    }),
  );
}

faults('a wrong login is refused', () =>
  connected(
    async (client) => {
      assert.is((await refusal(read(client, 's'))).type, 'access-denied');
    },
    { login: 'admin:changeit' },
  ),
);

faults('the door slows, stalls and lets through again', () =>
  connected(async (client, server) => {
    server.door.slow(5);
    await client.appendToStream('s', probe(0));
    server.door.slow(0);
    server.door.stall();
    let answered = false;
    const append = client.appendToStream('s', probe(1)).then(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.is(answered, false);
    server.door.resume();
    await append;
    assert.is((await read(client, 's')).length, 2);
  }),
);

faults.run();
