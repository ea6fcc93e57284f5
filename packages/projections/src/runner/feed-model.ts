/**
 * What a page is fed to, and what becomes of it.
 *
 * @packageDocumentation
 */
import type {
  EventCodec,
  EventStore,
  KeyVault,
  Position,
  RecordedEvent,
  Sha256,
  StoredEvent,
} from '@mandate/domain';
import type { Database } from 'better-sqlite3';
import type * as E from 'fp-ts/lib/Either.js';
import type { Books, Entry } from '../database/books.js';
import type { Writing } from '../database/transaction.js';
import type { ProjectionFault } from '../fault.js';
import type { Projection } from '../projection.js';

/** A set of tables with the code that fills it. */
export interface Member {
  readonly entry: Entry;
  readonly projection: Projection;
}

/** What the books say at one instant. */
export interface Snapshot {
  readonly members: ReadonlyArray<Member>;
  /** How far the chain is checked. */
  readonly chain: Position | undefined;
}

/** A page of events as it was read. */
export interface FeedPage {
  /** The position after which it was read. */
  readonly from: Position | undefined;
  readonly events: ReadonlyArray<RecordedEvent>;
  /** Nothing more was there when it was read. */
  readonly end: boolean;
}

/** What became of a page. */
export interface Fed {
  /** Another process was quicker: nothing was written, and the books are to be read again. */
  readonly stale: boolean;
  /** Why the page could not be fed to its end. Everything before the place of the fault is applied. */
  readonly fault: ProjectionFault | undefined;
}

export interface Feeder {
  readonly snapshot: () => Snapshot;
  /** Projections that fail are put into `failed`, by prefix, and passed over; the others go on. */
  readonly feed: (
    snapshot: Snapshot,
    page: FeedPage,
    failed: Map<string, ProjectionFault>,
  ) => Promise<E.Either<ProjectionFault, Fed>>;
}

export interface FeederParts {
  readonly db: Database;
  readonly books: Books;
  readonly writing: Writing;
  readonly store: EventStore;
  readonly vault: KeyVault;
  readonly codec: EventCodec<StoredEvent>;
  readonly sha256: Sha256;
  readonly verifyChain: boolean;
  readonly projections: ReadonlyArray<Projection>;
}
