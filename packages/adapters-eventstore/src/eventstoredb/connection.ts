/**
 * The connection: the client's own, with its discovery, credentials and keep-alive, and the raw calls over it.
 *
 * What the client does above that is not used: its appends share one table of promises over the whole process, in which the
 * error of one connection fails the appends of all others and a late answer ends the process; an append that a server leaves
 * unanswered waits for ever; and its reads parse JSON that they may not change.
 *
 * @packageDocumentation
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import { type StoreFault, storeFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { connectionStringFault, withOneRound } from './connection-string.js';
import {
  type BatchAppendReq,
  type BatchAppendResp,
  type ReadReq,
  type ReadResp,
  StreamsClient,
  streams,
} from './messages.js';

// -------------------------------------------------------------------------------------
// the client within
// -------------------------------------------------------------------------------------

type CallArguments = Parameters<InstanceType<typeof StreamsClient>['batchAppend']>;
type Streams = InstanceType<typeof StreamsClient>;

/** What is used of the client that it does not show: fixed with its version. */
interface Within {
  readonly GRPCStreamCreator: <T>(
    service: typeof StreamsClient,
    name: string,
    create: (client: Streams) => T,
  ) => () => Promise<T>;
  readonly callArguments: (
    options: { readonly requiresLeader?: boolean },
    call: { readonly deadline: number },
  ) => CallArguments;
  readonly getChannel: () => Promise<{ readonly close: () => void }>;
  readonly dispose: () => Promise<void>;
}

const names: ReadonlyArray<keyof Within> = ['GRPCStreamCreator', 'callArguments', 'getChannel', 'dispose'];

const isWithin = (client: unknown): client is Within =>
  typeof client === 'object' &&
  client !== null &&
  names.every((name) => typeof Reflect.get(client, name) === 'function');

/** True when a second copy of the generated classes was loaded, which would take this one's messages for its own. */
const isMixed = (): boolean => {
  const path = ['proto', 'event_store', 'client', 'streams', 'ReadReq'];
  let found: unknown = globalThis;
  for (const name of path) {
    if ((typeof found !== 'object' && typeof found !== 'function') || found === null) return false;
    found = Reflect.get(found, name);
  }
  return found !== undefined && found !== streams.ReadReq;
};

// -------------------------------------------------------------------------------------
// connection
// -------------------------------------------------------------------------------------

/** The readable half of a call, and how it is given up. */
export interface Incoming<A> {
  readonly read: () => A | null;
  readonly on: (name: 'readable' | 'end' | 'error' | 'close', call: (error?: unknown) => void) => unknown;
  readonly cancel: () => void;
}

/** A call of `BatchAppend`: both halves. */
export interface BatchCall {
  readonly write: (request: BatchAppendReq) => boolean;
  readonly end: () => unknown;
  readonly on: (name: 'data' | 'end' | 'error', call: (value: BatchAppendResp & Error) => void) => unknown;
  readonly cancel: () => void;
}

/** A connection that is made anew when it has to be. */
export interface Connection {
  readonly read: (request: ReadReq, requiresLeader: boolean) => Promise<Incoming<ReadResp>>;
  readonly batchAppend: () => Promise<BatchCall>;
  /** The client in use. Given back to {@link Connection.renew}, so that a connection is given up once. */
  readonly current: () => object;
  /** Gives the connection up: nothing came over it when something should have. */
  readonly renew: (client: object) => void;
  readonly close: () => Promise<void>;
}

const openClient = (text: string): E.Either<StoreFault, Within> => {
  try {
    const client: unknown = EventStoreDBClient.connectionString(text);
    return isWithin(client)
      ? E.right(client)
      : E.left(storeFault('STORE_UNAVAILABLE', '@eventstore/db-client is another version than 6.2.1'));
  } catch {
    // The client's words repeat parts of the string, and a password may be among them.
    return E.left(
      storeFault(
        'STORE_UNAVAILABLE',
        'the connection string does not parse, or a file that it names is not there',
      ),
    );
  }
};

const giveUp = async (client: Within): Promise<void> => {
  try {
    await client.dispose();
    // Not waited for: it may still be looking for a node.
    client.getChannel().then(
      (channel) => channel.close(),
      () => {},
    );
  } catch {
    // A connection that never came about has nothing to close.
  }
};

/** Makes a {@link Connection}; nothing is sent yet. */
export const openConnection = (given: string): E.Either<StoreFault, Connection> => {
  const refused = connectionStringFault(given);
  if (refused !== undefined) return E.left(refused);
  if (isMixed()) {
    return E.left(
      storeFault(
        'STORE_UNAVAILABLE',
        'a second copy of the generated messages is loaded (another client of the same protocol?): one process, one copy',
      ),
    );
  }
  const text = withOneRound(given);
  const first = openClient(text);
  if (E.isLeft(first)) return first;
  let client = first.right;

  return E.right({
    read: (request, requiresLeader) =>
      client.GRPCStreamCreator(StreamsClient, 'read', (service) => {
        const call = service.read(
          request,
          ...client.callArguments({ requiresLeader }, { deadline: Number.POSITIVE_INFINITY }),
        );
        // Before anybody listens: an error without a listener ends the process.
        call.on('error', () => {});
        return call;
      })(),
    batchAppend: () =>
      client.GRPCStreamCreator(StreamsClient, 'batchAppend', (service) => {
        const call = service.batchAppend(
          ...client.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY }),
        );
        call.on('error', () => {});
        return call;
      })(),
    current: () => client,
    renew: (used) => {
      if (used !== client) return;
      const opened = openClient(text);
      if (E.isLeft(opened)) return;
      void giveUp(client);
      client = opened.right;
    },
    close: () => giveUp(client),
  });
};
