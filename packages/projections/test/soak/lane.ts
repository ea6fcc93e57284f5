/** A store with everything around it: a writer, a reader, runners; and the count at the end. */
import { setTimeout as pause } from 'node:timers/promises';
import { nodeSha256 as sha256 } from '@mandate/adapters-eventstore';
import {
  createChainCheck,
  createRegisterCodec,
  type EventStore,
  type Position,
  printChainFault,
  type RecordedEvent,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { catalogueOf, cataloguePublished } from '../support/events.js';
import { makeWorld, right } from '../support/world.js';
import { openKeys, openStore, type Where } from './open.js';
import { type Process, processOf } from './processes.js';
import { codeOf, eventIdsOf, type Place } from './work.js';
import type { WriterOrder, WriterTold } from './writer-child.js';

export interface Lane {
  readonly name: string;
  readonly where: Where;
  readonly writer: Process;
  readonly runners: ReadonlyArray<Process>;
  /** Commands that were acknowledged so far. */
  readonly acknowledged: () => number;
  readonly setClock: (offset: number) => void;
  /** Waits until so many more commands are acknowledged. */
  readonly progress: (commands: number) => Promise<void>;
  readonly finish: () => Promise<Account>;
  /** Ends whatever is there, whoever is in the middle of something. */
  readonly abandon: () => Promise<void>;
}

/** What was acknowledged beside what is there. */
export interface Account {
  /** Events of acknowledged commands. */
  readonly acknowledged: number;
  readonly stored: number;
  /** Acknowledged and not stored. */
  readonly lost: number;
  /** Stored more than once. */
  readonly twice: number;
  /** Stored, and the command was given up without an answer: its agency's clock was ahead by then. */
  readonly unanswered: number;
  /** Answers that were none, after which the same command was given again. */
  readonly again: number;
  readonly reader: { readonly seen: number; readonly lost: number; readonly twice: number };
  /** What a chain, a body or the store itself says is wrong. */
  readonly unsound: ReadonlyArray<string>;
  readonly events: ReadonlyArray<RecordedEvent>;
}

export interface LaneOptions {
  readonly name: string;
  /** One letter, with which its agencies begin. */
  readonly letter: string;
  readonly where: Where;
  readonly loops: number;
  readonly runners: (broken: (what: string) => void) => ReadonlyArray<Process>;
  readonly onBroken: (what: string) => void;
}

const pageSize = 1000;

/** Every event, in order. */
export const everything = async (store: EventStore): Promise<ReadonlyArray<RecordedEvent>> => {
  const all: Array<RecordedEvent> = [];
  for (let last: Position | undefined; ; ) {
    const page = right(await store.readAll(last === undefined ? 'start' : { after: last }, pageSize)());
    all.push(...page.events);
    last = page.events.at(-1)?.position ?? last;
    if (page.end) return all;
  }
};

/** Follows over all faults, as a program does that keeps its place. */
const startReader = async (events: string) => {
  const store = await openStore(events);
  const abort = new AbortController();
  const seen: Array<string> = [];
  let last: Position | undefined;
  const following = (async () => {
    while (!abort.signal.aborted) {
      for await (const item of store.subscribeAll(
        last === undefined ? 'start' : { after: last },
        abort.signal,
      )) {
        if (item._tag === 'Fault') break;
        for (const event of item.events) seen.push(event.id);
        last = item.events.at(-1)?.position ?? last;
      }
      if (!abort.signal.aborted) await pause(20);
    }
  })();
  return {
    /** What it saw, once it saw an event, which must be the last. */
    upTo: async (id: string | undefined): Promise<ReadonlyArray<string>> => {
      while (id !== undefined && seen.at(-1) !== id) await Promise.race([following, pause(20)]);
      abort.abort();
      await following;
      await store.close();
      return seen;
    },
  };
};

const soundnessOf = (events: ReadonlyArray<RecordedEvent>): ReadonlyArray<string> => {
  const codec = createRegisterCodec(sha256);
  const check = createChainCheck(sha256);
  return events.flatMap((recorded) => {
    const decoded = codec.decode(recorded);
    if (decoded._tag !== 'Event') return [`${decoded._tag} at ${recorded.stream}@${recorded.revision}`];
    const fault = check(recorded, decoded.event.meta.chain.previous);
    return fault === undefined ? [] : [printChainFault(fault)];
  });
};

const timesOver = (ids: ReadonlyArray<string>): number => ids.length - new Set(ids).size;

export const startLane = async (options: LaneOptions): Promise<Lane> => {
  const { name, letter, where, loops, onBroken } = options;
  const store = await openStore(where.events);
  const vault = await openKeys(where.vault);
  await makeWorld({ store, vault }).write(catalogueOf, [cataloguePublished(1, ['pay'])]);
  const [first] = await everything(store);
  await store.close();
  await vault.close();

  const places: Array<Place> = Array.from({ length: loops }, () => ({ agency: 0, next: 0 }));
  const acknowledged = new Set<string>();
  const left = new Set<string>();
  let commands = 0;
  let again = 0;
  let clockOffset = 0;
  const onLine = (line: string): void => {
    // The last line of a killed process may be cut off; then it was not acknowledged.
    const [, word = '', a = '', b = '', c = ''] =
      /^(ack|left|again) (\d+)(?: (\d+))?(?: (\d+))?$/.exec(line) ?? [];
    const [loop, agency, next] = [Number(a), Number(b), Number(c)];
    if (word === 'again') again += 1;
    if (word === 'left' && b !== '') {
      left.add(codeOf(letter, loop, agency));
      places[loop] = { agency: agency + 1, next: 0 };
    }
    if (word === 'ack' && c !== '') {
      for (const id of eventIdsOf(codeOf(letter, loop, agency), next)) acknowledged.add(id);
      places[loop] = { agency, next: next + 1 };
      commands += 1;
    }
  };
  const writer = processOf({
    program: 'writer-child.ts',
    told: () => [JSON.stringify({ ...where, lane: letter, places, clockOffset } satisfies WriterTold)],
    onLine,
    onBroken,
  });
  const runners = options.runners(onBroken);
  const reader = await startReader(where.events);
  await Promise.all([writer.start(), ...runners.map((each) => each.start())]);

  const account = async (): Promise<Account> => {
    const opened = await openStore(where.events);
    const events = await everything(opened);
    const ids = events.map(({ id }) => id);
    const there = new Set(ids);
    const given = [...acknowledged];
    const seen = await reader.upTo(ids.at(-1));
    const seenIds = new Set(seen);
    const verified =
      'verify' in opened
        ? await (opened.verify as () => () => Promise<E.Either<unknown, void>>)()()
        : E.right(undefined);
    await opened.close();
    return {
      acknowledged: given.length,
      stored: events.length,
      lost: given.filter((id) => !there.has(id)).length,
      twice: timesOver(ids),
      unanswered: ids.filter((id) => id !== first?.id && !acknowledged.has(id)).length,
      again,
      reader: {
        seen: seen.length,
        lost: ids.filter((id) => !seenIds.has(id)).length,
        twice: timesOver(seen),
      },
      unsound: [...soundnessOf(events), ...(E.isLeft(verified) ? [JSON.stringify(verified.left)] : [])],
      events,
    };
  };

  return {
    name,
    where,
    writer,
    runners,
    acknowledged: () => commands,
    setClock: (offset) => {
      clockOffset = offset;
      writer.tell({ clockOffset } satisfies WriterOrder);
    },
    progress: async (more) => {
      const wanted = commands + more;
      while (commands < wanted) await pause(10);
    },
    finish: async () => {
      writer.tell({ stop: true } satisfies WriterOrder);
      await writer.ended();
      return account();
    },
    abandon: async () => {
      await Promise.all([writer.kill(), ...runners.map((each) => each.kill())]);
    },
  };
};
