import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suiteNeeding } from '@mandate/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { event, events, idsOf } from '../../src/conformance/event-store/harness.js';
import { eventStoreDb } from '../../src/eventstoredb/index.js';
import {
  noJournal,
  startWireServer,
  type WireServer,
  wireStore,
} from '../../src/testing/wire-server/index.js';
import { freshDirectory } from '../support/directory.js';
import { stream } from '../support/events.js';
import { left, right } from '../support/right.js';
import { withServer } from './support/harness.js';

// -------------------------------------------------------------------------------------
// connection string
// -------------------------------------------------------------------------------------

const strings = suite('connection string');

/** What the console is told while something runs. */
const warned = async (run: () => Promise<void>): Promise<string> => {
  const own = console.warn;
  let said = '';
  console.warn = (...words: ReadonlyArray<unknown>) => {
    said += words.join(' ');
  };
  try {
    await run();
  } finally {
    console.warn = own;
  }
  return said;
};

for (const [what, text] of [
  ['another protocol', 'http://admin:geheim@localhost:2113'],
  ['a key that nobody knows', 'esdb://admin:geheim@localhost:2113?tls=false&tlss=true'],
  ['a key without a value', 'esdb://admin:geheim@localhost:2113?tls'],
  ['a password with a bare colon', 'esdb://admin:geheim:2@localhost:2113'],
  ['a name without a password', 'esdb://geheim@localhost:2113'],
  ['a setting that the client ignores', 'esdb://admin:geheim@localhost:2113?tlsVerifyCert=false'],
  ['no host', 'esdb://admin:geheim@'],
  ['a port that is none', 'esdb://admin:geheim@localhost:http'],
  ['a CA file that is not there', 'esdb://admin:geheim@localhost:2113?tlsCAFile=/nowhere/ca.crt'],
  ['nothing', ''],
] as const) {
  strings(`${what} is a fault that repeats no password, to the caller or the console`, async () => {
    let detail = '';
    const said = await warned(async () => {
      const fault = await left(eventStoreDb({ connectionString: text, patienceMilliseconds: 50 }));
      assert.is(fault.code, 'STORE_UNAVAILABLE');
      detail = fault.detail;
    });
    assert.ok(detail.length > 10);
    assert.not.match(detail, /geheim/);
    assert.is(said, '');
  });
}

strings('a namespace that could be taken for another’s is refused', async () => {
  for (const namespace of ['mandate', '$all.', 'a-b.', '.', 'a b.']) {
    const fault = await left(eventStoreDb({ connectionString: 'esdb://localhost', namespace }));
    assert.match(fault.detail, /namespace/);
  }
});

strings('a server that is not there is STORE_UNAVAILABLE once patience is over', async () => {
  // Port 1, which nobody is given: one that was free a moment ago may be another test's by now.
  const nobody = 'esdb://127.0.0.1:1?tls=false';
  const fault = await left(eventStoreDb({ connectionString: nobody, patienceMilliseconds: 200 }));
  assert.is(fault.code, 'STORE_UNAVAILABLE');
});

strings.run();

// -------------------------------------------------------------------------------------
// cluster
// -------------------------------------------------------------------------------------

const cluster = suite('cluster');

interface Nodes {
  readonly nodes: readonly [WireServer, WireServer, WireServer];
  readonly lead: (leader: number) => void;
  readonly url: string;
}

