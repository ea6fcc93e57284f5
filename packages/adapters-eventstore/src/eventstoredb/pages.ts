/**
 * Pages of one stream and of all streams.
 *
 * @packageDocumentation
 */
import {
  type Page,
  type Position,
  type ReadAllFrom,
  type RecordedEvent,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { ReadReq, ReadResp } from './messages.js';
import type { Names } from './names.js';
import { type Passed, passedOf } from './passed.js';
import { type LogPosition, parseLogPosition } from './positions.js';
import { eventOf, positionOf, recordOf, truncation, typeOf } from './records.js';
import { allRequest, streamRequest } from './requests.js';
import type { Tampering } from './tampering.js';

/** Reads a request to its end, as often as it takes: what `take` makes of each answer. */
export type Read = <A>(
  request: ReadReq,
  doing: string,
  take: (answer: ReadResp) => A,
) => Promise<E.Either<StoreFault, ReadonlyArray<A>>>;

/** Told of what a read of all streams comes past. */
export type OnTampering = (tampering: Tampering, position: Position) => void;

/** Pages. */
export interface Pages {
  readonly stream: (stream: StreamName, from: number, limit: number) => Promise<E.Either<StoreFault, Page>>;
  /** Revision of the last event, −1 where there is none. */
  readonly last: (stream: StreamName) => Promise<E.Either<StoreFault, number>>;
  readonly all: (
    from: ReadAllFrom,
    limit: number,
    onTampering: OnTampering,
  ) => Promise<E.Either<StoreFault, Page>>;
  /** As `all`, of the streams that evidence lies in. */
  readonly evidence: (from: ReadAllFrom, limit: number) => Promise<E.Either<StoreFault, Page>>;
  /** Everything from the start, decoding nothing. */
  readonly marks: (onTampering: OnTampering) => Promise<E.Either<StoreFault, void>>;
  readonly head: () => Promise<E.Either<StoreFault, Position | undefined>>;
}

/** What may be the last event of the register. */
interface Candidate {
  readonly position: Position;
  readonly isEvent: boolean;
}

const emptyPage: E.Either<StoreFault, Page> = E.right({ events: [], end: true });

const corrupt = (detail: string): E.Either<StoreFault, never> => E.left(storeFault('STORE_CORRUPT', detail));

/** A call over all streams asks for no more at once: a page may be a million, and one message is one event. */
const mostAtOnce = 10_000;
const headStep = 64;

/** Makes {@link Pages}. */
export const pagesOf = (read: Read, names: Names): Pages => {
  /** A stream without events is either new or was deleted: its metadata tells. */
  const neverBegun = async (stream: StreamName): Promise<E.Either<StoreFault, void>> => {
    const answers = await read(
      streamRequest(`$$${names.onServer(stream)}`, 'last', 1),
      `read metadata of ${stream}`,
      recordOf,
    );
    if (E.isLeft(answers)) return answers;
    const found = answers.right.find((each) => each !== undefined);
    return found !== undefined && truncation(found.record) !== undefined
      ? corrupt(`stream ${stream} was deleted: events of the register are gone, or hidden by its metadata`)
      : E.right(undefined);
  };

  const stream: Pages['stream'] = async (name, from, limit) => {
    const answers = await read(
      streamRequest(names.onServer(name), from, limit + 1),
      `read ${name}`,
      (answer) => {
        if (answer.hasStreamNotFound()) return 'not-found' as const;
        const found = recordOf(answer);
        return found === undefined ? undefined : eventOf(name, found.record);
      },
    );
    if (E.isLeft(answers)) return answers;
    if (answers.right.includes('not-found')) {
      const sound = await neverBegun(name);
      return E.isLeft(sound) ? sound : emptyPage;
    }
    const events: Array<RecordedEvent> = [];
    for (const event of answers.right) {
      if (event === undefined || event === 'not-found') continue;
      if (E.isLeft(event)) return event;
      const wanted = from + events.length;
      if (event.right.revision !== wanted) {
        return corrupt(
          `stream ${name} has no events ${wanted} to ${event.right.revision - 1}: truncated or scavenged`,
        );
      }
      events.push(event.right);
    }
    if (events.length === 0 && from === 0) {
      return corrupt(`stream ${name} is there and has no events: truncated or scavenged`);
    }
    return E.right({ events: events.slice(0, limit), end: events.length <= limit });
  };

  const last: Pages['last'] = async (name) => {
    const answers = await read(
      streamRequest(names.onServer(name), 'last', 1),
      `read the end of ${name}`,
      recordOf,
    );
    if (E.isLeft(answers)) return answers;
    const found = answers.right.find((each) => each !== undefined);
    return E.right(found === undefined ? -1 : Number(found.record.getStreamRevision()));
  };

  const allOf = async (
    wanted: (name: string) => StreamName | undefined,
    from: ReadAllFrom,
    limit: number,
    onTampering: OnTampering,
  ): Promise<E.Either<StoreFault, Page>> => {
    let place = placeOf(from);
    if (place === undefined) return E.left(storeFault('BATCH_INVALID', 'not a position of this store'));
    // A read begins with its place; what was read up to there is not read again.
    let seen = from !== 'start' && 'after' in from ? from.after : undefined;
    const events: Array<RecordedEvent> = [];
    for (;;) {
      const count = Math.min(mostAtOnce, limit - events.length + 2);
      const answers = await read<Passed | undefined>(allRequest(place, count), 'read all streams', (answer) =>
        passedOf(names, wanted, answer),
      );
      if (E.isLeft(answers)) return answers;
      for (const answer of answers.right) {
        if (answer === undefined) continue;
        const { position, tampering, event } = answer;
        if (seen !== undefined && position <= seen) continue;
        seen = position;
        if (tampering !== undefined) onTampering(tampering, position);
        if (event === undefined) continue;
        if (events.length === limit) return E.right({ events, end: false });
        if (E.isLeft(event)) return event;
        events.push(event.right);
      }
      if (answers.right.length < count || seen === undefined) return E.right({ events, end: true });
      place = parseLogPosition(seen) ?? place;
    }
  };

  const all: Pages['all'] = (from, limit, onTampering) => allOf(names.ours, from, limit, onTampering);
  // Whoever reads events is told of both.
  const evidence: Pages['evidence'] = (from, limit) => allOf(names.evidence, from, limit, () => {});
  const marks: Pages['marks'] = async (onTampering) =>
    E.map(() => undefined)(await allOf(() => undefined, 'start', Number.MAX_SAFE_INTEGER - 2, onTampering));

  /** Decodes nothing: one of many is wanted, and only its place. */
  const candidate = (answer: ReadResp): Candidate | undefined => {
    const found = recordOf(answer);
    if (found === undefined) return undefined;
    const { name, record } = found;
    const isEvent = names.ours(name) !== undefined && !typeOf(record).startsWith('$');
    return { position: positionOf(record), isEvent };
  };

  const head: Pages['head'] = async () => {
    let place: LogPosition | 'end' = 'end';
    for (;;) {
      const answers: E.Either<StoreFault, ReadonlyArray<Candidate | undefined>> = await read(
        allRequest(place, headStep, true),
        'read the end of all streams',
        candidate,
      );
      if (E.isLeft(answers)) return answers;
      for (const found of answers.right) {
        if (found?.isEvent === true) return E.right(found.position);
        if (found !== undefined) place = parseLogPosition(found.position) ?? place;
      }
      if (answers.right.length < headStep) return E.right(undefined);
    }
  };
  return { stream, last, all, evidence, marks, head };
};

const placeOf = (from: ReadAllFrom): LogPosition | 'start' | undefined =>
  from === 'start' ? 'start' : parseLogPosition('at' in from ? from.at : from.after);
