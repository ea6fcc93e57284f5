import { suite } from 'uvu';
import {
  casesFor,
  type EvidenceHarness,
  eventStoreConformance,
  evidenceStoreConformance,
} from '../../src/conformance/index.js';
import { eventStoreDb, eventStoreDbEvidenceStore } from '../../src/eventstoredb/index.js';
import { startWireServer, type WireServer } from '../../src/testing/wire-server/index.js';
import { right } from '../support/right.js';
import { eventStoreDbHarness, freshNamespace } from './support/harness.js';

// Without a real server, each case has a test server of its own: what another one stored is not read again and again. A real
// server has all of them, each in a namespace.
const real = process.env['EVENTSTOREDB_URL'];
let server: WireServer | undefined;

const connectionString = async (): Promise<string> => {
  if (real !== undefined) return real;
  await server?.stop();
  server = await startWireServer();
  return server.url;
};

const on = real === undefined ? 'the wire-level test server' : 'the server of EVENTSTOREDB_URL';

const events = suite(`eventStoreDb on ${on}`);
const harness = eventStoreDbHarness(connectionString);
for (const { name, run } of casesFor(eventStoreConformance, harness)) events(name, () => run(harness));
events.after(async () => {
  await server?.stop();
  server = undefined;
});
events.run();

const evidence = suite(`eventStoreDbEvidenceStore on ${on}`);
let options = { connectionString: '', namespace: '' };
const open = async () => {
  const store = await right(eventStoreDb(options));
  return { ...eventStoreDbEvidenceStore(store), close: store.close };
};
const evidenceHarness: EvidenceHarness = {
  open: async () => {
    options = { connectionString: await connectionString(), namespace: freshNamespace() };
    return open();
  },
  reopen: open,
  close: async (store) => {
    if ('close' in store && typeof store.close === 'function') await store.close();
  },
};
for (const { name, run } of casesFor(evidenceStoreConformance, evidenceHarness)) {
  evidence(name, () => run(evidenceHarness));
}
evidence.after(async () => {
  await server?.stop();
});
evidence.run();
