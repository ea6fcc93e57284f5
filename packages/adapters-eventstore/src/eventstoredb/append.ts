/**
 * An append: sent until there is an answer, and the answer put into the port's words.
 *
 * The server compares ids, and answers the same to "written" and to "was there". A different command under the same id would
 * so be told that it was carried out. Each call of `append` therefore gives its events ids of its own for the server, which
 * stay the same over its attempts: an answer of success means that this very call wrote them, and anything else is a wrong
 * version, after which the events that stand there are compared by the register's ids.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import {
  type AppendResult,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { asExpected, batchFault } from '../append-rules.js';
import type { BatchLane } from './batch-lane.js';
import { again, final, type Trouble, tombstoneDetail } from './faults.js';
import { type BatchAppendResp, shared } from './messages.js';
import type { Names } from './names.js';
import type { Pages } from './pages.js';
import { printLogPosition } from './positions.js';
import type { RecentIds } from './recent-ids.js';
import { appendRequest, type Proposal, proposal } from './requests.js';

/** What an append stands on. */
export interface AppendParts {
  readonly lane: BatchLane;
  readonly pages: Pages;
  readonly names: Names;
  readonly recent: RecentIds;
  /** Octets; what the server is set to take at most. */
  readonly largestAppend: number;
  readonly retrying: <A>(attempt: () => Promise<E.Either<Trouble, A>>) => Promise<E.Either<StoreFault, A>>;
}

type Sent =
  | { readonly _tag: 'Written'; readonly revision: number; readonly position: Position | undefined }
  | { readonly _tag: 'Wrong'; readonly actual: number };

const wrongVersion = 'event_store.client.WrongExpectedVersion';

/** What an answer says. `actual` comes from the answer's number, not from whether it has one. */
const sentOf = (stream: StreamName, response: BatchAppendResp): E.Either<Trouble, Sent> => {
  const success = response.getSuccess();
  if (success !== undefined) {
    const at = success.getPosition();
    return E.right({
      _tag: 'Written',
      revision: Number(success.getCurrentRevision()),
      position: at && printLogPosition(at.getCommitPosition(), at.getPreparePosition()),
    });
  }
  const error = response.getError();
  const details = error?.getDetails();
  const name = details?.getTypeName() ?? '';
  const doing = `append to ${stream}`;
  if (name === wrongVersion) {
    const wrong = details?.unpack(shared.WrongExpectedVersion.deserializeBinary, wrongVersion);
    if (wrong) {
      const actual = wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : -1;
      return E.right({ _tag: 'Wrong', actual });
    }
  }
  const said = `${doing}: ${name}: ${error?.getMessage() ?? 'no word'}`;
  switch (name) {
    case 'event_store.client.StreamDeleted':
      return E.left(final('STORE_CORRUPT', tombstoneDetail(stream)));
    case 'event_store.client.MaximumAppendSizeExceeded':
      return E.left(
        final('BATCH_INVALID', `${said}: the server is set to take less than this store was told`),
      );
    case 'event_store.client.AccessDenied':
    case 'event_store.client.BadRequest':
      return E.left(final('STORE_UNAVAILABLE', said));
    default:
      // A timeout, or a node that is not ready and says so in words alone.
      return E.left(again(said));
  }
};

const sizeOf = (proposals: ReadonlyArray<Proposal>): number =>
  proposals.reduce((sum, { size }) => sum + size, 0);

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Makes `EventStore.append`, but for what a closed store answers. */
export const appender = (parts: AppendParts) => {
  const { lane, pages, names, recent, largestAppend, retrying } = parts;

  /** The events right after `before`, where they are the very same: the position of the last. */
  const repeated = async (
    stream: StreamName,
    before: number,
    events: ReadonlyArray<EventToAppend>,
  ): Promise<E.Either<StoreFault, AppendResult | undefined>> => {
    const page = await pages.stream(stream, before + 1, events.length);
    if (E.isLeft(page)) return page;
    const found = page.right.events;
    const last = found.at(-1);
    return E.right(
      last !== undefined && events.every(({ id }, index) => found[index]?.id === id)
        ? { _tag: 'Appended', revision: last.revision, position: last.position, idempotent: true }
        : undefined,
    );
  };

  /** An id that stands elsewhere, where the append would otherwise be written. */
  const taken = async (
    stream: StreamName,
    before: number,
    events: ReadonlyArray<EventToAppend>,
  ): Promise<E.Either<StoreFault, void>> => {
    const found = events.find(({ id }, index) => {
      const place = recent.get(id);
      return place !== undefined && !(place.stream === stream && place.revision === before + 1 + index);
    });
    if (found === undefined) return E.right(undefined);
    const last = await pages.last(stream);
    if (E.isLeft(last)) return last;
    return last.right === before
      ? E.left(storeFault('EVENT_ID_TAKEN', `event ${found.id} is in the store already`))
      : E.right(undefined);
  };

  return async (
    stream: StreamName,
    expected: ExpectedRevision,
    events: ReadonlyArray<EventToAppend>,
  ): Promise<E.Either<StoreFault, AppendResult>> => {
    const invalid = batchFault(stream, events);
    if (invalid !== undefined) return E.left(invalid);
    const odd = events.find(({ body }) => !isJson(body));
    if (odd !== undefined) {
      return E.left(storeFault('BATCH_INVALID', `event ${odd.id} has a body that is no JSON text`));
    }
    if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
      const last = await pages.last(stream);
      return E.isLeft(last) ? last : E.right({ _tag: 'Conflict', actual: asExpected(last.right) });
    }
    const proposals = events.map((event) => proposal(event, randomUUID()));
    const size = sizeOf(proposals);
    if (size > largestAppend) {
      return E.left(
        storeFault(
          'BATCH_INVALID',
          `the batch has ${size} octets, ${largestAppend} is the most of this server`,
        ),
      );
    }
    const before = expected === 'no-stream' ? -1 : expected;
    const free = await taken(stream, before, events);
    if (E.isLeft(free)) return free;

    const sent = await retrying(async () =>
      E.chain((response: BatchAppendResp) => sentOf(stream, response))(
        await lane.send(appendRequest(names.onServer(stream), expected, proposals)),
      ),
    );
    if (E.isLeft(sent)) return sent;
    if (sent.right._tag === 'Wrong') {
      const { actual } = sent.right;
      if (actual >= before + events.length) {
        const same = await repeated(stream, before, events);
        if (E.isLeft(same)) return same;
        if (same.right !== undefined) {
          recent.add(stream, before + 1, events);
          return E.right(same.right);
        }
      }
      return E.right({ _tag: 'Conflict', actual: asExpected(actual) });
    }
    const { revision, position } = sent.right;
    if (revision !== before + events.length) {
      return E.left(
        storeFault(
          'STORE_CORRUPT',
          `stream ${stream} goes on at ${revision} and not at ${before + events.length}: it was deleted in between`,
        ),
      );
    }
    recent.add(stream, before + 1, events);
    if (position !== undefined) {
      return E.right({ _tag: 'Appended', revision, position, idempotent: false });
    }
    // The server may not say where; then the event does.
    const page = await pages.stream(stream, revision, 1);
    if (E.isLeft(page)) return page;
    const last = page.right.events[0];
    return last === undefined
      ? E.left(storeFault('STORE_CORRUPT', `event ${revision} of ${stream} was written and is not there`))
      : E.right({ _tag: 'Appended', revision, position: last.position, idempotent: false });
  };
};
