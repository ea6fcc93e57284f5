/**
 * Checks the hash chains of all streams as a runner reads them, also from the middle of the log.
 *
 * What is read for the first time is checked against the ends that are kept in the database beside the rows: nobody
 * can change the past of a stream and go on from there. What is read again, for a projection that is new or built
 * anew, is checked again, from the events themselves, and must lead to the same ends.
 *
 * @packageDocumentation
 */
import {
  type ChainEnd,
  type ChainFault,
  chainStart,
  checkLink,
  type EventStore,
  type Position,
  printChainFault,
  type RecordedEvent,
  type Sha256,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Books } from '../database/books.js';
import { type ProjectionFault, placeOf, projectionFault } from '../fault.js';
import type { Checked, Item } from './decode.js';
import { fromStoreFault } from './faults.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a check found. `ends` are to be kept when the page is. */
export interface ChainChecked extends Checked<Item> {
  readonly ends: ReadonlyMap<string, ChainEnd>;
}

export interface ChainCheck {
  /**
   * Checks a page. `kept` is the position up to which the kept ends reach, `from` that after which the page was read.
   * Left where the store could not be asked.
   */
  readonly check: (
    items: ReadonlyArray<Item>,
    kept: Position | undefined,
    from: Position | undefined,
  ) => Promise<E.Either<ProjectionFault, ChainChecked>>;
  /** Tells that the ends of a check were kept, up to `position`. */
  readonly keep: (ends: ReadonlyMap<string, ChainEnd>, position: Position) => void;
}

// A bound for memory, not a rule: what is not in it is looked up again.
const most = 100_000;

// -------------------------------------------------------------------------------------
// check
// -------------------------------------------------------------------------------------

const chainFault = (fault: ChainFault, recorded: RecordedEvent): ProjectionFault =>
  projectionFault('CHAIN_BROKEN', printChainFault(fault), { place: placeOf(recorded) });

/** Makes the check of one runner. */
export const createChainCheckOf = (
  store: EventStore,
  books: Pick<Books, 'chainEnd'>,
  sha256: Sha256,
): ChainCheck => {
  const ends = new Map<string, ChainEnd>();
  let endsAt: Position | undefined;
  const again = new Map<string, ChainEnd>();
  let againAt: Position | undefined;

  const keptEnd = (stream: string): ChainEnd | undefined => {
    const known = ends.get(stream);
    if (known !== undefined) return known;
    const found = books.chainEnd(stream);
    if (found !== undefined) {
      if (ends.size >= most) ends.clear();
      ends.set(stream, found);
    }
    return found;
  };

  /** The end right before an event that is read again in the middle of its stream. */
  const endBefore = async (recorded: RecordedEvent): Promise<E.Either<ProjectionFault, ChainEnd>> => {
    const { stream, revision } = recorded;
    if (revision === 0) return E.right(chainStart(stream));
    const page = await store.readStream(stream, revision - 1, 1)();
    if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
    const before = page.right.events[0];
    return before === undefined || before.revision !== revision - 1 || sha256(before.body) !== before.hash
      ? E.left(chainFault({ _tag: 'LinkBroken', stream, revision }, recorded))
      : E.right({ revision: before.revision, hash: before.hash });
  };

  const checkAgain = async (item: Item): Promise<ProjectionFault | undefined> => {
    const { recorded, previous } = item;
    const { stream, revision, hash } = recorded;
    const known = again.get(stream);
    const end = known === undefined ? await endBefore(recorded) : E.right(known);
    if (E.isLeft(end)) return end.left;
    const fault = checkLink(end.right, recorded, previous, sha256);
    if (fault !== undefined) return chainFault(fault, recorded);
    const kept = keptEnd(stream);
    if (kept !== undefined && kept.revision === revision && kept.hash !== hash) {
      return chainFault({ _tag: 'LinkBroken', stream, revision }, recorded);
    }
    if (again.size >= most) again.clear();
    again.set(stream, { revision, hash });
    return undefined;
  };

  const check: ChainCheck['check'] = async (items, kept, from) => {
    if (endsAt !== kept) ends.clear();
    endsAt = kept;
    if (againAt !== from) again.clear();
    const next = new Map<string, ChainEnd>();
    const good: Item[] = [];
    for (const item of items) {
      const { recorded } = item;
      const { stream, revision, hash } = recorded;
      let fault: ProjectionFault | undefined;
      if (kept !== undefined && recorded.position <= kept) {
        fault = await checkAgain(item);
        againAt = recorded.position;
      } else {
        const end = next.get(stream) ?? keptEnd(stream) ?? chainStart(stream);
        const broken = checkLink(end, recorded, item.previous, sha256);
        fault = broken === undefined ? undefined : chainFault(broken, recorded);
        if (fault === undefined) next.set(stream, { revision, hash });
      }
      if (fault !== undefined) {
        return fault.code === 'STORE_UNAVAILABLE'
          ? E.left(fault)
          : E.right({ items: good, fault, ends: next });
      }
      good.push(item);
    }
    return E.right({ items: good, fault: undefined, ends: next });
  };

  return {
    check,
    keep: (kept, position) => {
      if (ends.size + kept.size >= most) ends.clear();
      for (const [stream, end] of kept) ends.set(stream, end);
      endsAt = position;
    },
  };
};
