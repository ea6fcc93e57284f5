/**
 * Kinds of stores that a command can open by an address.
 *
 * @packageDocumentation
 */
import type { SqliteAccess } from '@mandate/adapters-eventstore';
import type { EventStore, EvidenceStore, StoreFault } from '@mandate/domain';
import type * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { CliFault } from '../fault.js';
import type { EvidenceList } from '../transfer/export.js';
import type { Tampered } from './tampered.js';

/** The events of a register, wherever they lie. */
export interface OpenedEvents {
  readonly events: EventStore;
  /** How many there are, where the store can tell; for progress alone. */
  readonly count?: (() => TaskEither<StoreFault, number>) | undefined;
  /** Checks the file, where there is one, or the streams of a server. */
  readonly checkFile?: (() => TaskEither<StoreFault, void>) | undefined;
  /** Which streams somebody deleted or truncated with a server's own means: a reader of all of them gets what is left. */
  readonly tampered?: Tampered | undefined;
  /** The most octets of an append, where there is such a limit. */
  readonly largestAppend?: number | undefined;
  /** Where a server keeps the evidence, too. */
  readonly evidence?: (EvidenceStore & EvidenceList) | undefined;
}

/** What a command does with what it opens; only with `make` may a new one be made, and a server makes what it is asked for. */
export type Access = SqliteAccess;

/** A kind of store: which addresses are its own, and how it is opened. */
export interface StoreKind {
  readonly isOwn: (address: string) => boolean;
  readonly open: (address: string, access: Access) => Promise<E.Either<CliFault, OpenedEvents>>;
}
