import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { StoreHarness, WriterProcess } from '../../../src/conformance/index.js';
import { type EventStoreDbOptions, eventStoreDb } from '../../../src/eventstoredb/index.js';
import { startWireServer, type WireServer } from '../../../src/testing/wire-server/index.js';
import { right } from '../../support/right.js';
import { spawnWriter } from '../../support/writer.js';

const child = fileURLToPath(new URL('crash-child.ts', import.meta.url));

/** A namespace of its own: an empty store on a server that may hold much. */
export const freshNamespace = (): string => `t${randomUUID().replaceAll('-', '')}.`;

/** A process that appends until it is killed. */
export const spawnCrashWriter = (connectionString: string, namespace: string, tag: string): WriterProcess =>
  spawnWriter(child, connectionString, namespace, tag);

/** Runs the kit against `eventStoreDb` on a server, each store in a namespace of its own. */
export const eventStoreDbHarness = (connectionString: () => Promise<string>): StoreHarness => {
  let options: EventStoreDbOptions = { connectionString: '', namespace: '' };
  const open = () => right(eventStoreDb(options));
  return {
    open: async () => {
      options = { connectionString: await connectionString(), namespace: freshNamespace() };
      return open();
    },
    reopen: open,
    openAnother: open,
    spawnWriter: async (tag) => spawnCrashWriter(options.connectionString, options.namespace ?? '', tag),
  };
};

/** Runs with a server of the test's own and stops it at the end. */
export const withServer = async (
  run: (server: WireServer) => Promise<void>,
  options: Parameters<typeof startWireServer>[0] = {},
): Promise<void> => {
  const server = await startWireServer(options);
  try {
    await run(server);
  } finally {
    await server.stop();
  }
};
