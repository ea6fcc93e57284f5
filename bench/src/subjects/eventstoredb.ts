/** The store on EventStoreDB beside the bare client, each on a wire-level test server in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { eventStoreDb } from '@mandate/adapters-eventstore/eventstoredb';
import { agencyStream, type EventToAppend, type Page, type ReadAllFrom } from '@mandate/domain';
import { right } from '../lib/either.js';
import { inFlight, oneByOne, type Series } from '../lib/timing.js';
import type { CommandParams } from './raw-commands.js';

export interface EventStoreDbParams extends CommandParams {
  readonly subject: 'ours' | 'bare';
  readonly width: number;
}

export interface EventStoreDbFigures {
  readonly oneByOne: Series;
  readonly inFlight: Series;
  /** Events of all streams, parsed, and ours with the hash of each body checked. */
  readonly read: number;
  readonly readPerSecond: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** About as long as an event of the register. */
const data = (stream: number, revision: number) => ({
  type: 'ClerkAuthorized',
  stream,
  revision,
  filling: 'x'.repeat(900),
});

/** What both sides do: the two calls of a command, and reading everything. */
interface Side {
  readonly fill: (stream: number, events: number) => Promise<unknown>;
  /** Reads the stream, and appends one event after what was read. */
  readonly command: (stream: number) => Promise<unknown>;
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

const nameOf = (stream: number) => agencyStream('bench', `A${stream}`);

const bare = (url: string): Side => {
  const client = EventStoreDBClient.connectionString(url);
  const event = (stream: number, revision: number) =>
    jsonEvent({
      id: randomUUID(),
      type: 'ClerkAuthorized',
      data: data(stream, revision),
      metadata: { by: 'bench' },
    });
  return {
    fill: (stream, events) =>
      client.appendToStream(
        nameOf(stream),
        Array.from({ length: events }, (_, revision) => event(stream, revision)),
        { expectedRevision: 'no_stream' },
      ),
    command: async (stream) => {
      let last = -1n;
      for await (const found of client.readStream(nameOf(stream))) last = found.event?.revision ?? last;
      await client.appendToStream(nameOf(stream), event(stream, Number(last) + 1), {
        expectedRevision: last,
      });
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
  const event = (stream: number, revision: number): EventToAppend => {
    const body = JSON.stringify(data(stream, revision));
    return { id: randomUUID(), type: 'ClerkAuthorized', body, hash: sha256(body) };
  };
  return {
    fill: async (stream, events) => {
      const batch = Array.from({ length: events }, (_, revision) => event(stream, revision));
      right(await store.append(nameOf(stream), 'no-stream', batch)());
    },
    command: async (stream) => {
      const { events } = right(await store.readStream(nameOf(stream), 0, 1_000)());
      for (const { body } of events) JSON.parse(body);
      const last = events.at(-1)?.revision ?? -1;
      const answer = right(await store.append(nameOf(stream), last, [event(stream, last + 1)])());
      if (answer._tag === 'Conflict') throw new Error('a conflict where nobody else writes');
    },
    readAll: async () => {
      let from: ReadAllFrom = 'start';
      for (let read = 0; ; ) {
        const page: Page = right(await store.readAll(from, 1_000)());
        for (const { body, hash } of page.events) {
          JSON.parse(body);
          if (sha256(body) !== hash) throw new Error('a body of another hash');
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
  const server = await startServer();
  const side = subject === 'bare' ? bare(server.url) : await ours(server.url);
  try {
    for (let stream = 0; stream < streams * 2 + warmUp; stream++) await side.fill(stream, eventsPerStream);
    await oneByOne(warmUp, (index) => side.command(streams * 2 + index));
    const single = await oneByOne(streams, (index) => side.command(index));
    const many = await inFlight(streams, width, (index) => side.command(streams + index));
    const startedAt = performance.now();
    const read = await side.readAll();
    const readPerSecond = (read / (performance.now() - startedAt)) * 1000;
    return { oneByOne: single, inFlight: many, read, readPerSecond };
  } finally {
    await side.close();
    server.process.kill('SIGKILL');
  }
};
