/**
 * Evidence on EventStoreDB: a stream for each hash, with the sealed text in parts that the server's largest append has room
 * for. A bundle may be larger than one append; the events of one command never are split, evidence always may be.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import {
  type EventToAppend,
  type EvidenceStore,
  type Page,
  parseStreamName,
  type ReadAllFrom,
  type RecordedEvent,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { pageLimit } from '../append-rules.js';
import type { EventStoreDbEventStore } from './event-store.js';

/** An {@link EvidenceStore} on EventStoreDB. */
export interface EventStoreDbEvidenceStore extends EvidenceStore {
  /**
   * What is kept, in the order of the hashes, beginning after one of them; fewer than `limit` are the last. The server has no
   * list of it: beginning from the start reads all streams once, and keeps the hashes until the end was asked for.
   */
  readonly list: (
    after: string | undefined,
    limit: number,
  ) => TaskEither<
    StoreFault,
    ReadonlyArray<{ readonly hash: string; readonly subject: string; readonly sealed: string }>
  >;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const uuidOf = (text: string): string => {
  const hex = sha256(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const streamOf = (hash: string): StreamName | undefined =>
  parseStreamName(`evidence-${/^[A-Za-z0-9]{1,100}$/.test(hash) ? hash : sha256(hash)}`);

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

interface Part {
  readonly hash: string;
  readonly subject: string;
  /** Which text the part is of: a hash may be put twice, sealed differently each time. */
  readonly text: string;
  readonly index: number;
  readonly count: number;
  readonly part: string;
}

const partOf = (body: string): Part | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return undefined;
    const text = (name: string): string => String(Reflect.get(value, name) ?? '');
    const number = (name: string): number => Number(Reflect.get(value, name) ?? Number.NaN);
    return {
      hash: text('hash'),
      subject: text('subject'),
      text: text('text'),
      index: number('index'),
      count: number('count'),
      part: text('part'),
    };
  } catch {
    return undefined;
  }
};

/** Any character may take six octets in JSON; the rest is for what stands beside it. */
const charactersAtOnce = (largestAppend: number): number =>
  Math.max(1, Math.floor((largestAppend - 4_096) / 6));

const partsOf = (
  hash: string,
  subject: string,
  sealed: string,
  size: number,
): ReadonlyArray<EventToAppend> => {
  const count = Math.max(1, Math.ceil(sealed.length / size));
  const text = sha256(sealed);
  return Array.from({ length: count }, (_, index) => {
    const part: Part = {
      hash,
      subject,
      text,
      index,
      count,
      part: sealed.slice(index * size, (index + 1) * size),
    };
    const body = JSON.stringify(part);
    return { id: uuidOf(`${hash}/${text}/${index}`), type: 'EvidencePart', body, hash: sha256(body) };
  });
};

interface Whole {
  readonly subject: string;
  readonly sealed: string;
}

/**
 * The first text that is there from its first to its last part and is what was put, in the order in which the last parts came.
 * `STORE_CORRUPT` where parts that somebody changed are all that there is.
 */
const wholeOf = (events: ReadonlyArray<RecordedEvent>): E.Either<StoreFault, Whole | undefined> => {
  let isChanged = false;
  const texts = new Map<string, Array<Part>>();
  for (const { body } of events) {
    const part = partOf(body);
    if (part === undefined) continue;
    const parts = texts.get(part.text) ?? [];
    if (part.index === parts.length) parts.push(part);
    texts.set(part.text, parts);
    if (parts.length !== part.count) continue;
    const sealed = parts.map((each) => each.part).join('');
    if (sha256(sealed) === part.text) return E.right({ subject: part.subject, sealed });
    isChanged = true;
  }
  return isChanged
    ? E.left(storeFault('STORE_CORRUPT', 'the parts do not join to the text that was put'))
    : E.right(undefined);
};

// -------------------------------------------------------------------------------------
// store
// -------------------------------------------------------------------------------------

const pageSize = 100;
// Parts are larger than events: so many may be 50 MB.
const scanSize = 256;
const mostRounds = 1_000;

/** An evidence store on the connection of an event store that was opened with `eventStoreDb`. */
export const eventStoreDbEvidenceStore = (
  events: Pick<EventStoreDbEventStore, 'append' | 'readStream' | 'readEvidence'>,
  options: { readonly largestAppend?: number } = {},
): EventStoreDbEvidenceStore => {
  const size = charactersAtOnce(options.largestAppend ?? 1_048_576);

  const load = async (stream: StreamName): Promise<E.Either<StoreFault, ReadonlyArray<RecordedEvent>>> => {
    const all: Array<RecordedEvent> = [];
    for (;;) {
      const page = await events.readStream(stream, all.length, pageSize)();
      if (E.isLeft(page)) return page;
      all.push(...page.right.events);
      if (page.right.end) return E.right(all);
    }
  };

  const put: EvidenceStore['put'] = (hash, subject, sealed) => async () => {
    const stream = streamOf(hash);
    if (stream === undefined) return E.left(storeFault('BATCH_INVALID', 'no hash'));
    const parts = partsOf(hash, subject, sealed, size);
    // Somebody else may put the same hash; each round one of us gets on.
    for (let round = 0; round < mostRounds; round += 1) {
      const found = await load(stream);
      if (E.isLeft(found)) return found;
      const whole = wholeOf(found.right);
      if (E.isRight(whole) && whole.right !== undefined) return E.right(undefined);
      const there = new Set(found.right.map(({ id }) => id));
      let last = found.right.length - 1;
      let conflict = false;
      const lacking = parts.filter(({ id }) => !there.has(id));
      // Sealed anew, the text has other parts; the very same ones cannot be put over those that were changed.
      if (lacking.length === 0 && E.isLeft(whole)) return whole;
      for (const part of lacking) {
        const answer = await events.append(stream, last < 0 ? 'no-stream' : last, [part])();
        if (E.isLeft(answer)) return answer;
        conflict = answer.right._tag === 'Conflict';
        if (answer.right._tag === 'Conflict') break;
        last = answer.right.revision;
      }
      if (!conflict) return E.right(undefined);
    }
    return E.left(storeFault('STORE_UNAVAILABLE', `evidence ${hash} is put by too many at once`));
  };

  const get: EvidenceStore['get'] = (hash) => async () => {
    const stream = streamOf(hash);
    if (stream === undefined) return E.right(undefined);
    return E.chain(wholeOf)(await load(stream));
  };

  /** The hashes of everything that is there, whole or not, in their order. */
  const hashes = async (): Promise<E.Either<StoreFault, ReadonlyArray<string>>> => {
    const found = new Set<string>();
    for (let from: ReadAllFrom = 'start'; ; ) {
      const page: E.Either<StoreFault, Page> = await events.readEvidence(from, scanSize)();
      if (E.isLeft(page)) return page;
      for (const { body } of page.right.events) {
        const part = partOf(body);
        if (part !== undefined) found.add(part.hash);
      }
      const last = page.right.events.at(-1);
      if (page.right.end || last === undefined) return E.right([...found].sort());
      from = { after: last.position };
    }
  };
  let scanned: ReadonlyArray<string> | undefined;

  const list: EventStoreDbEvidenceStore['list'] = (after, limit) => async () => {
    if (after === undefined || scanned === undefined) {
      const found = await hashes();
      if (E.isLeft(found)) return found;
      scanned = found.right;
    }
    const most = pageLimit(limit);
    const listed: Array<{ readonly hash: string; readonly subject: string; readonly sealed: string }> = [];
    for (let index = firstAfter(scanned, after); index < scanned.length && listed.length < most; index += 1) {
      const hash = scanned[index] ?? '';
      const kept = await get(hash)();
      if (E.isLeft(kept)) return kept;
      // What was cut off while it was put is no evidence: nobody was told that it is kept.
      if (kept.right !== undefined) listed.push({ hash, ...kept.right });
    }
    if (listed.length < most) scanned = undefined;
    return E.right(listed);
  };

  return { put, get, list };
};

/** Where what follows a hash begins in a sorted list. */
const firstAfter = (sorted: ReadonlyArray<string>, after: string | undefined): number => {
  let [low, high] = [0, after === undefined ? 0 : sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') <= (after ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
};
