/**
 * The test server itself.
 *
 * @packageDocumentation
 */
import { type KeyCertPair, Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService, ServerFeaturesService, StreamsService } from '../../eventstoredb/messages.js';
import { featuresService, gossipService } from './cluster.js';
import type { Context, Member } from './context.js';
import { type Door, openDoor } from './door.js';
import { type Faults, makeFaults } from './faults.js';
import { noJournal, openJournal } from './journal.js';
import { readService } from './read.js';
import { type WireStore, wireStore } from './store.js';
import { appendService, batchAppendService, deleted, removeService, tombstoned } from './write.js';

/** Options of {@link startWireServer}. */
export interface WireServerOptions {
  /** 0 for any that is free. @defaultValue 0 */
  readonly port?: number;
  /** Where events are kept over a restart; each append is synced before it is acknowledged. In memory without one. */
  readonly file?: string;
  /** Nodes of one cluster share a store. @defaultValue one of its own */
  readonly store?: WireStore;
  /** Octets; see {@link WireServerOptions.store} for what is counted. @defaultValue 1048576, as of the real server */
  readonly maxAppendSize?: number;
  /** `name:password` that every call to the streams must bring. */
  readonly login?: string;
  /** TLS: certificate and key in PEM, and the CA of clients where they must show a certificate. */
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer; readonly clientCa?: Buffer };
  /** Turns off `BatchAppend` and `ServerFeatures`, as with servers before 21.6. @defaultValue false */
  readonly old?: boolean;
}

/** A running test server. */
export interface WireServer {
  readonly port: number;
  /** `esdb://127.0.0.1:<port>?tls=false`, for a server without TLS. */
  readonly url: string;
  readonly store: WireStore;
  readonly faults: Faults;
  /** The sockets. */
  readonly door: Pick<Door, 'cut' | 'stall' | 'resume' | 'slow' | 'refuse'>;
  /** Says who is in the cluster, and who leads it. Without it this node is alone and the leader. */
  readonly setCluster: (members: ReadonlyArray<Member>) => void;
  /** Cuts all connections and lets go of port and file. */
  readonly stop: () => Promise<void>;
}

/** What a real server refuses above, by default. */
export const defaultMaxAppendSize = 1_048_576;
const mebibyte = 2 ** 20;

/**
 * Starts a server that speaks EventStoreDB's protocol to the letter of the client's own messages, by the real server's
 * rules, and breaks on demand. It is no EventStoreDB: it has no projections, persistent subscriptions, users, access lists
 * or replication, and one thread.
 */
export const startWireServer = async (options: WireServerOptions = {}): Promise<WireServer> => {
  const journal = options.file === undefined ? noJournal : openJournal(options.file);
  const store = options.store ?? wireStore(journal);
  const faults = makeFaults();
  let members: ReadonlyArray<Member> | undefined;
  let door: Door | undefined;

  const self = (): Member => ({ address: '127.0.0.1', port: door?.port ?? 0, state: 'leader' });
  const context: Context = {
    store,
    faults,
    maxAppendSize: options.maxAppendSize ?? defaultMaxAppendSize,
    login: options.login,
    members: () => members ?? [self()],
    leader: () => {
      const leader = members?.find(({ state }) => state === 'leader');
      return leader?.port === door?.port ? undefined : leader;
    },
    cut: () => door?.cut(),
  };

  const server = new Server({ 'grpc.max_receive_message_length': 16 * mebibyte });
  const { batchAppend, ...streamsService } = StreamsService;
  server.addService(options.old === true ? streamsService : { ...streamsService, batchAppend }, {
    read: readService(context),
    append: appendService(context),
    batchAppend: batchAppendService(context),
    delete: removeService(context, store.remove, deleted),
    tombstone: removeService(context, store.tombstone, tombstoned),
  });
  if (options.old !== true) {
    server.addService(ServerFeaturesService, { getSupportedMethods: featuresService(context) });
  }
  server.addService(GossipService, { read: gossipService(context) });

  const { tls } = options;
  const pair = (): Array<KeyCertPair> =>
    tls === undefined ? [] : [{ cert_chain: tls.certificate, private_key: tls.key }];
  const credentials =
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(tls.clientCa ?? null, pair(), tls.clientCa !== undefined);
  const inner = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  );
  door = await openDoor(inner, options.port ?? 0);
  const open = door;
  return {
    port: open.port,
    url: `esdb://127.0.0.1:${open.port}?tls=false`,
    store,
    faults,
    door: open,
    setCluster: (given) => {
      members = given;
    },
    stop: async () => {
      await open.close();
      server.forceShutdown();
      journal.close();
    },
  };
};
