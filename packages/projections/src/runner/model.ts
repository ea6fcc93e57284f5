/**
 * What a runner is told, and what it offers.
 *
 * @packageDocumentation
 */
import type { EventStore, KeyVault, Position, Sha256 } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { DatabaseOptions } from '../database/open.js';
import type { ProjectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import type { Answer, Answering, ReadModels, ReadModelsOf } from '../reading/read-models.js';
import type { RetryRule } from './follow.js';

/** What is fed to read models, wherever they lie. */
export interface FeedSettings {
  readonly store: EventStore;
  /** Opens what projections with `needsPersonal` need. */
  readonly vault: KeyVault;
  readonly sha256: Sha256;
  readonly projections: ReadonlyArray<Projection>;
  /** Events a transaction, 1 to 10,000. @defaultValue 1000 */
  readonly batchSize?: number;
  /** Checks the hash chain of every event that is read, once for all projections. @defaultValue true */
  readonly verifyChain?: boolean;
}

export interface ProjectionRunnerSettings extends FeedSettings, DatabaseOptions {}

/** Where one set of tables stands. */
export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** Goes up with every rebuild of the same version. */
  readonly generation: number;
  /** `live`: queries read it. `building`: not complete yet. */
  readonly status: 'live' | 'building';
  /** The last event that its rows know; `undefined` where there was none. */
  readonly position: Position | undefined;
  /** How many events changed it. */
  readonly applied: number;
  /** How many events were passed over because this program did not know their type. More than 0: rebuild after an update. */
  readonly skipped: number;
  /** Why it could not go on when it was last tried. */
  readonly fault: ProjectionFault | undefined;
}

export interface WaitOptions {
  /** Which of the runner's projections must have come so far. @defaultValue all of them */
  readonly projections?: ReadonlyArray<Projection>;
  /** @defaultValue 5000 */
  readonly timeoutMilliseconds?: number;
}

export interface FollowOptions {
  /** @defaultValue {@link retryPassing} */
  readonly onFault?: RetryRule;
}

/** Keeps projections up to date; `F` says how its read models answer. */
export interface RunnerOf<F extends Answering> {
  /** Feeds everything that is in the store; answers the position that all projections have reached. */
  readonly catchUp: () => TaskEither<ProjectionFault, Position | undefined>;
  /** Catches up and follows the store until `signal` is aborted. Left where {@link FollowOptions.onFault} gave up. */
  readonly run: (signal: AbortSignal, options?: FollowOptions) => TaskEither<ProjectionFault, void>;
  /** Answers once every live projection, or those named, know the event at `position`: to read what one wrote. */
  readonly waitFor: (position: string, options?: WaitOptions) => TaskEither<ProjectionFault, void>;
  /** Builds the projection's tables anew beside the live ones, which answer until the new ones take their place. */
  readonly rebuild: (projection: Projection) => TaskEither<ProjectionFault, void>;
  readonly status: () => Answer<F, ReadonlyArray<ProjectionStatus>>;
  /** Calls `listener` whenever rows may have changed; answers how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: ReadModelsOf<F>;
  /** Ends what is under way after its page and lets go of the database. Later calls answer `CLOSED`. */
  readonly close: () => Promise<void>;
}

/** Keeps projections in a file up to date. Several runners, in several processes, may share one. */
export interface ProjectionRunner extends RunnerOf<'Either'> {
  readonly read: ReadModels;
}