/** Three nodes of one log. Replication is the real server's own; who leads, and who says so, is what matters here. */
const withNodes = async (run: (nodes: Nodes) => Promise<void>): Promise<void> => {
  const store = wireStore(noJournal);
  const nodes = await Promise.all([
    startWireServer({ store }),
    startWireServer({ store }),
    startWireServer({ store }),
  ]);
  const lead = (leader: number): void => {
    const members = nodes.map(({ port }, n) => ({
      address: '127.0.0.1',
      port,
      state: n === leader ? ('leader' as const) : ('follower' as const),
    }));
    for (const node of nodes) node.setCluster(members);
  };
  lead(0);
  try {
    const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
    await run({ nodes, lead, url: `esdb://${hosts}?tls=false&discoveryInterval=20` });
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
};

cluster('appends go to the leader, and after a change of leader to the next one', () =>
  withNodes(async ({ nodes, lead, url }) => {
    const store = await right(eventStoreDb({ connectionString: url }));
    await right(store.append(stream('a'), 'no-stream', [event('0')]));
    assert.equal(
      nodes.map(({ faults }) => faults.calls('append')),
      [1, 0, 0],
    );
    lead(2);
    // The old leader refuses new calls and ends the ones it has.
    nodes[0].faults.order('append', { _tag: 'NotLeader', address: '127.0.0.1', port: nodes[2].port });
    await right(store.append(stream('a'), 0, [event('1')]));
    await right(store.append(stream('a'), 1, [event('2')]));
    assert.is(nodes[2].faults.calls('append'), 2);
    const { events: found } = await right(store.readStream(stream('a'), 0, 10));
    assert.equal(idsOf(found), idsOf([event('0'), event('1'), event('2')]));
    await store.close();
  }),
);

cluster('when the leader dies, appends, reads and subscriptions go on with another', () =>
  withNodes(async ({ nodes, lead, url }) => {
    const store = await right(eventStoreDb({ connectionString: url }));
    const seen: Array<string> = [];
    const following = (async () => {
      for await (const item of store.subscribeAll('start', new AbortController().signal)) {
        if (item._tag === 'Fault') throw new Error(item.fault.detail);
        seen.push(...idsOf(item.events));
        if (seen.length === 40) return;
      }
    })();
    for (let n = 0; n < 20; n += 1) await right(store.append(stream(`s${n}`), 'no-stream', [event(`${n}`)]));
    nodes[0].door.refuse(true);
    nodes[0].door.cut();
    const more = Promise.all(
      Array.from({ length: 20 }, (_, n) => right(store.append(stream(`s${n}`), 0, [event(`${n + 20}`)]))),
    );
    lead(1);
    assert.ok((await more).every((answer) => answer._tag === 'Appended' && !answer.idempotent));
    await following;
    assert.equal(seen, idsOf((await right(store.readAll('start', 100))).events));
    assert.equal(new Set(seen).size, 40);
    await store.close();
  }),
);

cluster('nodes that take connections and say nothing are given up in time', () =>
  withNodes(async ({ nodes, url }) => {
    for (const { door } of nodes) door.stall();
    const options = { connectionString: url, deadlineMilliseconds: 100, patienceMilliseconds: 300 };
    const fault = await left(eventStoreDb(options));
    assert.is(fault.code, 'STORE_UNAVAILABLE');
    for (const { door } of nodes) door.resume();
    await (await right(eventStoreDb({ connectionString: url }))).close();
  }),
);

cluster('an election in which nobody leads is waited for', () =>
  withServer(async (server) => {
    const store = await right(eventStoreDb({ connectionString: server.url }));
    server.faults.order('append', { _tag: 'NotReady' }, { times: 4 });
    server.faults.order('read', { _tag: 'NotReady' }, { times: 3 });
    await right(store.append(stream('a'), 'no-stream', events('a', 2)));
    assert.is((await right(store.readStream(stream('a'), 0, 10))).events.length, 2);
    assert.is(server.faults.calls('append'), 5);
    await store.close();
  }),
);

cluster.run();

// -------------------------------------------------------------------------------------
// TLS and login
// -------------------------------------------------------------------------------------

const secure = suiteNeeding('TLS and login', {
  available: spawnSync('openssl', ['version']).status === 0,
  reason: 'no openssl command',
  remedy: 'npm run setup:system',
});

const certificate = (directory: string, name: string) => {
  const key = join(directory, `${name}.key`);
  const file = join(directory, `${name}.crt`);
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=eventstoredb-node', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', key, '-out', file],
  ]);
  assert.is(made.status, 0, String(made.stderr));
  return { file, tls: { certificate: readFileSync(file), key: readFileSync(key) } };
};

secure('the server must show a certificate of the CA, and is shown name and password', async () => {
  const directory = freshDirectory();
  const own = certificate(directory, 'own');
  const other = certificate(directory, 'other');
  await withServer(
    async ({ port }) => {
      const answer = (login: string, ca: string) =>
        eventStoreDb({
          connectionString: `esdb://${login}localhost:${port}?tlsCAFile=${encodeURIComponent(ca)}`,
          patienceMilliseconds: 300,
        });
      const store = await right(answer('admin:ge%3Aheim@', own.file));
      await right(store.append(stream('a'), 'no-stream', [event('a')]));
      for await (const item of store.subscribeAll('start', new AbortController().signal)) {
        assert.is(item._tag, 'Events');
        break;
      }
      await store.close();
      assert.match((await left(answer('admin:falsch@', own.file))).detail, /access-denied/);
      assert.match((await left(answer('', own.file))).detail, /access-denied/);
      assert.match((await left(answer('admin:ge%3Aheim@', other.file))).detail, /certificate|verify/i);
    },
    { tls: own.tls, login: 'admin:ge:heim' },
  );
});

secure.run();
