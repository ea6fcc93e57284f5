/** The store on EventStoreDB beside the bare client, each on a wire-level test server in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { eventStoreDb } from '@mandate/adapters-eventstore/eventstoredb';
import {
  agencyStream,
  createChainCheck,
  createRegisterCodec,
  type EventToAppend,
  gepiPolicy,
  type Page,
  printChainFault,
  type ReadAllFrom,
  type StreamName,
} from '@mandate/domain';
import { right } from '../lib/either.js';
import { inFlight, oneByOne, type Series } from '../lib/timing.js';
import { logVault, logWriter } from '../world/log.js';
import { agencyCode } from '../world/people.js';
import type { CommandParams } from './raw-commands.js';

export interface EventStoreDbParams extends CommandParams {
  readonly subject: 'ours' | 'bare';
  readonly width: number;
}

export interface EventStoreDbFigures {
  readonly oneByOne: Series;
  readonly inFlight: Series;
  /** Events of all streams: parsed, and by ours decoded strictly with the chain checked. */
  readonly read: number;
  readonly readPerSecond: number;
}

/**
 * The events of a stream as the register writes them: encoded, sealed and chained. Made before they are timed, one more than the
 * stream begins with: that one is its command.
 */
interface History {
  readonly stream: StreamName;
  readonly events: ReadonlyArray<EventToAppend>;
}

type Histories = ReadonlyArray<History>;

const writeHistories = async (streams: number, eventsPerStream: number): Promise<Histories> => {
  const write = await logWriter(logVault());
  const histories: Array<History> = [];
  for (let agency = 0; agency < streams; agency++) {
    const stream = agencyStream(gepiPolicy.portal, agencyCode(agency));
    histories.push({ stream, events: await write(agency, 0, eventsPerStream + 1, undefined) });
  }
  return histories;
};

const historyAt = (histories: Histories, stream: number): History => {
  const found = histories[stream];
  if (found === undefined) throw new Error(`no history ${stream}`);
  return found;
};

/** What both sides do: the two calls of a command, and reading everything. */
interface Side {
  /** Appends a history but for its last event. */
  readonly fill: (history: History) => Promise<unknown>;
  /** Reads the stream, and appends the last event of the history after what was read. */
  readonly command: (history: History) => Promise<unknown>;
  readonly readAll: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const startServer = async (): Promise<{ readonly url: string; readonly process: ChildProcess }> => {
  const main = fileURLToPath(import.meta.resolve('@mandate/adapters-eventstore/testing/wire-server/main'));
  const child = spawn(process.execPath, ['--conditions=mandate-source', '--import', 'tsx', main], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, port] = /^listening (\d+)$/.exec(line) ?? [];
    if (port !== undefined) return { url: `esdb://127.0.0.1:${port}?tls=false`, process: child };
  }
  throw new Error('the test server did not start');
};

const bare = (url: string): Side => {
  const client = EventStoreDBClient.connectionString(url);
  const toSend = ({ id, type, body, hash }: EventToAppend) =>
    jsonEvent({ id, type, data: JSON.parse(body), metadata: { id, hash } });
  return {
    fill: ({ stream, events }) =>
      client.appendToStream(stream, events.slice(0, -1).map(toSend), { expectedRevision: 'no_stream' }),
    command: async ({ stream, events }) => {
      let last = -1n;
      for await (const found of client.readStream(stream)) last = found.event?.revision ?? last;
      await client.appendToStream(stream, events.slice(-1).map(toSend), { expectedRevision: last });
    },
    readAll: async () => {
      let read = 0;
      for await (const found of client.readAll()) if (found.event?.streamId.startsWith('agency-')) read += 1;
      return read;
    },
    close: () => client.dispose(),
  };
};

const ours = async (url: string): Promise<Side> => {
  const store = right(await eventStoreDb({ connectionString: url })());
  return {
    fill: async ({ stream, events }) => {
      right(await store.append(stream, 'no-stream', events.slice(0, -1))());
    },
    command: async ({ stream, events }) => {
      const page = right(await store.readStream(stream, 0, 1_000)());
      for (const { body } of page.events) JSON.parse(body);
      const last = page.events.at(-1)?.revision ?? -1;
      const answer = right(await store.append(stream, last, events.slice(-1))());
      if (answer._tag === 'Conflict') throw new Error('a conflict where nobody else writes');
    },
    // As every replay reads: strictly, with each event's hash and its place in the chain.
    readAll: async () => {
      const codec = createRegisterCodec(nodeSha256);
      const check = createChainCheck(nodeSha256);
      let from: ReadAllFrom = 'start';
      for (let read = 0; ; ) {
        const page: Page = right(await store.readAll(from, 1_000)());
        for (const recorded of page.events) {
          const decoded = codec.decode(recorded);
          if (decoded._tag !== 'Event') throw new Error(`${decoded._tag} at ${recorded.position}`);
          const fault = check(recorded, decoded.event.meta.chain.previous);
          if (fault !== undefined) throw new Error(printChainFault(fault));
        }
        read += page.events.length;
        const last = page.events.at(-1);
        if (page.end || last === undefined) return read;
        from = { after: last.position };
      }
    },
    close: store.close,
  };
};

/** A measurement: fill, commands one by one, others in flight, then everything is read. */
export const eventStoreDbCommands = async (
  _folder: string,
  { subject, streams, eventsPerStream, warmUp, width }: EventStoreDbParams,
): Promise<EventStoreDbFigures> => {
  const histories = await writeHistories(streams * 2 + warmUp, eventsPerStream);
  const server = await startServer();
  const side = subject === 'bare' ? bare(server.url) : await ours(server.url);
  const command = (stream: number) => side.command(historyAt(histories, stream));
  try {
    for (const history of histories) await side.fill(history);
    await oneByOne(warmUp, (index) => command(streams * 2 + index));
    const single = await oneByOne(streams, (index) => command(index));
    const many = await inFlight(streams, width, (index) => command(streams + index));
    const startedAt = performance.now();
    const read = await side.readAll();
    const readPerSecond = (read / (performance.now() - startedAt)) * 1000;
    return { oneByOne: single, inFlight: many, read, readPerSecond };
  } finally {
    await side.close();
    server.process.kill('SIGKILL');
  }
};
