/** Replay of a log in a fresh process: ours, strict and with the chain checked, and the yardstick on the same file. */
import { nodeSha256, sqliteEventStore } from '@mandate/adapters-eventstore';
import { createChainCheck, createRegisterCodec, type Position, printChainFault } from '@mandate/domain';
import { right } from '../lib/either.js';
import { readSqlite } from '../lib/sqlite.js';
import { createClerkLists, type ListedEvent } from './clerk-lists.js';

export interface ReplayParams {
  readonly file: string;
  /** Only so many events from the beginning. */
  readonly events: number;
}

export interface ReplayFigures {
  readonly perSecond: number;
  readonly events: number;
  readonly digest: string;
  /** Peak resident set of the whole process. */
  readonly peakMiB: number;
  /** What is left of the heap when garbage is collected at the end. */
  readonly liveMiB: number;
}

const page = 1000;

const figures = (startedAt: number, events: number, digest: () => string): ReplayFigures => {
  const perSecond = (events / (performance.now() - startedAt)) * 1000;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  globalThis.gc?.();
  const liveMiB = process.memoryUsage().heapUsed / 2 ** 20;
  return { perSecond, events, digest: digest(), peakMiB, liveMiB };
};

/** Every event: read, decoded by the register's codec, its place in the chain and its hash checked, folded. */
export const replayRegister = async (_folder: string, params: ReplayParams): Promise<ReplayFigures> => {
  const store = right(await sqliteEventStore({ file: params.file })());
  const codec = createRegisterCodec(nodeSha256);
  const check = createChainCheck(nodeSha256);
  const lists = createClerkLists();
  const startedAt = performance.now();
  let events = 0;
  let last: Position | undefined;
  while (events < params.events) {
    const limit = Math.min(page, params.events - events);
    const read = right(await store.readAll(last === undefined ? 'start' : { after: last }, limit)());
    for (const recorded of read.events) {
      const decoded = codec.decode(recorded);
      if (decoded._tag !== 'Event') throw new Error(`${decoded._tag} at ${recorded.position}`);
      const fault = check(recorded, decoded.event.meta.chain.previous);
      if (fault !== undefined) throw new Error(printChainFault(fault));
      lists.apply(recorded.stream, decoded.event);
      last = recorded.position;
    }
    events += read.events.length;
    if (read.end) break;
  }
  const measured = figures(startedAt, events, lists.digest);
  await store.close();
  return measured;
};

/** Every event: read, parsed, folded. Nothing is checked. */
export const replayRaw = async (_folder: string, params: ReplayParams): Promise<ReplayFigures> => {
  const db = readSqlite(params.file);
  const read = db
    .prepare('SELECT position, stream, body FROM events WHERE position > ? ORDER BY position LIMIT ?')
    .raw();
  const lists = createClerkLists();
  const startedAt = performance.now();
  let events = 0;
  let last = 0;
  while (events < params.events) {
    const rows = read.all(last, Math.min(page, params.events - events)) as ReadonlyArray<
      [number, string, string]
    >;
    for (const [position, stream, body] of rows) {
      lists.apply(stream, JSON.parse(body) as ListedEvent);
      last = position;
    }
    events += rows.length;
    if (rows.length === 0) break;
  }
  const measured = figures(startedAt, events, lists.digest);
  db.close();
  return measured;
};
